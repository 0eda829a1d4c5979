"""What the issue of an amendment changes: corrections, replacing awards, cancellations, and the marks on their papers."""

from dataclasses import replace

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import unmark_nominated
from commendations.actions.award import publish_awards, register_award
from commendations.actions.award_supplement import add_supplements, renew_lists_of_ended
from commendations.actions.initiative import release_initiatives
from commendations.actions.payment_list import renew_payment_list
from commendations.models import Amendment, Award, AwardCancellation, AwardCorrection, Decision
from commendations.papers.certificate import certificate_deed, verification_url
from commendations.papers.replacement import replacing_decision
from commendations.queries.amendment import awards_of, is_whole_decision, replacement_lines, words_in_force
from commendations.queries.highest_title import supplements_due
from commendations.rules.amendment import Words, changed_words
from commendations.rules.wording import certificate_about
from emulation.accounts.models import User
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.branding import branding_of
from emulation.documents.codes import new_code, printed_code
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers
from emulation.workflow.transitions import act


def apply_amendment(amendment: Amendment, *, by: User) -> None:
    """Carry out an amendment that was just numbered. Runs in the transaction of its issue."""
    whole = is_whole_decision(amendment)
    if amendment.kind == Amendment.CORRECTION:
        _correct(amendment, by)
    elif amendment.kind == Amendment.REPLACEMENT:
        _replace(amendment, by)
    else:
        _cancel(amendment, by)
    _mark_decision(amendment, whole, by)
    renew_lists_of_ended(awards_of(amendment), by=by)
    renew_payment_list(amendment.decision, amended_by=amendment.document)
    publish_awards(amendment.decision, again=f"amendment:{amendment.pk}")
    _check_reports(amendment)


def _check_reports(amendment: Amendment) -> None:
    """Enqueue the job that compares reports already sent, when the app reports is installed."""
    if amendment.kind != Amendment.CORRECTION and "reports.awards_amended" in job_handlers:
        key = f"amendment:{amendment.pk}"
        enqueue("reports.awards_amended", key, commune=amendment.commune, amendment_id=amendment.pk)


def _mark_decision(amendment: Amendment, whole: bool, by: User) -> None:
    kinds = {
        Amendment.CORRECTION: (DocumentEvent.CORRECTED, DocumentEvent.CORRECTED),
        Amendment.REPLACEMENT: (DocumentEvent.REPLACED, DocumentEvent.PARTLY_REPLACED),
        Amendment.CANCELLATION: (DocumentEvent.CANCELLED, DocumentEvent.PARTLY_CANCELLED),
    }
    paper = amendment.decision.document
    assert paper is not None
    documents.add_document_event(
        by=by,
        document=paper,
        kind=kinds[amendment.kind][0 if whole else 1],
        other=amendment.document,
        key=f"amendment:{amendment.pk}",
    )


def _end_certificate(award: Award, kind: str, other: IssuedDocument | None, by: User) -> None:
    """Mark the valid certificate of an award as cancelled or replaced."""
    if certificate := award.current_certificate:
        documents.add_document_event(by=by, document=certificate, kind=kind, other=other, key="ended")


# ── correction ───────────────────────────────────────────────────────────────────────────────────


def _correct(amendment: Amendment, by: User) -> None:
    words = {line["award"]: line for line in amendment.lines}
    for award in awards_of(amendment):
        changes = changed_words(words_in_force(award), words[award.pk])
        certificate = _corrected_certificate(amendment, award, words[award.pk], by)
        _end_certificate(award, DocumentEvent.REPLACED, certificate, by)
        for field, old, new in changes:
            AwardCorrection.objects.create(
                commune=award.commune,
                award=award,
                field=field,
                old=old,
                new=new,
                amendment=amendment,
                certificate=certificate,
            )


def _corrected_certificate(amendment: Amendment, award: Award, words: Words, by: User) -> IssuedDocument | None:
    """The certificate printed again with the new words, under the number and day of the decision; None without one."""
    printed = award.current_certificate
    if printed is None:
        return None
    paper = printed.paper
    assert isinstance(paper, Certificate)
    code = new_code()
    corrected = replace(
        paper,
        recipient=words["recipient"],
        about=certificate_about(words["place"], award.name_mark or ""),
        achievement=certificate_deed(words["achievement"], award.year if award.is_title else None),
        code=printed_code(code),
        verify_url=verification_url(code),
    )
    return documents.freeze_document(
        by=by,
        commune=award.commune,
        paper=corrected,
        issued_on=printed.issued_on,
        key=f"commendations.award:{award.nomination_id}:corrected:{amendment.pk}",
        readers=[ReaderGrant(unit_id=unit.pk) for unit in award.units],
        parent=printed.parent,
        about=award.name_mark or "",
        code=code,
    )


# ── replacement ──────────────────────────────────────────────────────────────────────────────────


def _replace(amendment: Amendment, by: User) -> None:
    assert amendment.issued_on is not None
    listed = replacement_lines(amendment, amendment.issued_on)
    decision = replacing_decision(amendment, listed)
    decision.state = Decision.ISSUED
    decision.expected_on = decision.issued_on = amendment.issued_on
    decision.document = amendment.document
    decision.signed_list = [line.as_signed() for line in listed]
    decision.save()
    branding = branding_of(decision.commune)
    old = {award.nomination_id: award for award in awards_of(amendment)}
    for line in listed:
        replaced = old[line.nomination.pk]
        award = register_award(by=by, decision=decision, line=line, branding=branding, replaces=replaced)
        _end_certificate(replaced, DocumentEvent.REPLACED, award.certificate, by)
    publish_awards(decision)


# ── cancellation ─────────────────────────────────────────────────────────────────────────────────


def _cancel(amendment: Amendment, by: User) -> None:
    day = amendment.issued_on or timezone.localdate()
    awards = awards_of(amendment)
    due = supplements_due(awards, timezone.localdate())
    release_initiatives(by=by, nominations=[award.nomination for award in awards])
    for award in awards:
        _end_certificate(award, DocumentEvent.CANCELLED, amendment.document, by)
        AwardCancellation.objects.create(commune=award.commune, award=award, amendment=amendment, cancelled_on=day)
        with act(
            "commendations.cancel_award", award.nomination, by=by, decision=str(amendment.document), award=award.pk
        ) as case:
            if case.exemplar:
                unmark_nominated(by=by, exemplar=case.exemplar)
    add_supplements(amendment, due, by=by)
