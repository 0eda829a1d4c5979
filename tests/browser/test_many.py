"""Everybody of a school, or all households of a thôn, for one title up to the decision, with the clicks and letters counted.

bin/drill many: 30 people and 295 households. In bin/test: three of each. One at a time, to compare: test_one_by_one.py.
"""

import os
import re
import subprocess
from collections.abc import Callable
from datetime import date

import pytest
from paths import PYTHON, ROOT
from playwright.sync_api import Page
from stack import PASSWORD, Stack

from tests.browser.counter import Counter
from tests.browser.journey import HOURS

PEOPLE = int(os.environ.get("MANY") or 3)
HOUSEHOLDS = int(os.environ.get("MANY_HOUSEHOLDS") or 3)
MOST_CLICKS = 40
MOST_CLICKS_OF_HOUSEHOLDS = 60
SCHOOL = "Trường Tiểu học Bình Lương"
DEED_OF_HOUSEHOLDS = "Đạt các tiêu chuẩn Gia đình văn hóa theo kết quả bình xét của thôn."
DEED = "Hoàn thành tốt nhiệm vụ, 96% học sinh lên lớp."
GIVEN_NAMES = [
    "An",
    "Bình",
    "Châu",
    "Dung",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiền",
    "Hoa",
    "Hồng",
    "Hương",
    "Khánh",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Mai",
    "Minh",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phương",
    "Quyên",
    "Tâm",
    "Thảo",
    "Thu",
    "Thủy",
    "Trang",
    "Tuyết",
]
ADD_PEOPLE = """
from datetime import date
from emulation.accounts.models import User
from villages.actions.evidence import set_joined
from villages.actions.people import add_person
from villages.models import Unit
office, school = User.objects.get(username="vanphong"), Unit.objects.get(code={unit!r})
for name in {names!r}:
    person = add_person(by=office, unit=school, full_name=name, sex="nu", birth_year=1985,
                        post="Giáo viên", group="public")
    set_joined(by=office, person=person, joined_on=date(2012, 9, 1))
"""

ADD_HOUSEHOLDS = """
from emulation.accounts.models import User
from villages.actions.households import add_household
from villages.models import Unit
office, village = User.objects.get(username="vanphong"), Unit.objects.get(code="thon2")
for number in range({count}):
    first, last = divmod(number, len({names!r}))
    add_household(by=office, unit=village, head_name=f"Hà {{('Văn', 'Thị')[first % 2]}} {{{names!r}[first]}} {{{names!r}[last]}}")
"""


@pytest.fixture
def school(stack: Stack) -> None:
    run_in(stack, ADD_PEOPLE.format(unit="tieuhoc", names=[f"Lò Thị {name}" for name in GIVEN_NAMES[:PEOPLE]]))


@pytest.fixture
def village(stack: Stack) -> None:
    run_in(stack, ADD_HOUSEHOLDS.format(names=GIVEN_NAMES, count=HOUSEHOLDS))


def run_in(stack: Stack, code: str) -> None:
    env = {**os.environ, "DATA_DIR": str(stack.data), "DJANGO_SETTINGS_MODULE": "emulation.settings"}
    subprocess.run([PYTHON, "manage.py", "shell", "-v", "0", "-c", code], cwd=ROOT, env=env, check=True)


@pytest.mark.parametrize("width", [1280], ids=["1280px"])
def test_a_school_from_the_evaluation_to_the_decision(school: None, visit: Callable[..., Page], width: int) -> None:
    count = Counter()
    office, head, chair, clerk = (visit(login) for login in ("vanphong", "tieuhoc", "chutich", "vanthu"))
    evaluate(count, office)
    submitted = submit(count, head)
    check(count, office, submitted)
    hold_session(count, office, submitted - 1)
    decide(count, office, chair)
    assert count.clicks < MOST_CLICKS, count.steps
    issue(count, office, clerk)
    print("; ".join(count.steps))  # noqa: T201  (the drill shows it)


@pytest.mark.parametrize("width", [1280], ids=["1280px"])
def test_a_village_of_households_to_the_decision(village: None, visit: Callable[..., Page], width: int) -> None:
    count = Counter()
    office, head, chair = (visit(login) for login in ("vanphong", "thon2", "chutich"))
    for page in (office, head, chair):
        page.set_default_timeout(120_000)
    submitted = submit_households(count, head)
    count.task(office, "Thẩm định hồ sơ đề nghị", "Hà Văn An An")
    count.click(office.locator("main a", has_text="Thẩm định cả nhóm"))
    checked = 0  # with the households of the demo, whose list was posted and submitted before
    while (confirm := office.locator("main button", has_text="Xác nhận hợp lệ")).count():
        count.click(confirm)
        found = re.search(r"Đã xác nhận hợp lệ (\d+) hồ sơ", office.locator("main").inner_text())
        checked += int(found.group(1)) if found else 0
    assert checked >= submitted
    count.done("checked")
    hold_session(count, office, checked)
    decide(count, office, chair)
    print("; ".join(count.steps))  # noqa: T201  (the drill shows it)
    assert count.clicks < MOST_CLICKS_OF_HOUSEHOLDS, count.steps


