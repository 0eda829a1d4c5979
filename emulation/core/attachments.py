"""Papers that people attach as proof: a PDF kept as it came, or a picture drawn anew; told by content, not by name."""

from dataclasses import dataclass

from django.conf import settings

from emulation.core.errors import RuleBroken
from emulation.core.print_images import JPEG_START, PNG_START, prepare_print_image

PDF_START, PDF_END = b"%PDF-", b"%%EOF"
ATTACHMENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
ATTACHMENT_LONGEST_SIDE = 4000
"""In pixels: A4 at 300 dpi with some to spare."""


@dataclass(frozen=True)
class Attachment:
    """The bytes to keep, and the ending that says what they are: a key of TYPES."""

    data: bytes
    ending: str


def prepare_attachment(data: bytes, field: str = "file") -> Attachment:
    """What is kept of an uploaded paper. RuleBroken (at `field`) for what is no whole PDF, JPEG or PNG, or too heavy."""
    most = settings.UPLOAD_MAX_BYTES
    if not data:
        raise RuleBroken("Tệp rỗng. Hãy chọn lại tệp.", field)
    if len(data) > most:
        raise RuleBroken(
            f"Tệp nặng hơn {most // 1024 // 1024} MB. Hãy quét lại ở 200 dpi hoặc bỏ bớt trang không cần.", field
        )
    if data.startswith(PDF_START):
        if PDF_END not in data[-2048:]:
            raise RuleBroken("Tệp PDF bị cắt cụt hoặc hỏng. Hãy tải lại bản còn nguyên vẹn.", field)
        return Attachment(data, "pdf")
    if data.startswith((PNG_START, JPEG_START)):
        drawn = prepare_print_image(data, ATTACHMENT_LONGEST_SIDE, field).data
        return Attachment(drawn, "png" if drawn.startswith(PNG_START) else "jpg")
    raise RuleBroken("Chỉ nhận tệp PDF hoặc ảnh chụp, ảnh quét JPEG, PNG. Tệp Word hãy lưu thành PDF.", field)
