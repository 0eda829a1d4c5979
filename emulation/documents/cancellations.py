"""Actions on the cancellation of an issued paper: proposed with a reason, then agreed, declined or withdrawn."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.formatting import format_names
from emulation.core.validation import require_reason
from emulation.documents.actions import add_document_event
from emulation.documents.models import DocumentCancellation, DocumentEvent, IssuedDocument
from emulation.documents.paper_cancelling import cancelling_of
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act

DECIDERS = (Role.office, Role.clerk, Role.chair)


def propose_cancellation(*, by: User, document: IssuedDocument, reason: str, key: str = "") -> DocumentCancellation:
    """Proposes to the chair to cancel a paper; nothing changes yet. Idempotent per `key`. Raises RuleBroken without a reason."""
    return create_once(key, document.commune, DocumentCancellation, lambda: _propose(by, document, reason))


def _propose(by: User, document: IssuedDocument, reason: str) -> DocumentCancellation:
    with act("documents.propose_cancellation", document, by=by, reason=reason) as locked:
        cancellation = DocumentCancellation.objects.create(
            commune_id=locked.commune_id,
            document=locked,
            state=DocumentCancellation.PROPOSED,
            reason=require_reason(reason, "Hãy ghi lý do hủy."),
            proposed_by=by,
        )
        _notify(cancellation, by, "proposed", f"Đề nghị Chủ tịch hủy {locked.dated}")
    return cancellation


def agree_to_cancellation(
    *, by: User, cancellation: DocumentCancellation, seen: int | None = None
) -> DocumentCancellation:
    """The chair agrees: the paper is cancelled, what rests on it follows, and everybody who may read it is notified."""
    with act(
        "documents.agree_cancellation",
        cancellation,
        by=by,
        seen=seen,
        reason=cancellation.reason,
        about=str(cancellation),
    ) as locked:
        document = IssuedDocument.objects.select_for_update().get(pk=locked.document_id)
        locked.consequences = cancellation_consequences(document)
        locked.decided_by = by
        cancelling_of(document).cancel_paper(document, by=by, reason=locked.reason)
        add_document_event(
            by=by, document=document, kind=DocumentEvent.CANCELLED, note=locked.reason, key=DocumentEvent.CANCELLED
        )
        notify_users(
            commune_id=locked.commune_id,
            users=_concerned_users(document),
            text=f"Đã hủy {document.dated}. Lý do: {locked.reason}",
            link=document.get_absolute_url(),
            key=f"cancelled:{document.pk}",
        )
    return cancellation


def decline_cancellation(
    *, by: User, cancellation: DocumentCancellation, reason: str, seen: int | None = None
) -> DocumentCancellation:
    """The chair keeps the paper in force. Raises RuleBroken without a reason."""
    reason = require_reason(reason, "Hãy ghi vì sao không hủy.")
    with act("documents.decline_cancellation", cancellation, by=by, seen=seen, reason=reason) as locked:
        locked.decided_by = by
        locked.return_notes = {"reason": reason}
        _notify(locked, by, "declined", f"Chủ tịch không đồng ý hủy {locked.document.dated}: {reason}")
    return cancellation


def withdraw_cancellation(
    *, by: User, cancellation: DocumentCancellation, seen: int | None = None
) -> DocumentCancellation:
    """The office or the clerk takes the proposal back; the paper stays in force."""
    with act("documents.withdraw_cancellation", cancellation, by=by, seen=seen) as locked:
        locked.decided_by = by
        _notify(locked, by, "withdrawn", f"Đã rút đề nghị hủy {locked.document.dated}")
    return cancellation


def cancellation_consequences(document: IssuedDocument) -> list[str]:
    """What cancelling the paper changes, one sentence each: its number, its readers, and what rests on it."""
    number = f"Số {document.reference} vẫn nằm trong sổ văn bản đi, kèm lý do hủy. " if document.number else ""
    return [
        f"{number}Văn bản vẫn xem được; bản in và các tệp tải về có dấu “ĐÃ HỦY BỎ”.",
        *cancelling_of(document).cancel_consequences(document),
        f"{len(_concerned_users(document))} người dùng được xem văn bản này sẽ được báo đã hủy, kèm lý do.",
        *_handed_over(document),
    ]


def _handed_over(document: IssuedDocument) -> list[str]:
    """The recipients outside the system, which the clerk informs."""
    events = document.events.filter(kind=DocumentEvent.HANDED).order_by("pk")
    places = list(events.values_list("note", flat=True))
    if not places:
        return []
    return [f"Đã chuyển cho {format_names(places, 'nơi')}; Văn thư phải tự báo các nơi này."]


def _concerned_users(document: IssuedDocument) -> list[int]:
    """Ids of the users who may read the paper today."""
    today = timezone.localdate()
    readers = list(document.readers.all())
    roles = {Role(reader.role) for reader in readers if reader.role}
    users = {reader.user_id for reader in readers if reader.user_id is not None}
    units = {reader.unit_id for reader in readers if reader.unit_id is not None}
    users.update(role_holder_ids(document.commune_id, *DECIDERS, *roles, on=today))
    return sorted(users | _unit_heads(document.commune_id, units, today))


def _unit_heads(commune_id: int, units: set[int], on: date) -> set[int]:
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        commune_id=commune_id,
        unit_id__in=units,
        role__in=UNIT_HEAD_ROLES,
        starts_on__lte=on,
    )
    return set(rows.values_list("user_id", flat=True))


def _notify(cancellation: DocumentCancellation, by: User, what: str, text: str) -> None:
    """Notifies the office, the clerk, the chair and who proposed it, without the user who acts."""
    today = timezone.localdate()
    users = {*role_holder_ids(cancellation.commune_id, *DECIDERS, on=today), cancellation.proposed_by_id}
    notify_users(
        commune_id=cancellation.commune_id,
        users=users - {by.pk},
        text=text,
        link=cancellation.get_absolute_url(),
        key=f"cancellation:{cancellation.pk}:{what}",
    )
