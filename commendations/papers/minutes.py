"""Minutes of a council session (biên bản họp Hội đồng): attendance, discussion, votes and conclusion."""

from collections.abc import Iterable
from typing import Any

from commendations.models import Attendance, CouncilSession, SessionItem
from commendations.papers.vote_results import SessionAgenda, vote_results
from commendations.queries import catalogue
from commendations.queries.attendance import MissedCases, missed_cases
from commendations.queries.award_lines import NOMINEE_KIND_ORDER, nominee_counts_text
from commendations.queries.nominee_words import nominee_in_sentence
from commendations.queries.session import Adjournment, adjournments
from commendations.rules.amendment import reason_in_sentence
from commendations.rules.award_names import with_place_names
from commendations.rules.wording import discussion_without_report, post_in_sentence
from emulation.core.formatting import date_in_words
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    Heading,
    HeadingLevel,
    KeyValue,
    Paragraph,
    fact_line,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import punctuated_items, with_end_mark
from emulation.documents.letterheads import council_letterhead
from emulation.legal import current
from villages.models import Seat


def hour_in_words(time: Any) -> str:
    """`14 giờ 05 phút`."""
    return f"{time:%H} giờ {time:%M} phút" if time else ""


def minutes_paper(session: CouncilSession) -> Paper:
    """The minutes of the session so far; they are frozen when it is closed."""
    agenda = SessionAgenda(session)
    return Paper(
        kind="bien_ban",
        letterhead=council_letterhead(session.commune, session.held_on, "bien_ban"),
        doc_type="BIÊN BẢN",
        subject=f"Họp Hội đồng Thi đua - Khen thưởng {agenda.identity.name}",
        body=(
            fact_line("Thời gian bắt đầu", f"{hour_in_words(session.starts_at)}, {date_in_words(session.held_on)}"),
            fact_line("Địa điểm", session.place),
            fact_line("Nội dung", session.title),
            *(Paragraph(_adjourned(one, session)) for one in adjournments(session)),
            *_attendance(agenda),
            *_proceedings(agenda),
            *vote_results(agenda),
            *_conclusion(agenda),
        ),
        signatures=(_signature("THƯ KÝ", session.secretary), _signature("CHỦ TRÌ", session.presider)),
        recipients=("Thành viên Hội đồng", "Lưu: VT, HĐTĐKT"),
    )


def _signature(post: str, seat: Seat | None) -> Signature:
    return Signature((post,), seat.person.full_name) if seat else Signature((post,), "", "(Ký, ghi rõ họ tên)")


def _adjourned(adjournment: Adjournment, session: CouncilSession) -> str:
    """ "Phiên họp triệu tập ngày 05 tháng 11 năm 2026 hoãn vì: không đủ thành viên dự họp."."""
    convened = date_in_words(adjournment.held_on)
    if adjournment.held_on == session.held_on:
        convened = f"lúc {hour_in_words(adjournment.starts_at)} cùng ngày"
    return f"Phiên họp triệu tập {convened} hoãn vì: {reason_in_sentence(adjournment.reason)}."


def seat_with_position(seat: Seat | None) -> str:
    """`Bà Lê Thị A, Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng`."""
    if seat is None:
        return ""
    role = seat.get_role_display().removesuffix(" Hội đồng")
    parts = (seat.person.addressed, post_in_sentence(seat.position), f"{role} Hội đồng")
    return ", ".join(part for part in parts if part)


def _attendance(agenda: SessionAgenda) -> tuple[Block, ...]:
    session = agenda.session
    rows = list(session.attendance.select_related("seat__person"))
    missed = missed_cases(session, agenda.items)
    present = [row for row in rows if row.present]
    absent = [row for row in rows if not row.present]
    body: list[Block] = [
        Heading(HeadingLevel.roman, 1, "THÀNH PHẦN"),
        fact_line("Chủ trì", seat_with_position(session.presider)),
        fact_line("Thư ký", seat_with_position(session.secretary)),
    ]
    if not rows:  # a preview before the members are marked as present
        return (*body, KeyValue("Có mặt"), KeyValue("Vắng mặt"))
    body += _members("Có mặt:", [_present(row.seat, missed) for row in present], agenda.members)
    if absent:
        body += _members("Vắng mặt:", [_absence(row) for row in absent], agenda.members)
    else:
        body.append(Paragraph("không có.", lead="Vắng mặt:"))
    return tuple(body)


def _members(lead: str, members: list[str], council_size: int) -> list[Block]:
    count = Paragraph(f"{len(members):02d}/{council_size:02d} thành viên Hội đồng, gồm:", lead=lead)
    return [count, *_bullets(members)]


