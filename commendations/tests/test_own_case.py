"""Nobody acts on their own case. The table: act x whose case -> refused with who does instead, or done."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.actions import appraisal
from commendations.actions.chair_submission import (
    ChairDecision,
    draft_chair_submission,
    record_chair_decisions,
    return_chair_submission,
    submit_to_chair,
    undo_chair_decisions,
)
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.deputy_decision import decide_for_chair, undo_deputy_decision
from commendations.actions.eligibility import record_override_reason
from commendations.actions.nomination import submit_nomination
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import Decision, Nomination
from commendations.queries.decision import decision_faults
from commendations.queries.session import council_on
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, factories
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from reports.queries.todo import todo_of
from tests.approval_papers import APPROVALS, draft_letter
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
    with pytest.raises(RuleBroken, match="là của chính anh/chị: người khác của Văn phòng làm việc này") as refused:
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
    with pytest.raises(RuleBroken, match="là của chính anh/chị"):
        appraisal.save_checklist(by=second, nomination=case, marks={})


def test_the_page_gives_the_reason_at_the_button(commune, office, signed_in):
    case = factories.nomination_of(commune, as_person(office, commune), "submitted")
    assert "là của chính anh/chị" in page_of(signed_in("vanphong").get(case.get_absolute_url()))


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
    with pytest.raises(RuleBroken, match="Phiếu trình có hồ sơ của chính anh/chị"):
        submit_to_chair(by=office, chair_submission=draft, on=ON)
    second = give(commune, user("mattran"), Role.office)
    assert submit_to_chair(by=second, chair_submission=draft, on=ON).state == "presented"


# ── the chair ────────────────────────────────────────────────────────────────────────────────────
def list_with_chair(commune, chair, office, whose=as_person, others=("Vi Văn Thành",)):
    """A presented list with the chair's own case."""
    nominees = [whose(chair, commune), *map(person, others)]
    draft = draft_chair_submission(by=office, session=factories.closed_session_of(commune, nominees))
    return submit_to_chair(by=office, chair_submission=draft, on=ON)


def yes(paper, by_deputy):
    return {item.pk: ChairDecision(True) for item in paper.items.filter(by_deputy=by_deputy)}


def test_without_a_vice_chair_the_list_is_not_presented_and_names_the_way(commune, chair, office):
    with pytest.raises(RuleBroken, match="chưa có ai giữ vai Phó Chủ tịch") as refused:
        list_with_chair(commune, chair, office)
    assert "Nhờ Quản trị giao vai này" in refused.value.message


@pytest.mark.parametrize("whose", WHOSE)
def test_the_own_case_of_the_chair_gets_a_decision_of_its_own(commune, chair, office, clerk, vice, whose):
    paper = list_with_chair(commune, chair, office, whose)
    (own,) = paper.items.filter(by_deputy=True)
    with pytest.raises(RuleBroken, match="không thuộc phiếu trình"):
        record_chair_decisions(
            by=chair, chair_submission=paper, decisions={**yes(paper, False), own.pk: ChairDecision(True)}, on=ON
        )
    record_chair_decisions(by=chair, chair_submission=paper, decisions=yes(paper, False), on=ON)
    own.nomination.refresh_from_db()
    assert own.nomination.state == "presented"
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    (general,) = Decision.objects.filter(by_deputy=False)
    (kt,) = Decision.objects.filter(by_deputy=True)
    assert (kt.signer_title, kt.signer_name) == (Decision.DEPUTY, vice.full_name)
    for decision, size in ((general, 1), (kt, 1)):
        decision_signature_steps.send_to_signature(decision, by=office)
        issue_decision(by=clerk, decision=decision, issued_on=ON if decision == general else kt.expected_on)
        assert decision.awards.count() == size
    names = [list(decision.awards.values_list("name", flat=True)) for decision in (kt, general)]
    assert "KT. CHỦ TỊCH" in paper_text(kt.document.html)
    assert "KT. CHỦ TỊCH" not in paper_text(general.document.html)
    assert names == [[own.nomination.awards.get().name], ["Vi Văn Thành"]]


