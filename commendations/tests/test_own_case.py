"""Nobody acts on their own case. The table: act x whose case -> refused with who does instead, or done."""

from datetime import date

import pytest

from commendations.actions import appraisal
from commendations.actions.chair_submission import (
    draft_chair_submission,
    submit_to_chair,
)
from commendations.actions.eligibility import record_override_reason
from commendations.actions.nomination import submit_nomination
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import Nomination
from commendations.queries.session import council_on
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, factories
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from tests.html import page_of, paper_text
from villages.actions.person_matches import merge_people
from villages.models import Appointment, Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")
ON = factories.HELD_ON
LUA = "Lê Thị Lụa"


def person(name):
    return Person.objects.get(full_name=name)


def is_user(name, user):
    """From now on this person is that user."""
    Person.objects.filter(user=user).update(user=None)
    Person.objects.filter(full_name=name).update(user=user)


def give(commune, user, role):
    """The user has the role as well."""
    Membership.objects.create(commune=commune, user_id=user.pk, role=role, starts_on=date(2021, 1, 1))
    clear_capacity_cache(user)
    return user


@pytest.fixture
def vice(commune, user):
    return give(commune, user("hoidong2"), Role.vice_chair)


def as_person(user, commune):
    is_user(LUA, user)
    return person(LUA)


def as_merged_record(user, commune):
    """The nominee is another record of the user."""
    own = factories.many_people(commune, 1)[0]
    is_user(own.full_name, user)
    own.refresh_from_db()
    merge_people(by=case_steps.user_named("vanphong"), kept=own, other=person(LUA), reason="Đã xem căn cước")
    return person(LUA)


def as_household(user, commune):
    home = Household.objects.get(commune=commune, head_name="Lê Văn Bảy")
    is_user(LUA, user)
    Household.objects.filter(pk=home.pk).update(head=person(LUA))
    home.refresh_from_db()
    return home


def as_leader(user, commune):
    """The nominated unit is led by the user."""
    unit = Unit.objects.get(commune=commune, code="thon2")
    is_user(LUA, user)
    Appointment.objects.create(
        commune=commune, unit=unit, person=person(LUA), post="Trưởng thôn", starts_on=date(2021, 1, 1)
    )
    return unit


WHOSE = [as_person, as_household, as_leader]


# ── the office ───────────────────────────────────────────────────────────────────────────────────
OFFICE_ACTS = {
    "check": lambda by, case: appraisal.save_checklist(by=by, nomination=case, marks={}),
    "complete": lambda by, case: appraisal.complete_nomination(by=by, nomination=case),
    "return": lambda by, case: appraisal.return_nomination(by=by, nomination=case, notes={"deed": "Ghi rõ"}),
    "override": lambda by, case: record_override_reason(by=by, nomination=case, reason="Vẫn xét"),
}


@pytest.mark.parametrize("act", OFFICE_ACTS)
@pytest.mark.parametrize("whose", WHOSE)
def test_the_office_does_not_check_its_own_case(commune, office, user, act, whose):
    nominee = whose(office, commune)
    case = factories.nomination_of(commune, nominee, "submitted")
    with pytest.raises(RuleBroken, match="là của chính bạn: người khác của Văn phòng làm việc này") as refused:
        OFFICE_ACTS[act](office, case)
    assert "Quản trị giao thêm vai Văn phòng" in refused.value.message
    second = give(commune, user("mattran"), Role.office)
    with pytest.raises(RuleBroken, match=second.full_name):
        OFFICE_ACTS[act](office, case)
    if act in ("check", "return"):
        OFFICE_ACTS[act](second, case)


def test_the_office_does_not_check_a_case_of_another_record_of_its_own(commune, user):
    second = give(commune, user("mattran"), Role.office)
    nominee = as_merged_record(second, commune)
    case = factories.nomination_of(commune, nominee, "submitted")
    with pytest.raises(RuleBroken, match="là của chính bạn"):
        appraisal.save_checklist(by=second, nomination=case, marks={})


