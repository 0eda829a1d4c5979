"""The hint on a paper that nobody can approve today, or only its drafter."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from commendations.actions.amendment import amendment_approval
from commendations.models import Amendment
from commendations.tests import amendment_steps, factories
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.documents.approval.queries import NOBODY, SAME_PERSON
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def amendment(commune):
    return amendment_steps.draft(factories.issued_decision(commune), Amendment.CANCELLATION)


def chair_left(commune, on: date) -> None:
    Membership.objects.filter(commune=commune, role=Role.chair).update(ends_on=on)


def shown(signed_in, amendment):
    return page_of(signed_in("vanphong").get(amendment.get_absolute_url()))


def test_without_a_chair_it_waits_until_somebody_has_the_role(amendment, commune, user, signed_in):
    assert "Ai duyệt?" not in shown(signed_in, amendment)
    yesterday = timezone.localdate() - timedelta(1)
    chair_left(commune, yesterday)
    assert NOBODY in shown(signed_in, amendment)
    answer = signed_in("vanphong").post(reverse("commendations:submit_amendment", args=[amendment.pk]), follow=True)
    assert NOBODY in page_of(answer)
    call_command("give_role", "hoidong2", "chair", verbosity=0)
    assert "Ai duyệt?" not in shown(signed_in, amendment)
    amendment.refresh_from_db()
    deputy = user("hoidong2")
    assert amendment_approval.approve(amendment, by=deputy).state == "approved"
    entry = AuditEntry.objects.get(act="accounts.give_role")
    assert entry.actor_id is None and entry.facts["account"] == "hoidong2"


def test_the_only_chair_may_approve_what_they_drafted_with_a_hint(amendment, commune, chair, signed_in):
    Amendment.objects.filter(pk=amendment.pk).update(created_by=chair)
    assert SAME_PERSON in shown(signed_in, amendment)
    amendment.refresh_from_db()
    amendment_approval.submit(amendment, by=factories.commune_user(commune, "vanphong"))
    assert amendment_approval.approve(amendment, by=chair).state == "approved"
    assert "Ai duyệt?" not in shown(signed_in, amendment)


def test_a_role_passes_from_one_to_the_other(commune, user):
    day = timezone.localdate() + timedelta(3)
    call_command("give_role", "hoidong2", "chair", "--from", day.isoformat(), "--instead-of", "chutich", verbosity=0)
    rows = Membership.objects.filter(commune=commune, role=Role.chair).order_by("starts_on")
    assert [(row.user_id, row.ends_on) for row in rows] == [
        (user("chutich").pk, day - timedelta(1)),
        (user("hoidong2").pk, None),
    ]
    for arguments, message in (
        (("hoidong2", "chair", "--from", day.isoformat()), "đã giữ vai Chủ tịch"),
        (("vanthu", "chair", "--instead-of", "thon1"), "không giữ vai Chủ tịch"),
        (("khong-co", "chair"), "Không có tài khoản"),
    ):
        with pytest.raises(CommandError, match=message):
            call_command("give_role", *arguments, verbosity=0)
    assert Membership.objects.filter(commune=commune, role=Role.chair).count() == 2
