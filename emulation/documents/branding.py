"""The office's pictures: which are in use, and their bytes for the engines."""

from dataclasses import asdict, dataclass
from datetime import date

from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import chair_signature
from emulation.documents.models import BrandingImage


@dataclass(frozen=True)
class Branding:
    """The hashes that a giấy khen made now carries; "" leaves the place of the emblem blank, the border a plain rule."""

    emblem: str = ""
    border: str = ""


def read_branding_image(sha: str) -> bytes | None:
    """The bytes of an uploaded emblem or border; None when the file is gone."""
    try:
        return content_store.read(sha)
    except FileNotFoundError:
        return None


def branding_images_in_use(commune: Commune) -> dict[str, BrandingImage]:
    """Kind -> the newest row of the commune; a kind whose place was emptied is not in it."""
    found = {}
    for kind, _ in BrandingImage.KINDS:
        newest = BrandingImage.objects.filter(commune=commune, kind=kind).order_by("-pk").first()
        if newest and newest.sha256:
            found[kind] = newest
    return found


def branding_of(commune: Commune) -> Branding:
    """The look of a giấy khen that is made now."""
    return Branding(**{kind: picture.sha256 for kind, picture in branding_images_in_use(commune).items()})


def sample_branded_certificate(commune: Commune, on: date) -> Certificate:
    """A made-up giấy khen with the pictures in use, to see how they stand."""
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