def test_the_page_gives_the_reason_at_the_button(commune, office, signed_in):
    case = factories.nomination_of(commune, as_person(office, commune), "submitted")
    assert "là của chính bạn" in page_of(signed_in("vanphong").get(case.get_absolute_url()))


# ── the unit ─────────────────────────────────────────────────────────────────────────────────────
def test_a_head_writes_but_does_not_submit_the_own_case(commune, office, village_head):
    head = Appointment.objects.get(unit__code="thon1", unit__commune=commune, ends_on=None).person
    case = case_steps.draft_nomination(head.full_name)
    with pytest.raises(RuleBroken, match="Văn phòng nộp thay đơn vị"):
        submit_nomination(by=village_head, nomination=case)
    assert Nomination.objects.get().deed == case_steps.DEED
    submit_nomination(by=office, nomination=case, on=case_steps.SESSION_DAY)
    text = paper_text(case.request_document.html)
    assert "KT. TRƯỞNG THÔN" in text and "PHÓ TRƯỞNG THÔN" in text


def test_a_head_submits_the_case_of_the_unit(commune, village_head):
    unit = Unit.objects.get(commune=commune, code="thon1")
    case = case_steps.nominations.start_nomination(by=village_head, unit=unit, nominee=unit)
    case = case_steps.fill_nomination(case)
    assert submit_nomination(by=village_head, nomination=case, on=case_steps.SESSION_DAY).state == "submitted"


# ── the council ──────────────────────────────────────────────────────────────────────────────────
def test_no_reason_lets_a_member_vote_on_the_own_case(commune, office):
    case = case_steps.complete_nomination()
    seat = council_on(commune.pk, case_steps.SESSION_DAY).seats.filter(role="member").first()
    Person.objects.filter(pk=seat.person_id).update(user=None)
    merge_people(by=office, kept=seat.person, other=person(LUA), reason="Đã xem căn cước")
    session = case_steps.with_attendance(case_steps.opened_session(case), absent=0)
    item = session.items.get()
    assert seat in item.recused.all()
    counts = {item.pk: ItemVoteCount(VoteTally(7), frozenset(), "", "Cho bỏ phiếu")}
    with pytest.raises(RuleBroken, match="là của chính"):
        record_vote_counts(by=office, session=session, counts=counts)
    assert seat in item.recused.all()


# ── presenting ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("whose", WHOSE)
def test_the_office_does_not_present_a_list_with_its_own_case(commune, office, user, whose):
    session = factories.closed_session_of(commune, [person("Vi Văn Thành"), whose(office, commune)])
    draft = draft_chair_submission(by=office, session=session)
    with pytest.raises(RuleBroken, match="Phiếu trình có hồ sơ của chính bạn"):
        submit_to_chair(by=office, chair_submission=draft, on=ON)
    second = give(commune, user("mattran"), Role.office)
    assert submit_to_chair(by=second, chair_submission=draft, on=ON).state == "presented"


def test_who_presents_instead_has_no_own_case_on_the_list(commune, office, user):
    second = give(commune, user("mattran"), Role.office)
    is_user("Vi Văn Thành", second)
    session = factories.closed_session_of(commune, [person("Vi Văn Thành"), as_person(office, commune)])
    draft = draft_chair_submission(by=office, session=session)
    for by, other in ((office, second), (second, office)):
        with pytest.raises(RuleBroken, match=f"{other.full_name} cũng có hồ sơ ở đó") as refused:
            submit_to_chair(by=by, chair_submission=draft, on=ON)
        assert "Quản trị giao thêm vai Văn phòng" in refused.value.message
    third = give(commune, user("phunu"), Role.office)
    with pytest.raises(RuleBroken, match=rf"làm việc này \({third.full_name}\)"):
        submit_to_chair(by=office, chair_submission=draft, on=ON)
    assert submit_to_chair(by=third, chair_submission=draft, on=ON).state == "presented"
