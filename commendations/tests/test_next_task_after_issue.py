"""The clerk who issued a paper is led to the next one."""

import pytest
from django.urls import reverse

from commendations.models import Decision, Proposal
from commendations.tests import factories
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


def test_the_next_task_is_offered_after_a_request_to_the_superior_is_issued(commune, signed_in):
    one, other = Person.objects.filter(commune=commune).order_by("pk")[:2]
    decided = factories.decided_awards(commune, ("GKX", other, 2026))
    proposal = factories.decided_awards(commune, ("BKT", one, 2025)).proposals.get()
    office = signed_in("vanphong")
    decision = Decision.objects.get(chair_submission=decided)
    office.post(reverse("commendations:to_signature", args=[decision.pk]))
    office.post(reverse("commendations:proposal_to_signature", args=[proposal.pk]))
    issue = reverse("commendations:issue_proposal", args=[proposal.pk])
    issued = page_of(signed_in("vanthu").post(issue, {"issued_on": "10/11/2026"}, follow=True))
    assert Proposal.objects.get().document_id
    assert "Đã ban hành Tờ trình số" in issued and "Xem việc tiếp theo (còn 1)" in issued
