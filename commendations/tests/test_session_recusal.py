"""Council sessions: a member who is related to the nominee is recused and does not see the case before the close."""

from datetime import date

import pytest
from django.db.models import Q

from commendations.actions import appraisal
from commendations.actions import nomination as nominations
from commendations.actions import session as actions
from commendations.models import Nomination
from commendations.queries.session_cases import session_lines
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from emulation.documents.blocks.codec import paper_from_json
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def case(commune):
    return case_steps.complete_nomination()


@pytest.fixture
def insider(commune):
    """The head of the women's union is a council member and the nominee."""
    return case_steps.complete_nomination("Lê Thị Ý Nhi", by="phunu")


def test_nominee_in_the_council_is_recused_and_counts_in_the_total(insider, office):
    session = case_steps.session_with(insider)
    assert [seat.person.full_name for seat in session.items.get().recused.all()] == ["Lê Thị Ý Nhi"]
    actions.open_session(by=office, session=session)
    case_steps.with_attendance(session, absent=0)
    with pytest.raises(RuleBroken, match="trừ 1 người không tham gia"):
        case_steps.with_vote_counts(session, agree=7)
    case_steps.with_minutes(case_steps.with_vote_counts(session, agree=6))
    actions.close_session(by=office, session=session)
    assert session.items.get().verdict["arithmetic"].startswith("6/7 đồng ý")
    assert "Lê Thị Ý Nhi không tham gia biểu quyết" in str(paper_from_json(session.minutes.blocks))


def test_head_of_a_collective_and_household_member_are_related(commune, office):
    union = case_steps.unit_by_code("phunu")
    case = case_steps.fill_nomination(
        nominations.start_nomination(by=case_steps.user_named("phunu"), unit=union, nominee=union), by="phunu"
    )
    nominations.submit_nomination(by=case_steps.user_named("phunu"), nomination=case, on=case_steps.SESSION_DAY)
    appraisal.complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    assert [str(seat.person) for seat in case_steps.session_with(case).items.get().recused.all()] == ["Lê Thị Ý Nhi"]

    home = case_steps.household_by_head("Lê Văn Bảy")
    Person.objects.filter(full_name__in=["Lữ Văn Ba", "Lê Thị Lụa"]).update(household=home)
    other = case_steps.session_with(
        case_steps.complete_nomination(), session=case_steps.planned_session(date(2026, 11, 9))
    )
    assert [str(seat.person) for seat in other.items.get().recused.all()] == ["Lữ Văn Ba"]


def test_recused_member_cannot_see_the_case_before_the_close(insider, case, office):
    session = case_steps.session_with(insider, case)
    phunu, mattran, chair = (case_steps.user_named(name) for name in ("phunu", "mattran", "chutich"))

    def sees(user):
        return Nomination.objects.visible_to(user).filter(pk=insider.pk).exists()

    assert not sees(phunu) and sees(mattran) and sees(chair) and sees(office)
    assert [line.item and line.item.nomination.nominee_name for line in session_lines(session, phunu)] == [
        None,
        "Lê Thị Lụa",
    ]
    actions.open_session(by=office, session=session)
    assert not sees(phunu)
    case_steps.with_minutes(case_steps.with_vote_counts(case_steps.with_attendance(session, absent=0)))
    actions.close_session(by=office, session=session)
    assert sees(phunu)
    assert all(line.item for line in session_lines(session, phunu))


def test_recused_chair_cannot_see_the_case(commune, office, chair):
    head = Person.objects.get(full_name="Lê Đăng Trường")
    case = case_steps.fill_nomination(
        nominations.start_nomination(by=office, unit=head.unit, nominee=head), by="vanphong"
    )
    nominations.submit_nomination(by=office, nomination=case, on=case_steps.SESSION_DAY)
    appraisal.complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    assert Nomination.objects.visible_to(chair).filter(pk=case.pk).exists()
    case_steps.session_with(case)
    assert not Nomination.objects.visible_to(chair).filter(pk=case.pk).exists()


def kin_of_the_head(head):
    """A person of the unit who is of the household of its head."""
    people = Person.objects.filter(Q(user=head) | Q(full_name="Lo Thi Dien"))
    people.update(household=case_steps.household_by_head("Lê Văn Bảy"))
    return case_steps.draft_nomination("Lo Thi Dien", by="phunu")


def own_unit(head):
    unit = case_steps.unit_by_code("phunu")
    return case_steps.fill_nomination(nominations.start_nomination(by=head, unit=unit, nominee=unit), by="phunu")


@pytest.mark.parametrize("about", [kin_of_the_head, own_unit])
def test_a_recused_head_sees_the_file_that_they_wrote_but_not_the_council(commune, office, signed_in, about):
    head = case_steps.user_named("phunu")
    case = nominations.submit_nomination(by=head, nomination=about(head), on=case_steps.SESSION_DAY)
    appraisal.complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    session = case_steps.session_with(case)
    assert "Lê Thị Ý Nhi" in {str(seat.person) for seat in session.items.get().recused.all()}
    actions.open_session(by=office, session=session)
    case_steps.with_vote_counts(case_steps.with_attendance(session, absent=0))
    page = page_of(signed_in("phunu").get(case.get_absolute_url()))
    assert "Hiến 120 m²" in page and "đồng ý" not in page
    assert [line.item for line in session_lines(session, head)] == [None]
    assert "Hồ sơ bạn không tham gia xét" in page_of(signed_in("phunu").get(session.get_absolute_url()))
