"""Peak memory for the largest accepted pictures, each measured in its own process."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from emulation.core.images import (
    MAX_IMAGE_BYTES,
    MAX_IMAGE_PIXELS,
    MAX_IMAGE_SIDE,
    PEAK_BYTES,
    PHOTO_LONGEST_SIDE,
    decode_reduced,
)

ROOT = Path(__file__).resolve().parents[3]
SQUARE = (4898, 4898)
"""Just under 24 million pixels."""
MIB = 1024 * 1024

# VmHWM and not ru_maxrss: a child process inherits the latter from the process that started it.
MEASURE = """
import io, sys
from pathlib import Path
from PIL import Image
from emulation.core.attachments import ATTACHMENT_LONGEST_SIDE
from emulation.core.errors import RuleBroken
from emulation.core.images import prepare_photo
from emulation.core.print_images import prepare_print_image

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024

data, kind = Path(sys.argv[1]).read_bytes(), sys.argv[2]
small = io.BytesIO()
Image.new("RGBA", (400, 300)).save(small, "PNG")
prepare_photo(small.getvalue())
before = peak()
try:
    prepare_photo(data) if kind == "photo" else prepare_print_image(data, ATTACHMENT_LONGEST_SIDE)
    result = "accepted"
except RuleBroken as broken:
    result = broken.message
