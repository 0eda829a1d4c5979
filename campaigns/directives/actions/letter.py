"""Actions on the commune's letters: draft, submit, approve, return, issue, acknowledge."""

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.directives.actions.directive import close_handlings
from campaigns.directives.actions.distribution import distribute_letter
from campaigns.directives.actions.duty import create_duties_from_outline
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.papers import letter_paper
from campaigns.directives.queries.letter import chair_name
from campaigns.obligations.queries import answering_units
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units, role_holder_ids

DEFAULT_RECIPIENTS = "Như trên\nLưu: VT, VP"


def start_letter(*, by: User, directive: Directive) -> Letter:
    """Start the letter that carries out the directive, prefilled from its outline."""
    with act("campaigns.start_letter", directive, by=by) as locked:
        texts = {name: clean_lines(locked.outline.get(name, "")) for name in ("subject", *Letter.TEXTS)}
        create_duties_from_outline(locked)
        close_handlings(locked, by)
        return Letter.objects.create(
            commune_id=locked.commune_id,
            directive=locked,
            state=Letter.DRAFT,
            signer=chair_name(locked.commune, timezone.localdate()),
            created_by=by,
            **{
                **texts,
                "subject": texts["subject"] or f"Về việc triển khai thực hiện {locked.symbol}",
                "recipients": texts["recipients"] or DEFAULT_RECIPIENTS,
            },
        )


def save_letter(*, by: User, letter: Letter, seen: int | None = None, **texts: Any) -> Letter:
    """Save the text of the letter: subject, addressees, opening, tasks_1 to tasks_4, closing, recipients, signer, deputy."""
    with act("campaigns.save_letter", letter, by=by, seen=seen) as locked:
        for name in ("subject", *Letter.TEXTS):
            setattr(locked, name, clean_lines(texts[name]))
        locked.signer = clean(texts["signer"])
        locked.deputy = bool(texts["deputy"])
    return letter


def submit_letter(*, by: User, letter: Letter, seen: int | None = None) -> Letter:
    """Submit the letter to the chair. Raises RuleBroken when a required part is missing."""
    with act("campaigns.submit_letter", letter, by=by, seen=seen) as locked:
        _check_complete(locked)
        locked.return_notes = {}
        _notify(
            locked, role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()), "Văn phòng trình duyệt"
        )
    return letter


def approve_letter(*, by: User, letter: Letter, seen: int | None = None) -> Letter:
    """The chair approves the text; the clerk may then issue the letter."""
    with act("campaigns.approve_letter", letter, by=by, seen=seen) as locked:
        readers = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        _notify(locked, [*readers, locked.created_by_id], "Chủ tịch đã duyệt")
    return letter


def return_letter(*, by: User, letter: Letter, reason: str, seen: int | None = None) -> Letter:
    """The chair returns the letter to the office with a reason."""
    reason = require_reason(reason, "Hãy ghi lý do trả lại.")
    with act("campaigns.return_letter", letter, by=by, seen=seen) as locked:
        locked.return_notes = {"reason": clean_lines(reason)}
        _notify(locked, [locked.created_by_id], "Chủ tịch trả lại để sửa")
    return letter


def issue_letter(*, by: User, letter: Letter, issued_on: date, seen: int | None = None) -> Letter:
    """Number and freeze the letter, and create its recipient lines, receipts and tasks; unit heads are notified."""
    not_future(issued_on, "Ngày ban hành", "issued_on")
    with act("campaigns.issue_letter", letter, by=by, seen=seen) as locked:
        if locked.directive and issued_on < locked.directive.received_on:
            received = format_date(locked.directive.received_on)
            message = f"Văn bản chỉ đạo đến ngày {received}; công văn triển khai không thể có trước."
            raise RuleBroken(message, "issued_on")
        units = list(answering_units(locked.commune_id, issued_on))
        locked.issued_on = issued_on
        reached = distribute_letter(locked, units)
        heads = head_ids_of_units(reached, timezone.localdate())
        _notify(locked, [*heads, locked.created_by_id], "Xã ban hành")
        locked.document = documents.issue_document(
            by=by,
            commune=locked.commune,
            paper=letter_paper(locked, issued_on),
            series="cong_van",
            issued_on=issued_on,
            key=f"campaigns.letter:{locked.pk}",
            readers=[
                *(documents.ReaderGrant(unit_id=unit.pk) for unit in units),
                documents.ReaderGrant(role=Role.council_member),
                documents.ReaderGrant(role=Role.superior),
            ],
        )
    return letter


def preview_letter(*, by: User, letter: Letter) -> Draft:
    """A preview marked "DỰ THẢO"; of an approved letter the copy for signature (bản trình ký), without number and date."""
    with act("campaigns.preview_letter", letter, by=by) as locked:
        paper = letter_paper(locked, timezone.localdate())
        if locked.state == Letter.APPROVED:
            paper = paper.for_signature()
        return documents.create_or_update_draft(
            by=by, commune=locked.commune, paper=paper, key=f"campaigns.letter:{locked.pk}"
        )


def acknowledge_letter(*, by: User, receipt: LetterReceipt) -> LetterReceipt:
    """The head of a unit acknowledges the letter."""
    with act("campaigns.acknowledge", receipt, by=by) as locked:
        locked.received_by = by
        locked.received_on = timezone.localdate()
    return receipt


def _check_complete(letter: Letter) -> None:
    required = {"subject": "trích yếu", "addressees": "nơi kính gửi", "recipients": "nơi nhận", "signer": "người ký"}
    for name, label in required.items():
        if not getattr(letter, name):
            raise RuleBroken(f"Công văn còn thiếu {label}.", field=name)
    if not any(getattr(letter, name) for name, _ in Letter.GROUPS):
        raise RuleBroken("Công văn chưa giao việc gì: hãy ghi ít nhất một nhóm việc.", field="tasks_1")
    letter_paper(letter, timezone.localdate())  # raises InvalidPaper, a RuleBroken, when the document is not valid


def _notify(letter: Letter, users: list[int], what: str) -> None:
    notify_users(
        commune_id=letter.commune_id,
        users=users,
        text=f"{what}: công văn {letter.subject}",
        link=letter.get_absolute_url(),
        key=f"letter:{letter.pk}:{letter.version}",
    )
