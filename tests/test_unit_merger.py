"""A merger of two thôn across the apps: periods and boards on both sides of the day, open work, papers, awards, tasks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.campaigns.models.registration import Registration
from campaigns.exemplars.actions.exemplar import ExemplarContent, save_exemplar, start_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.queries.period import period_board, unanswered_periods
from campaigns.obligations.queries import open_obligations
from campaigns.tests import campaign_steps
from commendations.models import Award, Nomination
from commendations.papers.nomination_data import NominationPaperData
from commendations.queries.nominee_place import nominee_place
from commendations.tests.factories import nomination_of
from emulation.communes.capacity import capacity_of
from emulation.core.errors import RuleBroken
from reports.queries.todo import todo_of
from tests.html import page_of
from villages.actions.heads import set_unit_head
from villages.actions.identity import NAMES, set_identity
from villages.actions.unit_changes import carry_out_due_changes
from villages.models import Appointment, Person, Unit
from villages.tests.mergers import DAY, at, new_unit, record_merger

pytestmark = pytest.mark.both_databases

DAY_BEFORE = DAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def merged_on_its_day(commune, office, units):
    """Records the merger; `merged_on_its_day()` carries it out on 01/12/2026."""
    record_merger(office, commune, units)

    def carry_out():
        assert carry_out_due_changes(commune=commune, on=DAY) == 1
        return new_unit()

    return carry_out


def names_on_board(period):
    return {row.unit.name for row in period_board(period)}


def test_boards_show_both_sides_of_the_day(commune, user, units, merged_on_its_day):
    november = open_month(commune=commune, on=date(2026, 11, 1))
    with at(DAY):
        new = merged_on_its_day()
        december = open_month(commune=commune, on=DAY)
        assert {"Thôn 1", "Thôn 2"} <= names_on_board(november) and new.name not in names_on_board(november)
        assert new.name in names_on_board(december) and not {"Thôn 1", "Thôn 2"} & names_on_board(december)
        asked = {(one.object_id, one.unit_id) for one in open_obligations(commune.pk, DAY) if one.kind == "period"}
        assert {(november.pk, units["thon2"].pk), (december.pk, new.pk)} <= asked
        assert not {(november.pk, new.pk), (december.pk, units["thon2"].pk)} & asked
        own = unanswered_periods(capacity_of(user("thon1")).unit_ids, commune.pk, DAY)
        assert {(one.period.number, one.unit.name) for one in own} == {
            (11, "Thôn 1"), (11, "Thôn 2"), (12, new.name)
        }  # fmt: skip
        month = page_of(_browser(user("thon1")).get(reverse("campaigns:month")))
        assert "Thôn 2" in month and new.name in month
        with pytest.raises(RuleBroken, match="không phải trả lời"):
            start_exemplar(by=user("thon1"), unit=new, period=november)


def _browser(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def test_answers_to_a_period_due_after_the_day_go_along(commune, office, user, units):
    period = open_month(commune=commune, on=date(2026, 11, 1))
    person = Person.objects.get(full_name="Lương Văn Thúy")
    draft = start_exemplar(
        by=user("thon2"),
        unit=units["thon2"],
        period=period,
        content=ExemplarContent(kind=Exemplar.PERSON, person=person),
    )
    day = period.due_on
    record_merger(office, commune, units, day)
    with at(day):
        carry_out_due_changes(commune=commune, on=day)
        draft.refresh_from_db()
        assert draft.unit == new_unit()
        person.refresh_from_db()
        content = ExemplarContent(kind=Exemplar.PERSON, person=person, deed="Làm đường ngõ xóm")
        save_exemplar(by=user("thon1"), exemplar=draft, content=content)
        assert not Exemplar.objects.visible_to(user("thon2")).exists()


def test_answers_to_earlier_periods_stay_and_the_new_head_finishes_them(commune, user, units, merged_on_its_day):
    period = open_month(commune=commune, on=date(2026, 11, 1))
    person = Person.objects.get(full_name="Lương Văn Thúy")
    draft = start_exemplar(by=user("thon2"), unit=units["thon2"], period=period)
    with at(DAY):
        merged_on_its_day()
        draft.refresh_from_db()
        assert draft.unit == units["thon2"]
        content = ExemplarContent(kind=Exemplar.PERSON, person=person, deed="Làm đường ngõ xóm")
        save_exemplar(by=user("thon1"), exemplar=draft, content=content)


@pytest.mark.parametrize(
    ("due", "returned", "goes_along"),
    [(DAY, False, True), (DAY_BEFORE, False, False), (DAY_BEFORE, True, True)],
)
def test_the_new_unit_is_asked_for_no_registration_of_before_its_day(
    commune, user, units, merged_on_its_day, monkeypatch, due, returned, goes_along
):
    days = {"starts_on": date(2026, 11, 1), "register_by": due, "midterm_on": DAY, "final_on": DAY, "ends_on": DAY}
    for name, day in days.items():
        monkeypatch.setitem(campaign_steps.PLAN, name, day)
    campaign = campaign_steps.approved_campaign(commune)
    campaign_approval.issue(campaign, by=user("vanthu"), issued_on=timezone.localdate())
    row = Registration.objects.get(campaign=campaign, unit=units["thon2"])
    if returned:
        Registration.objects.filter(pk=row.pk).update(state=Registration.RETURNED)
    with at(DAY):
        new = merged_on_its_day()
        assert Registration.objects.filter(campaign=campaign, unit=new).exists() == goes_along
        asked = {one.unit_id for one in open_obligations(commune.pk, DAY) if one.kind == "registration"}
        assert (new.pk in asked) == (goes_along and not returned) and units["thon2"].pk not in asked


def test_cases_go_along_and_papers_name_the_unit_of_their_day(commune, user, units, merged_on_its_day):
    person = Person.objects.get(full_name="Lương Văn Thúy")
    case = nomination_of(commune, person, state="returned")
    own = nomination_of(commune, units["thon2"], state="draft")
    done = nomination_of(commune, Person.objects.get(full_name="Quách Công Định"), state="awarded")
    identity = commune.identity_on(DAY)
    with at(DAY):
        new = merged_on_its_day()
        rows = {one.pk: Nomination.objects.get(pk=one.pk) for one in (case, own, done)}
        assert [rows[one.pk].unit for one in (case, own, done)] == [new, units["thon2"], units["thon2"]]
        seen = set(Nomination.objects.visible_to(user("thon1")))
        assert seen == set(rows.values()) and not Nomination.objects.visible_to(user("thon2")).exists()
        assert "Thôn 2" in nominee_place(rows[case.pk], identity, DAY_BEFORE)
        assert new.name in nominee_place(rows[case.pk], identity, DAY)
        Person.objects.filter(pk=person.pk).update(post="Trưởng Thôn 2")
        headed = Nomination.objects.get(pk=case.pk)
        assert nominee_place(headed, identity, DAY_BEFORE).startswith("Trưởng Thôn 2, ")
        assert "Thôn 2" not in nominee_place(headed, identity, DAY)


def test_papers_of_the_unit_are_signed_by_its_acting_head_as_acting(commune, merged_on_its_day):
    case = nomination_of(commune, Person.objects.get(full_name="Lương Văn Thúy"), state="returned")
    assert NominationPaperData(case, DAY_BEFORE).head().capacity == ("TRƯỞNG THÔN",)
    with at(DAY):
        merged_on_its_day()
        signature = NominationPaperData(Nomination.objects.get(pk=case.pk), DAY).head()
        assert signature.capacity == ("Q. TRƯỞNG THÔN",)
        assert signature.name == Person.objects.get(user__username="thon1").full_name


@pytest.mark.parametrize(("login", "book"), [("thon1", 200), ("thon2", 403), ("thon3", 404)])
def test_the_award_book_is_read_by_the_new_head(commune, user, units, merged_on_its_day, login, book):
    person = Person.objects.get(full_name="Lương Văn Thúy")
    with at(DAY):
        merged_on_its_day()
        browser = _browser(user(login))
        for url in (
            reverse("commendations:person_book", args=[person.pk]),
            reverse("villages:collective_evidence", args=[units["thon2"].pk]),
        ):
            assert browser.get(url).status_code in {book, 403 if book == 404 else book}


def test_awards_of_before_keep_their_unit(full_demo, office, user, units):
    before = list(Award.objects.order_by("pk").values_list("pk", "unit_id", "place"))
    assert any(unit_id in (units["thon1"].pk, units["thon2"].pk) for _, unit_id, _ in before)
    sees = set(Award.objects.visible_to(user("thon2")).values_list("pk", flat=True))
    record_merger(office, full_demo, units)
    with at(DAY):
        assert carry_out_due_changes(commune=full_demo, on=DAY) == 1
        assert list(Award.objects.order_by("pk").values_list("pk", "unit_id", "place")) == before
        assert sees <= set(Award.objects.visible_to(user("thon1")).values_list("pk", flat=True))
        html = page_of(_browser(office).get(reverse("reports:board")))
        assert "Thôn Hòa Bình" in html or "Thôn 1" in html


def test_the_names_of_the_commune_do_not_change_before_issued_papers(full_demo, office):
    names = {name: getattr(full_demo.identity_on(DAY), name) for name in NAMES} | {"superior_office": "Sở Nội vụ mới"}
    with pytest.raises(RuleBroken, match="đã ban hành văn bản với tên cũ"):
        set_identity(by=office, commune=full_demo, starts_on=date(2026, 1, 2), paper="", names=names)
    set_identity(by=office, commune=full_demo, starts_on=date(2027, 1, 1), paper="", names=names)
    assert full_demo.identity_on(date(2026, 12, 31)).superior_office != "Sở Nội vụ mới"
    assert full_demo.identity_on(date(2027, 1, 1)).superior_office == "Sở Nội vụ mới"


def acting_tasks(user, day):
    return [task for task in todo_of(user, day).tasks if task.title.startswith("Cử người đứng đầu")]


def test_an_acting_head_is_announced_before_the_end(commune, office, user, units, merged_on_its_day):
    with at(DAY):
        merged_on_its_day()
        last = Appointment.objects.get(acting=True).ends_on
        assert not acting_tasks(office, last - timedelta(days=31))
        assert not acting_tasks(user("thon1"), last)
    soon = last - timedelta(days=30)
    with at(soon):
        (task,) = acting_tasks(office, timezone.localdate())
        assert (task.who, task.due, task.soon, task.late) == ("Thôn Hòa Bình", last, True, False)
    with at(last + timedelta(days=1)):
        assert not capacity_of(user("thon1")).unit_ids
        (task,) = acting_tasks(office, timezone.localdate())
        assert task.late
        person = Person.objects.get(user__username="thon3")
        with pytest.raises(RuleBroken, match="không quá"):
            set_unit_head(
                by=office, unit=new_unit(), person=Person.objects.get(user__username="thon1"),
                starts_on=timezone.localdate(), acting_until=timezone.localdate() + timedelta(days=180),
            )  # fmt: skip
        set_unit_head(by=office, unit=new_unit(), person=person, starts_on=timezone.localdate())
        assert new_unit().pk in capacity_of(user("thon3")).unit_ids
        assert not acting_tasks(office, timezone.localdate())
