"""After any awarding, correcting, replacing and cancelling, every figure equals one plain recomputation."""

import random
import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.utils import timezone

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award, Decision
from commendations.models.recovery_filters import TO_HAND_AGAIN, TO_RECOVER
from commendations.papers.payment_list import payment_list_paper
from commendations.papers.register import register_workbook
from commendations.queries.award import register_rows, register_totals
from commendations.queries.decision import commune_identity_on
from commendations.queries.eligibility import nominee_of
from commendations.queries.nominee_facts import nominee_facts
from commendations.tests import amendment_steps, factories
from emulation.documents.blocks.body import Table
from emulation.documents.ended_papers import valid_certificate_ids
from emulation.jobs.queue import claimable_jobs, run_job
from portal.models import HonourEntry
from portal.queries import honour_by_code, honour_roll
from reports.queries.report_figures import figure_by_key, quarter_figures
from tests.html import page_of

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow, pytest.mark.both_databases]
KINDS = (Amendment.CORRECTION, Amendment.REPLACEMENT, Amendment.CANCELLATION)


@dataclass
class Ledger:
    """The plain recomputation: the awards that must count, by id, with their names and money."""

    names: dict[int, str] = field(default_factory=dict)
    money: dict[int, int] = field(default_factory=dict)

    def grant(self, decision: Decision) -> None:
        for award in Award.objects.filter(decision=decision):
            self.names[award.pk] = award.name
            self.money[award.pk] = award.amount

    def end(self, ids: list[int]) -> None:
        for pk in ids:
            del self.names[pk], self.money[pk]


def random_step(ledger: Ledger, commune, rng: random.Random) -> None:
    """Grant three awards, or amend some awards of one decision."""
    decisions = [
        decision for decision in Decision.objects.filter(state="issued") if decision.awards.counting().exists()
    ]
    if not decisions or rng.random() < 0.25:
        ledger.grant(factories.issued_decision(commune))
        return
    decision = rng.choice(decisions)
    kind = rng.choice(KINDS)
    in_force = list(decision.awards.counting())
    chosen = rng.sample(in_force, rng.randint(1, len(in_force)))
    names = [award.name for award in chosen]
    words = {"place": f"Thôn {rng.randint(1, 99)}"} if kind != Amendment.CANCELLATION else {}
    amendment_steps.issued(decision, kind, names, **words)
    if kind == Amendment.CANCELLATION:
        ledger.end([award.pk for award in chosen])
    elif kind == Amendment.REPLACEMENT:
        ledger.end([award.pk for award in chosen])
        ledger.grant(Decision.objects.filter(awards__replaces__in=chosen).distinct().get())


def hand_over_or_recover(commune, rng: random.Random) -> None:
    """By chance, each award is handed over, or something of it comes back, or it never was handed over."""
    clerk = factories.commune_user(commune, "vanthu")
    day = factories.HELD_ON
    for award in Award.objects.with_recovery():
        money = rng.randint(0, max(0, award.money_left_to_recover))
        if award.counts and rng.random() < 0.5:
            again = {"again": True, "note": "Ghi lại"} if award.handover_in_force else {}
            record_award_handover(by=clerk, award=award, received_by="A", received_on=day, **again)
        elif award.has_certificate_to_recover and rng.random() < 0.8:
            record_award_recovery(by=clerk, award=award, certificate=True, amount=money, recovered_on=day)
        elif award.handover_state.label == "Chưa rõ đã trao":
            record_award_recovery(by=clerk, award=award, not_handed=True, recovered_on=day)


def publish() -> None:
    for pk in claimable_jobs(timezone.now()).filter(kind="portal.publish").values_list("pk", flat=True):
        run_job(pk)


