"""A change of units carried out by mistake is undone: everything is as before, unless something rests on it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Membership
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from tests.html import page_of
from villages.actions.heads import set_unit_head
from villages.actions.unit_change_undo import undo_change, what_rests_on
from villages.actions.unit_change_values import rows_of_units
from villages.actions.unit_changes import correct_change, record_unit_change
from villages.models import Household, Person, Unit, UnitChange, UnitTransfer
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan
from villages.tests.mergers import DAY, at, new_unit, record_merger

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


def state_of(units):
    """Every row of these units that a change of units may write, those that ended before today left out."""
    rows = rows_of_units([unit.pk for unit in units.values()])
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    dated = ("memberships", "appointments", "liaisons")
    return {
        name: {key: row for key, row in found.items() if name not in dated or row["ends_on"] != yesterday}
        for name, found in rows.items()
    }


def changes(units):
    """A plan of each kind."""
    thon1 = units["thon1"]
    thon2 = units["thon2"]
    head = Person.objects.get(commune=thon1.commune, user__username="thon1").pk
    new = NewUnit(name="Thôn Mài", kind=Unit.VILLAGE, head_title="Trưởng thôn", sort=1, head=head)
    household = Household.objects.filter(unit=thon1).first().pk
    commune = thon1.commune
    return {
        UnitChange.MERGE: (commune, [thon1, thon2], UnitPlan(title="sáp nhập", units=(new,))),
        "kept": (commune, [thon1, thon2], UnitPlan(title="giữ", units=(NewUnit(name="Thôn Mài", head=head),), into=thon2.pk)),
        UnitChange.CLOSE: (thon1, [thon1], UnitPlan(title="giải thể", into=thon2.pk)),
        UnitChange.RENAME: (thon1, [thon1], UnitPlan(title="đổi tên", units=(NewUnit(name="Thôn Mài"),))),
        UnitChange.OPEN: (commune, [], UnitPlan(title="thành lập", units=(NewUnit(name="Thôn Mài", kind=Unit.VILLAGE),))),
        UnitChange.SPLIT: (
            thon1,
            [thon1],
            UnitPlan(
                title="tách",
                units=(NewUnit(name="Thôn 1B", kind=Unit.VILLAGE, households=(household,)),),
                rest_name="Thôn 1A",
            ),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("day", [date(2026, 11, 1), TODAY])
@pytest.mark.parametrize(
    "kind", [UnitChange.MERGE, "kept", UnitChange.CLOSE, UnitChange.RENAME, UnitChange.OPEN, UnitChange.SPLIT]
)
def test_undone_everything_is_as_before(office, units, kind, day):
    subject, sources, plan = changes(units)[kind]
    before = state_of(units)
    change = record_unit_change(
        by=office, subject=subject, kind=UnitChange.MERGE if kind == "kept" else kind, sources=sources, plan=plan,
        effective_on=day, paper=OrderingPaper(),
    )  # fmt: skip
    assert kind == UnitChange.OPEN or state_of(units) != before
    undo_change(by=office, change=change, reason="Ghi nhầm thôn")
    assert state_of(units) == before
    opened = Unit.objects.exclude(pk__in=[unit.pk for unit in units.values()])
    assert not any(Unit.objects.in_force(on).filter(pk__in=opened).exists() for on in (day, TODAY, DAY))
    assert change.state == UnitChange.UNDONE and UnitChange.objects.get().return_notes == {"Lý do hủy": "Ghi nhầm thôn"}
    assert AuditEntry.objects.get(act="villages.undo_change").facts["reason"] == "Ghi nhầm thôn"


@pytest.mark.parametrize("kind", [UnitChange.MERGE, UnitChange.RENAME, UnitChange.OPEN, UnitChange.SPLIT])
def test_a_corrected_name_does_not_stop_the_undoing(office, units, kind):
    subject, sources, plan = changes(units)[kind]
    before = state_of(units)
    change = record_unit_change(by=office, subject=subject, kind=kind, sources=sources, plan=plan, effective_on=TODAY)
    correct_change(by=office, change=change, paper=OrderingPaper(), name="Thôn Mãi Mãi")
    assert Unit.objects.in_force(TODAY).filter(name="Thôn Mãi Mãi").exists()
    assert what_rests_on(change) == []
    undo_change(by=office, change=change, reason="Ghi nhầm thôn")
    assert state_of(units) == before
    assert not Unit.objects.in_force(TODAY).filter(name="Thôn Mãi Mãi").exists()


def test_a_unit_whose_founding_was_undone_is_none_that_ended(office, units, signed_in):
    subject, sources, plan = changes(units)[UnitChange.OPEN]
    change = record_unit_change(
        by=office, subject=subject, kind=UnitChange.OPEN, sources=sources, plan=plan, effective_on=TODAY
    )
    undo_change(by=office, change=change, reason="Ghi nhầm thôn")
    browser = signed_in("vanphong")
    assert "Thôn Mài" not in page_of(browser.get(reverse("villages:units")))
    html = page_of(browser.get(Unit.objects.get(name="Thôn Mài").get_absolute_url()))
    assert "Việc thành lập Thôn Mài đã hủy" in html and "đã kết thúc từ ngày" not in html


def test_heads_have_their_units_again_and_are_notified(merge, office, user, units):
    with at(DAY):
        change = merge()
        assert not capacity_of(user("thon2")).unit_ids
        undo_change(by=office, change=change, reason="Nghị quyết chưa có hiệu lực")
        assert capacity_of(user("thon1")).unit_ids == {units["thon1"].pk}
        assert capacity_of(user("thon2")).unit_ids == {units["thon2"].pk}
        notified = Notification.objects.filter(text__startswith="Đã hủy, trở lại như cũ").values_list(
            "user_id", flat=True
        )
        assert {user("thon1").pk, user("thon2").pk} <= set(notified)
        moved = UnitTransfer.objects.filter(person__isnull=False).first().person
        assert moved.unit_on(DAY) == moved.unit_on(DAY - timedelta(days=1)) == moved.unit
        again = merge()
        assert again.state == UnitChange.DONE and new_unit_in_force().founded_on == DAY


def new_unit_in_force():
    return Unit.objects.in_force(DAY).get(name="Thôn Hòa Bình")


def _add_person(office, user, units):
    unit = new_unit()
    Person.objects.create(commune=unit.commune, unit=unit, full_name="Người Mới", name_key="moi", name_fold="nguoi moi")


def _move_person(office, user, units):
    person = Person.objects.filter(unit=new_unit()).first()
    Person.objects.filter(pk=person.pk).update(unit=units["thon3"])


def _rename_again(office, user, units):
    unit = new_unit()
    record_unit_change(
        by=office, subject=unit, kind=UnitChange.RENAME, sources=[unit],
        plan=UnitPlan(title="đổi tên", units=(NewUnit(name="Thôn Mài"),)), effective_on=DAY + timedelta(days=30),
    )  # fmt: skip


def _new_head(office, user, units):
    person = Person.objects.get(user__username="thon3")
    set_unit_head(by=office, unit=new_unit(), person=person, starts_on=DAY)


def _old_head_checks_units(office, user, units):
    Membership.objects.create(commune=units["thon1"].commune, user_id=user("thon2").pk, role="clerk", starts_on=DAY)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_add_person, "Thôn Hòa Bình từ đó đã có 1 việc, người hoặc dòng mới"),
        (_move_person, "Từ đó đã thay đổi: 1 người"),
        (_rename_again, "Sau đó đã có “Đổi tên: đổi tên” (từ ngày 31/12/2026)"),
        (_new_head, "Từ đó đã thay đổi"),
        (_old_head_checks_units, "không đứng đầu"),
    ],
)
def test_what_rests_on_it_is_named_and_nothing_changes(merge, office, user, units, signed_in, happens, words):
    with at(DAY):
        change = merge()
        assert what_rests_on(change) == []
        happens(office, user, units)
        before = state_of(units)
        with pytest.raises(RuleBroken, match="ghi một thay đổi mới") as refused:
            undo_change(by=office, change=change, reason="Ghi nhầm")
        assert words in str(refused.value) and state_of(units) == before
        browser = signed_in("vanphong")
        assert words in page_of(browser.get(change.get_absolute_url()))
        page = browser.post(reverse("villages:undo_change", args=[change.pk]), {"reason": "Nhầm thôn rồi"})
        assert page.status_code == 422 and words in page_of(page) and "Nhầm thôn rồi" in page_of(page)


def test_planned_twice_earlier_version_and_other_years_are_refused(merge, office, commune, units):
    planned = merge()
    with pytest.raises(RuleBroken, match="Chỉ hủy được thay đổi đã thực hiện"):
        undo_change(by=office, change=planned, reason="Ghi nhầm")
    change = record_merger(office, commune, {**units, "thon1": units["thon3"], "thon2": units["thon4"]}, TODAY)
    UnitChange.objects.filter(pk=change.pk).update(replaced=None)
    with pytest.raises(RuleBroken, match="bản phần mềm trước"):
        undo_change(by=office, change=change, reason="Ghi nhầm")
    UnitChange.objects.filter(pk=change.pk).update(replaced=change.replaced)
    with at(date(2027, 1, 4)), pytest.raises(RuleBroken, match="trong năm 2027"):
        undo_change(by=office, change=change, reason="Ghi nhầm")
    undo_change(by=office, change=change, reason="Ghi nhầm")
    with pytest.raises(RuleBroken):
        undo_change(by=office, change=change, reason="Ghi nhầm")


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "quantri"])
def test_only_the_office_undoes_a_change(merge, user, signed_in, login):
    with at(DAY):
        change = merge()
        with pytest.raises(NotAllowed):
            undo_change(by=user(login), change=change, reason="Ghi nhầm")
        assert (
            signed_in(login).post(reverse("villages:undo_change", args=[change.pk]), {"reason": "x"}).status_code == 403
        )
