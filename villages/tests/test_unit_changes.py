"""A merger of two thôn: nothing before its day, everything on it, once; who may do what the day before and after."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from emulation.communes.capacity import capacity_of
from emulation.core.errors import NotAllowed
from emulation.jobs.models import Job
from villages.actions.absences import record_absence
from villages.actions.unit_changes import (
    carry_out_due_changes,
    record_unit_change,
)
from villages.models import (
    Absence,
    Appointment,
    CouncilLiaison,
    Household,
    Person,
    Unit,
    UnitChange,
    UnitTransfer,
)
from villages.queries.people import head_ids_by_unit, unit_head_ids
from villages.rules.unit_changes import NewUnit, UnitPlan
from villages.tasks import enqueue_unit_changes
from villages.tests.mergers import DAY, at, new_unit

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


def test_before_its_day_a_merger_changes_nothing_but_the_plan(merge, commune, user):
    before = list(Unit.objects.order_by("pk").values()), list(Person.objects.order_by("pk").values("pk", "unit_id"))
    change = merge()
    assert change.state == UnitChange.PLANNED
    assert before == (
        list(Unit.objects.order_by("pk").values()),
        list(Person.objects.order_by("pk").values("pk", "unit_id")),
    )
    assert carry_out_due_changes(commune=commune, on=DAY - timedelta(days=1)) == 0
    assert capacity_of(user("thon2")).unit_ids


def test_on_its_day_everything_moves_at_once_and_once(merge, commune, units):
    people = {unit: Person.objects.filter(unit=units[unit]).count() for unit in ("thon1", "thon2")}
    households = Household.objects.filter(unit__in=[units["thon1"], units["thon2"]]).count()
    CouncilLiaison.objects.create(
        commune=commune, unit=units["thon1"], person=Person.objects.filter(commune=commune).first(),
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    change = merge()
    with at(DAY):
        assert carry_out_due_changes(commune=commune, on=DAY) == 1
        assert carry_out_due_changes(commune=commune, on=DAY) == 0
    change.refresh_from_db()
    new = new_unit()
    assert (change.state, new.founded_on, new.code) == (UnitChange.DONE, DAY, "thon-hoa-binh")
    assert Person.objects.filter(unit=new).count() == sum(people.values()) == change.carried["people"]
    assert Household.objects.filter(unit=new).count() == households == change.carried["households"]
    assert not Person.objects.filter(unit__in=[units["thon1"], units["thon2"]]).exists()
    assert set(Unit.objects.filter(dissolved_on=DAY)) == {units["thon1"], units["thon2"]}
    assert not CouncilLiaison.objects.filter(unit=units["thon1"]).in_force(DAY).exists()
    assert UnitTransfer.objects.count() == sum(people.values()) + households
    in_force = Unit.objects.filter(commune=commune, kind=Unit.VILLAGE)
    assert in_force.in_force(DAY).count() == in_force.in_force(DAY - timedelta(days=1)).count() - 1


def test_a_late_job_catches_up_with_the_day_of_the_paper(merge, commune, units):
    merge()
    late = DAY + timedelta(days=5)
    with at(late):
        enqueue_unit_changes(timezone.localtime())
        enqueue_unit_changes(timezone.localtime())
        assert Job.objects.filter(kind="villages.carry_out_changes").count() == 1
        assert carry_out_due_changes(commune=commune, on=late) == 1
    units["thon2"].refresh_from_db()
    assert units["thon2"].dissolved_on == DAY
    assert Appointment.objects.get(unit=new_unit()).starts_on == DAY


def test_a_change_of_today_is_carried_out_at_once(merge):
    with at(DAY):
        assert merge().state == UnitChange.DONE
    assert new_unit().founded_on == DAY


WHO = ("thon1", "thon2", "thon3", "vanphong", "chutich")
SEES = {  # login: (people of thôn 1 the day before, of thôn 2 the day before, of thôn 1 that day, of thôn 2 that day)
    "thon1": (True, False, True, True),
    "thon2": (False, True, False, False),
    "thon3": (False, False, False, False),
    "vanphong": (True, True, True, True),
    "chutich": (True, True, True, True),
}


@pytest.mark.parametrize("login", WHO)
def test_who_sees_people_the_day_before_and_after(merge, commune, user, units, login):
    thon1 = Person.objects.get(full_name="Vi Văn Thành")
    thon2 = Person.objects.get(full_name="Lương Văn Thúy")
    merge()
    seen = []
    for day in (DAY - timedelta(days=1), DAY):
        with at(day):
            carry_out_due_changes(commune=commune, on=day)
            visible = Person.objects.visible_to(user(login))
            seen += [visible.filter(pk=person.pk).exists() for person in (thon1, thon2)]
    assert tuple(seen) == SEES[login]


def test_the_new_head_acts_for_the_closed_units_too(merge, commune, user, units):
    merge()
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        capacity = capacity_of(user("thon1"))
        assert capacity.unit_ids == {new_unit().pk, units["thon1"].pk, units["thon2"].pk}
        assert not capacity_of(user("thon2")).unit_ids
        heads = [user("thon1").pk]
        units["thon2"].refresh_from_db()
        assert unit_head_ids(units["thon2"], DAY) == heads
        assert head_ids_by_unit(commune.pk, DAY)[units["thon2"].pk] == heads
        with pytest.raises(NotAllowed):
            record_absence(by=user("thon2"), unit=new_unit(), head=user("thon1"), starts_on=DAY, ends_on=DAY)


def test_a_second_merger_is_followed_to_the_last_unit(merge, commune, office, user, units):
    merge()
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        head = Person.objects.get(user__username="thon3")
        later = DAY + timedelta(days=1)
    with at(later):
        record_unit_change(
            by=office, subject=commune, kind=UnitChange.MERGE, sources=[new_unit(), units["thon3"]],
            plan=UnitPlan(title="nhập vào Thôn 3", units=(NewUnit(head=head.pk),), into=units["thon3"].pk),
            effective_on=later,
        )  # fmt: skip
        assert units["thon1"].pk in capacity_of(user("thon3")).unit_ids
        person = Person.objects.get(full_name="Vi Văn Thành")
        assert person.unit == units["thon3"]
        names = [person.unit_on(day).name for day in (DAY - timedelta(days=1), DAY, later)]
        assert names == ["Thôn 1", "Thôn Hòa Bình", "Thôn 3"]


def test_absences_and_deputies_end_with_the_unit(merge, commune, office, user, units):
    record_absence(
        by=office, unit=units["thon2"], head=user("thon2"), deputy=user("thon3"),
        starts_on=date(2026, 11, 25), ends_on=date(2026, 12, 10),
    )  # fmt: skip
    merge()
    with at(DAY):
        carry_out_due_changes(commune=commune, on=DAY)
        assert Absence.objects.get(unit=units["thon2"]).ends_on == DAY - timedelta(days=1)
        assert units["thon2"].pk not in capacity_of(user("thon3")).unit_ids
