"""A chair away for three days: who may do what on the days before, during and after; what papers, log and tasks show."""

from datetime import date, timedelta

import pytest

from commendations.actions.chair_submission import record_chair_decisions
from commendations.actions.deputy_decision import decide_for_chair
from commendations.models import ChairSubmission, Decision
from commendations.tests import factories
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.notices.models import Notification
from emulation.workflow.authorization import check_act
from reports.queries.todo import todo_of
from tests.approval_papers import APPROVALS, draft_letter
from tests.cancelling import issued_paper
from tests.html import paper_text
from tests.travel import at
from villages.actions.absences import cancel_absence, end_absence, record_role_absence
from villages.actions.account_roles import end_role
from villages.models import Absence, Person

FIRST = date(2026, 12, 2)
LAST = date(2026, 12, 4)
DAY = timedelta(days=1)
DAYS = {"before": FIRST - DAY, "first": FIRST, "last": LAST, "after": LAST + DAY}
DECIDE_FOR_CHAIR = "Quyết định khen thưởng Chủ tịch, ký KT."
CHAIR_ACTS = ("campaigns.approve_letter", "commendations.decide", "documents.agree_cancellation")


@pytest.fixture(autouse=True)
def vice(commune, user):
    Membership.objects.create(
        commune=commune, user_id=user("hoidong2").pk, role=Role.vice_chair, starts_on=date(2021, 1, 1)
    )
    return user("hoidong2")


@pytest.fixture
def away(commune, chair, vice):
    """Recorded on 1/12 by the chair: away from 2/12 to 4/12, the vice chair acts."""
    with at(FIRST - DAY):
        return record_role_absence(
            by=chair, commune=commune, role=Role.chair, holder=chair, deputy=vice, starts_on=FIRST, ends_on=LAST
        )


@pytest.fixture
def waiting(commune, office, village_head):
    """{act: what waits for the chair}."""
    with at(FIRST - DAY):
        letter = draft_letter(commune, office, village_head)
        APPROVALS["letter"].submit(letter, by=office)
        submission = factories.submitted_to_chair(commune)
        issued = issued_paper("period_report", commune)
        cancellation = propose_cancellation(by=office, document=issued.document, reason="Sai căn cứ ban hành.")
    return dict(zip(CHAIR_ACTS, (letter, submission, cancellation), strict=True))


def may(user, act, subject):
    clear_capacity_cache(user)
    return bool(check_act(act, subject, user))


@pytest.mark.parametrize("when", DAYS)
def test_who_may_do_what_by_day(when, away, waiting, user):
    during = when in ("first", "last")
    expected = {
        "chutich": True,
        "hoidong2": during,
        "vanphong": False,
        "vanthu": False,
        "thon1": False,
        "quantri": False,
    }
    with at(DAYS[when]):
        for act, subject in waiting.items():
            assert {login: may(user(login), act, subject) for login in expected} == expected, act
        titles = {task.title for task in todo_of(user("hoidong2"), DAYS[when]).tasks}
        assert ("Duyệt công văn" in titles) == during
        assert capacity_of(user("hoidong2")).acts_for(Role.chair) == (user("chutich").pk if during else None)


def test_the_vice_chair_decides_and_signs_kt(commune, away, waiting, vice, user):
    letter, submission, cancellation = waiting.values()
    with at(FIRST):
        clear_capacity_cache(vice)
        APPROVALS["letter"].approve(letter, by=vice)
        record_chair_decisions(
            by=vice, chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST
        )
        agree_to_cancellation(by=vice, cancellation=cancellation)
    assert (letter.signer, letter.deputy) == ("Lương Thị Diệu Hiền", True)
    decision = Decision.objects.get(chair_submission=submission)
    assert (decision.signer_title, decision.signer_name) == (Decision.DEPUTY, "Lương Thị Diệu Hiền")
    for act in ("campaigns.approve_letter", "commendations.decide", "documents.agree_cancellation"):
        entry = AuditEntry.objects.get(act=act, actor_id=vice.pk)
        assert entry.facts["acts_for"] == "Lê Đăng Trường"
        assert entry.actor_name == "Lương Thị Diệu Hiền, làm thay Lê Đăng Trường"
    assert ChairSubmission.objects.get(pk=submission.pk).decider == "Lương Thị Diệu Hiền, làm thay Lê Đăng Trường"
    with at(LAST + DAY):  # issued after the chair is back: as it was approved
        issued = APPROVALS["letter"].issue(letter, by=user("vanthu"), issued_on=LAST + DAY)
    text = paper_text(issued.document.html)
    assert "KT. CHỦ TỊCH" in text and "PHÓ CHỦ TỊCH" in text and "Lương Thị Diệu Hiền" in text


