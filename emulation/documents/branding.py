"""The emblem and border images that are in use, and their bytes for the engines."""

from dataclasses import asdict, dataclass
from datetime import date

from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import chair_signature
from emulation.documents.models import BrandingImage


@dataclass(frozen=True)
class Branding:
    """The hashes of the images for a giấy khen made now; "": the emblem stays blank, the border is a plain frame."""

    emblem: str = ""
    border: str = ""


def read_branding_image(sha: str) -> bytes | None:
    """The bytes of an uploaded emblem or border; None if the file is missing."""
    try:
        return content_store.read(sha)
    except FileNotFoundError:
        return None


def branding_images_in_use(commune: Commune) -> dict[str, BrandingImage]:
    """Kind -> the newest row of the commune; kinds whose image was removed are left out."""
    found = {}
    for kind, _ in BrandingImage.KINDS:
        newest = BrandingImage.objects.filter(commune=commune, kind=kind).order_by("-pk").first()
        if newest and newest.sha256:
            found[kind] = newest
    return found


def branding_of(commune: Commune) -> Branding:
    """The branding of a giấy khen that is made now."""
    return Branding(**{kind: image.sha256 for kind, image in branding_images_in_use(commune).items()})


def sample_branded_certificate(commune: Commune, on: date) -> Certificate:
    """A sample giấy khen with the images in use, to check how they look."""
    identity = commune.identity_on(on)
    return Certificate(
        post=f"CHỦ TỊCH {identity.issuer}",
        recipient="Bà Nguyễn Thị A",
        about=f"Thôn 1, {identity.name}",
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua xây dựng nông thôn mới",
        signature=chair_signature("Họ và tên"),
        place=identity.place_name,
        decision_day=on,
        decision_number=1,
        serial=1,
        note="Tờ mẫu, tên người là minh họa",
        **asdict(branding_of(commune)),
    )