def submit_households(count: Counter, head: Page) -> int:
    """The head of the village nominates all households with one deed. Returns how many cases were submitted."""
    head.goto("/khen-thuong/de-nghi/")
    count.click(head.locator("main a", has_text="Ai đủ điều kiện"))
    count.choose(head, "award", label="Gia đình văn hóa")
    count.click(head.locator("main button", has_text="Xét cả đơn vị"))
    count.click(head.locator("main button", has_text="Lập bản soạn"))
    count.type(head.locator("input[name=met_on]"), f"{date.today():%d/%m/%Y}")
    count.type(head.locator("textarea[name=rest]"), DEED_OF_HOUSEHOLDS)
    count.click(head.locator("main button", has_text="Lưu và nộp"))
    found = re.search(r"Đã nộp (\d+) hồ sơ. Giấy đề nghị chung", head.locator("main").inner_text())
    assert found is not None and not head.locator("main textarea[name^=deed_]").count()
    submitted = int(found.group(1))
    assert submitted >= HOUSEHOLDS
    count.done("submitted")
    return submitted


def evaluate(count: Counter, office: Page) -> None:
    """The office gives everybody of the school the same level."""
    office.goto("/don-vi/")
    count.click(office.locator("main a", has_text=SCHOOL))
    count.click(office.locator("main a", has_text="Ghi đánh giá năm"))
    count.choose(office, "rest", value="good")
    count.click(office.locator("main form button.btn-primary"))
    count.done("evaluated")


def submit(count: Counter, head: Page) -> int:
    """The head of the school nominates who qualifies. Returns how many cases were submitted."""
    head.goto("/khen-thuong/de-nghi/")
    count.click(head.locator("main a", has_text="Ai đủ điều kiện"))
    count.choose(head, "award", label="Lao động tiên tiến")
    count.click(head.locator("main button", has_text="Xét cả đơn vị"))
    count.click(head.locator("main button", has_text="Lập bản soạn"))
    count.type(head.locator("input[name=met_on]"), f"{date.today():%d/%m/%Y}")
    deeds = head.locator("main textarea[name^=deed_]")
    for place in range(deeds.count()):
        count.letters += len(DEED)
        deeds.nth(place).fill(DEED)
    submitted = deeds.count()
    assert submitted >= PEOPLE
    count.click(head.locator("main button", has_text="Lưu và nộp"))
    assert f"Đã nộp {submitted} hồ sơ" in head.locator("main").inner_text()
    count.done("submitted")
    return submitted


def check(count: Counter, office: Page, submitted: int) -> None:
    """The office confirms all files at once; one has a complaint that is being looked into and stays, with its reason."""
    count.task(office, "Thẩm định hồ sơ đề nghị", "Lò Thị An")
    count.click(office.locator("main a", has_text="Thẩm định cả nhóm"))
    count.click(office.locator("main button", has_text="Xác nhận hợp lệ"))
    assert f"Đã xác nhận hợp lệ {submitted - 1} hồ sơ" in office.locator("main").inner_text()
    assert "Đang xác minh khiếu nại" in office.locator("main").inner_text()
    count.done("checked")


def hold_session(count: Counter, office: Page, cases: int) -> None:
    """The council votes on all cases; place, hour and officers are those of the last session."""
    office.goto("/khen-thuong/phien-hop/")
    count.click(office.locator("main a", has_text="Lập phiên họp"))
    count.type(office.locator("input[name=held_on]"), f"{date.today():%d/%m/%Y}")
    count.type(office.locator("input[name=starts_at]"), next(HOURS))
    count.click(office.locator("main form button.btn-primary").last)
    count.button(office, f"Đưa cả {cases} hồ sơ")
    count.done("on the session")
    count.button(office, "Khai mạc phiên họp")
    count.button(office, "Lưu điểm danh")
    # Typed before the votes are sent: it is still there afterwards.
    count.type(office.locator("textarea[name=discussion]"), "Các thành viên nhất trí.")
    count.type(office.locator("textarea[name=conclusion]"), "Đề nghị Chủ tịch tặng danh hiệu.")
    count.type(office.locator("input[name=ends_at]"), "09:30")
    together = office.locator("#bieu-quyet-chung")
    count.click(together.locator("button", has_text="Tất cả đồng ý"))
    count.click(together.locator("button", has_text="Ghi kết quả chung"))
    count.button(office, "Lưu diễn biến, kết luận")
    count.button(office, "Kết thúc, lập biên bản")
    assert "Đã kết thúc" in office.locator("main").inner_text()
    count.done("voted")


def decide(count: Counter, office: Page, chair: Page) -> None:
    """The office submits to the chair, who agrees to all."""
    count.task(office, "Lập phiếu trình Chủ tịch sau phiên họp")
    count.button(office, "Lập phiếu trình Chủ tịch")
    count.button(office, "Trình Chủ tịch")
    count.task(chair, "Quyết định khen thưởng theo phiếu trình")
    count.button(chair, "Đồng ý tất cả còn lại")
    count.button(chair, "Ghi quyết định")
    assert "Chủ tịch đã quyết định" in chair.locator("main").inner_text()
    count.done("decided")


def issue(count: Counter, office: Page, clerk: Page) -> None:
    """The clerk issues the decision, which names all of them."""
    count.task(office, "Hoàn thiện dự thảo quyết định, lập bản trình ký")
    count.button(office, "Lập bản trình ký")
    count.task(clerk, "Lấy số, ban hành quyết định đã ký")
    count.type(clerk.locator("input[name=issued_on]"), f"{date.today():%d/%m/%Y}")
    count.type(clerk.locator("input[name=own_password]"), PASSWORD)
    count.click(clerk.locator("main form button.btn-primary").last)
    text = clerk.locator("main").inner_text()
    listed = re.search(r"Tổng cộng (\d+) trường hợp", text)
    assert "Đã ban hành" in text and listed and int(listed[1]) >= PEOPLE and f"Lò Thị {GIVEN_NAMES[0]}" in text
    count.done("issued")
