"""An exemplar is submitted, returned with a reason, corrected and accepted."""

import io
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import too_wide

DEED = "Chị Êm trực Trạm ba đêm liền, đỡ đẻ an toàn cho hai sản phụ ở bản xa."


def photo() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "darkgreen").save(out, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def fill_in_exemplar(page: Page, deed: str) -> None:
    page.goto("/thi-dua/")
    page.locator("a[href$='/dien-hinh-moi/']").last.click()
    page.fill("#id_name", "em")
    page.get_by_label("Đỗ Thị Êm").check()
    page.get_by_label("Y tế", exact=True).check(force=True)
    page.fill("#id_deed", deed)


def test_an_exemplar_is_submitted_returned_and_accepted(visit: Callable[..., Page], width: int) -> None:
    deed = f"{DEED} ({width})"
    head = visit("tramyte")
    fill_in_exemplar(head, deed)
    assert too_wide(head) == 0
    bad = {"name": "hong.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}
    head.set_input_files("#id_photo", files=[bad])
    head.get_by_role("button", name="Gửi Văn phòng").click()
    expect(head.locator("#loi")).to_contain_text("hong.jpg")
    assert head.input_value("#id_deed") == deed
    head.set_input_files("#id_photo", files=[photo()])
    head.get_by_role("button", name="Gửi Văn phòng").click()
    expect(head.locator(".messages")).to_contain_text("Đã gửi Văn phòng")
    expect(head.locator(".photo img")).to_have_count(1)
    address = head.url

    office = visit("vanphong")
    office.goto(address)
    office.locator(".review-text > div", has_text="Kết quả").locator("summary").click()
    office.fill("#id_result", "Bổ sung kết quả.")
    office.get_by_role("button", name="Trả lại", exact=True).click()
    expect(office.locator(".messages")).to_contain_text("Đã trả lại")

    head.goto(address)
    head.get_by_role("link", name="Viết tiếp").click()
    expect(head.locator("#div_id_result .pinned")).to_contain_text("Bổ sung kết quả.")
    assert head.input_value("#id_deed") == deed
    head.fill("#id_result", "Mẹ và con đều khỏe.")
    head.get_by_role("button", name="Gửi Văn phòng").click()
    expect(head.locator(".messages")).to_contain_text("Đã gửi Văn phòng")

    office.goto(address)
    office.get_by_role("button", name="Chấp nhận").click()
    expect(office.locator(".messages")).to_contain_text("Đã chấp nhận")
    office.goto(address)
    expect(office.locator(".page-head .pill")).to_have_text("Đã chấp nhận")


def test_the_person_search_works_without_javascript(visit: Callable[..., Page], width: int) -> None:
    page = visit("thcs", javascript=False)
    page.goto("/thi-dua/")
    page.locator("a[href$='/dien-hinh-moi/']").last.click()
    page.fill("#id_name", "y")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_label("Trần Đức Ý").check()
    page.fill("#id_deed", f"Thầy Ý sửa {width} bộ bàn ghế của trường.")
    page.get_by_role("button", name="Lưu nháp").last.click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu nháp")
    assert page.locator("input[name=pick]:checked").get_attribute("value") != "new"
