"""Acts on changes of units: taken back, carried out by hand, twice, by others; what is refused; open, rename, close, split."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from emulation.core.errors import NotAllowed, RuleBroken
from emulation.workflow.models import IdempotencyKey
from villages.actions.unit_changes import (
    carry_out_change,
    carry_out_due_changes,
    correct_change,
    record_unit_change,
    take_back_change,
)
from villages.models import (
    Household,
    Person,
    Unit,
    UnitChange,
)
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan
from villages.tests.mergers import DAY, PAPER, at, new_unit, record_merger


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


def test_taken_back_before_its_day_it_leaves_no_trace(merge, commune, office):
    change = merge()
    take_back_change(by=office, change=change, reason="Nghị quyết lùi ngày")
    with at(DAY):
        assert carry_out_due_changes(commune=commune, on=DAY) == 0
    assert not Unit.objects.filter(name="Thôn Hòa Bình").exists()
    with pytest.raises(RuleBroken):
        take_back_change(by=office, change=change, reason="Nghị quyết lùi ngày")
    assert merge().state == UnitChange.PLANNED


def test_done_it_cannot_be_taken_back_nor_done_again(merge, office):
    with at(DAY):
        change = merge()
        with pytest.raises(RuleBroken):
            take_back_change(by=office, change=change, reason="Ghi nhầm")
        with pytest.raises(RuleBroken):
            carry_out_change(by=office, change=change)


def test_the_office_may_carry_it_out_when_the_job_did_not(merge, office):
    change = merge()
    with pytest.raises(RuleBroken, match="01/12/2026"):
        carry_out_change(by=office, change=change)
    with at(DAY):
        carry_out_change(by=office, change=change)
        assert change.state == UnitChange.DONE
        assert new_unit().founded_on == DAY


def test_the_same_form_sent_twice_records_one(merge):
    assert merge(idempotency_key="k1").pk == merge(idempotency_key="k1").pk
    assert IdempotencyKey.objects.filter(key="k1").count() == 1


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "quantri"])
def test_only_the_office_records_changes(commune, units, user, login):
    with pytest.raises(NotAllowed):
        record_merger(user(login), commune, units)
    assert not UnitChange.objects.exists()


def test_what_cannot_be_merged(merge, units, commune):
    for sources, plan, message in (
        ([units["thon1"]], UnitPlan(units=(NewUnit(name="A", kind="village"),)), "ít nhất hai"),
        ([units["thon1"], units["mamnon"]], UnitPlan(units=(NewUnit(name="A", kind="village"),)), "cùng loại"),
        ([units["thon1"], units["thon2"]], UnitPlan(units=(NewUnit(name="thon 3", kind="village"),)), "khác tên"),
    ):
        with pytest.raises(RuleBroken, match=message):
            merge(sources=sources, plan=plan)
    with pytest.raises(RuleBroken, match="lùi"):
        merge(day=date(2025, 12, 31), paper=OrderingPaper())
    merge()
    with pytest.raises(RuleBroken, match="Đã có việc khác chờ"):
        merge(sources=[units["thon2"], units["thon3"]])


def test_an_acting_head_is_one_for_six_months_at_most(merge, commune):
    new = NewUnit(name="Thôn X", kind=Unit.VILLAGE, head_title="Trưởng thôn",
                  head=Person.objects.get(user__username="thon1").pk, acting_until=date(2027, 6, 1))  # fmt: skip
    with pytest.raises(RuleBroken, match="31/05/2027"):
        merge(plan=UnitPlan(title="x", units=(new,)))


def test_a_unit_with_work_is_not_closed_without_a_successor(office, units):
    thon1 = units["thon1"]
    with pytest.raises(RuleBroken, match=r"người trong danh sách.*hộ gia đình"):
        record_unit_change(
            by=office, subject=thon1, kind=UnitChange.CLOSE, sources=[thon1], plan=UnitPlan(title="giải thể"),
            effective_on=DAY,
        )  # fmt: skip
    change = record_unit_change(
        by=office, subject=thon1, kind=UnitChange.CLOSE, sources=[thon1],
        plan=UnitPlan(title="giải thể Thôn 1", into=units["thon2"].pk), effective_on=timezone.localdate(),
    )  # fmt: skip
    assert change.carried["people"]
    assert not Person.objects.filter(unit=thon1).exists()


def test_open_and_rename(commune, office, units):
    new = NewUnit(name="Thôn Mài", kind=Unit.VILLAGE, head_title="Trưởng thôn", sort=units["thon2"].sort)
    record_unit_change(
        by=office, subject=commune, kind=UnitChange.OPEN, sources=[], plan=UnitPlan(title="thành lập", units=(new,)),
        effective_on=timezone.localdate(),
    )  # fmt: skip
    opened = Unit.objects.get(code="thon-mai")
    assert opened.sort == units["thon2"].sort < Unit.objects.get(pk=units["thon2"].pk).sort
    thon2 = units["thon2"]
    change = record_unit_change(
        by=office, subject=thon2, kind=UnitChange.RENAME, sources=[thon2],
        plan=UnitPlan(title="Thôn 2 đổi tên thành Bản Đông", units=(NewUnit(name="Bản Đông"),)), effective_on=DAY,
    )  # fmt: skip
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        thon2.refresh_from_db()
        assert (thon2.name, thon2.name_on(DAY), thon2.name_on(DAY - timedelta(days=1))) == (
            "Bản Đông",
            "Bản Đông",
            "Thôn 2",
        )
        correct_change(by=office, change=UnitChange.objects.get(pk=change.pk), paper=PAPER, name="Bản Đồng")
        thon2.refresh_from_db()
        assert (thon2.name, thon2.name_on(DAY)) == ("Bản Đồng", "Bản Đồng")


def test_a_split_moves_households_with_their_members(commune, office, units):
    thon1 = units["thon1"]
    household = Household.objects.filter(unit=thon1).first()
    member = Person.objects.get(full_name="Lê Thị Lụa")
    Person.objects.filter(pk=member.pk).update(household=household)
    other = Person.objects.get(full_name="Vi Văn Thành")
    new = NewUnit(name="Thôn 1B", kind=Unit.VILLAGE, head_title="Trưởng thôn", sort=1, households=(household.pk,))
    plan = UnitPlan(title="tách", units=(new,), rest_name="Thôn 1A")
    record_unit_change(
        by=office, subject=thon1, kind=UnitChange.SPLIT, sources=[thon1], plan=plan, effective_on=timezone.localdate()
    )
    member.refresh_from_db()
    other.refresh_from_db()
    thon1.refresh_from_db()
    assert (member.unit.name, other.unit.name, thon1.name) == ("Thôn 1B", "Thôn 1A", "Thôn 1A")
    assert thon1.dissolved_on is None
    with pytest.raises(RuleBroken, match="ít nhất một hộ"):
        record_unit_change(
            by=office, subject=thon1, kind=UnitChange.SPLIT, sources=[thon1],
            plan=UnitPlan(title="tách", units=(NewUnit(name="Thôn C", kind="village"),)), effective_on=DAY,
        )  # fmt: skip


def test_a_school_does_not_take_over_a_village(office, units):
    thon1 = units["thon1"]
    with pytest.raises(RuleBroken, match="thôn thì thôn nhận"):
        record_unit_change(
            by=office, subject=thon1, kind=UnitChange.CLOSE, sources=[thon1],
            plan=UnitPlan(title="giải thể Thôn 1", into=units["mamnon"].pk), effective_on=timezone.localdate(),
        )  # fmt: skip
    assert not UnitChange.objects.exists()


def split(office, units, day=DAY, **changed):
    """Thôn 1 split into what stays, Thôn 1A, and Thôn 1B with a household."""
    household = Household.objects.filter(unit=units["thon1"]).first()
    new = NewUnit(name="Thôn 1B", kind=Unit.VILLAGE, households=(household.pk,))
    plan = UnitPlan(title="Thôn 1 thành Thôn 1A, Thôn 1B", units=(new,), rest_name="Thôn 1A")
    values = {"by": office, "subject": units["thon1"], "kind": UnitChange.SPLIT, "sources": [units["thon1"]]}
    return record_unit_change(**{**values, "plan": plan, "effective_on": day, **changed})


@pytest.mark.parametrize("day", [DAY, date(2026, 11, 20)])
@pytest.mark.parametrize("name", ["Thôn 1A", "thôn 1a", "Thôn 2"])
def test_the_corrected_name_of_a_split_is_not_that_of_another_unit(office, units, day, name):
    change = split(office, units, day)
    with pytest.raises(RuleBroken, match=f"Đã có đơn vị khác tên {name}"):
        correct_change(by=office, change=change, paper=PAPER, name=name)
    change.refresh_from_db()
    assert change.plan["title"] == "Thôn 1 thành Thôn 1A, Thôn 1B"


@pytest.mark.parametrize("day", [DAY, date(2026, 11, 20)])
def test_a_split_that_keeps_its_name_gives_it_to_no_other(office, units, day):
    household = Household.objects.filter(unit=units["thon1"]).first()
    new = NewUnit(name="Thôn Mài", kind=Unit.VILLAGE, households=(household.pk,))
    change = split(office, units, day, plan=UnitPlan(title="Thôn 1 thành Thôn 1, Thôn Mài", units=(new,)))
    with pytest.raises(RuleBroken, match="Đã có đơn vị khác tên Thôn 1"):
        correct_change(by=office, change=change, paper=PAPER, name="Thôn 1")


def test_two_units_of_one_plan_have_no_name_that_differs_in_case_only(office, units):
    household = Household.objects.filter(unit=units["thon1"]).first()
    new = NewUnit(name="thôn 1a", kind=Unit.VILLAGE, households=(household.pk,))
    with pytest.raises(RuleBroken, match="Hai đơn vị không thể cùng tên"):
        split(office, units, plan=UnitPlan(title="tách", units=(new,), rest_name="Thôn 1A"))


def test_a_correction_changes_the_new_name_in_the_title_only(office, units):
    Unit.objects.filter(pk=units["thon2"].pk).update(name="Thôn 20")
    thon20 = Unit.objects.get(pk=units["thon2"].pk)
    plan = UnitPlan(title="Thôn 20 thành Thôn 2", units=(NewUnit(name="Thôn 2"),))
    change = record_unit_change(
        by=office, subject=thon20, kind=UnitChange.RENAME, sources=[thon20], plan=plan, effective_on=DAY
    )
    correct_change(by=office, change=change, paper=PAPER, name="Thôn Mài")
    assert str(UnitChange.objects.get(pk=change.pk)) == "Đổi tên: Thôn 20 thành Thôn Mài"
