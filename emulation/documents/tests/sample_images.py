"""Images for tests: a star on a disc, a frame. Never the real emblem."""

import math
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.documents.branding_upload import upload_branding_image
from emulation.documents.models import BrandingImage
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job


def star_image(size: int = 300, color: str = "navy", kind: str = "PNG", **save: Any) -> bytes:
    """A star on a disc; the background is transparent in a PNG, white in a JPEG."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0) if kind == "PNG" else "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, size - 3, size - 3), fill=color)
    turns = [(k * math.pi / 5, 0.42 if k % 2 == 0 else 0.17) for k in range(10)]
    draw.polygon([(size * (0.5 + r * math.sin(a)), size * (0.5 - r * math.cos(a))) for a, r in turns], fill="gold")
    return encoded_image(image, kind, **save)


def border_image(width: int = 1414, height: int = 1000, kind: str = "PNG") -> bytes:
    """Three lines around an empty page."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0) if kind == "PNG" else "white")
    draw = ImageDraw.Draw(image)
    for inset in (20, 32, 44):
        draw.rectangle((inset, inset, width - inset, height - inset), outline="darkred", width=4)
    return encoded_image(image, kind)


def encoded_image(image: Image.Image, kind: str, **save: Any) -> bytes:
    out = BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(out, kind, **save)
    return out.getvalue()


def add_branding_image(*, by: User, commune: Commune, kind: str, data: bytes) -> BrandingImage:
    """Uploads the image and runs its job. Raises RuleBroken for the fault that the job stored."""
    upload = upload_branding_image(by=by, commune=commune, kind=kind, data=data)
    run_branding_jobs()
    upload.refresh_from_db()
    if upload.fault:
        raise RuleBroken(upload.fault)
    return BrandingImage.objects.filter(commune=commune, kind=kind).latest("pk")


def run_branding_jobs() -> None:
    for job in Job.objects.filter(kind="documents.branding", state=Job.QUEUED):
        run_job(job.pk)
