"""Acts on the list of a period as a paper: written by the office, approved by the chair, numbered by the clerk."""

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
    """Begins the paper of the period's list, its words prefilled."""
    with act("campaigns.start_list", period, by=by) as locked:
        when = period_in_words(locked)
        identity = locked.commune.identity_on(timezone.localdate())
        return ShortlistNotice.objects.create(
            commune_id=locked.commune_id,
            period=locked,
            state=ShortlistNotice.DRAFT,
            subject=f"Danh sách điển hình tiên tiến {when}",
            opening=(
                f"Trên cơ sở giới thiệu của các thôn, cơ quan, đơn vị, {identity.issuer_short} thông báo danh sách điển hình "
                f"tiên tiến {when} được chọn để tuyên truyền, biểu dương (có danh sách kèm theo)."
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
    *, by: User, chosen_list: ShortlistNotice, seen: int | None = None, **texts: Any
) -> ShortlistNotice:
    """Keeps the words of the paper: subject, opening, closing, recipients, signer, deputy."""
    with act("campaigns.save_list", chosen_list, by=by, seen=seen) as locked:
        for name in ShortlistNotice.TEXTS:
            setattr(locked, name, clean_lines(texts[name]))
        locked.signer = clean(texts["signer"])
        locked.deputy = bool(texts["deputy"])
    return chosen_list


def submit_shortlist_notice(*, by: User, chosen_list: ShortlistNotice, seen: int | None = None) -> ShortlistNotice:
    """Puts the list before the chair; from now on the shortlist cannot change. Raises RuleBroken when it could not stand."""
    with act("campaigns.submit_list", chosen_list, by=by, seen=seen) as locked:
        wanted = {"subject": "trích yếu", "opening": "lời mở đầu", "recipients": "nơi nhận", "signer": "người ký"}
        for name, label in wanted.items():
            if not getattr(locked, name):
                raise RuleBroken(f"Danh sách còn thiếu {label}.", field=name)
        shortlist_notice_paper(locked, shortlist_of(locked.period), timezone.localdate())
        locked.return_notes = {}
        _notify(
            locked, role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()), "Văn phòng trình duyệt"
        )
    return chosen_list


def approve_shortlist_notice(*, by: User, chosen_list: ShortlistNotice, seen: int | None = None) -> ShortlistNotice:
    """The chair agrees; the clerk may number it."""
    with act("campaigns.approve_list", chosen_list, by=by, seen=seen) as locked:
        clerks = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        _notify(locked, [*clerks, locked.created_by_id], "Chủ tịch đã duyệt")
    return chosen_list


def return_shortlist_notice(
    *, by: User, chosen_list: ShortlistNotice, reason: str, seen: int | None = None
) -> ShortlistNotice:
    """The chair sends it back with a reason; the office may change the shortlist again."""
    if not clean(reason):
        raise RuleBroken("Hãy ghi lý do trả lại.", field="reason")
    with act("campaigns.return_list", chosen_list, by=by, seen=seen) as locked:
        locked.return_notes = {"reason": clean_lines(reason)}
        _notify(locked, [locked.created_by_id], "Chủ tịch trả lại để sửa")
    return chosen_list


def issue_shortlist_notice(
    *, by: User, chosen_list: ShortlistNotice, issued_on: date, seen: int | None = None
) -> ShortlistNotice:
    """Numbers and freezes the list; every unit, the council and the superior may read it."""
    if issued_on > timezone.localdate():
        raise RuleBroken("Ngày ban hành không thể ở tương lai.", field="issued_on")
    with act("campaigns.issue_list", chosen_list, by=by, seen=seen) as locked:
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
    return chosen_list


def preview_shortlist_notice(*, by: User, chosen_list: ShortlistNotice) -> Draft:
    """The list as it would print, marked "DỰ THẢO"; once approved, the bản trình ký without number and day."""
    with act("campaigns.preview_list", chosen_list, by=by) as locked:
        paper = shortlist_notice_paper(locked, shortlist_of(locked.period), timezone.localdate())
        if locked.state == ShortlistNotice.APPROVED:
            paper = paper.for_signature()
        return documents.create_or_update_draft(
            by=by, commune=locked.commune, paper=paper, key=f"campaigns.list:{locked.pk}"
        )


def _notify(chosen_list: ShortlistNotice, users: list[int], what: str) -> None:
    notify_users(
        commune_id=chosen_list.commune_id,
        users=users,
        text=f"{what}: {chosen_list.subject}",
        link=chosen_list.get_absolute_url(),
        key=f"chosen_list:{chosen_list.pk}:{chosen_list.version}",
    )
