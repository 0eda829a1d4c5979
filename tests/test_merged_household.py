"""A household whose head or member has a second record: one person on its page, in its choices, papers and refusals."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.flow.kin import related_people, unexplained_kin
from commendations.models import Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.queries.nomination import nominee_left_concern
from commendations.queries.session import related_seats
from commendations.tests import factories
from emulation.core.errors import RuleBroken
from emulation.documents.blocks.body import KeyValue
from tests.html import page_of
from villages.actions.household_changes import change_head, join_household, leave_household
from villages.actions.households import add_household
from villages.actions.people import add_person
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_matches import end_match, merge_people
from villages.actions.person_stay import move_person, record_leaving
from villages.models import Household, Person, PersonChange, Seat, Unit
from villages.queries.same_people import members_of

MAY = date(2026, 5, 1)
JULY = date(2026, 7, 1)


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def head(office, units):
    """Heads a household of Thôn 1; their other record, in Thôn 2, is kept."""
    person = add_person(by=office, unit=units["thon1"], full_name="Lò Văn Chủ", birth_year=1950, sex="nam")
    household = add_household(by=office, unit=units["thon1"], head_name="Lò Văn Chủ")
    join_household(by=office, household=household, person=person, effective_on=MAY)
    change_head(by=office, household=fresh(household), person=fresh(person), effective_on=MAY)
    return fresh(person)


@pytest.fixture
def kept(office, units, head):
    person = add_person(by=office, unit=units["thon2"], full_name="Lò Văn Chủ", birth_year=1950, sex="nam")
    merge_people(by=office, kept=person, other=head, reason="Đã xem căn cước")
    return fresh(person)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def members(household):
    return [person.pk for person in members_of(household)]


def test_the_member_is_shown_and_can_be_chosen(office, head, kept, signed_in):
    household = fresh(head.household)
    browser = signed_in("thon1")
    assert members(household) == [head.pk]
    assert "chưa ghi ai" not in page_of(browser.get(household.get_absolute_url()))
    wife = add_person(by=office, unit=head.unit, full_name="Vi Thị Vợ", birth_year=1955, sex="nu")
    join = page_of(browser.get(reverse("villages:join_household", args=[household.pk])))
    assert f'value="{wife.pk}"' in join and f'value="{head.pk}"' not in join
    join_household(by=office, household=household, person=wife, effective_on=JULY)
    change_head(by=office, household=fresh(household), person=fresh(wife), effective_on=JULY)
    assert f'value="{head.pk}"' in page_of(browser.get(reverse("villages:leave_household", args=[household.pk])))
    leave_household(by=office, household=fresh(household), person=fresh(head), effective_on=JULY)
    assert members(household) == [wife.pk]
    with pytest.raises(RuleBroken, match="đang ở thôn của hộ"):
        join_household(by=office, household=fresh(household), person=fresh(head), effective_on=JULY)


def test_two_records_in_one_household_are_one_member(commune, office, head):
    second = add_person(by=office, unit=head.unit, full_name="Lò Văn Chủ", birth_year=1951, sex="nam")
    household = fresh(head.household)
    join_household(by=office, household=household, person=second, effective_on=JULY)
    assert members(household) == [head.pk, second.pk]
    match = merge_people(by=office, kept=second, other=fresh(head), reason="Đã xem căn cước")
    assert members(household) == [second.pk]
    case = factories.nomination_of(commune, fresh(household))
    assert "1" in _lines(achievement_report(case, JULY))["Số thành viên trong hộ"]
    end_match(by=office, match=match, reason="Hai người thật")
    assert members(household) == [head.pk, second.pk]


def _lines(paper):
    return {block.label: block.value for block in paper.body if isinstance(block, KeyValue)}


def test_the_head_is_the_head_by_any_record(commune, office, units, head, kept, signed_in):
    with pytest.raises(RuleBroken, match="đang là chủ hộ Lò Văn Chủ"):
        move_person(by=office, person=kept, to_unit=units["thon3"], effective_on=JULY)
    form = page_of(signed_in("thon2").get(reverse("villages:record_leaving", args=[kept.pk])))
    assert "đang là chủ hộ" in form
    case = factories.nomination_of(commune, fresh(head.household))
    own = factories.nomination_of(commune, head)
    assert nominee_left_concern(case) == nominee_left_concern(own) == ""
    change = record_leaving(by=office, person=kept, kind=PersonChange.DIED, effective_on=JULY)
    browser = signed_in("vanphong")
    page = page_of(browser.get(head.household.get_absolute_url()))
    assert "Chủ hộ không còn ở đơn vị" in page and members(head.household) == []
    assert "Vẫn ghi là chủ hộ" in page_of(browser.get(kept.get_absolute_url()))
    case, own = (Nomination.objects.get(pk=one.pk) for one in (case, own))
    assert nominee_left_concern(case).startswith("Chủ hộ Lò Văn Chủ: đã mất từ ngày 01/07/2026")
    assert "Lò Văn Chủ: đã mất" in nominee_left_concern(own)
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    own = Nomination.objects.get(pk=own.pk)
    assert nominee_left_concern(own) == "" and members(head.household) == [head.pk]


def test_who_is_of_the_household_by_another_record_is_related(commune, office, units, head):
    seat = Seat.objects.filter(person__user__isnull=False).exclude(person__user=office).first()
    member = seat.person
    session = factories.closed_session_of(commune, [head])
    item = session.items.get()
    second = add_person(by=office, unit=head.unit, full_name="Vi Thị Vợ", birth_year=1955, sex="nu")
    join_household(by=office, household=fresh(head.household), person=second, effective_on=JULY)
    assert member.pk not in related_people(item.nomination)
    assert unexplained_kin([item.nomination], member.user) == []
    match = merge_people(by=office, kept=member, other=fresh(second), reason="Đã xem căn cước")
    case = Nomination.objects.get(pk=item.nomination_id)
    assert member.pk in related_people(case)
    assert [one.person for one in related_seats(session, case)] == [member]
    assert unexplained_kin([case], member.user) == [(case, "cùng hộ gia đình")]
    end_match(by=office, match=match, reason="Hai người thật")
    assert unexplained_kin([Nomination.objects.get(pk=case.pk)], member.user) == []


def test_the_household_of_the_other_record_of_the_nominee_counts(commune, office, head, kept):
    second = add_person(by=office, unit=head.unit, full_name="Vi Thị Vợ", birth_year=1955, sex="nu")
    join_household(by=office, household=fresh(head.household), person=second, effective_on=JULY)
    # The office decides nothing about its own records, so the row is written as another of the office would.
    Person.objects.filter(pk__in=[second.pk, office.person.pk]).update(same_as=office.person)
    case = factories.nomination_of(commune, kept)
    assert unexplained_kin([Nomination.objects.get(pk=case.pk)], office) == [(case, "cùng hộ gia đình")]
    assert Household.objects.get(pk=head.household_id).head == head
