"""Actions on the shortlist notice: drafted by the office, approved by the chair, issued by the clerk."""

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.directives.queries.letter import chair_name
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.papers.shortlist_notice import period_in_words, shortlist_notice_paper
from campaigns.exemplars.queries.shortlist import shortlist_of
from campaigns.obligations.queries import answering_units
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units, role_holder_ids

NOTICE_RECIPIENTS = (
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)\n"
    "Thành viên Hội đồng TĐKT xã\n"
    "Các thôn, trường học, Trạm Y tế, đoàn thể\n"
    "Lưu: VT, VP"
)


def start_shortlist_notice(*, by: User, period: Period) -> ShortlistNotice:
    """Start the notice of the period's shortlist, with prefilled text."""
    with act("campaigns.start_list", period, by=by) as locked:
        period_words = period_in_words(locked)
        identity = locked.commune.identity_on(timezone.localdate())
        return ShortlistNotice.objects.create(
            commune_id=locked.commune_id,
            period=locked,
            state=ShortlistNotice.DRAFT,
            subject=f"Danh sách điển hình tiên tiến {period_words}",
            opening=(
                f"Trên cơ sở giới thiệu của các thôn, cơ quan, đơn vị, {identity.issuer_short} thông báo danh sách điển hình "
                f"tiên tiến {period_words} được chọn để tuyên truyền, biểu dương (có danh sách kèm theo)."
            ),
            closing=(
                "Đề nghị các thôn, cơ quan, đơn vị thông báo đến nhân dân, cán bộ, hội viên, học sinh biết, học tập và "
                "tiếp tục phát hiện, giới thiệu người tốt, việc tốt"
            ),
            recipients=NOTICE_RECIPIENTS,
            signer=chair_name(locked.commune, timezone.localdate()),
            created_by=by,
        )


def save_shortlist_notice(
    *, by: User, notice: ShortlistNotice, seen: int | None = None, **texts: Any
) -> ShortlistNotice:
    """Save the text of the notice: subject, opening, closing, recipients, signer, deputy."""
    with act("campaigns.save_list", notice, by=by, seen=seen) as locked:
        for name in ShortlistNotice.TEXTS:
            setattr(locked, name, clean_lines(texts[name]))
        locked.signer = clean(texts["signer"])
        locked.deputy = bool(texts["deputy"])
    return notice


def submit_shortlist_notice(*, by: User, notice: ShortlistNotice, seen: int | None = None) -> ShortlistNotice:
    """Submit the notice to the chair; the shortlist can no longer change. Raises RuleBroken when a required part is missing."""
    with act("campaigns.submit_list", notice, by=by, seen=seen) as locked:
        required = {"subject": "trích yếu", "opening": "lời mở đầu", "recipients": "nơi nhận", "signer": "người ký"}
        for name, label in required.items():
            if not getattr(locked, name):
                raise RuleBroken(f"Danh sách còn thiếu {label}.", field=name)
        shortlist_notice_paper(locked, shortlist_of(locked.period), timezone.localdate())
        locked.return_notes = {}
        _notify(
            locked, role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()), "Văn phòng trình duyệt"
        )
    return notice


def approve_shortlist_notice(*, by: User, notice: ShortlistNotice, seen: int | None = None) -> ShortlistNotice:
    """The chair approves; the clerk may then issue the notice."""
    with act("campaigns.approve_list", notice, by=by, seen=seen) as locked:
        clerks = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        _notify(locked, [*clerks, locked.created_by_id], "Chủ tịch đã duyệt")
    return notice


def return_shortlist_notice(
    *, by: User, notice: ShortlistNotice, reason: str, seen: int | None = None
) -> ShortlistNotice:
    """The chair returns it with a reason; the office may change the shortlist again."""
    reason = require_reason(reason, "Hãy ghi lý do trả lại.")
    with act("campaigns.return_list", notice, by=by, seen=seen) as locked:
        locked.return_notes = {"reason": clean_lines(reason)}
        _notify(locked, [locked.created_by_id], "Chủ tịch trả lại để sửa")
    return notice


def issue_shortlist_notice(
    *, by: User, notice: ShortlistNotice, issued_on: date, seen: int | None = None
) -> ShortlistNotice:
    """Number and freeze the notice; every unit, the council and the superior may read it."""
    not_future(issued_on, "Ngày ban hành", "issued_on")
    with act("campaigns.issue_list", notice, by=by, seen=seen) as locked:
        units = list(answering_units(locked.commune_id, issued_on))
        heads = head_ids_of_units(units, timezone.localdate())
        locked.issued_on = issued_on
        _notify(locked, [*heads, locked.created_by_id], "Xã ban hành")
        locked.document = documents.issue_document(
            by=by,
            commune=locked.commune,
            paper=shortlist_notice_paper(locked, shortlist_of(locked.period), issued_on),
            series="thong_bao",
            issued_on=issued_on,
            key=f"campaigns.list:{locked.pk}",
            readers=[
                *(documents.ReaderGrant(unit_id=unit.pk) for unit in units),
                documents.ReaderGrant(role=Role.council_member),
                documents.ReaderGrant(role=Role.superior),
            ],
        )
    return notice


def preview_shortlist_notice(*, by: User, notice: ShortlistNotice) -> Draft:
    """A preview marked "DỰ THẢO"; of an approved notice the copy for signature (bản trình ký), without number and date."""
    with act("campaigns.preview_list", notice, by=by) as locked:
        paper = shortlist_notice_paper(locked, shortlist_of(locked.period), timezone.localdate())
        if locked.state == ShortlistNotice.APPROVED:
            paper = paper.for_signature()
        return documents.create_or_update_draft(
            by=by, commune=locked.commune, paper=paper, key=f"campaigns.list:{locked.pk}"
        )


def _notify(notice: ShortlistNotice, users: list[int], what: str) -> None:
    notify_users(
        commune_id=notice.commune_id,
        users=users,
        text=f"{what}: {notice.subject}",
        link=notice.get_absolute_url(),
        key=f"chosen_list:{notice.pk}:{notice.version}",
    )
