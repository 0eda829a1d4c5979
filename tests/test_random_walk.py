"""Random walks of all roles: no server error, and no invariant of numbers, sums, votes and states is broken.

WALKS and WALK_ACTS lengthen it (bin/drill walks).
"""

import os
from collections import Counter

import pytest
from django.db.models import Count, F, Q

from commendations.models import (
    Amendment,
    Award,
    ChairSubmissionItem,
    CouncilSession,
    Decision,
    Nomination,
    SessionItem,
)
from commendations.models.recovery_filters import TO_HAND_AGAIN, TO_RECOVER
from commendations.queries.award import register_rows, register_totals
from commendations.queries.decision import outgoing_lines
from emulation.accounts.models import User
from emulation.communes.subjects import model_for_subject_key
from emulation.documents.models import NumberBook
from emulation.workflow.workflow import registered_flows
from tests.random_walk import Walk, page_of_row

pytestmark = [pytest.mark.usefixtures("quiet_request_log"), pytest.mark.both_databases]
WALKS = int(os.environ.get("WALKS", "1"))
ACTS = int(os.environ.get("WALK_ACTS", "60"))
FIRST_SEED = int(os.environ.get("WALK_SEED", "20261129"))


def check_numbers() -> None:
    """The numbers of each book run from its first to its last without a gap and without one twice."""
    for book in NumberBook.objects.all():
        numbers = list(book.documents.order_by("number").values_list("number", flat=True))
        if numbers:
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[-1] == book.last, book


def money_due(award: Award) -> int:
    """Đồng due for an award in force: its amount, less what a lower title was paid, and what is paid besides."""
    besides = [row.amount for row in award.supplements.all() if not row.is_declined]
    return award.amount - (award.deducted or 0) + sum(besides)


def check_awards() -> None:
    """One award in force for a case at most; the state of the case, the sums and the amendments agree with it."""
    in_force = Counter(Award.objects.counting().values_list("nomination_id", flat=True))
    assert all(count == 1 for count in in_force.values())
    for case in Nomination.objects.annotate(granted=Count("awards")):
        assert (case.state == "awarded") == (case.pk in in_force), case
        assert (case.state == "award_cancelled") == (bool(case.granted) and case.pk not in in_force), case
    totals = register_totals(register_rows(User.objects.get(username="vanphong")))
    assert totals.money == sum(money_due(award) for award in Award.objects.counting())
    ids = set(Award.objects.counting().values_list("pk", flat=True))
    taken: list[int] = []
    for amendment in Amendment.objects.filter(state__in=Amendment.PREPARED):
        taken += amendment.award_ids
    assert len(taken) == len(set(taken)) and set(taken) <= ids


def check_handovers() -> None:
    """What is to be recovered and handed again by the lists is what each award shows of itself."""
    awards = list(Award.objects.with_recovery())
    for filtered, shown in ((TO_RECOVER, "is_to_recover"), (TO_HAND_AGAIN, "is_to_hand_again")):
        listed = set(Award.objects.filter(filtered).values_list("pk", flat=True))
        assert listed == {award.pk for award in awards if getattr(award, shown)}, shown
    for award in awards:
        assert award.money_left_to_recover >= 0 or award.counts or not award.recoveries_in_force, award
        assert not (award.was_never_handed and award.handovers_in_force), award


def check_votes() -> None:
    """The figures of each vote make up the council, and a case that is put off has none."""
    for session in CouncilSession.objects.filter(state="closed"):
        for item in session.items.filter(put_off="", not_voting__isnull=False):
            assert item.agree + item.against + item.other + item.not_voting + item.absent == session.members()
    assert not SessionItem.objects.exclude(put_off="").filter(agree__isnull=False).exists()
    live = SessionItem.objects.filter(session__state__in=CouncilSession.LIVE, put_off="")
    assert not live.exclude(nomination__state="on_session").exists()


def check_submissions() -> None:
    """What the chair decided is the state of the case; a draft lists whom the chair approved."""
    listed = ChairSubmissionItem.objects.listed()
    assert not listed.filter(approved=True).filter(nomination__state__in=["passed", "presented", "returned"]).exists()
    assert not listed.filter(approved=False).exclude(nomination__state="refused").exists()
    waiting = listed.filter(approved=None, chair_submission__state="presented")
    assert not waiting.exclude(nomination__state="presented").exists()
    for decision in Decision.objects.filter(state=Decision.DRAFT, replaces=None):
        assert outgoing_lines(decision, decision.expected_on), f"{decision} lists nobody"
    twice = Nomination.objects.annotate(
        rows=Count("chair_submission_items", filter=Q(chair_submission_items__set_aside=""))
    )
    assert not twice.filter(rows__gt=1).exists()
    assert not Award.objects.filter(replaces=F("pk")).exists()


def check_pages(walk: Walk) -> None:
    """The newest row of each kind opens for the office."""
    office = User.objects.get(username="vanphong")
    for flow in registered_flows():
        model = model_for_subject_key(flow.model)
        row = model.objects.visible_to(office).order_by("-pk").first() if flow.states else None
        if row is not None and (address := page_of_row(row)):
            assert walk.client("vanphong").get(address).status_code in (200, 302), address


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + WALKS))
def test_no_invariant_breaks_on_a_random_walk(seed, full_demo):
    walk = Walk(seed)
    done = 0
    while done < ACTS:
        done += walk.act()
        if done % 20 == 0:
            check_numbers()
            check_awards()
            check_handovers()
            check_votes()
            check_submissions()
    check_pages(walk)
    changed = [what for _, what, request, status in walk.log if status == 302 and request.startswith("POST")]
    assert len(changed) > ACTS // 6, Counter(status for *_, status in walk.log)
