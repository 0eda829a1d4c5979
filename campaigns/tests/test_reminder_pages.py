"""Pages of reminders by hand: whom to remind, and who was reminded."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from campaigns.exemplars.actions.period import open_period
from campaigns.models import Exemplar
from campaigns.reminders.models import Reminder
from emulation.accounts.models import User
from tests.html import page_of
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("db")
UNITS = 14


def test_units_to_remind_are_grouped_by_obligation(commune, period, office, signed_in):
    open_period(by=office, commune=commune, kind="month", year=2026, number=10)
    with time_machine.travel(datetime(2026, 11, 19, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        page = page_of(signed_in("vanphong").get("/thi-dua/don-doc/nhac/"))
        empty = page_of(signed_in("vanphong").post("/thi-dua/don-doc/nhac/", {"asks": []}))
    october, november = (
        f"Gửi điển hình tháng {month}/2026, hạn {day}/2026" for month, day in ((10, "26/10"), (11, "25/11"))
    )
    assert page.count(f"{october}: {UNITS} đơn vị") == 1 and page.count(f"{november}: {UNITS} đơn vị") == 1
    assert page.count('">Thôn 1</label>') == 2
    # What nobody is to be reminded of is folded; a form that was refused shows all.
    folds = page.split('<details class="fold"')[1:]
    assert [(fold.startswith(" open"), fold.count("checked")) for fold in folds] == [(True, UNITS), (False, 0)]
    assert empty.count('<details class="fold" open') == 2


def test_who_was_reminded_of_one_thing_on_one_day_is_one_row(commune, period, signed_in):
    unit = Unit.objects.get(code="thon1")
    sent = {
        "commune": commune, "kind": "period", "object_id": period.pk, "stage": "chair", "title": "gửi điển hình",
        "due_on": date(2026, 11, 25), "planned_on": date(2026, 12, 3), "sent_on": date(2026, 12, 3),
    }  # fmt: skip
    for login in ("thon1", "hoidong2", "chutich"):
        Reminder.objects.create(unit=unit, user=User.objects.get(username=login), **sent)
    Reminder.objects.create(unit=Unit.objects.get(code="thon2"), user=None, **sent)
    Reminder.objects.create(unit=unit, user=User.objects.get(username="thon1"), **{**sent, "stage": "council"})
    page = page_of(signed_in("vanphong").get("/thi-dua/nhac-viec/"))
    names = [User.objects.get(username=login).full_name for login in ("chutich", "hoidong2", "thon1")]
    assert page.count('<th scope="row">') == 3
    assert ">" + ", ".join(names) + "</td>" in page and page.count("không gọi được ai") == 1


def test_units_of_which_nothing_is_late_are_folded(commune, period, office, signed_in):
    """After the day of October, before that of November: every unit has both to send, late ones first, the rest of a unit in words."""
    october = open_period(by=office, commune=commune, kind="month", year=2026, number=10)
    browser = signed_in("vanphong")

    def page_on(day: int) -> str:
        with time_machine.travel(datetime(2026, 11, day, 8, tzinfo=timezone.get_current_timezone()), tick=False):
            return page_of(browser.get("/thi-dua/don-doc/"))

    whole = page_on(19)
    assert "chỉ có việc chưa đến hạn" not in whole
    assert whole.count("chưa đến hạn: Tháng 11/2026, hạn 25/11") == UNITS
    for unit in Unit.objects.exclude(code="thon1"):
        Exemplar.objects.create(
            commune=commune, unit=unit, period=october, state="submitted", nothing=True, created_by=office
        )
    folded = page_on(19)
    late, later = folded.split('<details class="fold">')
    assert f"{UNITS - 1} đơn vị chỉ có việc chưa đến hạn" in later
    assert late.count('<th scope="row">') == 1 and later.count('<th scope="row">') == UNITS - 1


def test_a_unit_reminded_of_all_that_is_late_is_not_offered_again(commune, period, office, signed_in):
    open_period(by=office, commune=commune, kind="month", year=2026, number=10)
    browser = signed_in("vanphong")
    with time_machine.travel(datetime(2026, 11, 19, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        before = page_of(browser.get("/thi-dua/don-doc/"))
        asked = browser.get("/thi-dua/don-doc/nhac/").context["form"].initial["asks"]
        browser.post("/thi-dua/don-doc/nhac/", {"asks": asked})
        after = page_of(browser.get("/thi-dua/don-doc/"))
    assert before.count("?don-vi=") == UNITS and "btn btn-primary" in before.partition("Nhắc các đơn vị")[0]
    assert after.count("?don-vi=") == 0 and after.count("Đã nhắc hôm nay") == UNITS
    assert "btn btn-primary" not in after.partition("Nhắc các đơn vị")[0]
