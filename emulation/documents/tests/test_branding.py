"""Emblem and border images: permissions, validation, messages, the job that prepares them."""

import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from emulation.audit.models import AuditEntry
from emulation.core import content_store
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.images import MAX_IMAGE_BYTES
from emulation.core.print_images import prepare_print_image
from emulation.documents import branding, branding_upload
from emulation.documents.models import BrandingImage, BrandingUpload
from emulation.documents.tests.sample_images import (
    add_branding_image,
    border_image,
    encoded_image,
    run_branding_jobs,
    star_image,
)
from emulation.jobs.models import Job
from emulation.notices.models import Notification

ADDRESSES = ("pictures", "picture_sample")
NOT_ONE = "Tệp chứa nội dung khác ngoài ảnh"
ONLY = "Chỉ nhận ảnh PNG hoặc JPEG"


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def bomb() -> bytes:
    """A PNG of 60,000 x 60,000 points in a few bytes."""
    head = (60_000).to_bytes(4) + (60_000).to_bytes(4) + b"\x08\x06\x00\x00\x00"
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", zlib.compress(b"\0" * 100)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def with_text(words: str) -> bytes:
    info = PngInfo()
    info.add_text("Comment", words)
    return star_image(pnginfo=info)


def wide(width: int, height: int) -> bytes:
    return encoded_image(Image.new("RGBA", (width, height), "gray"), "PNG")


BAD = {
    "nothing": ("emblem", b"", "Tệp ảnh rỗng"),
    "svg": ("emblem", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', ONLY),
    "html": ("emblem", b"<!doctype html><script>alert(1)</script>", ONLY),
    "gif": ("emblem", encoded_image(Image.new("RGB", (300, 300)), "GIF"), ONLY),
    "webp": ("emblem", encoded_image(Image.new("RGB", (300, 300)), "WEBP"), ONLY),
    "png and html": ("emblem", star_image() + b"<html><script>alert(1)</script>", NOT_ONE),
    "png and zip": ("emblem", star_image() + b"PK\x05\x06" + bytes(18), NOT_ONE),
    "png with a second end": ("emblem", star_image() + b"secret" + star_image()[-12:], NOT_ONE),
    "script inside": ("emblem", with_text("x <SCRIPT>alert(1)</SCRIPT>"), NOT_ONE),
    "jpeg and php": ("emblem", star_image(kind="JPEG") + b"<?php echo 1; ?>", NOT_ONE),
    "jpeg with a page in it": ("emblem", star_image(kind="JPEG", comment="<html><body>"), NOT_ONE),
    "half a png": ("emblem", star_image()[:-40], NOT_ONE),
    "half a jpeg": ("emblem", star_image(kind="JPEG")[:-40], NOT_ONE),
    "broken inside": ("emblem", b"\xff\xd8\xff\xe0" + b"x" * 400 + b"\xff\xd9", "Ảnh hỏng, không mở được"),
    "a bomb": ("emblem", bomb(), "Ảnh quá lớn, nhiều nhất 24 triệu điểm ảnh"),
    "13 MB": ("emblem", b"\x89PNG\r\n\x1a\n" + bytes(MAX_IMAGE_BYTES + 1), "Ảnh nặng gần 13 MB, nhiều nhất là 12 MB"),
    "small": ("emblem", star_image(120), "Ảnh chỉ cao 120 điểm, in ra sẽ mờ"),
    "long": ("emblem", wide(900, 300), "Quốc huy phải gần tròn hoặc vuông"),
    "upright border": ("border", wide(1414, 2000), "đúng tỉ lệ khổ A4 nằm ngang"),
    "small border": ("border", border_image(1000, 707), "Ảnh chỉ rộng 1000 điểm, in ra sẽ mờ"),
}


def upload(browser, kind, data, **more):
    fields = {"kind": kind, "picture": SimpleUploadedFile("hinh.png", data), **more}
    return browser.post(reverse("documents:pictures"), fields)


@pytest.fixture
def emblem(commune, office):
    return add_branding_image(by=office, commune=commune, kind="emblem", data=star_image())


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_office_may_open_the_page(address, commune, signed_in):
    url = reverse(f"documents:{address}")
    assert signed_in("vanphong").get(url).status_code == 200
    for login in ("vanthu", "chutich", "thon1", "hoidong2", "phongnoivu", "quantri"):
        assert signed_in(login).get(url).status_code == 403, login
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("login", ["vanthu", "chutich", "thon1", "quantri", "la-vanphong"])
def test_nobody_else_may_change_the_images(login, commune, emblem, other_commune, user):
    with pytest.raises(NotAllowed):
        add_branding_image(by=user(login), commune=commune, kind="border", data=border_image())
    with pytest.raises(NotAllowed):
        branding_upload.remove_branding_image(by=user(login), commune=commune, kind="emblem")
    assert BrandingImage.objects.count() == 1


def test_each_commune_has_its_own(commune, emblem, other_commune, signed_in):
    other_office = signed_in("la-vanphong")
    url = reverse("documents:picture", args=["emblem"])
    assert other_office.get(url).status_code == 404
    page = other_office.get(reverse("documents:pictures")).content.decode()
    assert page.count("Chưa có ảnh.") == 2 and "Đã thay đổi" not in page
    assert signed_in("vanphong").get(url)["Content-Type"] == "image/png"
    assert branding.branding_of(other_commune) == branding.Branding()


@pytest.mark.parametrize("case", BAD)
def test_an_unfit_upload_is_refused_with_a_reason(case, commune, signed_in):
    kind, data, words = BAD[case]
    response = upload(signed_in("vanphong"), kind, data)
    page = response.content.decode()
    assert response.status_code == 422 and words in page
    assert BrandingImage.objects.count() == 0 and not AuditEntry.objects.filter(act="documents.add_picture").exists()
    assert f'value="{kind}"' in page and "checked" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": ""}, "Hãy chọn Quốc huy hay Khung viền"),
        ({"kind": "seal"}, "Hãy chọn Quốc huy hay Khung viền"),
        ({"picture": ""}, "Hãy chọn tệp ảnh"),
    ],
)
def test_missing_fields_are_refused_with_a_message(fields, words, commune, signed_in):
    good = {"kind": "emblem", "picture": SimpleUploadedFile("hinh.png", star_image())}
    response = signed_in("vanphong").post(reverse("documents:pictures"), good | fields)
    assert response.status_code == 422 and words in response.content.decode()
    assert BrandingImage.objects.count() == 0


