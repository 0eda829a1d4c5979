"""Acts on the list of a period as a paper: written by the office, approved by the chair, numbered by the clerk."""

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.models import ChosenList, Period
from campaigns.papers import chosen_paper, period_words
from campaigns.queries.choice import chosen
from campaigns.queries.exemplar import answering_units
from campaigns.queries.letter import chair_name
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import tell
from villages.queries import heads_of_all, holders

RECIPIENTS = (
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)\n"
    "Thành viên Hội đồng TĐKT xã\n"
    "Các thôn, trường học, Trạm Y tế, đoàn thể\n"
    "Lưu: VT, VP"
)


def start_list(*, by: User, period: Period) -> ChosenList:
    """Begins the paper of the period's list, its words prefilled."""
    with act("campaigns.start_list", period, by=by) as locked:
        when, identity = period_words(locked), locked.commune.identity_on(timezone.localdate())
        return ChosenList.objects.create(
            commune_id=locked.commune_id,
            period=locked,
            state=ChosenList.DRAFT,
            subject=f"Danh sách điển hình tiên tiến {when}",
            opening=(
                f"Trên cơ sở giới thiệu của các thôn, cơ quan, đơn vị, {identity.issuer_short} thông báo danh sách điển hình "
                f"tiên tiến {when} được chọn để tuyên truyền, biểu dương (có danh sách kèm theo)."
            ),
            closing=(
                "Đề nghị các thôn, cơ quan, đơn vị thông báo đến nhân dân, cán bộ, hội viên, học sinh biết, học tập và "
                "tiếp tục phát hiện, giới thiệu người tốt, việc tốt"
            ),
            recipients=RECIPIENTS,
            signer=chair_name(locked.commune, timezone.localdate()),
            created_by=by,
        )


def save_list(*, by: User, chosen_list: ChosenList, seen: int | None = None, **texts: Any) -> ChosenList:
    """Keeps the words of the paper: subject, opening, closing, recipients, signer, deputy."""
    with act("campaigns.save_list", chosen_list, by=by, seen=seen) as locked:
        for name in ChosenList.TEXTS:
            setattr(locked, name, clean_lines(texts[name]))
        locked.signer, locked.deputy = clean(texts["signer"]), bool(texts["deputy"])
    return chosen_list


def submit_list(*, by: User, chosen_list: ChosenList, seen: int | None = None) -> ChosenList:
    """Puts the list before the chair; from now on the shortlist cannot change. Raises RuleBroken when it could not stand."""
    with act("campaigns.submit_list", chosen_list, by=by, seen=seen) as locked:
        wanted = {"subject": "trích yếu", "opening": "lời mở đầu", "recipients": "nơi nhận", "signer": "người ký"}
        for name, label in wanted.items():
            if not getattr(locked, name):
                raise RuleBroken(f"Danh sách còn thiếu {label}.", field=name)
        chosen_paper(locked, chosen(locked.period), timezone.localdate())
        locked.return_notes = {}
        _tell(locked, holders(locked.commune_id, Role.chair, on=timezone.localdate()), "Văn phòng trình duyệt")
    return chosen_list


def approve_list(*, by: User, chosen_list: ChosenList, seen: int | None = None) -> ChosenList:
    """The chair agrees; the clerk may number it."""
    with act("campaigns.approve_list", chosen_list, by=by, seen=seen) as locked:
        clerks = holders(locked.commune_id, Role.clerk, on=timezone.localdate())
        _tell(locked, [*clerks, locked.created_by_id], "Chủ tịch đã duyệt")
    return chosen_list


def return_list(*, by: User, chosen_list: ChosenList, reason: str, seen: int | None = None) -> ChosenList:
    """The chair sends it back with a reason; the office may change the shortlist again."""
    if not clean(reason):
        raise RuleBroken("Hãy ghi lý do trả lại.", field="reason")
    with act("campaigns.return_list", chosen_list, by=by, seen=seen) as locked:
        locked.return_notes = {"reason": clean_lines(reason)}
        _tell(locked, [locked.created_by_id], "Chủ tịch trả lại để sửa")
    return chosen_list


def issue_list(*, by: User, chosen_list: ChosenList, issued_on: date, seen: int | None = None) -> ChosenList:
    """Numbers and freezes the list; every unit, the council and the superior may read it."""
    if issued_on > timezone.localdate():
        raise RuleBroken("Ngày ban hành không thể ở tương lai.", field="issued_on")
    with act("campaigns.issue_list", chosen_list, by=by, seen=seen) as locked:
        units = list(answering_units(locked.commune_id, issued_on))
        heads = heads_of_all(units, timezone.localdate())
        locked.issued_on = issued_on
        _tell(locked, [*heads, locked.created_by_id], "Xã ban hành")
        locked.document = documents.issue(
            by=by,
            commune=locked.commune,
            paper=chosen_paper(locked, chosen(locked.period), issued_on),
            series="thong_bao",
            issued_on=issued_on,
            key=f"campaigns.list:{locked.pk}",
            readers=[
                *(documents.Reader(unit_id=unit.pk) for unit in units),
                documents.Reader(role=Role.council_member),
                documents.Reader(role=Role.superior),
            ],
        )
    return chosen_list


def preview_list(*, by: User, chosen_list: ChosenList) -> Draft:
    """The list as it would print, marked "DỰ THẢO"; once approved, the bản trình ký without number and day."""
    with act("campaigns.preview_list", chosen_list, by=by) as locked:
        paper = chosen_paper(locked, chosen(locked.period), timezone.localdate())
        if locked.state == ChosenList.APPROVED:
            paper = paper.for_signature()
        return documents.preview(by=by, commune=locked.commune, paper=paper, key=f"campaigns.list:{locked.pk}")


def _tell(chosen_list: ChosenList, users: list[int], what: str) -> None:
    tell(
        commune_id=chosen_list.commune_id,
        users=users,
        text=f"{what}: {chosen_list.subject}",
        link=chosen_list.get_absolute_url(),
        key=f"chosen_list:{chosen_list.pk}:{chosen_list.version}",
    )
