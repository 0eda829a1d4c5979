"""Actions on the commune's letters: draft, submit, approve, return, issue, acknowledge."""

from datetime import date

from django.utils import timezone

from campaigns.directives.actions.directive import close_handlings
from campaigns.directives.actions.distribution import distribute_letter, withdraw_letter
from campaigns.directives.actions.duty import create_duties_from_outline
from campaigns.directives.flow.letter import LETTER_APPROVAL_FLOW
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.papers import letter_paper
from campaigns.directives.queries.letter import cancelled_letter_consequences, duties_in_words
from campaigns.directives.queries.outlines import with_bodies
from campaigns.obligations.queries import answering_units
from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean_lines
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.contacts import unit_audience

DEFAULT_RECIPIENTS = "Như trên\n{file}"


class LetterApproval(Approval[Letter]):
    """Letters: when one is issued, its recipients, receipts and tasks are created and the unit heads are notified."""

    flow = LETTER_APPROVAL_FLOW
    key = "campaigns.letter"
    kind = "cong_van"
    series = "cong_van"
    required = {"subject": "trích yếu", "addressees": "nơi kính gửi", "recipients": "nơi nhận", "signer": "người ký"}
    messages = {"issue": "Đã ban hành. Các đơn vị đã được báo để xác nhận."}

    def paper(self, subject: Letter, on: date) -> Paper:
        return letter_paper(subject, on)

    def own_content(self, subject: Letter) -> dict[str, str]:
        return {"Việc giao các đơn vị": duties_in_words(subject)}

    def on_submit(self, subject: Letter) -> None:
        if not any(getattr(subject, name) for name, _ in Letter.GROUPS):
            raise RuleBroken("Công văn chưa giao việc gì: hãy ghi ít nhất một nhóm việc.", field="tasks_1")

    def on_issue(self, subject: Letter, on: date) -> None:
        if subject.directive and on < subject.directive.received_on:
            received = format_date(subject.directive.received_on)
            message = f"Văn bản chỉ đạo đến ngày {received}; công văn triển khai không thể có trước."
            raise RuleBroken(message, "issued_on")
        distribute_letter(subject, list(answering_units(subject.commune_id, on)))

    def audience(self, subject: Letter, on: date) -> Audience:
        reached = Unit.objects.filter(pk__in=subject.receipts.values("unit_id"))
        return unit_audience(answering_units(subject.commune_id, on), notified=reached)

    def consequences(self, subject: Letter) -> list[str]:
        return cancelled_letter_consequences(subject)

    def on_cancel(self, subject: Letter, reason: str) -> None:
        withdraw_letter(subject)


letter_approval = LetterApproval()


def start_letter(*, by: User, directive: Directive, on: date | None = None) -> Letter:
    """Start the letter that carries out the directive, prefilled from its outline with the bodies of `on` (default: today)."""
    with act("campaigns.start_letter", directive, by=by) as locked:
        day = on or timezone.localdate()
        written = {"subject": f"Về việc triển khai thực hiện {locked.citation}", "recipients": DEFAULT_RECIPIENTS}
        texts = {
            name: clean_lines(with_bodies(locked.outline.get(name) or written.get(name, ""), locked.commune, day))
            for name in ("subject", *Letter.TEXTS)
        }
        create_duties_from_outline(locked, day)
        close_handlings(locked, by)
        return Letter.objects.create(
            commune_id=locked.commune_id,
            directive=locked,
            state=Letter.DRAFT,
            **chair_signer(locked.commune_id, day).columns,
            created_by=by,
            **texts,
        )


def acknowledge_letter(*, by: User, receipt: LetterReceipt) -> LetterReceipt:
    """The head of a unit acknowledges the letter."""
    with act("campaigns.acknowledge", receipt, by=by) as locked:
        locked.received_by = by
        locked.received_on = timezone.localdate()
    return receipt
