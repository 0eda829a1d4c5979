"""Actions on posted lists: post, close with the result, reopen, cancel."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from commendations.models import Objection, Posting, PostingLine
from commendations.papers.posting import posting_paper, posting_result_paper
from commendations.queries.posting import cases_to_post, is_posted_title, posted_cases, posting_end
from commendations.rules.amendment import reason_in_sentence
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.core.validation import require_reason
from emulation.documents import actions as documents
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import IssuedDocument
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import unit_head_ids

DAYS_AHEAD = 30
DAYS_BACK = 180


@dataclass(frozen=True)
class PostingPlace:
    """From which day and where the list is posted."""

    starts_on: date
    place: str


@transaction.atomic
def start_posting(
    *, by: User, unit: Unit, code: str, year: int, where: PostingPlace, idempotency_key: str = ""
) -> Posting:
    """Post the list of the unit's cases for the title and year: its last day by the law of its first, the paper frozen.

    The office for any unit, a head for their own. Idempotent per key. Raises RuleBroken for a title whose list is not
    posted, without cases or a place, for a day too far away, and while another list of the title is posted.
    """
    return create_once(idempotency_key, unit.commune, Posting, lambda: _start_posting(by, unit, code, year, where))


def _start_posting(by: User, unit: Unit, code: str, year: int, where: PostingPlace) -> Posting:
    Unit._base_manager.select_for_update().get(pk=unit.pk)  # of two at once the second sees the posting of the first
    capacity = capacity_of(by)
    with act("commendations.start_posting", unit.commune, by=by, unit=unit.name):
        if not capacity.has(Role.office) and not capacity.heads(unit.pk):
            raise NotAllowed(f"Anh/chị chỉ niêm yết danh sách của đơn vị mình phụ trách, không thay {unit.name}.")
        _check_posting(unit, code, year, where)
        limit = posting_end(unit.commune_id, where.starts_on)
        if limit is None:
            raise RuleBroken("Pháp luật ngày đó chưa quy định thời gian niêm yết.", field="starts_on")
        cases = cases_to_post(unit, code, year)
        if not cases:
            raise RuleBroken("Chưa có hồ sơ nào để niêm yết: lập bản soạn cho các hộ trước.")
        posting = Posting.objects.create(
            commune=unit.commune,
            unit=unit,
            award_code=code,
            year=year,
            state=Posting.POSTED,
            place=clean(where.place),
            starts_on=where.starts_on,
            ends_on=limit.day,
            arithmetic=limit.arithmetic[:300],
            citation=limit.grounds[0].citation[:300],
            confirmed=limit.confirmed,
        )
        PostingLine.objects.bulk_create(
            PostingLine(posting=posting, nomination=case, place=place) for place, case in enumerate(cases, 1)
        )
        posting.document = _frozen(by, posting, "list", posting_paper(posting, cases, where.starts_on), where.starts_on)
        posting.save(update_fields=["document"])
        record_entry(
            commune_id=unit.commune_id,
            actor=by,
            act="commendations.start_posting",
            label="Niêm yết danh sách",
            subject=posting,
            facts={"cases": len(cases), "ends_on": limit.day},
        )
    return posting


def _check_posting(unit: Unit, code: str, year: int, where: PostingPlace) -> None:
    if not is_posted_title(code):
        raise RuleBroken("Chỉ danh sách đề nghị Gia đình văn hóa phải niêm yết.")
    running = Posting.objects.filter(unit=unit, award_code=code, year=year, state=Posting.POSTED).first()
    if running:
        raise RuleBroken(f"{running} chưa kết thúc: kết thúc hoặc hủy rồi niêm yết lại.", field="starts_on")
    _check_day(where.starts_on)
    if not clean(where.place):
        raise RuleBroken("Hãy ghi nơi niêm yết.", field="place")


def _check_day(day: date) -> None:
    today = timezone.localdate()
    if not today - timedelta(days=DAYS_BACK) <= day <= today + timedelta(days=DAYS_AHEAD):
        raise RuleBroken(
            f"Ngày niêm yết phải từ {format_date(today - timedelta(days=DAYS_BACK))} đến "
            f"{format_date(today + timedelta(days=DAYS_AHEAD))}.",
            field="starts_on",
        )


def _frozen(by: User, posting: Posting, name: str, paper: Paper, day: date) -> IssuedDocument:
    return documents.freeze_document(
        by=by,
        commune=posting.commune,
        paper=paper,
        issued_on=day,
        key=f"posting:{posting.pk}:{name}:{posting.version}",
        readers=[documents.ReaderGrant(unit_id=posting.unit_id)],
        about=posting.unit.name,
    )


def close_posting(*, by: User, posting: Posting, seen: int | None = None) -> Posting:
    """Freeze the result of the posting. Raises RuleBroken before its last day is over, and with an open objection."""
    with act("commendations.close_posting", posting, by=by, seen=seen) as locked:
        rows = locked.objections.exclude(state=Objection.REMOVED).select_related(
            "nomination__person", "nomination__household", "nomination__collective", "nomination__unit"
        )
        today = timezone.localdate()
        paper = posting_result_paper(locked, posted_cases(locked), list(rows), today)
        locked.result_document = _frozen(by, locked, "result", paper, today)
        notify_of_posting(locked, by, f"{locked}: đã có kết quả niêm yết, {len(rows)} phản ánh.", "closed")
    return posting


def reopen_posting(*, by: User, posting: Posting, reason: str, seen: int | None = None) -> Posting:
    """Take the result back, so that objections can be entered or reviewed; its paper stays as an earlier one."""
    reason = clean_lines(reason)
    with act("commendations.reopen_posting", posting, by=by, seen=seen, reason=reason) as locked:
        require_reason(reason, "Hãy ghi lý do mở lại.")
        locked.result_document = None
        notify_of_posting(locked, by, f"{locked}: mở lại ({reason_in_sentence(reason)}).", "reopened")
    return posting


def cancel_posting(*, by: User, posting: Posting, reason: str, seen: int | None = None) -> Posting:
    """Cancel a posting, to post the list once more; objections to its cases that are not answered go on blocking them."""
    reason = clean_lines(reason)
    with act("commendations.cancel_posting", posting, by=by, seen=seen, reason=reason) as locked:
        require_reason(reason, "Hãy ghi lý do hủy niêm yết.")
        notify_of_posting(locked, by, f"{locked}: đã hủy ({reason_in_sentence(reason)}).", "cancelled")
    return posting


def notify_of_posting(posting: Posting, by: User, text: str, key: str) -> None:
    """The office and the heads of the unit, but not the user who acted."""
    today = timezone.localdate()
    users = {*role_holder_ids(posting.commune_id, Role.office, on=today), *unit_head_ids(posting.unit, today)}
    notify_users(
        commune_id=posting.commune_id,
        users=users - {by.pk},
        text=text,
        link=posting.get_absolute_url(),
        key=f"posting:{posting.pk}:{key}:{posting.version}",
    )
