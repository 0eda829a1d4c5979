"""Background job that copies the awards of an issued decision to the honour roll; idempotent."""

from datetime import date
from typing import Any

from commendations.models import Award, Decision
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import upper_first
from emulation.core.text import fold
from emulation.jobs.registry import job_handlers
from portal.models import HonourEntry


@job_handlers.register("portal.publish")
def publish_decision(job: Any, *, decision_id: int) -> None:
    """Adds every award of the decision to the honour roll; does nothing when the decision is not issued."""
    decision = Decision.objects.select_related("document", "commune").get(pk=decision_id)
    if decision.document is None or decision.issued_on is None:
        return
    identity = decision.commune.identity_on(decision.issued_on)
    awards = list(decision.awards.with_standing().select_related("unit", "collective").order_by("decision_serial"))
    for done, award in enumerate(awards, 1):
        _publish(award, decision, identity)
        job.progress(done, len(awards))


def _publish(award: Award, decision: Decision, identity: CommuneIdentity) -> None:
    """The entry of the award as granted, and the entry of its valid sheet with the words in force."""
    document = decision.document
    issued_on = decision.issued_on
    assert document is not None and issued_on is not None
    facts = {
        "commune_id": award.commune_id,
        "unit_name": _unit_name(award, identity, issued_on),
        "award_title": award.frozen_name.in_short(award.year),
        "field_name": award.field_name,
        "decider": f"Chủ tịch {identity.issuer_short}",
        "decision_number": document.reference,
        "decision_date": issued_on,
        "decision_serial": award.decision_serial,
        "decision_document": document.pk,
        "award_id": award.pk,
        "year": award.year,
    }
    HonourEntry.objects.get_or_create(
        code=award.code,
        defaults={**facts, **_searchable(facts, award.name, award.achievement)},
    )
    if not award.is_as_awarded:
        words = _searchable(facts, award.word("name"), award.word("achievement"))
        HonourEntry.objects.update_or_create(code=award.current_code, defaults={**facts, **words})


def _unit_name(award: Award, identity: CommuneIdentity, on: date) -> str:
    """The name that the unit had on that day; of a collective of the commune itself the commune."""
    collective = award.collective
    if collective is not None and collective.is_collective and collective.parent_id is None:
        return upper_first(identity.name)
    return award.unit.name_on(on)


def _searchable(facts: dict[str, Any], name: str, achievement: str) -> dict[str, str]:
    """Name and achievement of an entry, and the text that a search looks through.

    The mere name: what distinguishes namesakes (year of birth, household) is not public (Luật 91/2025 Điều 3); the unit, the
    achievement and the decision do so here.
    """
    text = f"{name} {facts['unit_name']} {achievement} {facts['field_name']} {facts['decision_number']}"
    return {"name": name, "achievement": achievement, "search": fold(text)[:800]}
