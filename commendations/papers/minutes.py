"""Biên bản họp Hội đồng: who met, what was said, how each case was voted on, what was concluded (law.md 4.4)."""

from typing import Any

from commendations.models import Attendance, CouncilSession, SessionItem
from commendations.queries.session import items_of, shown_vote
from emulation.communes.models import CommuneIdentity
from emulation.core.words import date_words
from emulation.documents.blocks import (
    Align,
    Block,
    Bullet,
    Column,
    Heading,
    KeyValue,
    Letterhead,
    Level,
    Paper,
    Paragraph,
    Signature,
    Table,
    end_mark,
    paragraphs,
)
from villages.models import Seat

SYMBOL = "BB-HĐTĐKT"


def hour(time: Any) -> str:
    """`14 giờ 05 phút`."""
    return f"{time:%H} giờ {time:%M} phút" if time else ""


def minutes(session: CouncilSession) -> Paper:
    """The minutes as far as the session has gone; closing it freezes them."""
    identity = session.commune.identity_on(session.held_on)
    items = list(items_of(session))
    members, absent = session.members(), len(session.presence().absent)
    votes = {item.pk: shown_vote(item, session, members, absent) for item in items}
    return Paper(
        kind="bien_ban",
        letterhead=Letterhead(
            issuer="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG",
            parent=identity.issuer,
            symbol=SYMBOL,
            place=identity.place_name,
            year=session.held_on.year,
        ),
        doc_type="BIÊN BẢN",
        subject=f"Họp Hội đồng Thi đua - Khen thưởng {identity.name}",
        body=(
            KeyValue("Thời gian bắt đầu", f"{hour(session.starts_at)}, {date_words(session.held_on)}"),
            KeyValue("Địa điểm", session.place),
            KeyValue("Nội dung", session.title),
            *_attendance(session, members),
            *_course(session, identity, len(items)),
            *_results(items, votes),
            *_conclusion(session, identity, items, votes),
        ),
        signatures=(_signature("THƯ KÝ", session.secretary), _signature("CHỦ TRÌ", session.presider)),
        recipients=("Thành viên Hội đồng", "Lưu: VT, HĐTĐKT"),
        note="Dữ liệu minh họa" if session.commune.is_demo else "",
    )


def _signature(post: str, seat: Seat | None) -> Signature:
    return Signature((post,), seat.person.full_name) if seat else Signature((post,), "", "(Ký, ghi rõ họ tên)")


def named(seat: Seat | None) -> str:
    """`Ông Lê Văn A, Chủ tịch UBND xã - Chủ tịch Hội đồng`."""
    return (
        f"{seat.person.honorific} {seat.person.full_name}, {seat.position} - {seat.get_role_display()}" if seat else ""
    )


def _attendance(session: CouncilSession, members: int) -> tuple[Block, ...]:
    rows = list(session.attendance.select_related("seat__person"))
    here = [row for row in rows if row.present]
    away = [row for row in rows if not row.present]
    body: list[Block] = [
        Heading(Level.roman, 1, "THÀNH PHẦN"),
        KeyValue("Chủ trì", named(session.presider)),
        KeyValue("Thư ký", named(session.secretary)),
        Paragraph(f"{len(here)}/{members} thành viên Hội đồng:", lead="Có mặt:"),
        *(Bullet(named(row.seat)) for row in here),
    ]
    if away:
        body += [
            Paragraph(f"{len(away)}/{members} thành viên:", lead="Vắng mặt:"),
            *(Bullet(_absence(row)) for row in away),
        ]
    else:
        body.append(Paragraph("không có.", lead="Vắng mặt:"))
    return tuple(body)


def _absence(row: Attendance) -> str:
    wrote = "có ý kiến bằng văn bản" if row.wrote_opinion else "không có ý kiến bằng văn bản"
    return f"{named(row.seat)} ({row.absence_reason or 'không rõ lý do'}; {wrote})"


