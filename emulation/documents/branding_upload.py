"""Actions on the emblem and the border of giấy khen: an upload is measured at once and made ready by a job."""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.core.errors import RuleBroken
from emulation.core.print_images import PrintImage, measure_print_image, prepare_print_image
from emulation.documents.branding import BRANDING_JOB
from emulation.documents.models import BrandingImage, BrandingUpload
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act

_LONGEST_SIDE = {BrandingImage.EMBLEM: 900, BrandingImage.BORDER: 3508}
"""Longest stored side in pixels: the emblem is printed 25 mm high, the border fills A4 at 300 dpi."""


def upload_branding_image(*, by: User, commune: Commune, kind: str, data: bytes) -> BrandingUpload:
    """Stores an emblem or border that a job will use for giấy khen; an earlier upload that still waits is dropped.

    Raises RuleBroken if the file is unfit by its size, its kind or its header.
    """
    with act("documents.add_picture", commune, by=by, kind=kind):
        if kind not in _LONGEST_SIDE:
            raise RuleBroken("Hãy chọn hình nào.", "kind")
        _check_shape(kind, *measure_print_image(data))
        waiting = BrandingUpload.objects.filter(commune=commune, kind=kind).exclude(data=b"")
        waiting.update(data=b"", fault="Đã có ảnh khác tải lên sau.")
        upload = BrandingUpload.objects.create(commune=commune, kind=kind, data=data, uploaded_by=by)
        enqueue(BRANDING_JOB, str(upload.pk), commune=commune, priority=Job.REQUESTED, upload_id=upload.pk)
        return upload


def use_uploaded_image(upload_id: int, progress: Callable[[int, int], None]) -> None:
    """Makes the uploaded file ready for print and uses it from now on; a fault is stored and its uploader is notified.

    Does nothing for an upload that was used or dropped. `progress` is called with the steps done and their number.
    """
    upload = BrandingUpload.objects.get(pk=upload_id)
    if not upload.data:
        return
    progress(0, 2)
    image: PrintImage | None = None
    fault = ""
    try:
        image = prepare_print_image(bytes(upload.data), _LONGEST_SIDE[upload.kind])
        _check_shape(upload.kind, image.width, image.height)
    except RuleBroken as broken:
        fault = broken.message
    progress(1, 2)
    with transaction.atomic():
        locked = BrandingUpload.objects.select_for_update().get(pk=upload_id)
        if not locked.data:  # another upload came in between
            return
        locked.fault = fault or _use(locked, image)
        locked.data = b""
        locked.save(update_fields=["fault", "data"])
        if locked.fault:
            _notify_of_fault(locked)
    progress(2, 2)


def _use(upload: BrandingUpload, image: PrintImage | None) -> str:
    """Makes the image the one in use; the reason if it is in use already, else ""."""
    assert image is not None
    sha = content_store.put(image.data)
    newest = _newest_branding_image(upload.commune, upload.kind)
    if newest and newest.sha256 == sha:
        return "Ảnh này đang được dùng."
    BrandingImage.objects.create(
        commune_id=upload.commune_id,
        kind=upload.kind,
        sha256=sha,
        width=image.width,
        height=image.height,
        uploaded_by_id=upload.uploaded_by_id,
    )
    return ""


def _notify_of_fault(upload: BrandingUpload) -> None:
    notify_users(
        commune_id=upload.commune_id,
        users=[upload.uploaded_by_id],
        text=f"{upload} tải lên không dùng được: {upload.fault}",
        link=reverse("documents:pictures"),
        key=f"{BRANDING_JOB}:{upload.pk}",
    )


def remove_branding_image(*, by: User, commune: Commune, kind: str) -> BrandingImage:
    """Stops using the emblem or the border from now on. Raises RuleBroken if there is none."""
    with act("documents.remove_picture", commune, by=by, kind=kind):
        newest = _newest_branding_image(commune, kind)
        if newest is None or not newest.sha256:
            raise RuleBroken("Chỗ này đang không có ảnh.")
        return BrandingImage.objects.create(commune=commune, kind=kind, sha256="", width=0, height=0, uploaded_by=by)


def _newest_branding_image(commune: Commune, kind: str) -> BrandingImage | None:
    return BrandingImage.objects.filter(commune=commune, kind=kind).order_by("-pk").first()


def _check_shape(kind: str, width: int, height: int) -> None:
    """Raises RuleBroken for an image that would be printed blurred or distorted."""
    shape = width / height
    if kind == BrandingImage.EMBLEM and not 0.6 <= shape <= 1.6:
        raise RuleBroken("Quốc huy phải gần tròn hoặc vuông. Hãy cắt bỏ phần thừa quanh hình.", "picture")
    if kind == BrandingImage.EMBLEM and height < 200:
        raise RuleBroken(f"Ảnh chỉ cao {height} điểm, in ra sẽ mờ. Cần cao ít nhất 200 điểm ảnh.", "picture")
    if kind == BrandingImage.BORDER and not 1.36 <= shape <= 1.47:
        raise RuleBroken("Khung viền phải đúng tỉ lệ khổ A4 nằm ngang (297 x 210 mm).", "picture")
    if kind == BrandingImage.BORDER and width < 1200:
        raise RuleBroken(f"Ảnh chỉ rộng {width} điểm, in ra sẽ mờ. Cần rộng ít nhất 1.200 điểm ảnh.", "picture")