def _bullets(texts: Iterable[str]) -> Iterable[Bullet]:
    return (Bullet(text) for text in punctuated_items(tuple(texts)))


def _present(seat: Seat, missed: MissedCases) -> str:
    """The member, and the cases they missed as numbered in the table of votes."""
    note = missed.in_words(seat.pk)
    return f"{seat_with_position(seat)} ({note})" if note else seat_with_position(seat)


def _absence(row: Attendance) -> str:
    wrote = "có ý kiến bằng văn bản" if row.wrote_opinion else "không có ý kiến bằng văn bản"
    return f"{seat_with_position(row.seat)} ({reason_in_sentence(row.absence_reason) or 'không rõ lý do'}; {wrote})"


def _modes(agenda: SessionAgenda) -> str:
    """The mode of voting; if both were used, the mode of each award."""
    ballots = [agenda.award(group).quoted() for group in agenda.groups if agenda.by_ballot(group)]
    if not ballots:
        return "biểu quyết công khai bằng hình thức giơ tay"
    if len(ballots) == len(agenda.groups):
        return "bỏ phiếu kín"
    return f"bỏ phiếu kín đối với {', '.join(ballots)}; biểu quyết công khai bằng hình thức giơ tay đối với các trường hợp còn lại"


def _reported(agenda: SessionAgenda) -> str:
    """ "04 hồ sơ đề nghị tặng Giấy khen …, trong đó có 01 hồ sơ chưa đưa ra xét;"; several awards with their sum."""
    requests = [f"{len(group):02d} hồ sơ đề nghị tặng {agenda.award_of(group)}" for group in agenda.reported_groups]
    cases = "; ".join(requests)
    if len(requests) > 1:
        cases = f"{len(agenda.items) + len(agenda.put_off):02d} hồ sơ, gồm {cases}"
    if agenda.put_off:
        mark = ";" if len(requests) > 1 else ","
        return f"{cases}{mark} trong đó có {len(agenda.put_off):02d} hồ sơ chưa đưa ra xét;"
    return f"{cases},"


def _proceedings(agenda: SessionAgenda) -> tuple[Block, ...]:
    version = agenda.session.version_of_council
    return (
        Heading(HeadingLevel.roman, 2, "NỘI DUNG"),
        Paragraph(
            f"Hội đồng (thành lập theo Quyết định số {version.decision_no} {date_in_words(version.decision_date)}) nghe Ủy viên "
            f"thường trực báo cáo kết quả thẩm định {_reported(agenda)} thảo luận và {_modes(agenda)}."
        ),
        *typed_paragraphs(discussion_without_report(agenda.session.discussion)),
    )


def _concluded(group: list[SessionItem], agenda: SessionAgenda) -> str:
    """What the council proposes for one award."""
    session = agenda.session
    passed = [item for item in group if (agenda.votes[item.pk] or {}).get("passed")]
    award = agenda.award(group)
    decider = current.award_decider_for(session.commune_id, award.code, session.held_on)
    above = ""
    if decider.here == catalogue.DECIDED_ABOVE:
        places = catalogue.commune_place_names(agenda.identity)
        above = f" xem xét, trình {with_place_names(decider.label, **places)}"
    request = f"Chủ tịch Ủy ban nhân dân {agenda.identity.name}{above} tặng"
    name = agenda.award_of(group) if award.title else award.short
    if not passed:
        return f"Hội đồng không đề nghị {request} {name} cho trường hợp nào."
    nominations = sorted(
        (item.nomination for item in passed), key=lambda one: NOMINEE_KIND_ORDER.index(one.nominee_kind)
    )
    counts = nominee_counts_text(nomination.nominee_kind for nomination in nominations)
    named = "; ".join(nominee_in_sentence(one, agenda.identity, session.held_on) for one in nominations)
    return f"Hội đồng thống nhất đề nghị {request} {name} cho {counts}: {named}."


def _conclusion(agenda: SessionAgenda) -> tuple[Block, ...]:
    session = agenda.session
    ends = f"lúc {hour_in_words(session.ends_at)} cùng ngày" if session.ends_at else ""
    return (
        Heading(HeadingLevel.roman, 4, "KẾT LUẬN"),
        *(typed_paragraphs(session.conclusion) if session.conclusion else ()),
        *(Paragraph(_concluded(group, agenda)) for group in agenda.groups if agenda.is_voted(group)),
        Paragraph(
            with_end_mark(
                f"Biên bản được đọc lại cho các thành viên nghe, nhất trí thông qua; cuộc họp kết thúc {ends}".strip()
            )
        ),
    )
