"""Nobody acts on their own case, after the office's check. The table: act x whose case -> refused with who acts, or done.

Refused is what concerns the one case: its place on the agenda, its votes, its result, the number that makes it an award.
Done is what a session or a list needs as a whole and what follows from what others recorded: planning, attendance,
minutes, closing, the draft for the chair.
"""

from datetime import date, time

import pytest
from django.urls import reverse

from commendations.actions import session as sessions
from commendations.actions.adjournment import put_off_case, resume_case
from commendations.actions.chair_submission import draft_chair_submission
from commendations.actions.decision import issue_decision
from commendations.actions.proposal import (
    SuperiorDecision,
    record_award_above,
    record_refusal_above,
    reopen_outcome_above,
)
from commendations.actions.vote import ItemVoteCount, record_block_vote, record_vote_counts
from commendations.models import Award, CouncilSession, Nomination, Objection
from commendations.queries.block_vote import OWN, block_vote
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, factories
from commendations.tests.posting_steps import answer, object_to
from commendations.tests.test_own_case import LUA, WHOSE, as_person, give, is_user, person
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from tests.html import page_of
from tests.travel import at
from villages.actions.absences import record_role_absence
from villages.models import Household

pytestmark = pytest.mark.usefixtures("db", "in_november")
OTHERS = "là của chính bạn: người khác của Văn phòng làm việc này"
OTHER = "Vi Văn Thành"
VOTES = ItemVoteCount(VoteTally(7))


def complete(commune, nominee):
    return factories.nomination_of(commune, nominee, "complete")


def on_session(commune, nominee, state="planned"):
    """The own case and another one on a session; the office planned it before the case was known to be its own."""
    cases = [complete(commune, nominee), complete(commune, person(OTHER))]
    second = case_steps.user_named("mattran")
    session = case_steps.planned_session()
    for case in cases:
        sessions.add_to_session(by=second, nomination=case, session=session)
    if state == "open":
        case_steps.with_attendance(sessions.open_session(by=second, session=session), absent=0)
    return cases[0]


def meeting(commune, nominee):
    return on_session(commune, nominee, "open")


def put_off(commune, nominee):
    case = meeting(commune, nominee)
    put_off_case(by=case_steps.user_named("mattran"), nomination=case, reason="Xác minh thêm.")
    return case


def above(commune, nominee):
    return factories.nomination_of(commune, nominee, "proposed_up")


def decided_above(commune, nominee):
    case = above(commune, nominee)
    return record_refusal_above(by=case_steps.user_named("mattran"), nomination=case, reason="Chưa đủ năm.")


def plan(by, case):
    session = CouncilSession.objects.first() or case_steps.planned_session()
    sessions.add_to_session(by=by, nomination=case, session=session)


def count(by, case):
    item = case.items.get()
    record_vote_counts(by=by, session=item.session, counts={item.pk: VOTES})


REFUSED = {
    "plan": (complete, plan),
    "take off": (on_session, lambda by, case: sessions.remove_from_session(by=by, nomination=case)),
    "count": (meeting, count),
    "put off": (meeting, lambda by, case: put_off_case(by=by, nomination=case, reason="Xác minh thêm.")),
    "resume": (put_off, lambda by, case: resume_case(by=by, nomination=case)),
    "awarded above": (above, lambda by, case: record_award_above(
        by=by, nomination=case, outcome=SuperiorDecision("12/QĐ-UBND", date(2026, 11, 12), "Chủ tịch UBND tỉnh"))),
    "refused above": (above, lambda by, case: record_refusal_above(by=by, nomination=case, reason="Chưa đủ năm.")),
    "reopen above": (decided_above, lambda by, case: reopen_outcome_above(by=by, nomination=case, reason="Ghi nhầm.")),
}  # fmt: skip


@pytest.fixture
def second(commune, user):
    """Somebody else who has the role of the office."""
    return give(commune, user("mattran"), Role.office)


@pytest.mark.parametrize("act", REFUSED)
@pytest.mark.parametrize("whose", WHOSE)
def test_refused_with_who_acts_and_done_by_them(commune, office, second, act, whose):
    begin, do = REFUSED[act]
    case = begin(commune, whose(office, commune))
    before = (Nomination.objects.get(pk=case.pk).state, list(case.items.values("agree", "put_off")))
    with pytest.raises(RuleBroken, match=OTHERS) as refused:
        do(office, case)
    assert second.full_name in refused.value.message
    assert (Nomination.objects.get(pk=case.pk).state, list(case.items.values("agree", "put_off"))) == before
    do(second, Nomination.objects.get(pk=case.pk))


