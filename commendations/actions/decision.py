"""Actions on a decision: drafted automatically, sent for signature, numbered and issued once with its awards."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.award import close_nomination, publish_awards, register_award
from commendations.actions.initiative import mark_initiatives_used
from commendations.actions.outgoing_paper import OutgoingPaperActions, check_signing_day, lock_listed_nominations
from commendations.actions.payment_list import anything_to_pay, save_payment_list
from commendations.flow.decision import DECISION_SIGNATURE_FLOW
from commendations.models import ChairSubmission, Decision
from commendations.models.nomination import units_once
from commendations.papers.decision import decision_paper, default_decision_subject, default_execution_clause
from commendations.queries.award import case_actors
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import (
    decision_faults,
    default_basis_lines,
    moved_basis_lines,
    outgoing_lines,
    statutory_basis_lines,
)
from commendations.queries.signer import first_signer
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.blocks.paper import Paper
from emulation.documents.branding import branding_of
from emulation.documents.models import DocumentFile, Draft, IssuedDocument
from emulation.legal import current
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units


@dataclass(frozen=True)
class DecisionWording:
    """The texts and dates of a draft that the office may edit."""

    subject: str
    expected_on: date
    grounds: str
    list_order: str
    funding: str
    carried_out_by: str
    recipients: str
    signer_title: str
    signer_name: str


class DecisionSignature(OutgoingPaperActions[Decision]):
    """Draft and copy for signature of a decision."""

    flow = DECISION_SIGNATURE_FLOW
    key = "commendations.decision"
    names_bodies = ("recipients", "carried_out_by")

    def paper(self, subject: Decision, listed: list[AwardLine], on: date) -> Paper:
        return decision_paper(subject, listed, on)

    def words_of_list(self, subject: Decision, listed: list[AwardLine]) -> dict[str, str]:
        offices = current.commune_offices_for(subject.commune_id, subject.expected_on)
        return {
            "subject": default_decision_subject(listed, by_name=subject.by_deputy),
            "carried_out_by": default_execution_clause(listed, offices),
        }

    def on_edit(self, subject: Decision, wording: DecisionWording) -> None:  # type: ignore[override]
        """On a new expected day, căn cứ lines that the office left unedited are replaced by those of that day."""
        old_day = subject.expected_on
        unedited = wording.grounds.splitlines() == subject.grounds.splitlines()
        self.fill(subject, wording)
        if unedited and wording.expected_on != old_day:
            old, new = (statutory_basis_lines(subject, day) for day in (old_day, wording.expected_on))
            subject.grounds = moved_basis_lines("\n".join(wording.grounds.splitlines()), old, new)


decision_signature_steps = DecisionSignature()


def draft_decision(
    *, by: User, chair_submission: ChairSubmission, award_code: str, by_deputy: bool = False
) -> Decision:
    """Create the draft decision for one award, filled in by the law of the day. Called inside the act that decides."""
    day = chair_submission.decided_on or timezone.localdate()
    superior = chair_submission.commune.identity_on(day).superior_office
    offices = current.commune_offices_for(chair_submission.commune_id, day)
    decision = Decision(
        commune=chair_submission.commune,
        chair_submission=chair_submission,
        award_code=award_code,
        state="draft",
        by_deputy=by_deputy,
        **first_signer(by, chair_submission.commune_id, day, by_deputy),
        expected_on=day,
        recipients=f"Như Điều 3\n{superior} (b/c)\nThường trực Đảng ủy, HĐND xã (b/c)\n{offices.file_line}",
    )
    decision.grounds = default_basis_lines(decision, day)
    listed = outgoing_lines(decision, day)
    for field, text in decision_signature_steps.words_of_list(decision, listed).items():
        setattr(decision, field, text)
    decision.save()
    decision_signature_steps.refresh_draft(decision, by=by, listed=listed)
    return decision


# ── issue ────────────────────────────────────────────────────────────────────────────────────────


def issue_decision(*, by: User, decision: Decision, issued_on: date, seen: int | None = None) -> Decision:
    """Number the signed decision and freeze its list, awards and certificates, in one transaction.

    `issued_on` is the day of signing. Raises RuleBroken when it is out of order or anything differs from what was signed.
    """
    with act("commendations.issue", decision, by=by, seen=seen) as final:
        lock_listed_nominations(final)
        check_signing_day(final, issued_on)
        if reasons := decision_faults(final, issued_on):
            raise RuleBroken(" ".join(reasons))
        listed = outgoing_lines(final, issued_on)
        final.issued_on = issued_on
        final.document = _number(by, final, listed)
        branding = branding_of(final.commune)
        for line in listed:
            mark_initiatives_used(by=by, nomination=line.nomination, on=issued_on, about=str(final.document))
            register_award(by=by, decision=final, line=line, branding=branding)
            close_nomination(by=by, line=line, document=final.document)
        _notify_issued(final, listed)
        publish_awards(final)
    return decision


def _number(by: User, decision: Decision, listed: list[AwardLine]) -> IssuedDocument:
    day = decision.issued_on
    assert day is not None
    units = units_once(line.nomination.proposing_units for line in listed)
    return documents.issue_document(
        by=by,
        commune=decision.commune,
        paper=decision_paper(decision, listed, day),
        series="quyet_dinh",
        issued_on=day,
        key=decision_signature_steps.draft_key(decision),
        readers=[ReaderGrant(role=Role.council_member), *(ReaderGrant(unit_id=unit.pk) for unit in units)],
    )


def _notify_issued(decision: Decision, listed: list[AwardLine]) -> None:
    """Notify the units, the council, commune staff and everybody who acted on one of the nominations."""
    today = timezone.localdate()
    document = decision.document
    assert document is not None
    award = listed[0].award
    award_words = award.in_short(*{line.year for line in listed})
    text = f"{document} ngày {format_date(document.issued_on)}: tặng {award_words} cho {len(listed)} trường hợp."
    staff = set(role_holder_ids(decision.commune_id, Role.office, Role.clerk, Role.chair, on=today))
    council = set(role_holder_ids(decision.commune_id, Role.council_member, on=today)) - staff
    for users, link in ((staff, decision.get_absolute_url()), (council, document.get_absolute_url())):
        notify_users(
            commune_id=decision.commune_id, users=users, text=text, link=link, key=f"decision:{decision.pk}:issued"
        )
    awards = {row.nomination_id: row for row in decision.awards.all()}
    for line in listed:
        register_line = awards[line.nomination.pk]
        notify_users(
            commune_id=decision.commune_id,
            users={
                *head_ids_of_units(line.nomination.proposing_units, today),
                *(case_actors(line.nomination) - staff - council),
            },
            text=f"{line.nomination.nominee_alone} được tặng {award.in_short(line.year)} theo {document.dated}, "
            f"số sổ vàng {line.serial:02d}.",
            link=register_line.get_absolute_url(),
            key=f"award:{register_line.pk}",
        )


# ── after issue ──────────────────────────────────────────────────────────────────────────────────


def print_certificates(*, by: User, decision: Decision) -> IssuedDocument:
    """Request all certificates of the decision as one PDF; requesting again continues an unfinished job."""
    with act("commendations.print_certificates", decision, by=by) as issued:
        assert issued.document is not None
        documents.request_document_files(by=by, document=issued.document, formats=(DocumentFile.ALL,))
    return issued.document


def make_payment_list(*, by: User, decision: Decision) -> Draft:
    """Make the payment list, to be signed by those who pay and those who receive.

    Raises RuleBroken when everything was paid under the decision that this one replaces.
    """
    with act("commendations.money_list", decision, by=by) as issued:
        if not anything_to_pay(issued):
            raise RuleBroken("Tiền thưởng đã chi đủ theo quyết định được thay thế; không còn khoản nào phải chi.")
        return save_payment_list(issued, by)
