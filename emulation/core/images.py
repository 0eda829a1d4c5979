"""Photos people send: decoded, turned upright, made smaller and written anew, so that nothing hidden (GPS) survives."""

import io
import math
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from emulation.core.errors import RuleBroken

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
THUMB_SIDE = 320
_FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}


@dataclass(frozen=True)
class Photo:
    """A JPEG of our own making, in sRGB, without metadata."""

    data: bytes
    width: int
    height: int


def photo(data: bytes) -> Photo:
    """The photo as the house keeps it: JPEG, upright, longest side 1600 px. RuleBroken (field `photo`) if unfit."""
    return _redraw(data, LONGEST_SIDE)


def thumb(data: bytes, side: int = THUMB_SIDE) -> Photo:
    """A small copy for lists, under the same rules."""
    return _redraw(data, side)


def _redraw(data: bytes, side: int) -> Photo:
    if not data:
        raise _refused("Tệp ảnh rỗng. Hãy chọn lại ảnh.")
    if len(data) > MAX_BYTES:
        size = math.ceil(len(data) / 1024 / 1024)
        raise _refused(f"Ảnh nặng gần {size} MB, nhiều nhất là {MAX_BYTES // 1024 // 1024} MB. Hãy chọn ảnh nhẹ hơn.")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise _refused("Ảnh HEIC chưa dùng được. Trong máy ảnh của điện thoại chọn lưu ảnh dạng JPEG rồi chụp lại.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(data, side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except RuleBroken:
        raise
    except Exception as error:  # decoders meet hostile bytes and raise whatever they like
        raise _refused("Tệp này không phải ảnh JPEG, PNG, WebP hoặc đã hỏng. Hãy chọn ảnh khác.") from error


def _decode(data: bytes, side: int) -> Photo:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process when it is imported
    with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
        if source.width * source.height > MAX_PIXELS:
            raise _too_large()
        source.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
        upright = ImageOps.exif_transpose(source)
    if upright.mode.startswith("I"):  # 16 bits a pixel: Pillow would clip it to white
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    opaque = upright.mode == "RGB" and "transparency" not in upright.info  # any camera's: a third less work
    drawn = upright if opaque else upright.convert("RGBA")
    drawn.thumbnail((side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", drawn.size, "white")  # a new one, so that nothing of the old one's metadata comes along
    fresh.paste(drawn, mask=None if opaque else drawn.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Photo(out.getvalue(), fresh.width, fresh.height)


def _too_large() -> RuleBroken:
    return _refused(f"Ảnh quá lớn, nhiều nhất {MAX_PIXELS // 1_000_000} triệu điểm ảnh. Hãy chọn ảnh nhỏ hơn.")


def _refused(message: str) -> RuleBroken:
    return RuleBroken(message, field="photo")
