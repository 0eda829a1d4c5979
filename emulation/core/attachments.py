"""Attachments uploaded as evidence: a PDF is stored as it is, an image is decoded and encoded again.

The type is detected from the content, not from the file name.
"""

from dataclasses import dataclass

from django.conf import settings

from emulation.core.errors import RuleBroken
from emulation.core.print_images import JPEG_START, PNG_START, prepare_print_image

PDF_START, PDF_END = b"%PDF-", b"%%EOF"
ATTACHMENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
ATTACHMENT_LONGEST_SIDE = 4000
"""In pixels: a little more than A4 at 300 dpi."""


@dataclass(frozen=True)
class Attachment:
    """The bytes to store and the file extension, a key of ATTACHMENT_TYPES."""

    data: bytes
    ending: str


def prepare_attachment(data: bytes, field: str = "file") -> Attachment:
    """The attachment to store for an upload.

    Raises RuleBroken (for `field`) if it is not a complete PDF, JPEG or PNG, or if it is too large.
    """
    max_bytes = settings.UPLOAD_MAX_BYTES
    if not data:
        raise RuleBroken("Tệp rỗng. Hãy chọn lại tệp.", field)
    if len(data) > max_bytes:
        raise RuleBroken(
            f"Tệp nặng hơn {max_bytes // 1024 // 1024} MB. Hãy quét lại ở 200 dpi hoặc bỏ bớt trang không cần.", field
        )
    if data.startswith(PDF_START):
        if PDF_END not in data[-2048:]:
            raise RuleBroken("Tệp PDF bị cắt cụt hoặc hỏng. Hãy tải lại bản còn nguyên vẹn.", field)
        return Attachment(data, "pdf")
    if data.startswith((PNG_START, JPEG_START)):
        image = prepare_print_image(data, ATTACHMENT_LONGEST_SIDE, field).data
        return Attachment(image, "png" if image.startswith(PNG_START) else "jpg")
    raise RuleBroken("Chỉ nhận tệp PDF hoặc ảnh chụp, ảnh quét JPEG, PNG. Tệp Word hãy lưu thành PDF.", field)
