"""Pictures that are printed on papers (emblem, border): drawn anew as PNG with its transparency, or as JPEG.

Photos are forgiven much (core/images.py); what goes on every giấy khen is not: a file that is anything beside a picture
is refused, though drawing it anew would already have dropped the rest.
"""

import io
import math
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from emulation.core.errors import RuleBroken
from emulation.core.images import MAX_BYTES, MAX_PIXELS

PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_FOREIGN = (b"<script", b"<html", b"<!doctype", b"<?php", b"%pdf-")
"""What a picture has no business to hold, in its metadata or after its end."""


@dataclass(frozen=True)
class Artwork:
    """A PNG or JPEG of our own making, in sRGB, without metadata."""

    data: bytes
    width: int
    height: int


def artwork(data: bytes, side: int, field: str = "picture") -> Artwork:
    """The picture as the house keeps it, its longest side at most `side` pixels. RuleBroken (at `field`) if unfit."""
    try:
        _check(data)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data, side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RuleBroken(_TOO_LARGE, field) from None
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field) from None
    except Exception as error:  # decoders meet hostile bytes and raise whatever they like
        raise RuleBroken("Ảnh hỏng, không mở được. Hãy xuất lại tệp PNG hoặc JPEG rồi tải lên.", field) from error


_TOO_LARGE = f"Ảnh quá lớn, nhiều nhất {MAX_PIXELS // 1_000_000} triệu điểm ảnh. Hãy thu nhỏ rồi tải lên."


def _check(data: bytes) -> None:
    if not data:
        raise RuleBroken("Tệp ảnh rỗng. Hãy chọn lại tệp.")
    if len(data) > MAX_BYTES:
        size = math.ceil(len(data) / 1024 / 1024)
        raise RuleBroken(f"Ảnh nặng gần {size} MB, nhiều nhất là {MAX_BYTES // 1024 // 1024} MB. Hãy chọn tệp nhẹ hơn.")
    if data.startswith(PNG_START):
        whole = data.endswith(PNG_END) and _png_is_one(data)
    elif data.startswith(JPEG_START):
        whole = data.rstrip(b"\x00").endswith(JPEG_END)
    else:
        raise RuleBroken("Chỉ nhận ảnh PNG hoặc JPEG. Tệp SVG, PDF, Word, WebP hãy xuất ra PNG rồi tải lên.")
    low = data.lower()
    if not whole or any(mark in low for mark in _FOREIGN):
        raise RuleBroken("Tệp chứa nội dung khác ngoài ảnh hoặc bị cắt cụt. Hãy mở ảnh rồi lưu lại thành PNG hay JPEG.")


def _png_is_one(data: bytes) -> bool:
    """Whether the chunks run, each with its right sum, to one IEND at the very end."""
    at = len(PNG_START)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            return False
        if kind == b"IEND":
            return end == len(data)
        at = end
    return False


def _drawn(data: bytes, side: int) -> Artwork:
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as source:
        if source.width * source.height > MAX_PIXELS:
            raise RuleBroken(_TOO_LARGE)
        kind = source.format
        upright = ImageOps.exif_transpose(source)
    if upright.mode.startswith("I"):  # 16 bits a pixel: Pillow would clip it to white
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    fresh = upright.convert("RGBA" if kind == "PNG" else "RGB")
    fresh.thumbnail((side, side), Image.Resampling.LANCZOS)
    if kind == "PNG" and fresh.getextrema()[3] == (255, 255):
        fresh = fresh.convert("RGB")
    clean = Image.new(fresh.mode, fresh.size)
    clean.paste(fresh)
    out = io.BytesIO()
    if kind == "PNG":
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=92, optimize=True)
    return Artwork(out.getvalue(), clean.width, clean.height)