def test_an_image_is_encoded_again_and_keeps_its_transparency(commune, office):
    info = PngInfo()
    info.add_text("Author", "Nguyễn Văn Kín")
    picture = add_branding_image(by=office, commune=commune, kind="emblem", data=star_image(1200, pnginfo=info))
    data = content_store.read(picture.sha256)
    assert (picture.width, picture.height) == (900, 900) and b"Author" not in data
    drawn = Image.open(BytesIO(data))
    assert drawn.mode == "RGBA" and drawn.getpixel((0, 0))[3] == 0 and drawn.getpixel((450, 30))[3] == 255


@pytest.mark.parametrize("mode", ["P", "L", "LA", "I;16", "1"])
def test_every_kind_of_png_is_read(mode):
    drawn = prepare_print_image(encoded_image(Image.new(mode, (300, 300)), "PNG"), 900)
    assert Image.open(BytesIO(drawn.data)).mode in ("RGB", "RGBA")


def test_a_cmyk_jpeg_becomes_an_rgb_jpeg():
    out = BytesIO()
    Image.new("CMYK", (300, 300), (0, 255, 255, 0)).save(out, "JPEG")
    drawn = Image.open(BytesIO(prepare_print_image(out.getvalue(), 900).data))
    red, green, _ = drawn.getpixel((5, 5))
    assert (drawn.format, drawn.mode) == ("JPEG", "RGB") and red > 200 and green < 60


def test_the_page_shows_current_and_earlier_images(commune, signed_in):
    browser = signed_in("vanphong")
    assert "Nơi in Quốc huy" in browser.get(reverse("documents:picture_sample")).content.decode()
    assert upload(browser, "emblem", star_image(), once="a").status_code == 302
    assert upload(browser, "border", border_image(kind="JPEG")).status_code == 302
    waiting = browser.get(reverse("documents:pictures")).content.decode()
    assert waiting.count("Đang xử lý ảnh mới: 0/2") == 2 and "hx-get" in waiting and "Ảnh mới," not in waiting
    run_branding_jobs()
    part = browser.get(reverse("documents:picture_places")).content.decode()
    assert "Đang xử lý" not in part and "hx-get" not in part and 'hx-swap-oob="true"' in part and "<html" not in part
    assert upload(browser, "emblem", star_image()).status_code == 302
    run_branding_jobs()
    assert "Ảnh này đang được dùng" in browser.get(reverse("documents:pictures")).content.decode()
    assert Notification.objects.filter(user__username="vanphong", text__contains="đang được dùng").count() == 1
    sheet = browser.get(reverse("documents:picture_sample")).content.decode()
    assert "Nơi in Quốc huy" not in sheet and sheet.count('src="data:image/') == 2 and "DỰ THẢO" in sheet