def _course(session: CouncilSession, identity: CommuneIdentity, cases: int) -> tuple[Block, ...]:
    version = session.version_of_council
    return (
        Heading(Level.roman, 2, "NỘI DUNG"),
        Paragraph(
            f"Hội đồng (thành lập theo Quyết định số {version.decision_no} {date_words(version.decision_date)}) nghe Ủy viên "
            f"thường trực báo cáo kết quả thẩm định {cases:02d} hồ sơ đề nghị tặng Giấy khen của Chủ tịch Ủy ban nhân dân "
            f"{identity.name}, thảo luận và biểu quyết công khai bằng hình thức giơ tay."
        ),
        *(paragraphs(session.discussion) if session.discussion else ()),
    )


def _results(items: list[SessionItem], votes: dict[int, dict[str, Any] | None]) -> tuple[Block, ...]:
    columns = (
        Column("Họ và tên, tên tập thể; đơn vị", 34),
        Column("Đồng ý", 10, Align.center),
        Column("Không đồng ý", 11, Align.center),
        Column("Ý kiến khác", 10, Align.center),
        Column("Không tham gia", 12, Align.center),
        Column("Tỷ lệ đồng ý", 11, Align.center),
        Column("Kết quả", 12, Align.center),
    )
    rows = [_row(item, votes[item.pk]) for item in items]
    body: list[Block] = [Heading(Level.roman, 3, "KẾT QUẢ BIỂU QUYẾT"), Table(columns, tuple(rows))]
    for item in items:
        kept = [seat.person.full_name for seat in item.recused.all()]
        if kept:
            body.append(
                Bullet(f"{item.nomination.nominee_name}: {', '.join(kept)} không tham gia biểu quyết do có liên quan.")
            )
        if item.note:
            body.append(Bullet(f"{item.nomination.nominee_name}: {item.note}"))
    vote = next((vote for vote in votes.values() if vote), None)
    if vote:
        body.append(
            Paragraph(
                f"Tỷ lệ tính trên tổng số {vote['total']} thành viên Hội đồng; người vắng mặt hoặc không tham gia biểu quyết "
                f"vẫn tính trong tổng số. Đạt khi có {vote['need']} thành viên đồng ý."
            )
        )
    return tuple(body)


def _row(item: SessionItem, vote: dict[str, Any] | None) -> tuple[str, ...]:
    nomination = item.nomination
    name = nomination.nominee_name
    name = name if nomination.collective_id else f"{name}, {nomination.unit.name}"
    if vote is None:
        return (name, *[""] * 6)
    return (
        name,
        f"{vote['agree']}/{vote['total']}",
        str(vote["against"]),
        str(vote["other"]),
        str(vote["recused"]),
        f"{vote['percent']}%",
        "Đạt" if vote["passed"] else "Không đạt",
    )


def _conclusion(
    session: CouncilSession,
    identity: CommuneIdentity,
    items: list[SessionItem],
    votes: dict[int, dict[str, Any] | None],
) -> tuple[Block, ...]:
    passed = [item.nomination.nominee_name for item in items if (votes[item.pk] or {}).get("passed")]
    chair = f"Chủ tịch Ủy ban nhân dân {identity.name}"
    said = (
        f"Hội đồng thống nhất đề nghị {chair} tặng Giấy khen cho {len(passed):02d} trường hợp: {'; '.join(passed)}."
        if passed
        else f"Hội đồng không đề nghị {chair} tặng Giấy khen cho trường hợp nào."
    )
    ends = f"lúc {hour(session.ends_at)} cùng ngày" if session.ends_at else ""
    return (
        Heading(Level.roman, 4, "KẾT LUẬN"),
        *(paragraphs(session.conclusion) if session.conclusion else ()),
        Paragraph(said),
        Paragraph(
            end_mark(
                f"Biên bản được đọc lại cho các thành viên nghe, nhất trí thông qua; cuộc họp kết thúc {ends}".strip()
            )
        ),
    )
