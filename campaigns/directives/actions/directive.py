"""Actions on directives: register and edit them, store scans, assign them to users."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.directives.models.directive import Directive, DirectiveScan, Handling
from campaigns.directives.queries.directive import directive_handlers, directives_above, similar_directives
from campaigns.directives.rules.document_symbols import issuer_key, symbol_key
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.core.attachments import prepare_attachment
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act

MAX_SCANS = 20
TOO_MANY_SCANS = f"Mỗi văn bản có nhiều nhất {MAX_SCANS} tệp. Nhiều trang thì quét thành một tệp PDF."


@dataclass(frozen=True)
class DirectiveDetails:
    """The registered details of a directive."""

    symbol: str
    issued_on: date
    issuer: str
    subject: str
    received_on: date
    urgency: str = ""
    answer_due_on: date | None = None
    carries_out: Directive | None = None


def receive_directive(
    *,
    by: User,
    commune: Commune,
    symbol: str,
    issued_on: date,
    issuer: str,
    subject: str,
    received_on: date,
    outline: dict[str, Any] | None = None,
    urgency: str = "",
    answer_due_on: date | None = None,
    carries_out: Directive | None = None,
    different: bool = False,
    scans: list[tuple[str, bytes]] | None = None,
) -> Directive:
    """Register a directive. `outline` prefills the letter that carries it out ({column of Letter: text}, duties).

    Raises RuleBroken for a duplicate, and for one that resembles another (`similar_directives`) unless `different`.
    """
    entry = DirectiveDetails(symbol, issued_on, issuer, subject, received_on, urgency, answer_due_on, carries_out)
    with act("campaigns.receive_directive", commune, by=by, symbol=clean(symbol), different=different) as locked:
        _check(entry, locked.pk, None, different)
        directive = Directive.objects.create(commune=locked, outline=outline or {}, **_columns(entry))
        if len(scans or []) > MAX_SCANS:
            raise RuleBroken(TOO_MANY_SCANS, field="scans")
        for name, data in scans or []:
            _store_scan(directive, by, name, data, field="scans")
        return directive


def edit_directive(*, by: User, directive: Directive, entry: DirectiveDetails, different: bool = False) -> Directive:
    """Correct the details, as long as no letter about the directive is issued."""
    with act("campaigns.edit_directive", directive, by=by, symbol=clean(entry.symbol)) as locked:
        _check(entry, locked.commune_id, locked, different)
        for name, value in _columns(entry).items():
            setattr(locked, name, value)
    return directive


def add_scan(*, by: User, directive: Directive, name: str, data: bytes) -> DirectiveScan:
    """Store a PDF or the image of a page; the same file again is stored once. Raises RuleBroken (field `scans`) for other files."""
    with act("campaigns.add_scan", directive, by=by, file=clean(name)[:120]) as locked:
        return _store_scan(locked, by, name, data, field="scans")


def remove_scan(*, by: User, scan: DirectiveScan) -> None:
    """Remove a scan."""
    with act("campaigns.remove_scan", scan.directive, by=by, file=scan.name, sha256=scan.sha256, removed_id=scan.pk):
        scan.delete()


def route_directive(*, by: User, directive: Directive, to: User, note: str = "") -> Handling:
    """Assign the directive to a user; it appears in their to-do list ("Việc của tôi")."""
    with act("campaigns.route_directive", directive, by=by, to=to.full_name) as locked:
        if to.pk not in directive_handlers(locked.commune_id, timezone.localdate()):
            raise RuleBroken("Người này không thuộc Văn phòng, Văn thư hay Hội đồng TĐKT của xã.", field="to")
        if locked.handlings.filter(assignee=to, state=Handling.WAITING).exists():
            raise RuleBroken(f"{to.full_name} đang giữ văn bản này rồi.", field="to")
        handling = Handling.objects.create(
            commune_id=locked.commune_id,
            directive=locked,
            state=Handling.WAITING,
            assignee=to,
            note=note,
            assigned_by=by,
        )
        _notify(handling, [to.pk], f"{by.full_name} chuyển xử lý")
        return handling


def finish_handling(*, by: User, handling: Handling, result: str = "", seen: int | None = None) -> Handling:
    """The assignee has handled the directive."""
    with act("campaigns.finish_handling", handling, by=by, seen=seen) as locked:
        locked.result = clean_lines(result)
        _notify(locked, [locked.assigned_by_id], f"{by.full_name} đã xử lý")
    return handling


def recall_handling(*, by: User, handling: Handling, seen: int | None = None) -> Handling:
    """Recall the assignment."""
    with act("campaigns.recall_handling", handling, by=by, seen=seen) as locked:
        _notify(locked, [locked.assignee_id], "Không phải xử lý nữa")
    return handling


def close_handlings(directive: Directive, by: User) -> None:
    """Finish the user's own assignments of the directive: starting the letter counts as handling it."""
    for handling in directive.handlings.filter(assignee=by, state=Handling.WAITING):
        finish_handling(by=by, handling=handling, result="Đã soạn công văn triển khai.")