# ── acts for many ────────────────────────────────────────────────────────────────────────────────
def test_the_own_case_falls_out_of_many_for_a_session_and_is_named(commune, office, second, signed_in):
    cases = [complete(commune, as_person(office, commune)), complete(commune, person(OTHER))]
    session = case_steps.planned_session()
    ids = " ".join(str(case.pk) for case in cases)
    address = reverse("commendations:put_many", args=[session.pk])
    found = page_of(signed_in("vanphong").post(address, {"ca-danh-sach": ids}, follow=True))
    assert "Đã đưa 1 hồ sơ vào phiên họp" in found
    assert f"{LUA} là của chính bạn" in found and second.full_name in found
    assert [Nomination.objects.get(pk=case.pk).state for case in cases] == ["complete", "on_session"]
    only_own = page_of(signed_in("vanphong").post(address, {"ho-so": [str(cases[0].pk)]}, follow=True))
    assert "là của chính bạn" in only_own and "Chưa chọn hồ sơ nào" not in only_own
    done = page_of(signed_in("mattran").post(address, {"ho-so": [str(cases[0].pk)]}, follow=True))
    assert "Đã đưa 1 hồ sơ vào phiên họp" in done


def test_the_own_case_falls_out_of_the_block_vote(commune, office, second):
    third = complete(commune, person("Lữ Thị Ơn"))
    case = on_session(commune, as_person(office, commune))
    session = case.items.get().session
    sessions.add_to_session(by=second, nomination=third, session=session)
    case_steps.with_attendance(sessions.open_session(by=second, session=session), absent=0)
    assert [row.reason for row in block_vote(session, office).apart] == [OWN]
    assert not block_vote(session, second).apart
    assert record_block_vote(by=office, session=session, by_hand=VoteTally(7)) == 2
    assert case.items.get().agree is None
    assert record_block_vote(by=second, session=session, by_hand=VoteTally(7)) == 1
    assert case.items.get().agree == 7


def test_the_page_of_the_meeting_has_no_fields_for_the_own_case(commune, office, second, signed_in):
    case = meeting(commune, as_person(office, commune))
    item = case.items.get()
    page = page_of(signed_in("vanphong").get(item.session.get_absolute_url()))
    assert f'name="agree_{item.pk}"' not in page and f"{LUA} là của chính bạn" in page
    assert f'name="agree_{item.session.items.exclude(pk=item.pk).get().pk}"' in page
    assert f'name="agree_{item.pk}"' in page_of(signed_in("mattran").get(item.session.get_absolute_url()))


def test_a_whole_session_is_run_by_who_has_a_case_on_it(commune, office, second):
    """Attendance, minutes, closing and the draft for the chair are of the session; the result follows from the votes."""
    case = on_session(commune, as_person(office, commune))
    session = case.items.get().session
    case_steps.with_attendance(sessions.open_session(by=office, session=session), absent=0)
    counts = {item.pk: VOTES for item in session.items.all()}
    record_vote_counts(by=second, session=session, counts=counts)
    sessions.write_minutes(by=office, session=session, discussion="", conclusion="", ends_at=time(15, 30))
    sessions.close_session(by=office, session=session)
    case.refresh_from_db()
    assert case.state == "passed"
    assert draft_chair_submission(by=office, session=session).items.count() == 2


# ── the number ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("whose", WHOSE)
def test_a_clerk_does_not_number_the_decision_on_the_own_case(commune, clerk, user, whose):
    decision = factories.decision_at_signature(commune, [person(OTHER), whose(clerk, commune)])
    with pytest.raises(RuleBroken, match=r"Danh sách có tên chính bạn .* chỉ có một người thì giao người làm thay"):
        issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)
    assert not Award.objects.exists() and decision.document is None
    day = date(2026, 11, 20)
    record_role_absence(
        by=clerk, commune=commune, role=Role.clerk, holder=clerk, deputy=user("hoidong2"), starts_on=day, ends_on=day,
        note="",
    )  # fmt: skip
    deputy = user("hoidong2")
    with pytest.raises(RuleBroken, match=deputy.full_name):
        issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)
    issue_decision(by=deputy, decision=decision, issued_on=factories.HELD_ON)
    assert Award.objects.count() == 2


def test_a_clerk_numbers_a_decision_on_others(commune, clerk):
    is_user(LUA, clerk)
    decision = factories.decision_at_signature(commune, [person(OTHER)])
    issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)


# ── objections ───────────────────────────────────────────────────────────────────────────────────
def test_nobody_answers_an_objection_to_the_own_household(posting, drafts, head, office, signed_in):
    is_user("Vi Văn Thành", head)
    Household.objects.filter(pk=drafts[0].household_id).update(head=person("Vi Văn Thành"))
    with at(date(2026, 11, 20)):
        objection = object_to(head, posting, drafts[0])
        with pytest.raises(RuleBroken, match=r"Phản ánh về hồ sơ của chính bạn .* hoặc Văn phòng trả lời"):
            answer(head, objection)
        page = page_of(signed_in("thon2").get(posting.get_absolute_url()))
        assert "Phản ánh về hồ sơ của chính bạn" in page
        answer(office, objection)
        other = object_to(head, posting, drafts[1])
        answer(head, other)
    assert set(Objection.objects.values_list("state", flat=True)) == {"answered"}
