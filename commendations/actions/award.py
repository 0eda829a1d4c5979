"""Lines of the Sổ vàng: written when a decision is issued, published, handed over."""

from dataclasses import asdict
from typing import Any

from commendations.models import Award, Decision
from commendations.papers.certificate import certificate_paper
from commendations.queries.award_lines import AwardLine
from emulation.accounts.models import User
from emulation.core.text import fold
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.branding import Branding
from emulation.documents.codes import new_code
from emulation.documents.models import IssuedDocument
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers
from emulation.legal import current
from emulation.workflow.transitions import act
from villages.queries.groups import group_on


def register_award(
    *, by: User, decision: Decision, line: AwardLine, branding: Branding, replaces: Award | None = None
) -> Award:
    """Create one line of the register of an issued decision, with its certificate where the law has one."""
    day = decision.issued_on
    assert day is not None and line.price is not None
    nomination = line.nomination
    person = nomination.person
    money = line.price.money
    code = new_code()
    return Award.objects.create(
        commune=decision.commune,
        decision=decision,
        nomination=nomination,
        replaces=replaces,
        person_id=nomination.person_id,
        household_id=nomination.household_id,
        collective_id=nomination.collective_id,
        unit_id=nomination.unit_id,
        decision_serial=line.serial,
        award_code=nomination.award_code,
        kind=nomination.kind,
        year=line.year if line.award.title else day.year,
        awarded_on=day,
        award_name=current.law_for(decision.commune_id).award_name(nomination.award_code, day),
        is_title=line.award.title,
        name=line.name,
        name_mark=line.mark,
        name_key=nomination.nominee_sort,
        name_fold=fold(line.name)[:250],
        place=line.place[:300],
        achievement=line.achievement,
        field_name=nomination.field_name,
        group=group_on(person, day) if person else "",
        sex=person.sex if person else "",
        coefficient=money.coefficient,
        base_salary=money.base,
        raw_amount=money.raw,
        amount=line.amount,
        deducted=line.payability.deducted,
        rounding_rule=money.rule,
        legal=_legal(line),
        code=code,
        certificate=_certificate(by, decision, line, branding, code),
    )


def close_nomination(*, by: User, line: AwardLine, document: IssuedDocument) -> None:
    """The nomination of a registered award is awarded."""
    with act(
        "commendations.award",
        line.nomination,
        by=by,
        decision=document.reference,
        serial=line.serial,
        amount=line.amount,
    ):
        pass


def _certificate(by: User, decision: Decision, line: AwardLine, branding: Branding, code: str) -> IssuedDocument | None:
    """Freeze the certificate of one line; None where the law has no form for the award."""
    document = decision.document
    day = decision.issued_on
    assert document is not None and document.number is not None and day is not None
    paper = certificate_paper(
        decision, line, day, number=document.number, symbol=document.symbol, code=code, branding=branding
    )
    if paper is None:
        return None
    return documents.freeze_document(
        by=by,
        commune=decision.commune,
        paper=paper,
        issued_on=day,
        key=f"commendations.award:{line.nomination.pk}{f':{decision.pk}' if decision.replaces_id else ''}",
        readers=[ReaderGrant(unit_id=unit.pk) for unit in line.nomination.proposing_units],
        parent=document,
        about=line.mark,
        code=code,
    )


def _legal(line: AwardLine) -> dict[str, Any]:
    """The arithmetic and citations of the amount, as stored in the register."""
    price = line.price
    assert price is not None
    return {
        "arithmetic": price.money.arithmetic,
        "unpaid": line.sum_explanation if line.payability.unpaid else "",
        "note": line.payability.note,
        "citation": price.citation,
        "confirmed": price.confirmed,
        "needs_review": price.needs_review,
        "grounds": [asdict(basis) for basis in (*price.grounds, *line.decider.grounds)],
    }


def publish_awards(decision: Decision, *, again: str = "") -> None:
    """Enqueue the job that publishes the awards, when the portal app is installed; `again` distinguishes later runs."""
    if "portal.publish" in job_handlers:
        key = f"decision:{decision.pk}{f':{again}' if again else ''}"
        enqueue("portal.publish", key, commune=decision.commune, priority=Job.REQUESTED, decision_id=decision.pk)