def _columns(entry: DirectiveDetails) -> dict[str, Any]:
    return {
        "symbol": clean(entry.symbol),
        "symbol_key": symbol_key(entry.symbol),
        "issued_on": entry.issued_on,
        "issuer": clean(entry.issuer),
        "issuer_key": issuer_key(entry.issuer),
        "subject": clean_lines(entry.subject),
        "received_on": entry.received_on,
        "urgency": entry.urgency,
        "answer_due_on": entry.answer_due_on,
        "carries_out": entry.carries_out,
    }


def _check(entry: DirectiveDetails, commune_id: int, directive: Directive | None, different: bool) -> None:
    if entry.received_on < entry.issued_on:
        raise RuleBroken("Ngày đến không thể trước ngày của văn bản.", field="received_on")
    not_future(entry.received_on, "Ngày đến", "received_on")
    if entry.answer_due_on and entry.answer_due_on < entry.issued_on:
        raise RuleBroken("Hạn trả lời không thể trước ngày của văn bản.", field="answer_due_on")
    _check_chain(entry, commune_id, directive)
    similar = similar_directives(commune_id, entry.symbol, entry.issuer, entry.issued_on, exclude=directive)
    if any(one.exact for one in similar):
        raise RuleBroken("Văn bản này đã được ghi rồi.", field="symbol")
    if similar and not different:
        raise RuleBroken("Trong sổ đã có văn bản giống văn bản này. Nếu là văn bản khác, hãy xác nhận.", "different")


def _check_chain(entry: DirectiveDetails, commune_id: int, directive: Directive | None) -> None:
    parent = entry.carries_out
    if parent is None:
        return
    if parent.commune_id != commune_id:
        raise RuleBroken("Văn bản cấp trên không có trong sổ của xã.", field="carries_out")
    if parent.issued_on > entry.issued_on:
        raise RuleBroken("Văn bản được thực hiện phải có trước văn bản này.", field="carries_out")
    if directive is not None and directive.pk in {one.pk for one in [parent, *directives_above(parent)]}:
        raise RuleBroken("Hai văn bản không thể thực hiện lẫn nhau.", field="carries_out")


def _store_scan(directive: Directive, by: User, name: str, data: bytes, field: str) -> DirectiveScan:
    # A PDF is stored unchanged, so its hash is known before it is processed.
    if existing := directive.scans.filter(sha256=hashlib.sha256(data).hexdigest()).first():
        return existing
    if directive.scans.count() >= MAX_SCANS:  # before decoding, which takes time and memory
        raise RuleBroken(TOO_MANY_SCANS, field)
    prepared = prepare_attachment(data, field)
    sha = content_store.put(prepared.data)
    if existing := directive.scans.filter(sha256=sha).first():
        return existing
    return directive.scans.create(
        commune_id=directive.commune_id,
        name=clean(name)[:120] or "van-ban",
        sha256=sha,
        ending=prepared.ending,
        size=len(prepared.data),
        added_by=by,
    )


def _notify(handling: Handling, users: list[int], what: str) -> None:
    notify_users(
        commune_id=handling.commune_id,
        users=users,
        text=f"{what}: {handling.directive.symbol}",
        link=handling.get_absolute_url(),
        key=f"handling:{handling.pk}:{handling.state}:{handling.version}:{what[:40]}",
    )
