"""Phiếu trình of the council's standing member, or tờ trình of the council, to the chair."""

from collections.abc import Iterable
from datetime import date

from commendations.models import Presentation
from commendations.queries.lines import counted
from commendations.queries.presentation import Group, Row, groups, laws_of
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
    RowGroup,
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
        subject=_subject(groups(rows)),
        addressees=(f"Chủ tịch Ủy ban nhân dân {identity.name}",),
        body=_body(presentation, rows, on),
        signatures=(_signature(list(council.seats.select_related("person")), numbered, by),),
        recipients=("Như trên", f"Lưu: {'VT, HĐTĐKT' if numbered else 'hồ sơ khen thưởng'}"),
    )


def _body(presentation: Presentation, rows: list[Row], on: date) -> tuple[Block, ...]:
    session, total = presentation.session, sum(row.line.amount for row in rows)
    number = f" số {session.minutes.reference}" if session.minutes and session.minutes.number else ""
    minutes = f"Căn cứ Biên bản họp{number} của {session.version_of_council.name} {date_words(session.held_on)}"
    grounds = (*(Ground(line) for line in law_on.basis(presentation.commune_id, "to_trinh", on)), Ground(minutes))
    table = Table(
        COLUMNS,
        _rows(groups(rows)),
        total=("Tổng cộng", "", "", "", vnd(total)),
    )
    return (
        *grounds,
        Paragraph(
            "Hội đồng Thi đua - Khen thưởng xã đã họp xét và thống nhất trình Chủ tịch "
            f"{'; '.join(_asks(group) for group in groups(rows))}, như sau:"
        ),
        Heading(Level.number, 1, "Danh sách đề nghị"),
        table,
        Heading(Level.number, 2, "Kết quả biểu quyết"),
        *_same((_whose(row, rows), row.arithmetic or "theo biên bản họp") for row in rows),
        Heading(Level.number, 3, "Tiền thưởng dự kiến"),
        Paragraph(
            f"Tính theo mức lương cơ sở tại ngày {vn_date(on)}: tổng số {vnd(total)} đồng ({money_words(total).lower()}), "
            "chi từ quỹ thi đua, khen thưởng của xã; số tiền chính thức theo ngày ban hành quyết định."
        ),
        *_same((_whose(row, rows), row.line.how) for row in rows),
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


def _whose(row: Row, rows: list[Row]) -> str:
    """The name; where one stands on the list for several awards, also for which this is."""
    twice = sum(other.line.name == row.line.name for other in rows) > 1
    return f"{row.line.name} ({row.line.award.short})" if twice else row.line.name


def _subject(found: list[Group]) -> str:
    """Of one award by its name; of several in general words."""
    if len(found) != 1:
        return "Về việc xét khen thưởng"
    return f"Về việc {'trình cấp trên ' if found[0].above else ''}tặng {found[0].said}"


def _asks(group: Group) -> str:
    """ "tặng Giấy khen cho 03 cá nhân"; "trình Chủ tịch … tỉnh tặng Bằng khen … cho 01 tập thể"."""
    award, who = group.line.award, counted(row.line.subject for row in group.rows)
    if group.above:
        return f"xem xét, trình {group.line.decider.label} tặng {group.said} cho {who}"
    name = award.quoted(*{row.line.year for row in group.rows}) if award.title else award.short
    return f"tặng {name} cho {who}"


def _rows(found: list[Group]) -> tuple[tuple[str, ...] | RowGroup, ...]:
    """The nominees; with more than one award each under its own heading."""
    rows: list[tuple[str, ...] | RowGroup] = []
    for place, group in enumerate(found, 1):
        if len(found) > 1:
            rows.append(RowGroup(f"{place}. {group.heading}"))
        rows += [(row.line.name, row.line.place, row.line.deed, row.votes, vnd(row.line.amount)) for row in group.rows]
    return tuple(rows)


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
