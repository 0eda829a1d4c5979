"""Actions on awards after their decision: start an amendment, take it through its approval, and what its issue changes."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from commendations.actions.amendment_checks import (
    check_basis_lines,
    check_day,
    check_issue_day,
    check_replacement,
    check_signer,
    checked_lines,
    require_changes,
)
from commendations.actions.award_changes import apply_amendment
from commendations.actions.case import notify_case_handlers
from commendations.flow.amendment import AMENDMENT_APPROVAL_FLOW
from commendations.models import Amendment, Award, Decision
from commendations.models.nomination import units_once
from commendations.papers.amendment import amendment_paper
from commendations.papers.amendment_wording import amendment_basis_lines, amendment_recipients, amendment_subject
from commendations.queries.amendment import (
    awards_of,
    cancellation_cases,
    prescribed_basis_lines,
    resting_cases,
    what_falls,
)
from commendations.queries.amendment_content import amendment_content
from commendations.queries.amendment_notice import notice_to_all, notice_to_unit
from commendations.queries.award import case_actors
from commendations.queries.decision import moved_basis_lines, with_bodies_on
from emulation.accounts.models import User
from emulation.accounts.queries import chair_name
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.documents.actions import ReaderGrant
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import IssuedDocument
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import head_ids_of_units, unit_head_ids

SERIES = {
    Amendment.CORRECTION: "cong_van",
    Amendment.REPLACEMENT: "quyet_dinh",
    Amendment.CANCELLATION: "quyet_dinh",
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

    def draft_day(self, subject: Amendment) -> date:
        return subject.expected_on

    def own_content(self, subject: Amendment) -> dict[str, str]:
        return amendment_content(subject)

    def on_save(self, subject: Amendment) -> None:
        subject.lines = checked_lines(subject.decision, subject.kind, subject.lines, subject)
        check_day(subject, subject.expected_on, "expected_on")
        check_signer(subject)
        _follow_changes(subject, Amendment.objects.get(pk=subject.pk))

    def check_deputy(self, subject: Amendment) -> None:
        check_signer(subject)

    def on_submit(self, subject: Amendment) -> None:
        subject.lines = checked_lines(subject.decision, subject.kind, subject.lines, subject)
        check_signer(subject)
        if subject.kind == Amendment.CORRECTION:
            require_changes(subject)
            return
        if not subject.grounds:
            raise RuleBroken("Quyết định còn thiếu căn cứ.", "grounds")
        check_basis_lines(subject, subject.expected_on)
        if subject.is_cancellation:
            codes = [code for code, _ in cancellation_cases(subject.commune_id, subject.expected_on)]
            if subject.cancellation_case not in codes:
                raise RuleBroken("Hãy chọn trường hợp hủy bỏ theo luật.", "cancellation_case")

    def on_issue(self, subject: Amendment, on: date) -> None:
        Decision.objects.select_for_update().get(pk=subject.decision_id)
        check_day(subject, on, "issued_on")
        check_issue_day(subject, on)
        checked_lines(subject.decision, subject.kind, subject.lines, subject)
        if subject.kind == Amendment.REPLACEMENT:
            check_replacement(subject, on)
        if subject.is_cancellation:
            subject.fallen = what_falls(subject, timezone.localdate())

    def audience(self, subject: Amendment, on: date) -> Audience:
        awards = awards_of(subject)
        units = units_once(award.units for award in awards)
        staff_and_council = (Role.office, Role.clerk, Role.chair, Role.council_member)
        users = set(role_holder_ids(subject.commune_id, *staff_and_council, on=on))
        users.update(head_ids_of_units(units, on))
        users.update(*(case_actors(award.nomination) for award in awards))
        readers = (
            ReaderGrant(role=Role.council_member),
            *(ReaderGrant(unit_id=unit) for unit in sorted(unit.pk for unit in units)),
        )
        return Audience(readers, tuple(sorted(users)))

    def notice_of_issue(self, subject: Amendment) -> tuple[str, str]:
        """Whom it is about; leads to the paper, which the council reads too."""
        return notice_to_all(subject, awards_of(subject))

    def notices_of_issue(self, subject: Amendment, users: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Heads of units are notified of the awards of their unit and of what they have to do."""
        notices = super().notices_of_issue(subject, users)
        assert subject.issued_on is not None
        by_unit: dict[Unit, list[Award]] = {}
        for award in awards_of(subject):
            for unit in award.units:
                by_unit.setdefault(unit, []).append(award)
        for unit in sorted(by_unit, key=lambda unit: unit.pk):
            heads = unit_head_ids(unit, subject.issued_on)
            notices |= dict.fromkeys(heads, notice_to_unit(subject, by_unit[unit]))
        return notices

    def after_issue(self, subject: Amendment, replaced: IssuedDocument | None, by: User) -> None:
        apply_amendment(subject, by=by)
        for resting in resting_cases(subject.fallen.get("resting", []), timezone.localdate()):
            text = f"{resting.nomination.nominee_alone}: đề nghị {resting.award} chỉ đạt điều kiện nhờ khen thưởng vừa bị hủy; cần xem lại."
            office = role_holder_ids(subject.commune_id, Role.office, on=timezone.localdate())
            notify_case_handlers(resting.nomination, by, text, f"resting:{subject.pk}", also=office)

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
            expected_on=today,
            created_by=by,
        )
        amendment.lines = checked_lines(locked, kind, [{"award": pk} for pk in awards], None)
        amendment.subject = amendment_subject(amendment)
        amendment.grounds = amendment_basis_lines(amendment, today)
        amendment.recipients = amendment_recipients(amendment)
        amendment.save()
    return amendment


def _follow_changes(amendment: Amendment, stored: Amendment) -> None:
    """Texts that the office left as they were proposed are those of the new day and of the awards that it has now."""
    if amendment.subject == stored.subject == amendment_subject(stored):
        amendment.subject = amendment_subject(amendment)
    old_day = stored.expected_on
    day = amendment.expected_on
    if day == old_day:
        return
    amendment.recipients = with_bodies_on(amendment.decision, amendment.recipients, old_day, day)
    if amendment.grounds == stored.grounds:
        old, new = (prescribed_basis_lines(amendment, one) for one in (old_day, day))
        moved = moved_basis_lines(amendment.grounds, old, new)
        amendment.grounds = with_bodies_on(amendment.decision, moved, old_day, day)
