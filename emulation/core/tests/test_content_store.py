import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from emulation.core import content_store
from emulation.core.errors import RuleBroken
from emulation.core.images import MAX_IMAGE_BYTES, PHOTO_LONGEST_SIDE, prepare_photo


@pytest.fixture
def store(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_put_and_read(store: Path) -> None:
    sha = content_store.put(b"a paper")
    assert sha == hashlib.sha256(b"a paper").hexdigest()
    assert content_store.exists(sha) and content_store.verify(sha) and content_store.read(sha) == b"a paper"
    assert content_store.path(sha) == store / sha[:2] / sha[2:4] / sha
    assert content_store.path(sha).stat().st_mode & 0o222 == 0


def test_storing_twice_keeps_one_unchanged_file(store: Path) -> None:
    sha = content_store.put(b"same")
    before = content_store.path(sha).stat()
    assert content_store.put(b"same") == sha
    assert content_store.path(sha).stat().st_ino == before.st_ino
    assert [p for p in store.rglob("*") if p.is_file()] == [content_store.path(sha)]


def test_many_writers_of_the_same_bytes(store: Path) -> None:
    data = os.urandom(200_000)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(content_store.put, [data] * 32))) == 1
    assert [content_store.verify(p.name) for p in store.rglob("*") if p.is_file()] == [True]


def test_a_damaged_file_is_found_and_a_cut_one_stored_again(store: Path) -> None:
    sha = content_store.put(b"whole")
    content_store.path(sha).chmod(0o640)
    content_store.path(sha).write_bytes(b"wrong")
    assert not content_store.verify(sha)
    content_store.path(sha).write_bytes(b"wh")
    content_store.put(b"whole")
    assert content_store.verify(sha)


def test_a_hash_that_was_never_stored(store: Path) -> None:
    missing = hashlib.sha256(b"?").hexdigest()
    assert not content_store.exists(missing) and not content_store.verify(missing)
    with pytest.raises(FileNotFoundError):
        content_store.read(missing)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "/" + "a" * 63])
def test_only_a_sha256_is_accepted_as_a_name(store: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        content_store.path(name)


def test_a_failed_write_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        content_store.put(b"lost")
    assert [p for p in store.rglob("*") if p.is_file()] == []


# ── photos ───────────────────────────────────────────────────────────────────────────────────────


def image_bytes(size: tuple[int, int], kind: str, mode: str = "RGB", **save: object) -> bytes:
    picture = Image.linear_gradient("L").resize(size).convert(mode)
    out = io.BytesIO()
    picture.save(out, kind, **save)
    return out.getvalue()


def bomb_bytes(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def open_jpeg(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("PNG", "1"),
        ("WEBP", "RGBA"),
    ],
)
def test_photos_become_small_plain_jpegs(kind: str, mode: str) -> None:
    source = Image.linear_gradient("L").resize((2400, 1200))
    if mode == "I;16":
        source = source.convert("I").point(lambda value: value * 257).convert("I;16")
    else:
        source = source.convert(mode)
    out = io.BytesIO()
    source.save(out, kind)
    kept = prepare_photo(out.getvalue())
    picture = open_jpeg(kept.data)
    assert (
        (picture.format, picture.mode, picture.size)
        == ("JPEG", "RGB", (1600, 800))
        == ("JPEG", "RGB", (kept.width, kept.height))
    )
    assert abs(picture.convert("L").getpixel((800, 400)) - 128) < 12


def test_small_photos_keep_their_size_and_thumbs_are_small() -> None:
    data = image_bytes((300, 200), "PNG")
    assert (prepare_photo(data).width, prepare_photo(data).height) == (300, 200)
    assert open_jpeg(prepare_photo(data, thumb_side=90).thumb).size == (90, 60)


def test_a_rotated_photo_is_upright_and_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "2026:11:23"
    data = image_bytes((400, 200), "JPEG", exif=exif, comment=b"SECRET-COMMENT", icc_profile=b"SECRET-PROFILE" * 20)
    assert b"SECRET" in data
    kept = prepare_photo(data)
    assert (kept.width, kept.height) == (200, 400)
    assert b"SECRET" not in kept.data and b"Exif" not in kept.data
    assert not open_jpeg(kept.data).getexif() and "comment" not in open_jpeg(kept.data).info
    assert open_jpeg(kept.thumb).size == (160, 320)
    assert b"SECRET" not in kept.thumb


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    assert open_jpeg(prepare_photo(out.getvalue()).data).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 not a picture", "không phải ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "không phải ảnh"),
        (image_bytes((40, 40), "GIF", "P"), "không phải ảnh"),
        (image_bytes((40, 40), "TIFF"), "không phải ảnh"),
        (image_bytes((400, 400), "JPEG")[:900], "hỏng"),
        (image_bytes((400, 400), "PNG")[:200], "hỏng"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (image_bytes((40, 40), "PNG") + b"\x00" * MAX_IMAGE_BYTES, "nhiều nhất là 12 MB"),
        (bomb_bytes(6_000, 4_001), "nhiều nhất 24 triệu điểm ảnh"),
        (bomb_bytes(10_000, 5_001), "chụp lại ở cỡ thường"),
        (bomb_bytes(16_000, 12_000), "nhiều nhất 24 triệu điểm ảnh"),
    ],
)
def test_a_refusal_names_the_reason_and_the_field(data: bytes, reason: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        prepare_photo(data)
    assert reason in caught.value.message
    assert caught.value.field == "photo"


SAMPLE_IMAGES = [image_bytes((64, 64), "JPEG"), image_bytes((64, 64), "PNG"), image_bytes((64, 64), "WEBP")]


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow], max_examples=80, deadline=None)
@given(st.sampled_from(SAMPLE_IMAGES), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=6))
def test_hostile_bytes_give_a_photo_or_rule_broken(data: bytes, changes: list[tuple[int, int]]) -> None:
    mangled = bytearray(data)
    for place, value in changes:
        mangled[place % len(mangled)] = value
    try:
        kept = prepare_photo(bytes(mangled))
    except RuleBroken as refused:
        assert refused.field == "photo"
    else:
        assert max(kept.width, kept.height) <= PHOTO_LONGEST_SIDE
