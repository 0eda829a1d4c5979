"""Images that are printed on documents (emblem, border) or attached as evidence: written as a new PNG or JPEG.

Stricter than core/images.py: a file that is anything besides one whole picture (a polyglot) is refused, although
writing it as a new file would already drop the rest. Memory is bounded as in core/images.py.
"""

import io
import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from emulation.core.errors import RuleBroken
from emulation.core.images import MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS, TooManyPixels, decode_reduced, measure_picture

FORMATS = ("PNG", "JPEG")
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_FOREIGN = (b"<script", b"<html", b"<!doctype", b"<?php", b"%pdf-")
"""Byte strings that no image needs, in its metadata or after its end."""


ReadT = TypeVar("ReadT")


@dataclass(frozen=True)
class PrintImage:
    """A new PNG or JPEG in sRGB without metadata."""

    data: bytes
    width: int
    height: int


def prepare_print_image(data: bytes, side: int, field: str = "picture") -> PrintImage:
    """Return the uploaded picture, its longest side at most `side` pixels. RuleBroken (at `field`) if unfit.

    It takes seconds for a large picture: for background jobs, after `measure_print_image` in the request.
    """
    png = data.startswith(PNG_START)
    return _refusing(data, lambda: _encoded(decode_reduced(data, FORMATS, side), png=png), field)


def measure_print_image(data: bytes, field: str = "picture") -> tuple[int, int]:
    """Width and height of the uploaded picture, from its header. RuleBroken (at `field`) if the file is unfit."""
    return _refusing(data, lambda: measure_picture(data, FORMATS), field)


def _refusing(data: bytes, read: Callable[[], ReadT], field: str) -> ReadT:
    """What `read` returns, after the checks of the file. RuleBroken (at `field`) if the file is unfit."""
    try:
        _check(data)
        return read()
    except TooManyPixels:
        raise RuleBroken(_TOO_LARGE, field) from None
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field) from None
    except Exception as error:  # decoders may raise any exception on hostile bytes
        raise RuleBroken("Ảnh hỏng, không mở được. Hãy xuất lại tệp PNG hoặc JPEG rồi tải lên.", field) from error


_TOO_LARGE = (
    f"Ảnh quá lớn, nhiều nhất {MAX_IMAGE_PIXELS // 1_000_000} triệu điểm ảnh, mỗi cạnh không quá 20.000 điểm ảnh. "
    "Hãy thu nhỏ ảnh, quét ở 200 dpi hoặc chụp lại ở cỡ thường rồi tải lên."
)


def _check(data: bytes) -> None:
    if not data:
        raise RuleBroken("Tệp ảnh rỗng. Hãy chọn lại tệp.")
    if len(data) > MAX_IMAGE_BYTES:
        size = math.ceil(len(data) / 1024 / 1024)
        raise RuleBroken(
            f"Ảnh nặng gần {size} MB, nhiều nhất là {MAX_IMAGE_BYTES // 1024 // 1024} MB. Hãy chọn tệp nhẹ hơn."
        )
    if data.startswith(PNG_START):
        complete = data.endswith(PNG_END) and _is_single_png(data)
    elif data.startswith(JPEG_START):
        complete = data.rstrip(b"\x00").endswith(JPEG_END)
    else:
        raise RuleBroken("Chỉ nhận ảnh PNG hoặc JPEG. Tệp SVG, PDF, Word, WebP hãy xuất ra PNG rồi tải lên.")
    lowered = data.lower()
    if not complete or any(mark in lowered for mark in _FOREIGN):
        raise RuleBroken("Tệp chứa nội dung khác ngoài ảnh hoặc bị cắt cụt. Hãy mở ảnh rồi lưu lại thành PNG hay JPEG.")


def _is_single_png(data: bytes) -> bool:
    """Whether the file is a sequence of chunks with correct checksums, with the only IEND at the very end."""
    at = len(PNG_START)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            return False
        if kind == b"IEND":
            return end == len(data)
        at = end
    return False


def _encoded(picture: Image.Image, *, png: bool) -> PrintImage:
    if picture.mode == "RGBA" and (not png or picture.getextrema()[3] == (255, 255)):
        picture = picture.convert("RGB")
    out = io.BytesIO()
    if png:
        picture.save(out, "PNG")  # `optimize` takes six times as long (25 s for a full A4 page) for 2 % less
    else:
        picture.save(out, "JPEG", quality=92, optimize=True)
    return PrintImage(out.getvalue(), picture.width, picture.height)