def test_a_day_before_the_absence_is_no_day_of_decision(away, waiting, vice):
    submission = waiting["commendations.decide"]
    with at(FIRST):
        clear_capacity_cache(vice)
        with pytest.raises(RuleBroken, match="chưa làm thay"):
            record_chair_decisions(
                by=vice, chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST - DAY
            )


def test_the_acting_vice_chair_leaves_the_own_case_to_the_chair(commune, away, chair, vice):
    with at(FIRST):
        submission = factories.submitted_to_chair(commune, [Person.objects.get(user=vice)])
        decisions = factories.chair_decisions(submission)
        with pytest.raises(RuleBroken, match=r"Không ai tự quyết định.*Chủ tịch quyết định khi về"):
            record_chair_decisions(by=vice, chair_submission=submission, decisions=decisions, on=FIRST)
        record_chair_decisions(by=chair, chair_submission=submission, decisions=decisions, on=FIRST)


def test_the_vice_chair_decides_the_own_case_of_the_absent_chair(commune, away, chair, vice):
    with at(FIRST):
        submission = factories.submitted_to_chair(commune, [Person.objects.get(user=chair)])
        decisions = factories.chair_decisions(submission)
        for by in (chair, vice):
            with pytest.raises(RuleBroken, match="Phó Chủ tịch quyết định và ký KT"):
                record_chair_decisions(by=by, chair_submission=submission, decisions=decisions, on=FIRST)
        titles = {by: [group.title for group in todo_of(by, FIRST).groups] for by in (chair, vice)}
        assert DECIDE_FOR_CHAIR in titles[vice] and DECIDE_FOR_CHAIR not in titles[chair]
        assert "Quyết định khen thưởng theo phiếu trình" not in titles[chair]
        decide_for_chair(by=vice, chair_submission=submission, decisions=decisions)
        assert Decision.objects.get().signer_title == Decision.DEPUTY


def test_an_early_return_ends_the_powers_at_once(away, waiting, chair, vice):
    with at(LAST):
        end_absence(by=chair, absence=away)
        assert not any(may(vice, act, subject) for act, subject in waiting.items())
        assert Notification.objects.filter(user=vice, text__contains="đã về").exists()
    away.refresh_from_db()
    assert away.ends_on == LAST - DAY
    assert Membership.objects.get(acts_for_id=chair.pk).ends_on == LAST - DAY


def test_taken_back_before_it_begins(away, chair, vice):
    with at(FIRST - DAY):
        with pytest.raises(RuleBroken, match="chưa bắt đầu"):
            end_absence(by=chair, absence=away)
        cancel_absence(by=chair, absence=away)
        assert Notification.objects.filter(user=vice, text__contains="Đã hủy báo vắng").exists()
    assert not Absence.objects.filter(pk=away.pk).exists()
    assert not Membership.objects.filter(acts_for_id=chair.pk).exists()


def test_a_vice_chair_who_leaves_the_post_acts_no_longer(commune, away, administrator, vice):
    row = Membership.objects.get(user_id=vice.pk, role="vice_chair")
    with at(FIRST):
        end_role(by=administrator, commune=commune, user=vice, membership=row, ends_on=FIRST)
    away.refresh_from_db()
    assert away.ends_on == FIRST
    with at(LAST):
        clear_capacity_cache(vice)
        assert not capacity_of(vice).has(Role.chair)
