"""Uploaded photos: decoded once, turned upright, reduced and written as new JPEGs, so that no metadata (GPS) survives.

Memory and time: a picture of more than MAX_IMAGE_PIXELS, or longer than MAX_IMAGE_SIDE, is refused by its header, before
any pixel is decoded. An accepted one is decoded once and reduced in tiles, so that no second copy of full size is made.
Decoding takes at most 16 bytes a pixel (WebP, whose decoder keeps several copies; other formats 4 to 12) plus the upload
itself and the reduced picture: a process grows by less than PEAK_BYTES for any accepted picture (measured by
emulation/core/tests/test_image_memory.py).
"""

import io
import math
import warnings
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageFile

from emulation.core.errors import RuleBroken

MAX_IMAGE_BYTES = 12 * 1024 * 1024
MAX_IMAGE_PIXELS = 24_000_000
MAX_IMAGE_SIDE = 20_000
"""Reducing takes time by the longest side: a picture of 24,000,000 x 1 pixels keeps a worker busy for half a minute."""
PEAK_BYTES = 450 * 1024 * 1024
PHOTO_LONGEST_SIDE = 1600
THUMB_SIDE = 320
TOO_MANY_PIXELS = (
    f"Ảnh quá lớn, nhiều nhất {MAX_IMAGE_PIXELS // 1_000_000} triệu điểm ảnh, mỗi cạnh không quá 20.000 điểm ảnh. "
    "Hãy chọn ảnh nhỏ hơn, hoặc chụp lại ở cỡ thường (trong máy ảnh của điện thoại, tắt chế độ 48, 50 triệu điểm ảnh)."
)
_FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}
_TILE = 1024
"""About the side of a tile of the decoded picture, in pixels."""
_FILTER_REACH = 3
"""The Lanczos filter reads this many reduced pixels around the one that it computes."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""Exif orientation -> what turns the picture upright; 1 is upright already."""
_QUARTER_TURNS = (5, 6, 7, 8)


class TooManyPixels(Exception):
    """The header of the picture declares more than MAX_IMAGE_PIXELS, or a side of more than MAX_IMAGE_SIDE."""


@dataclass(frozen=True)
class Photo:
    """A new JPEG in sRGB without metadata, and a small JPEG of the same photo for lists."""

    data: bytes
    width: int
    height: int
    thumb: bytes


def prepare_photo(data: bytes, *, side: int = PHOTO_LONGEST_SIDE, thumb_side: int = THUMB_SIDE) -> Photo:
    """Return the uploaded photo upright, its longest side at most `side` pixels. RuleBroken (field `photo`) if unfit."""
    if not data:
        raise _refused("Tệp ảnh rỗng. Hãy chọn lại ảnh.")
    if len(data) > MAX_IMAGE_BYTES:
        size = math.ceil(len(data) / 1024 / 1024)
        raise _refused(
            f"Ảnh nặng gần {size} MB, nhiều nhất là {MAX_IMAGE_BYTES // 1024 // 1024} MB. Hãy chọn ảnh nhẹ hơn."
        )
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise _refused("Ảnh HEIC chưa dùng được. Trong máy ảnh của điện thoại chọn lưu ảnh dạng JPEG rồi chụp lại.")
    try:
        picture = _on_white(decode_reduced(data, _FORMATS, side))
        small = picture.copy()
        small.thumbnail((thumb_side, thumb_side), Image.Resampling.LANCZOS)
        return Photo(_jpeg(picture), picture.width, picture.height, _jpeg(small))
    except TooManyPixels:
        raise _refused(TOO_MANY_PIXELS) from None
    except Exception as error:  # decoders may raise any exception on hostile bytes
        raise _refused("Tệp này không phải ảnh JPEG, PNG, WebP hoặc đã hỏng. Hãy chọn ảnh khác.") from error


def decode_reduced(data: bytes, formats: tuple[str, ...], side: int) -> Image.Image:
    """Decode a picture (the first frame of an animation) and return it upright, its longest side at most `side` pixels.

    The result is a new RGB image, or RGBA when the picture has transparency, and carries no metadata. Raises
    TooManyPixels before decoding; any other exception means that the picture is damaged.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process when it is imported
    with _open_measured(data, formats) as source:
        size = _fitted(source.size, side)
        source.draft("RGB", size)  # libjpeg decodes a JPEG at 1/2, 1/4 or 1/8 of its size, never below the wanted one
        source.load()
        reduced = _reduced(source, size)
        turn = _TURNS.get(source.getexif().get(ExifTags.Base.Orientation, 1))
    return reduced if turn is None else reduced.transpose(turn)


def measure_picture(data: bytes, formats: tuple[str, ...]) -> tuple[int, int]:
    """Width and height of the upright picture, from its header: no pixel is decoded.

    Raises TooManyPixels; any other exception means that the picture is damaged.
    """
    with _open_measured(data, formats) as source:
        # a PNG whose Exif part is not in its header would be decoded by `getexif`; it is turned when it is decoded later
        turn = source.getexif().get(ExifTags.Base.Orientation, 1) if "exif" in source.info else 1
        width, height = source.size
    return (height, width) if turn in _QUARTER_TURNS else (width, height)


def _open_measured(data: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The picture with its header read, not too large. Raises TooManyPixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            source = Image.open(io.BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    if source.width * source.height > MAX_IMAGE_PIXELS or max(source.size) > MAX_IMAGE_SIDE:
        source.close()
        raise TooManyPixels
    return source


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size with the same proportions whose longest side is at most `side`."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(source: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The decoded source at this size, converted and filtered tile by tile: only tiles exist in a second copy."""
    mode = "RGBA" if _has_transparency(source) else "RGB"
    reduced = Image.new(mode, size)
    # a very long picture is reduced so much that the filter's own table would outgrow the picture: small tiles then
    width, height = (max(1, _TILE * small // large) for small, large in zip(size, source.size, strict=True))
    for top in range(0, size[1], height):
        for left in range(0, size[0], width):
            box = (left, top, min(left + width, size[0]), min(top + height, size[1]))
            reduced.paste(_tile(source, size, box, mode), box)
    return reduced


def _tile(source: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int], mode: str) -> Image.Image:
    """The pixels of `box` in the reduced picture of this size."""
    if size == source.size:
        return _converted(source.crop(box), mode)
    left, right, x_start, x_end = _span(box[0], box[2], source.width / size[0], source.width)
    top, bottom, y_start, y_end = _span(box[1], box[3], source.height / size[1], source.height)
    part = _converted(source.crop((left, top, right, bottom)), mode)
    return part.resize(
        (box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS, box=(x_start, y_start, x_end, y_end)
    )


def _span(start: int, end: int, scale: float, limit: int) -> tuple[int, int, float, float]:
    """First and last source pixel that the filter reads for reduced pixels start to end, and their range among those."""
    first = max(0, math.floor((start - _FILTER_REACH) * scale) - 1)
    last = min(limit, math.ceil((end + _FILTER_REACH) * scale) + 1)
    return first, last, start * scale - first, min(end * scale - first, last - first)


def _has_transparency(source: Image.Image) -> bool:
    if source.mode.startswith("I"):  # a transparent grey of a 16-bit picture is lost when it becomes 8 bits
        return False
    return source.has_transparency_data


def _converted(part: Image.Image, mode: str) -> Image.Image:
    if part.mode.startswith("I"):  # 16 bits a pixel: Pillow would clip it to white
        part.info.pop("transparency", None)
        part = part.convert("I").point(lambda value: value / 256).convert("L")
    return part.convert(mode)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _refused(message: str) -> RuleBroken:
    return RuleBroken(message, field="photo")