def test_a_list_of_the_chair_alone_is_decided_by_the_vice_chair(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office, others=())
    with pytest.raises(RuleBroken, match="Phiếu trình chỉ có hồ sơ của chính Chủ tịch"):
        record_chair_decisions(by=chair, chair_submission=paper, decisions={}, on=ON)
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    assert paper.state == "decided" and paper.decided_on
    undo_deputy_decision(by=vice, chair_submission=paper, reason="Xem lại hồ sơ")
    assert (paper.state, paper.decided_on) == ("presented", None)
    assert not Decision.objects.exclude(state="dropped").exists()
    assert Nomination.objects.get().state == "presented"
    refuse = {item.pk: ChairDecision(False, "Chưa đủ căn cứ") for item in paper.items.all()}
    decide_for_chair(by=vice, chair_submission=paper, decisions=refuse)
    assert Nomination.objects.get().state == "refused"


def test_each_takes_back_only_the_own_decisions(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office)
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    assert paper.state == "presented"
    with pytest.raises(RuleBroken, match="Phó Chủ tịch đã quyết định"):
        return_chair_submission(by=chair, chair_submission=paper, reason="Trả lại")
    record_chair_decisions(by=chair, chair_submission=paper, decisions=yes(paper, False), on=ON)
    undo_chair_decisions(by=chair, chair_submission=paper, reason="Xem lại")
    states = dict(Nomination.objects.values_list("chair_submission_items__by_deputy", "state"))
    assert states == {True: "approved", False: "presented"}
    undo_deputy_decision(by=vice, chair_submission=paper, reason="Xem lại")
    return_chair_submission(by=chair, chair_submission=paper, reason="Trả lại")
    assert set(Nomination.objects.values_list("state", flat=True)) == {"passed"}


def test_a_vice_chair_does_not_decide_the_own_case_either(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office)
    is_user(LUA, vice)
    with pytest.raises(RuleBroken, match="Phó Chủ tịch khác quyết định"):
        decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))


def test_the_vice_chair_finds_the_case_and_decides_it_on_the_page(commune, chair, office, vice, signed_in):
    paper = list_with_chair(commune, chair, office)
    address = reverse("commendations:decide_for_chair", args=[paper.pk])
    assert address in [task.url for task in todo_of(vice, timezone.localdate()).tasks]
    page = page_of(signed_in("chutich").get(reverse("commendations:decide", args=[paper.pk])))
    assert "hồ sơ của chính Chủ tịch" in page and page.count('class="case-choice"') == 1
    browser = signed_in("hoidong2")
    assert page_of(browser.get(address)).count('class="case-choice"') == 1
    (own,) = paper.items.filter(by_deputy=True)
    data = {f"outcome_{own.pk}": "dong-y", "do": "confirm", "seen": paper.version}
    assert browser.post(address, data).status_code == 302
    own.refresh_from_db()
    assert own.approved is True


# ── signing ──────────────────────────────────────────────────────────────────────────────────────
def test_the_chair_does_not_sign_the_own_award(commune, chair, office):
    decision = factories.draft_decision(commune, [person(LUA)])
    is_user(LUA, chair)
    assert any("không ký văn bản khen chính mình" in fault for fault in decision_faults(decision))


def test_the_paper_about_the_chair_is_signed_by_the_deputy_only(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office, others=())
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    kt = Decision.objects.get()
    Decision.objects.filter(pk=kt.pk).update(signer_title=Decision.CHAIR, signer_name=chair.full_name)
    kt.refresh_from_db()
    assert any("Phó Chủ tịch ký KT. CHỦ TỊCH" in fault for fault in decision_faults(kt))


def test_the_chair_does_not_sign_in_the_place_of_the_chair(commune, chair, office, village_head):
    decision = factories.draft_decision(commune)
    Decision.objects.filter(pk=decision.pk).update(signer_title=Decision.DEPUTY, signer_name=chair.full_name)
    decision.refresh_from_db()
    assert any("không ký thay chính mình" in fault for fault in decision_faults(decision))
    letter = draft_letter(commune, office, village_head)
    for approval in (APPROVALS["letter"],):
        with pytest.raises(RuleBroken, match="không ký thay chính mình") as refused:
            approval.save(letter, by=office, signer=chair.full_name, deputy=True)
        assert refused.value.field == "deputy"
