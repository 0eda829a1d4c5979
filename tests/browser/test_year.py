"""Reports of units with few taps, reminders by the office, the calendar feed on a phone."""

from collections.abc import Callable
from urllib.parse import urlparse

import icalendar
import pytest
from playwright.sync_api import Locator, Page

Visit = Callable[..., Page]
MAX_TAPS = 12


class TapCounter:
    """Counts taps on links, buttons, boxes and text fields; typing does not count."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.first.click()
        self.page.wait_for_load_state()

    def write(self, name: str, text: str) -> None:
        self.taps += 1
        self.page.locator(f"[name={name}]").first.fill(text)


@pytest.mark.parametrize("width", [360], indirect=True)
@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
def test_a_village_head_answers_with_few_taps(visit: Visit, width: int, script: bool) -> None:
    """One unit reports on the tasks of a letter, another answers the month, each from "Việc của tôi" to the confirmation.

    The units are not used by other tests: a unit that has answered has no such task any more.
    """
    login = "thon6" if script else "thon5"
    page = visit(login, javascript=script)
    page.goto("/viec-cua-toi/")
    counter = TapCounter(page)
    counter.tap(page.locator("li.task", has_text="Báo cáo việc đã triển khai").locator("a.btn"))
    if not page.locator("textarea").count():
        counter.tap(page.locator("main a.btn", has_text="Báo cáo đã triển khai"))
    boxes = page.locator("input[name=duties]")
    for place in range(min(2, boxes.count())):
        if not boxes.nth(place).is_checked():
            counter.tap(boxes.nth(place))
    counter.write("text", "Đã họp thôn phổ biến, 47 hộ dự; loa đọc ba buổi tối.")
    counter.tap(page.locator("main form button.btn-primary", has_text="Gửi báo cáo"))
    assert "Đã gửi" in page.locator("main").inner_text()
    reported = counter.taps

    month = visit("tieuhoc" if script else "phunu", javascript=script)
    month.goto("/viec-cua-toi/")
    counter = TapCounter(month)
    counter.tap(month.locator("li.task", has_text="Gửi điển hình").locator("a.btn"))
    counter.tap(month.locator("main a", has_text="Kỳ này không có"))
    counter.write("nothing_reason", "Đơn vị đang vào đợt cao điểm, tháng này chưa họp bình xét.")
    counter.tap(month.locator("main form button", has_text="Gửi"))
    assert "không có" in month.locator("main").inner_text()
    assert reported + counter.taps < MAX_TAPS, (reported, counter.taps)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_the_office_sends_reminders_and_a_reminder_letter(visit: Visit, width: int) -> None:
    """From the annual board to the units without an answer: one reminder to all of them, then the reminder letter."""
    page = visit("vanphong")
    page.goto("/thi-dua/bang-nam/")
    page.locator("table.matrix td.cell-bad a").first.click()
    page.wait_for_load_state()
    assert "Đã nhắc" in page.locator("main").inner_text()
    page.goto("/thi-dua/don-doc/")
    zalo = page.locator("textarea#loi-nhan").input_value()
    assert zalo.startswith("NHẮC VIỆC ngày")
    page.locator("main a.btn", has_text="Nhắc các đơn vị").click()
    page.wait_for_load_state()
    assert page.locator("input[name=asks]:checked").count() > 0
    page.fill("textarea[name=text]", "Nhờ các đơn vị gửi trong tuần này")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    assert "Đã nhắc" in page.locator("body").inner_text()
    page.locator("main a", has_text="Đã nhắc những gì").click()
    page.wait_for_load_state()
    assert "Văn phòng nhắc" in page.locator("main").inner_text()
    page.goto("/thi-dua/don-doc/cong-van/")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    assert "Các đơn vị và việc chưa thực hiện" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [360], indirect=True)
def test_the_calendar_link_is_created_read_and_revoked(visit: Visit, width: int) -> None:
    """The feed can be read without sign-in by a calendar library; after it is revoked it answers 404."""
    page = visit("thon1", strict=False)
    page.goto("/lich-cong-tac/dien-thoai/")
    if page.locator("details.confirm", has_text="Tạo đường dẫn mới").count():
        page.locator("details.confirm summary", has_text="Tạo đường dẫn mới").click()
        page.locator("details.confirm form button", has_text="Tạo đường dẫn mới").click()
    else:
        page.locator("main form button", has_text="Tạo đường dẫn").click()
    page.wait_for_load_state()
    address = next(word for word in page.content().replace('"', " ").split() if ".ics" in word and "http" in word)
    visitor = visit(None, strict=False)
    answer = visitor.request.get(urlparse(address).path)
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.body())
    titles = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert any("Hạn gửi điển hình" in title for title in titles)
    page.goto("/lich-cong-tac/dien-thoai/")
    page.locator("details.confirm summary", has_text="Thu hồi").click()
    page.locator("details.confirm form button", has_text="Thu hồi").first.click()
    page.wait_for_load_state()
    assert visitor.request.get(urlparse(address).path).status == 404
