"""After a merger of two thôn the one that took over is reminded, called and addressed for what the closed ones have not answered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from campaigns.directives.queries.letter import reach_of
from campaigns.exemplars.actions.period import open_month
from campaigns.obligations.queries import open_obligations
from campaigns.reminders.actions.reminder import send_manual_reminders
from campaigns.reminders.actions.reminder_letter import start_reminder_letter
from campaigns.reminders.queries.outstanding import outstanding, zalo_text
from emulation.notices.models import Notification
from tests.html import page_of
from villages.actions.absences import record_absence
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_stay import record_leaving
from villages.actions.unit_changes import carry_out_due_changes
from villages.models import CouncilLiaison, Person, PersonChange, Unit
from villages.queries.contacts import unit_reachability
from villages.tests.mergers import DAY, at, new_unit, record_merger

NOW_PART = "Thôn 2 (nay thuộc Thôn Hòa Bình)"
DAY_BEFORE = DAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def owing(commune, office, units):
    """The obligations of thôn 1 and 2 for November on the day of the merger, carried out; the clock at 9 o'clock of it."""
    open_month(commune=commune, on=date(2026, 11, 1))
    record_merger(office, commune, units)
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        ids = {units["thon1"].pk, units["thon2"].pk}
        yield [one for one in open_obligations(commune.pk, DAY) if one.unit_id in ids]


def test_the_reminder_letter_addresses_the_unit_that_took_over(commune, office, owing):
    letter = start_reminder_letter(by=office, commune=commune, obligations=owing, on=DAY)
    assert letter.addressees == "Trưởng Thôn Hòa Bình" and "còn 01 đơn vị" in letter.opening
    assert letter.tasks_1.count("\n") == 1
    assert "- Thôn Hòa Bình: gửi điển hình tháng 11 năm 2026 của Thôn 1 (hạn" in letter.tasks_1
    assert "gửi điển hình tháng 11 năm 2026 của Thôn 2 (hạn" in letter.tasks_1
    reach = reach_of(letter, DAY)
    assert (reach.reached, reach.missed, reach.former) == ([new_unit()], [], [])


def test_the_day_before_the_units_themselves_are_addressed(commune, office, units):
    open_month(commune=commune, on=date(2026, 11, 1))
    record_merger(office, commune, units)
    with at(DAY_BEFORE):
        ids = {units["thon1"].pk, units["thon2"].pk}
        waiting = [one for one in open_obligations(commune.pk, DAY_BEFORE) if one.unit_id in ids]
        letter = start_reminder_letter(by=office, commune=commune, obligations=waiting, on=DAY_BEFORE)
        assert letter.addressees == "Trưởng Thôn 1\nTrưởng Thôn 2" and " của Thôn " not in letter.tasks_1


def test_lists_and_messages_say_who_answers_for_the_closed_unit(commune, office, owing, signed_in):
    board = outstanding(commune.pk, DAY)
    assert NOW_PART in zalo_text(board, DAY)
    browser = signed_in("vanphong")
    for name in ("call_list", "urge", "start_urging"):
        assert NOW_PART in page_of(browser.get(reverse(f"campaigns:{name}"))), name
    send_manual_reminders(by=office, commune=commune, obligations=owing, on=DAY)
    assert NOW_PART in Notification.objects.filter(user__username="thon1").latest("pk").text
    assert not Notification.objects.filter(user__username="thon2", text__contains="Nhắc việc").exists()


def test_absences_and_the_liaison_of_the_new_unit_count_for_the_closed_ones(commune, office, user, units, owing):
    record_absence(
        by=office,
        unit=new_unit(),
        head=user("thon1"),
        starts_on=DAY,
        ends_on=DAY + timedelta(days=3),
        deputy=user("thon3"),
    )
    member = Person.objects.get(user__username="hoidong2")
    CouncilLiaison.objects.create(commune=commune, unit=new_unit(), person=member, starts_on=DAY)
    reached = unit_reachability(commune.pk, [units["thon2"].pk], DAY)[units["thon2"].pk]
    assert reached.present == (user("thon3").pk,) and reached.liaison_id == member.user_id
    assert send_manual_reminders(by=office, commune=commune, obligations=owing, on=DAY) == 1
    assert Notification.objects.filter(user__username="thon3", text__contains=NOW_PART).count() == 1


def test_the_call_list_has_one_row_for_each_unit_with_all_its_tasks(commune, signed_in):
    for month in (10, 11):
        open_month(commune=commune, on=date(2026, month, 1))
    page = page_of(signed_in("vanphong").get(reverse("campaigns:call_list")))
    units = len(outstanding(commune.pk, date(2026, 11, 20)).units)
    assert page.count('<th scope="row">') == units > 1
    for words in ("Gửi điển hình tháng 10/2026, quá hạn 26/10/2026", "Gửi điển hình tháng 11/2026, hạn 25/11/2026"):
        assert page.count(words) == units


def test_a_death_of_before_a_merger_is_recorded_after_it_and_undone(commune, office, units, owing):
    person = Person.objects.filter(unit=new_unit(), user=None, post="Nông dân").first()
    change = record_leaving(by=office, person=person, kind=PersonChange.DIED, effective_on=DAY_BEFORE)
    person.refresh_from_db()
    assert (change.effective_on, person.is_active, person.unit) == (DAY_BEFORE, False, new_unit())
    take_back_person_change(by=office, change=change, reason="Ghi nhầm người.")
    person.refresh_from_db()
    assert person.is_active and person.unit == new_unit()