def test_a_removed_image_is_used_no_more_and_stays_in_the_list(commune, office, signed_in):
    browser = signed_in("vanphong")
    for kind, data in (("emblem", star_image()), ("border", border_image(kind="JPEG"))):
        add_branding_image(by=office, commune=commune, kind=kind, data=data)
    response = browser.post(reverse("documents:remove_picture", args=["emblem"]), follow=True)
    page = response.content.decode()
    assert "Đã thôi dùng ảnh" in page and "Ảnh mới, 300 x 300 điểm ảnh" in page
    assert "Nơi in Quốc huy" in browser.get(reverse("documents:picture_sample")).content.decode()
    twice = browser.post(reverse("documents:remove_picture", args=["emblem"]), follow=True)
    assert "Chỗ này đang không có ảnh" in twice.content.decode()
    assert list(BrandingImage.objects.order_by("pk").values_list("kind", "width")) == [
        ("emblem", 300), ("border", 1414), ("emblem", 0),
    ]  # fmt: skip
    acts = list(AuditEntry.objects.filter(act__startswith="documents.").order_by("pk").values_list("act", flat=True))
    assert acts == ["documents.add_picture"] * 2 + ["documents.remove_picture"]


def test_damaged_pixels_are_found_by_the_job(commune, office, user):
    """The header is right, so the request accepts it; the job finds what is wrong and keeps no copy of the file."""
    data = bytearray(wide(900, 900))
    at = data.index(b"IDAT")
    size = int.from_bytes(data[at - 4 : at])
    data[at + 4 : at + 4 + size] = bytes(size)
    data[at + 4 + size : at + 8 + size] = zlib.crc32(data[at : at + 4 + size]).to_bytes(4)
    with pytest.raises(RuleBroken, match="Ảnh hỏng, không mở được"):
        add_branding_image(by=office, commune=commune, kind="emblem", data=bytes(data))
    assert BrandingImage.objects.count() == 0 and bytes(BrandingUpload.objects.get().data) == b""


def test_the_later_upload_counts_and_a_job_works_once(commune, office):
    first = branding_upload.upload_branding_image(by=office, commune=commune, kind="emblem", data=star_image())
    branding_upload.upload_branding_image(by=office, commune=commune, kind="emblem", data=star_image(400))
    run_branding_jobs()
    branding_upload.use_uploaded_image(BrandingUpload.objects.latest("pk").pk, lambda done, total: None)
    first.refresh_from_db()
    assert first.fault == "Đã có ảnh khác tải lên sau."
    assert list(BrandingImage.objects.values_list("width", flat=True)) == [400]


def test_a_job_that_fails_is_shown(commune, office, signed_in):
    branding_upload.upload_branding_image(by=office, commune=commune, kind="emblem", data=star_image())
    Job.objects.filter(kind="documents.branding").update(state=Job.FAILED)
    page = signed_in("vanphong").get(reverse("documents:pictures")).content.decode()
    assert "Chưa xử lý được ảnh" in page and "Đang xử lý" not in page


def test_the_request_decodes_no_pixel(commune, office, monkeypatch):
    data = border_image(3508, 2480)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("a pixel is decoded"))
    branding_upload.upload_branding_image(by=office, commune=commune, kind="border", data=data)


def test_rows_are_only_added(emblem):
    for change in (lambda: BrandingImage.objects.update(sha256="0" * 64), lambda: BrandingImage.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_failed_act_adds_no_row(commune, office):
    with pytest.raises(RuleBroken, match="Hãy chọn hình nào"):
        add_branding_image(by=office, commune=commune, kind="seal", data=star_image())
    assert BrandingImage.objects.count() == 0