def check(ledger: Ledger, commune, office, signed_in) -> None:
    counted = Award.objects.counting()
    assert dict(counted.values_list("pk", "amount")) == ledger.money
    totals = register_totals(register_rows(office))
    assert (totals.awards, totals.money) == (len(ledger.money), sum(ledger.money.values()))
    assert totals.awards + totals.ended == Award.objects.count()
    _check_workbook(ledger, office)
    _check_recovery()
    _check_decisions(ledger, signed_in)
    _check_portal(ledger, commune)
    figures = quarter_figures(commune.pk, factories.HELD_ON.year, 4)
    assert figure_by_key(figures, "awards")["value"] == len(ledger.money)
    assert figure_by_key(figures, "money")["value"] == sum(ledger.money.values())
    for award in Award.objects.select_related("nomination"):
        facts = nominee_facts(nominee_of(award.nomination), factories.HELD_ON, with_restricted=True)
        same = counted.filter(**{f"{award.nominee_kind}_id": getattr(award, f"{award.nominee_kind}_id")})
        assert len(list(facts.record)) == same.count()
        state = "awarded" if counted.filter(nomination=award.nomination).exists() else "award_cancelled"
        assert award.nomination.state == state


def _check_workbook(ledger: Ledger, office) -> None:
    with ZipFile(BytesIO(register_workbook(register_rows(office)))) as book:
        texts = [item[0].text for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    standing = [texts[int(cell)] for cell in re.findall(r'<c r="O\d+" t="s"[^>]*><v>(\d+)</v>', sheet)]
    assert len([word for word in standing if word in ("Đang có hiệu lực", "Đã đính chính")]) == len(ledger.money)

    total = re.findall(r"<f>SUBTOTAL\(109,L2:L\d+\)</f><v>(\d+)</v>", sheet)
    assert [int(value) for value in total] == ([sum(ledger.money.values())] if Award.objects.exists() else [])


def _check_recovery() -> None:
    """The filters of the register and of the tasks find the awards that the properties of each award name."""
    for found, waiting in ((TO_RECOVER, "is_to_recover"), (TO_HAND_AGAIN, "is_to_hand_again")):
        expected = {award.pk for award in Award.objects.with_recovery() if getattr(award, waiting)}
        assert set(Award.objects.filter(found).values_list("pk", flat=True)) == expected


def _check_decisions(ledger: Ledger, signed_in) -> None:
    for decision in Decision.objects.filter(state="issued").select_related("document", "commune"):
        ids = set(decision.awards.values_list("pk", flat=True))
        payable = [amount for pk, amount in ledger.money.items() if pk in ids]
        assert len(valid_certificate_ids(decision.document)) == len(payable)
        if payable:
            _check_payment_list(decision, [award for award in decision.awards.all() if award.pk in ledger.money])
        page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
        assert f"Tổng cộng {len(payable)} trường hợp" in page


def _check_payment_list(decision: Decision, awards: list[Award]) -> None:
    identity = commune_identity_on(decision, factories.HELD_ON)
    paper = payment_list_paper(decision, identity, "A", factories.HELD_ON, None)
    [table] = [block for block in paper.body if isinstance(block, Table)]
    assert len(table.rows) == len(awards)
    assert table.total[3] == f"{sum(_left_to_pay(award) for award in awards):,}".replace(",", ".")


def _left_to_pay(award: Award) -> int:
    """What is not paid yet, after the last handover of an award that this one replaces."""
    earlier = award.replaces
    while earlier and not earlier.handovers.exists():
        earlier = earlier.replaces
    paid = earlier.amount - sum(row.amount for row in earlier.recoveries.all()) if earlier else 0
    return max(0, award.amount - paid)


def _check_portal(ledger: Ledger, commune) -> None:
    publish()
    shown = honour_roll(commune)
    assert {entry.award_id for entry in shown} == ledger.money.keys()
    assert shown.count() == len(ledger.money)
    for entry in HonourEntry.objects.all():
        found = honour_by_code(entry.code)
        valid = not (found.cancelled or found.replaced or found.superseded)
        award = Award.objects.with_standing().get(pk=entry.award_id)
        assert valid == (entry.award_id in ledger.money and award.current_code == entry.code)


@pytest.mark.parametrize("seed", [20261129, 12])
def test_every_figure_equals_a_plain_recomputation(seed, commune, office, signed_in):
    rng = random.Random(seed)
    ledger = Ledger()
    for step in range(10):
        random_step(ledger, commune, rng)
        if rng.random() < 0.4:
            hand_over_or_recover(commune, rng)
        if step % 3 == 0:
            check(ledger, commune, office, signed_in)
    check(ledger, commune, office, signed_in)
