"""The emblem and border images that are in use, and their bytes for the engines."""

from dataclasses import asdict, dataclass
from datetime import date

from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import chair_signature
from emulation.documents.models import BrandingImage, BrandingUpload
from emulation.jobs.models import Job

BRANDING_JOB = "documents.branding"


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


@dataclass(frozen=True)
class BrandingPlace:
    """Where an emblem or border is printed: the image in use, the newest upload with its job."""

    kind: str
    label: str
    image: BrandingImage | None
    upload: BrandingUpload | None = None
    job: Job | None = None

    @property
    def is_pending(self) -> bool:
        """Whether an upload is on its way."""
        return self.job is not None and not self.job.is_over

    @property
    def fault(self) -> str:
        """Why the newest upload is not in use; "" if it is."""
        if self.job is not None and self.job.has_failed:
            return "Chưa xử lý được ảnh. Hãy tải lại; nếu vẫn lỗi, báo quản trị."
        return self.upload.fault if self.upload else ""


def branding_places(commune: Commune) -> list[BrandingPlace]:
    """A place for each kind of image."""
    used = branding_images_in_use(commune)
    places = []
    for kind, label in BrandingImage.KINDS:
        uploads = BrandingUpload.objects.filter(commune=commune, kind=kind).defer("data")
        upload = uploads.order_by("-pk").first()
        job = Job.objects.filter(kind=BRANDING_JOB, key=str(upload.pk)).first() if upload else None
        places.append(BrandingPlace(kind, label, used.get(kind), upload, job))
    return places


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
