"""Nobody approves or numbers a correction or cancellation of an award of their own."""

import re

import pytest

from commendations.actions.amendment import amendment_approval
from commendations.models import Amendment
from commendations.tests import amendment_steps, case_steps, factories
from commendations.tests.test_own_case import LUA, is_user, person
from emulation.core.errors import RuleBroken
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db", "in_november")
OTHER = "Vi Văn Thành"


def test_the_chair_does_not_approve_the_correction_of_the_own_award(commune, office, user, signed_in):
    decision = factories.issued_decision(commune, [person(OTHER)])
    amendment = amendment_steps.draft(decision, Amendment.CORRECTION, achievement="Có nhiều thành tích")
    amendment_approval.submit(amendment, by=office)
    chair = user("chutich")
    is_user(OTHER, chair)
    refused = "Văn bản về khen thưởng của chính bạn (Vi Văn Thành): Phó Chủ tịch duyệt thay"
    with pytest.raises(RuleBroken, match=re.escape(refused)):
        amendment_approval.approve(amendment, by=chair)
    assert refused in page_of(signed_in("chutich").get(amendment.get_absolute_url()))
    is_user(LUA, chair)
    amendment_approval.approve(amendment, by=chair)
    assert amendment.state == "approved"


def test_a_clerk_does_not_number_the_cancellation_of_the_own_award(commune, clerk):
    decision = factories.issued_decision(commune, [person(OTHER)])
    amendment = amendment_steps.draft(decision, Amendment.CANCELLATION)
    is_user(OTHER, clerk)
    amendment_approval.submit(amendment, by=case_steps.user_named("vanphong"))
    amendment_approval.approve(amendment, by=case_steps.user_named("chutich"))
    with pytest.raises(RuleBroken, match=r"của chính bạn \(Vi Văn Thành\): người khác của Văn thư làm việc này"):
        amendment_steps.issue_approved(amendment)
    is_user(LUA, clerk)
    assert amendment_steps.issue_approved(amendment).state == Amendment.ISSUED
