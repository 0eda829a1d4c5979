"""What falls with a cancelled award is found before its issue, stored with it, and those concerned are notified."""

from datetime import date

import pytest

from commendations.models import Amendment, Nomination
from commendations.queries import eligibility
from commendations.tests import amendment_steps, factories
from commendations.tests.test_eligibility import case_for, teacher  # noqa: F401
from emulation.notices.models import Notification
from tests.html import page_of
from villages.actions.evidence import add_evidence
from villages.models import Evaluation, Initiative, PastAward

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def awarded(in_november, commune, office, teacher):  # noqa: F811
    """CSTĐCS of 2024 and 2025 before, of 2026 by a decision, with its sáng kiến; a proposal of CSTĐ cấp tỉnh rests on all three."""
    PastAward.objects.filter(person=teacher).delete()
    Evaluation.objects.filter(person=teacher, year=2026).update(level="good")  # so the title uses a sáng kiến
    for year in (2024, 2025):
        add_evidence(by=office, model=PastAward, subject=teacher, award_code="CSTDCS", year=year, kind="CT")
    add_evidence(by=office, model=Initiative, subject=teacher, year=2026, name="Dạy chữ qua trò chơi", scope="unit")
    add_evidence(by=office, model=Initiative, subject=teacher, year=2025, name="Góc đọc sách", scope="province")
    paper = factories.decided_awards(commune, ("CSTDCS", teacher, 2026))
    return factories.sign_and_issue(commune, paper.decisions.get())


@pytest.fixture
def resting(awarded, commune, teacher):  # noqa: F811
    """A proposal of CSTĐ cấp tỉnh that meets its conditions with the award."""
    case = case_for(commune, teacher, "CSTDT")
    Nomination.objects.filter(pk=case.pk).update(year=2026)
    case.refresh_from_db()
    verdict = eligibility.nomination_verdict(case, date(2026, 11, 20), with_restricted=True)
    assert verdict is not None and verdict.eligible is True, [line for line in verdict.findings if line.met is not True]
    return case


def missing_words(client, amendment):
    page = page_of(client.get(amendment.get_absolute_url()))
    named = ("Chiến sĩ thi đua", "chỉ đạt điều kiện nhờ khen thưởng này", "Sáng kiến được dùng lại")
    return [words for words in named if words not in page]


def test_a_case_that_rests_on_the_award_is_named_before_and_after(awarded, resting, signed_in):
    amendment = amendment_steps.draft(awarded, Amendment.CANCELLATION)
    assert missing_words(signed_in("vanphong"), amendment) == []
    Notification.objects.all().delete()
    amendment_steps.issue_draft(amendment, date(2026, 11, 20))
    assert missing_words(signed_in("vanphong"), amendment) == []
    notices = Notification.objects.filter(text__contains="chỉ đạt điều kiện nhờ khen thưởng vừa bị hủy")
    assert "vanphong" in set(notices.values_list("user__username", flat=True))
    assert {row.link for row in notices} == {resting.get_absolute_url()}
