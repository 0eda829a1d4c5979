"""Background job that copies the awards of an issued decision to the honour roll; idempotent."""

from typing import Any

from commendations.models import Award, Decision
from emulation.communes.models import CommuneIdentity
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
    awards = list(decision.awards.select_related("unit").order_by("decision_serial"))
    for done, award in enumerate(awards, 1):
        _publish(award, decision, identity)
        job.progress(done, len(awards))


def _publish(award: Award, decision: Decision, identity: CommuneIdentity) -> None:
    document = decision.document
    issued_on = decision.issued_on
    assert document is not None and issued_on is not None
    unit_name = award.unit.name_on(issued_on)
    searched = f"{award.name} {unit_name} {award.achievement} {award.field_name} {document.reference}"
    HonourEntry.objects.get_or_create(
        code=award.code,
        defaults={
            "commune_id": award.commune_id,
            "name": award.name,
            "unit_name": unit_name,
            "award_title": award.frozen_name.in_short(award.year),
            "achievement": award.achievement,
            "field_name": award.field_name,
            "decider": f"Chủ tịch {identity.issuer_short}",
            "decision_number": document.reference,
            "decision_date": issued_on,
            "decision_serial": award.decision_serial,
            "decision_document": document.pk,
            "year": award.year,
            "search": fold(searched)[:800],
        },
    )
