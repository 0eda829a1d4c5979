"""Khen thưởng đột xuất within one day: from the deed of last night to the issued decision, by the simplified procedure."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page

from emulation.core.text import fold
from tests.browser.journey import Journey


def test_a_deed_of_yesterday_is_commended_today(visit: Callable[..., Page], width: int) -> None:
    desktop = width > 700
    name = "Lê Thị Lụa" if desktop else "Hà Thị Bích Đào"
    journey = Journey(visit, "thon1", name, fold(name), False, (2026, "1"), script=desktop, about="đột xuất")
    nominate(journey)
    check_short_file(journey)
    journey.hold_session()
    journey.present()
    journey.decide()
    journey.issue()
    page = journey.of("thon1")
    page.goto("/khen-thuong/de-nghi/")
    page.locator("main a", has_text=name).first.click()
    page.wait_for_load_state()
    journey.assert_shows(page, "từ lúc lập thành tích", "đến khi ban hành quyết định", "Đã khen thưởng")


def nominate(journey: Journey) -> None:
    """The head of the village nominates a person for a deed of yesterday at 22:30 and submits."""
    page = journey.of("thon1")
    page.goto("/khen-thuong/de-nghi/lap/")
    page.fill("input[name=tim]", journey.words)
    page.locator("button", has_text="Tìm").last.click()
    page.wait_for_load_state()
    page.locator(".form-check", has_text=journey.name).locator("input").check()
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    if "/danh-hieu/" in page.url:
        page.locator("main form button.btn-primary").last.click()
        page.wait_for_load_state()
    yesterday = f"{date.today() - timedelta(days=1):%d/%m/%Y}"
    page.check("input[name=kind][value=DX]")
    page.fill("textarea[name=achievement]", "xuất sắc đột xuất, dũng cảm cứu người bị lũ cuốn")
    page.fill("input[name=period_from]", yesterday)
    page.fill("input[name=period_to]", yesterday)
    page.fill("input[name=deed_time]", "22:30")
    page.fill("textarea[name=deed]", "Bơi ra giữa dòng nước lũ, đưa hai cháu nhỏ vào bờ an toàn.")
    page.locator("button[name=do][value=submit]").click()
    page.wait_for_load_state()
    journey.assert_shows(page, "Đã nộp, chờ thẩm định", "từ lúc lập thành tích", "Khen thưởng đột xuất")


def check_short_file(journey: Journey) -> None:
    """The office finds the two papers of the simplified procedure and confirms the file."""
    page = journey.task("vanphong", "Thẩm định hồ sơ đề nghị")
    journey.assert_shows(page, "Tờ trình", "Báo cáo tóm tắt thành tích")
    assert page.locator("main .form-check", has_text="Biên bản").count() == 0
    page.check("input[name=all_met]")
    page.locator("button[name=do][value=complete]").click()
    page.wait_for_load_state()
    journey.assert_shows(page, "Hồ sơ hợp lệ")