print(peak() - before)
print(result)
"""


def growth(folder: Path, data: bytes, kind: str) -> tuple[int, str]:
    """By how many bytes the peak of a new process grows while it handles this upload, and "accepted" or the reason."""
    path = folder / "upload"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), kind], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    grown, result = done.stdout.strip().split("\n")
    return int(grown), result


def saved(mode: str, kind: str, size: tuple[int, int] = SQUARE, **options: object) -> bytes:
    out = io.BytesIO()
    colour = (90,) * len(Image.new(mode, (1, 1)).getbands())
    Image.new(mode, size, colour if len(colour) > 1 else 1).save(out, kind, **options)
    return out.getvalue()


def animated(kind: str, **options: object) -> bytes:
    first = Image.new("RGBA", SQUARE, (9, 9, 9, 99))
    second = Image.new("RGBA", SQUARE, (200, 9, 9, 99))
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=[second], **options)
    return out.getvalue()


def interlaced() -> bytes:
    """An interlaced RGBA PNG: seven passes, each over the whole picture with another step (Pillow cannot write one)."""
    width, height = SQUARE
    lines = bytearray()
    for x, y, step_x, step_y in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ):  # fmt: skip
        line = b"\0" + b"\x50\x60\x70\x80" * -(-(width - x) // step_x)
        lines += line * -(-(height - y) // step_y)
    return png(width, height, 8, 6, zlib.compress(bytes(lines), 1), interlace=1)


def png(width: int, height: int, depth: int, colours: int, body: bytes, interlace: int = 0) -> bytes:
    header = width.to_bytes(4) + height.to_bytes(4) + bytes((depth, colours, 0, 0, interlace))
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(part).to_bytes(4) + kind + part + zlib.crc32(kind + part).to_bytes(4) for kind, part in chunks
    )


def sixteen_bits() -> bytes:
    return png(*SQUARE, 16, 6, zlib.compress((b"\0" + b"\x50" * 8 * SQUARE[0]) * SQUARE[1], 1))


def heavy_webp() -> bytes:
    """A WebP of the largest accepted file size: the decoder also keeps the file in memory."""
    data = saved("RGBA", "WEBP", lossless=True, quality=0, method=0)
    filler = MAX_IMAGE_BYTES - len(data) - 100 & ~1
    data += b"JUNK" + filler.to_bytes(4, "little") + bytes(filler)
    return data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:]


# MiB: about a quarter more than measured (Pillow 13, Linux x86-64)
ACCEPTED: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "PNG with transparency": ("photo", lambda: saved("RGBA", "PNG"), 145),
    "PNG of 16 bits with transparency": ("photo", sixteen_bits, 145),
    "PNG of 16 bits grey": ("photo", lambda: saved("I;16", "PNG"), 90),
    "PNG with a palette": ("photo", lambda: saved("P", "PNG", transparency=1), 60),
    "PNG of two colours": ("photo", lambda: saved("1", "PNG"), 60),
    "PNG interlaced": ("photo", interlaced, 145),
    "PNG animated": ("photo", lambda: animated("PNG", disposal=1), 145),
    "PNG as long as allowed": ("photo", lambda: saved("RGBA", "PNG", (MAX_IMAGE_SIDE, 1200)), 340),
    "PNG as high as allowed": ("photo", lambda: saved("RGBA", "PNG", (1200, MAX_IMAGE_SIDE)), 340),
    "JPEG progressive": ("photo", lambda: saved("RGB", "JPEG", progressive=True, subsampling=0), 200),
    "JPEG CMYK progressive": ("photo", lambda: saved("CMYK", "JPEG", progressive=True, subsampling=0), 260),
    "WebP of 12 MB": ("photo", heavy_webp, 450),
    "WebP animated": ("photo", lambda: animated("WEBP", quality=20, method=0), 450),
    "page as PNG": ("page", lambda: saved("RGBA", "PNG"), 210),
    "page as JPEG CMYK progressive": ("page", lambda: saved("CMYK", "JPEG", progressive=True, subsampling=0), 340),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", ACCEPTED)
def test_the_largest_accepted_pictures_stay_under_the_stated_peak(case: str, tmp_path: Path) -> None:
    kind, make, limit = ACCEPTED[case]
    data = make()
    assert len(data) <= MAX_IMAGE_BYTES
    grown, result = growth(tmp_path, data, kind)
    assert result == "accepted"
    assert grown < limit * MIB <= PEAK_BYTES


REFUSED = {
    "PNG": ("photo", lambda: saved("1", "PNG", (6000, 4001))),
    "PNG of 3,600 million pixels": ("photo", lambda: png(60_000, 60_000, 8, 6, zlib.compress(bytes(100)))),
    "PNG one pixel high": ("photo", lambda: saved("1", "PNG", (MAX_IMAGE_PIXELS, 1))),
    "PNG one pixel wide": ("page", lambda: saved("1", "PNG", (1, MAX_IMAGE_PIXELS))),
    "JPEG": ("photo", lambda: saved("L", "JPEG", (6000, 4001))),
    "WebP": ("photo", lambda: saved("RGB", "WEBP", (6000, 4001), quality=1, method=0)),
    "page as PNG": ("page", lambda: saved("1", "PNG", (6000, 4001))),
    "page as JPEG": ("page", lambda: saved("L", "JPEG", (6000, 4001))),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_more_pixels_are_refused_before_decoding(case: str, tmp_path: Path) -> None:
    kind, make = REFUSED[case]
    grown, result = growth(tmp_path, make(), kind)
    assert "nhiều nhất 24 triệu điểm ảnh" in result and "chụp lại ở cỡ thường" in result
    assert grown < 8 * MIB


def test_reducing_in_tiles_gives_the_same_picture_as_reducing_it_whole() -> None:
    grey = Image.radial_gradient("L").resize((3000, 2200))
    source = Image.merge("RGB", (grey, grey.transpose(Image.Transpose.ROTATE_180), grey))
    out = io.BytesIO()
    source.save(out, "PNG", compress_level=1)
    whole = source.resize((PHOTO_LONGEST_SIDE, 1173), Image.Resampling.LANCZOS)
    difference = ImageChops.difference(decode_reduced(out.getvalue(), ("PNG",), PHOTO_LONGEST_SIDE), whole)
    assert all(most <= 1 for _, most in difference.getextrema())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(orientation: int) -> None:
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 20))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what the camera did to the upright picture
    stored = picture.transpose(Image.Transpose(turns[orientation])) if orientation > 1 else picture
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "PNG", exif=exif)
    upright = decode_reduced(out.getvalue(), ("PNG",), PHOTO_LONGEST_SIDE)
    assert upright.size == picture.size and upright.tobytes() == picture.tobytes()
    assert not upright.info and not upright.getexif()
