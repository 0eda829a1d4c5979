"""Phiếu trình of the council's standing member, or tờ trình of the council, to the chair."""

from collections.abc import Iterable
from datetime import date

from commendations.models import Presentation
from commendations.queries.lines import counted
from commendations.queries.presentation import Row, laws_of
from emulation.core.words import date_words, money_words, vn_date, vnd
from emulation.documents.blocks import (
    Align,
    Block,
    Bullet,
    Column,
    Fill,
    Ground,
    Heading,
    Letterhead,
    Level,
    Paper,
    Paragraph,
    Signature,
    Table,
    end_mark,
    paragraphs,
)
from emulation.legal import on as law_on
from villages.models import Seat

COLUMNS = (
    Column("Họ và tên, tên hộ, tập thể", 24),
    Column("Chức vụ, đơn vị", 22),
    Column("Nội dung khen", 30),
    Column("Số đồng ý", 10, Align.center),
    Column("Tiền thưởng dự kiến (đồng)", 14, Align.right),
)


def presentation_paper(presentation: Presentation, rows: list[Row], on: date, by: str) -> Paper:
    """The paper as of that day, still a draft; `by` signs where the council has no standing member."""
    identity = presentation.commune.identity_on(on)
    numbered = presentation.form == Presentation.PROPOSAL
    council = presentation.session.version_of_council
    return Paper(
        kind="to_trinh",
        letterhead=Letterhead(
            issuer="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG",
            parent=identity.issuer,
            place=identity.place_name,
            symbol="TTr-HĐTĐKT" if numbered else "",
            day=None if numbered else on,
            year=on.year,
        ),
        doc_type="TỜ TRÌNH" if numbered else "PHIẾU TRÌNH",
        subject="Về việc tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        addressees=(f"Chủ tịch Ủy ban nhân dân {identity.name}",),
        body=_body(presentation, rows, on),
        signatures=(_signature(list(council.seats.select_related("person")), numbered, by),),
        recipients=("Như trên", f"Lưu: {'VT, HĐTĐKT' if numbered else 'hồ sơ khen thưởng'}"),
    )


def _body(presentation: Presentation, rows: list[Row], on: date) -> tuple[Block, ...]:
    session, total = presentation.session, sum(row.line.amount for row in rows)
    number = f" số {session.minutes.reference}" if session.minutes and session.minutes.number else ""
    minutes = f"Căn cứ Biên bản họp{number} của {session.version_of_council.name} {date_words(session.held_on)}"
    who = counted(row.line.subject for row in rows)
    grounds = (*(Ground(line) for line in law_on.basis(presentation.commune_id, "to_trinh", on)), Ground(minutes))
    table = Table(
        COLUMNS,
        tuple((row.line.name, row.line.place, row.line.deed, row.votes, vnd(row.line.amount)) for row in rows),
        total=("Tổng cộng", "", "", "", vnd(total)),
    )
    return (
        *grounds,
        Paragraph(
            f"Hội đồng Thi đua - Khen thưởng xã đã họp xét và thống nhất trình Chủ tịch tặng Giấy khen cho {who}, như sau:"
        ),
        Heading(Level.number, 1, "Danh sách đề nghị"),
        table,
        Heading(Level.number, 2, "Kết quả biểu quyết"),
        *_same((row.line.name, row.arithmetic or "theo biên bản họp") for row in rows),
        Heading(Level.number, 3, "Tiền thưởng dự kiến"),
        Paragraph(
            f"Tính theo mức lương cơ sở tại ngày {vn_date(on)}: tổng số {vnd(total)} đồng ({money_words(total).lower()}), "
            "chi từ quỹ thi đua, khen thưởng của xã; số tiền chính thức theo ngày ban hành quyết định."
        ),
        *_same((row.line.name, row.line.price.money.arithmetic) for row in rows),
        Heading(Level.number, 4, "Căn cứ áp dụng"),
        *(
            Bullet(f"{law['label']}: {law['citation']}{'' if law['confirmed'] else ' (cần đối chiếu bản gốc)'}")
            for law in laws_of(rows)
        ),
        *(
            (Heading(Level.number, 5, "Ý kiến của Ủy viên thường trực"), *paragraphs(presentation.opinion))
            if presentation.opinion
            else ()
        ),
        Paragraph(end_mark("Kính trình Chủ tịch xem xét, quyết định")),
        *(() if presentation.form == Presentation.PROPOSAL else (Fill("Ý kiến của Chủ tịch:", 3),)),
    )


def _same(pairs: Iterable[tuple[str, str]]) -> tuple[Bullet, ...]:
    """One line for those of whom the same is to be said; a line for all when it is the same of all."""
    names: dict[str, list[str]] = {}
    for name, said in pairs:
        names.setdefault(said, []).append(name)
    if len(names) == 1 and len(next(iter(names.values()))) > 1:
        return tuple(Bullet(f"Tất cả các trường hợp: {said}") for said in names)
    return tuple(Bullet(f"{', '.join(people)}: {said}") for said, people in names.items())


def _signature(seats: list[Seat], numbered: bool, by: str) -> Signature:
    first = {seat.role: seat.person.full_name for seat in reversed(seats)}
    if numbered:
        return Signature(("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), first.get(Seat.VICE, by))
    return Signature(("ỦY VIÊN THƯỜNG TRỰC",), first.get(Seat.STANDING, by))
