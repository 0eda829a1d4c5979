"""Actions on awards after their decision: start an amendment, take it through its approval, and what its issue changes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from commendations.actions.award_changes import apply_amendment
from commendations.flow.amendment import AMENDMENT_APPROVAL_FLOW
from commendations.models import Amendment, Award, Decision
from commendations.papers.amendment import amendment_paper, amendment_subject, decision_in_words, replacing_decision
from commendations.queries.amendment import (
    awards_in_force,
    awards_in_open_amendments,
    awards_of,
    cancellation_cases,
    cancellation_citation,
    replacement_lines,
    words_in_force,
)
from commendations.queries.award import case_actors
from commendations.queries.decision import authority_faults, default_basis_lines, statutory_basis_lines
from commendations.rules.amendment import changed_words, word_fault
from emulation.accounts.models import User
from emulation.accounts.queries import chair_name
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_dong
from emulation.core.text import clean
from emulation.documents.actions import ReaderGrant
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import IssuedDocument
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.queries.people import unit_head_ids

SERIES = {
    Amendment.CORRECTION: "cong_van",
    Amendment.REPLACEMENT: "quyet_dinh",
    Amendment.CANCELLATION: "quyet_dinh",
}
ISSUED_WORDS = {
    Amendment.CORRECTION: "Xã đính chính khen thưởng",
    Amendment.REPLACEMENT: "Xã ban hành quyết định thay thế",
    Amendment.CANCELLATION: "Xã hủy bỏ khen thưởng",
}


class AmendmentApproval(Approval[Amendment]):
    """Amendments: when one is issued, the awards it is about are corrected, replaced or cancelled in the same transaction."""

    flow = AMENDMENT_APPROVAL_FLOW
    key = "commendations.amendment"
    kind = "dinh_chinh"
    required = {
        "subject": "trích yếu",
        "explanation": "lý do",
        "recipients": "nơi nhận",
        "signer": "người ký",
    }
    messages = {"issue": "Đã ban hành. Các đơn vị và người liên quan đã được báo."}

    def paper(self, subject: Amendment, on: date) -> Paper:
        return amendment_paper(subject, on)

    def series_of(self, subject: Amendment) -> str:
        return SERIES[subject.kind]

    def on_save(self, subject: Amendment) -> None:
        subject.lines = checked_lines(subject.decision, subject.kind, subject.lines, subject)
        check_signer(subject)

    def on_submit(self, subject: Amendment) -> None:
        subject.lines = checked_lines(subject.decision, subject.kind, subject.lines, subject)
        check_signer(subject)
        if subject.kind == Amendment.CORRECTION:
            _require_changes(subject)
            return
        if not subject.grounds:
            raise RuleBroken("Quyết định còn thiếu căn cứ.", "grounds")
        if subject.is_cancellation:
            codes = [code for code, _ in cancellation_cases(subject.commune_id, timezone.localdate())]
            if subject.cancellation_case not in codes:
                raise RuleBroken("Hãy chọn trường hợp hủy bỏ theo luật.", "cancellation_case")

    def on_issue(self, subject: Amendment, on: date) -> None:
        Decision.objects.select_for_update().get(pk=subject.decision_id)
        decided = subject.decision.issued_on
        if decided and on < decided:
            raise RuleBroken(f"Ngày ban hành không được trước ngày quyết định ({format_date(decided)}).", "issued_on")
        checked_lines(subject.decision, subject.kind, subject.lines, subject)
        if subject.kind == Amendment.REPLACEMENT:
            _check_replacement(subject, on)

    def audience(self, subject: Amendment, on: date) -> Audience:
        awards = awards_of(subject)
        units = {award.unit_id: award.unit for award in awards}
        staff_and_council = (Role.office, Role.clerk, Role.chair, Role.council_member)
        users = set(role_holder_ids(subject.commune_id, *staff_and_council, on=on))
        users.update(*(unit_head_ids(unit, on) for unit in units.values()))
        users.update(*(case_actors(award.nomination) for award in awards))
        readers = (ReaderGrant(role=Role.council_member), *(ReaderGrant(unit_id=unit) for unit in sorted(units)))
        return Audience(readers, tuple(sorted(users)))

    def words_of_issue(self, subject: Amendment) -> str:
        return ISSUED_WORDS[subject.kind]

    def after_issue(self, subject: Amendment, replaced: IssuedDocument | None, by: User) -> None:
        apply_amendment(subject, by=by)

    def cancel_refusal(self, document: IssuedDocument) -> str | None:
        return (
            "Văn bản đính chính, thay thế, hủy bỏ khen thưởng không hủy ở đây: lập một văn bản đính chính, thay thế, hủy bỏ "
            "khác trên trang của quyết định."
        )

    def breadcrumbs(self, subject: Amendment) -> list[tuple[str, str]]:
        return [(str(subject.decision), subject.decision.get_absolute_url())]

    def sample(self) -> Paper:
        rows = Amendment.objects.filter(commune__is_demo=True, document__kind=self.kind).select_related("document")
        first = rows.order_by("pk").first()
        if first is None or first.document is None:
            raise LookupError(f"no {self.kind} was issued in the demo")
        paper = first.document.paper
        assert isinstance(paper, Paper)
        return paper


amendment_approval = AmendmentApproval()


def start_amendment(*, by: User, decision: Decision, kind: str, awards: Sequence[int], key: str = "") -> Amendment:
    """Draft an amendment of these awards (ids), filled in with the words in force. Idempotent per `key`.

    Raises RuleBroken for an award that is not in force or that another open amendment is about.
    """
    return create_once(key, decision.commune, Amendment, lambda: _start_amendment(by, decision, kind, awards))


def _start_amendment(by: User, decision: Decision, kind: str, awards: Sequence[int]) -> Amendment:
    with act("commendations.start_amendment", decision, by=by, kind=kind, awards=sorted(awards)) as locked:
        if kind not in dict(Amendment.KINDS):
            raise RuleBroken("Hãy chọn đính chính, thay thế hay hủy bỏ.", "kind")
        today = timezone.localdate()
        amendment = Amendment(
            commune=locked.commune,
            kind=kind,
            decision=locked,
            state=Amendment.DRAFT,
            signer=chair_name(locked.commune_id, today) or locked.signer_name,
            recipients=_default_recipients(locked, kind),
            created_by=by,
        )
        amendment.lines = checked_lines(locked, kind, [{"award": pk} for pk in awards], None)
        amendment.subject = amendment_subject(amendment)
        amendment.grounds = _default_basis_lines(amendment, today)
        amendment.save()
    return amendment


def _default_recipients(decision: Decision, kind: str) -> str:
    """Those of the decision; a công văn names its addressees first and has no articles."""
    if kind != Amendment.CORRECTION:
        return decision.recipients
    lines = [line for line in decision.recipients.split("\n") if not line.startswith("Như ")]
    return "\n".join(["Như trên", *lines])


def _default_basis_lines(amendment: Amendment, on: date) -> str:
    decision = amendment.decision
    if amendment.kind == Amendment.REPLACEMENT:
        return default_basis_lines(decision, on)
    if amendment.kind == Amendment.CORRECTION:
        return ""
    citation = cancellation_citation(amendment.commune_id, on)
    return "\n".join([*statutory_basis_lines(decision, on), f"Căn cứ {citation}", f"Xét {decision_in_words(decision)}"])


def drop_amendment(amendment: Amendment, *, by: User, seen: int | None = None) -> Amendment:
    """Drop a draft: the awards stay as they are, and another amendment may be started."""
    with act("commendations.drop_amendment", amendment, by=by, seen=seen):
        pass
    return amendment


# ── checks ───────────────────────────────────────────────────────────────────────────────────────


def checked_lines(
    decision: Decision, kind: str, lines: Iterable[dict[str, Any]], amendment: Amendment | None
) -> list[dict[str, Any]]:
    """The lines in the order of the register, each with all its words; a word left out is the one in force.

    Raises RuleBroken without an award, for an award not in force or in another open amendment, and for words that
    cannot be printed; the field is "awards", or the word's name and the award: "name_12".
    """
    chosen = {line["award"]: line for line in lines}
    ordered = [award for award in awards_in_force(decision) if award.pk in chosen]
    _check_awards(ordered, len(chosen), awards_in_open_amendments(decision, amendment))
    if kind == Amendment.CANCELLATION:
        return [{"award": award.pk} for award in ordered]
    return [_checked_line(award, chosen[award.pk]) for award in ordered]


def _check_awards(in_force: list[Award], chosen: int, busy: set[int]) -> None:
    """`in_force` are the chosen awards that are in force, `busy` the ids that other open amendments are about."""
    if not chosen:
        raise RuleBroken("Hãy chọn ít nhất một khen thưởng.", "awards")
    if len(in_force) < chosen:
        raise RuleBroken("Có khen thưởng đã bị hủy bỏ hoặc được thay thế; hãy bỏ khỏi văn bản này.", "awards")
    if taken := [award.current_name for award in in_force if award.pk in busy]:
        raise RuleBroken(f"Đang có văn bản khác chưa ban hành về {', '.join(taken)}.", "awards")


def _checked_line(award: Award, line: dict[str, Any]) -> dict[str, Any]:
    words = {field: clean(str(line.get(field, text))) for field, text in words_in_force(award).items()}
    if fault := word_fault(words, award.current_certificate is not None):
        field, reason = fault
        raise RuleBroken(f"{award.current_name}: {reason}", f"{field}_{award.pk}")
    return {"award": award.pk, **words}


def check_signer(amendment: Amendment) -> None:
    """The signer has at least the rank of the one who signed the decision. Raises RuleBroken for a deputy below the chair."""
    if amendment.deputy and amendment.decision.signer_title != Decision.DEPUTY:
        raise RuleBroken("Quyết định do Chủ tịch ký thì Phó Chủ tịch không ký thay văn bản này được.", "deputy")


def _require_changes(amendment: Amendment) -> None:
    words = {line["award"]: line for line in amendment.lines}
    for award in awards_of(amendment):
        if not changed_words(words_in_force(award), words[award.pk]):
            raise RuleBroken(
                f"{award.current_name}: chưa sửa chữ nào. Hãy sửa, hoặc bỏ người này khỏi văn bản.", f"name_{award.pk}"
            )


def _check_replacement(amendment: Amendment, on: date) -> None:
    """Raises RuleBroken where the commune no longer decides, or the money is not that of the day of approval."""
    if faults := authority_faults(replacing_decision(amendment), on):
        raise RuleBroken(" ".join(faults), "issued_on")
    approved_on = timezone.localtime(amendment.state_since).date()
    approved, now = (
        sum(line.amount for line in replacement_lines(amendment, day)) for day in (min(approved_on, on), on)
    )
    if approved != now:
        raise RuleBroken(
            f"Tiền thưởng theo quy định ngày {format_date(on)} là {format_dong(now)}, lúc duyệt là "
            f"{format_dong(approved)}. Hãy đưa về Văn phòng và trình lại.",
            "issued_on",
        )
