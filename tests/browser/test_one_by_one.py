"""People of a school for one title, one person at a time: what test_many.py does at once, by the pages for one.

bin/drill many: three people. In bin/test: one. The clicks and letters of each person are counted apart from those of the session.
"""

import os
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page
from stack import Stack

from tests.browser.counter import Counter
from tests.browser.journey import HOURS
from tests.browser.test_many import ADD_PEOPLE, DEED, MOST_CLICKS, run_in

ALONE = int(os.environ.get("MANY_ALONE") or 1)
OTHER_SCHOOL = "Trường THCS Bình Lương"
NAMES_ALONE = ("Hà Thị Chinh", "Lương Văn Dũng", "Vi Thị Gấm")


@pytest.fixture
def other_school(stack: Stack) -> None:
    run_in(stack, ADD_PEOPLE.format(unit="thcs", names=NAMES_ALONE[:ALONE]))


@pytest.mark.parametrize("width", [1280], ids=["1280px"])
def test_one_person_at_a_time(other_school: None, visit: Callable[..., Page], width: int) -> None:
    names = NAMES_ALONE[:ALONE]
    each = Counter()  # what every person costs
    once = Counter()  # what the session and the list cost, however many they are
    office, head, chair = (visit(login) for login in ("vanphong", "thcs", "chutich"))
    for name in names:
        rate_alone(each, office, name)
        submit_alone(each, head, name)
        check_alone(each, office, name)
    hold_session_one_by_one(each, once, office, names)
    decide_one_by_one(each, once, office, chair, names)
    print(f"one at a time: {each.clicks / ALONE:.0f} clicks, {each.letters / ALONE:.0f} letters a person; "  # noqa: T201
          f"{once.clicks} clicks, {once.letters} letters once a session")  # fmt: skip
    assert each.clicks / ALONE > MOST_CLICKS / 30  # dearer for each than the other way at its bound


def rate_alone(count: Counter, office: Page, name: str) -> None:
    """The office records the yearly evaluation on the page of the person."""
    office.goto("/don-vi/")
    count.click(office.locator("main a", has_text=OTHER_SCHOOL))
    count.type(office.locator("main input[type=search]"), name)
    count.click(office.locator("main form[role=search] button"))
    count.click(office.locator("main a", has_text=name))
    count.click(office.locator("main a", has_text="Hồ sơ theo năm"))
    count.click(office.locator('main a[href$="/ho-so/danh-gia/"]'))
    count.choose(office, "level", value="good")
    count.click(office.locator("main form button.btn-primary"))


def submit_alone(count: Counter, head: Page, name: str) -> None:
    """The head of the school nominates one person."""
    head.goto("/khen-thuong/de-nghi/")
    count.click(head.locator("main a", has_text="Lập đề nghị"))
    count.type(head.locator("#tim"), name)
    count.click(head.locator("main form button", has_text="Tìm"))
    count.click(head.get_by_label(name))
    count.click(head.locator("main form button", has_text="Lập đề nghị"))
    count.click(head.locator("#dh-LDTT"))
    count.click(head.locator("main form button", has_text="Chọn, soạn tiếp"))
    count.type(head.locator("input[name=period_from]"), f"01/01/{date.today().year}")
    count.type(head.locator("input[name=period_to]"), f"{date.today():%d/%m/%Y}")
    count.type(head.locator("textarea[name=deed]"), DEED)
    count.click(head.locator("main form button", has_text="Lưu và nộp đề nghị"))
    assert "Đã nộp, chờ thẩm định" in head.locator("main").inner_text()


def check_alone(count: Counter, office: Page, name: str) -> None:
    """The office checks the file of one person."""
    count.task(office, "Thẩm định hồ sơ đề nghị", name)
    count.click(office.locator("input[name=all_met]"))
    count.click(office.locator("main form button", has_text="Lưu và xác nhận hợp lệ"))
    assert "Hồ sơ hợp lệ" in office.locator("main").inner_text()


def hold_session_one_by_one(each: Counter, once: Counter, office: Page, names: tuple[str, ...]) -> None:
    """The cases are ticked and their votes entered one by one."""
    office.goto("/khen-thuong/phien-hop/")
    once.click(office.locator("main a", has_text="Lập phiên họp"))
    once.type(office.locator("input[name=held_on]"), f"{date.today():%d/%m/%Y}")
    once.type(office.locator("input[name=starts_at]"), next(HOURS))
    once.click(office.locator("main form button.btn-primary").last)
    for name in names:
        each.click(office.locator("#cho-phien .form-check", has_text=name).locator("input"))
    once.click(office.locator("main form button", has_text="Đưa hồ sơ đã chọn vào phiên"))
    once.button(office, "Khai mạc phiên họp")
    once.button(office, "Lưu điểm danh")
    for name in names:
        case = office.locator(".hands", has=office.locator("h3", has_text=name))
        present = (case.get_attribute("data-present") or "").split()
        each.type(case.locator("input[name^=agree_]"), str(len(present)))
    once.click(office.locator("main form button", has_text="Lưu kết quả biểu quyết"))
    once.type(office.locator("textarea[name=discussion]"), "Các thành viên nhất trí.")
    once.type(office.locator("textarea[name=conclusion]"), "Đề nghị Chủ tịch tặng danh hiệu.")
    once.type(office.locator("input[name=ends_at]"), "09:30")
    once.button(office, "Lưu diễn biến, kết luận")
    once.button(office, "Kết thúc, lập biên bản")
    assert "Đã kết thúc" in office.locator("main").inner_text()


def decide_one_by_one(each: Counter, once: Counter, office: Page, chair: Page, names: tuple[str, ...]) -> None:
    """The chair agrees to one after the other."""
    once.task(office, "Lập phiếu trình Chủ tịch sau phiên họp")
    once.button(office, "Lập phiếu trình Chủ tịch")
    once.button(office, "Trình Chủ tịch")
    once.task(chair, "Quyết định khen thưởng theo phiếu trình")
    choices = chair.locator("input[type=radio][value=dong-y]")
    assert choices.count() == len(names)
    for place in range(len(names)):
        each.click(choices.nth(place))
    once.click(chair.locator("main form button.btn-primary").last)
    once.button(chair, "Ghi quyết định")
    assert "Chủ tịch đã quyết định" in chair.locator("main").inner_text()
