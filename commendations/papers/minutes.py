"""Minutes of a council session (biên bản họp Hội đồng): attendance, discussion, votes and conclusion."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from commendations.models import Attendance, CouncilSession, Recusal, SessionItem
from commendations.queries import catalogue
from commendations.queries.attendance import MissedCases, missed_cases
from commendations.queries.award_lines import NOMINEE_KIND_ORDER, nominee_counts_text, nominee_in_sentence
from commendations.queries.session import (
    put_off_items,
    session_items,
    sort_items_by_award,
)
from commendations.queries.vote import VotedAward, vote_summary, voted_awards
from commendations.rules.award_names import with_place_names
from commendations.rules.vote_tally import SessionPresence
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import date_in_words, lower_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    Heading,
    HeadingLevel,
    KeyValue,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import punctuated_items, with_end_mark
from emulation.documents.letterheads import council_letterhead, demo_note
from emulation.legal import current
from villages.models import Seat

NAMES_OF_NOMINEES = (
    "nomination__person__unit__names", "nomination__household__unit__names", "nomination__household__members",
    "nomination__collective__names",
)  # fmt: skip
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

# "Cộng đồng ý" (6/7) and the columns up to "Vắng" add up to the total membership. The widths, in per cent of the page next to
# the 7 of STT, keep the words of the headings whole.
VOTE_COLUMNS = (
    TableColumn("Họ và tên, tên tập thể; đơn vị", 22),
    TableColumn("Đồng ý tại phiên họp", 9, TextAlign.center),
    TableColumn("Đồng ý bằng văn bản", 8, TextAlign.center),
    TableColumn("Cộng đồng ý", 8, TextAlign.center),
    TableColumn("Không đồng ý", 10, TextAlign.center),
    TableColumn("Ý kiến khác", 8, TextAlign.center),
    TableColumn("Không tham gia", 10, TextAlign.center),
    TableColumn("Vắng", 8, TextAlign.center),
    TableColumn("Tỷ lệ, kết quả", 10, TextAlign.center),
)


def hour_in_words(time: Any) -> str:
    """`14 giờ 05 phút`."""
    return f"{time:%H} giờ {time:%M} phút" if time else ""


def minutes_paper(session: CouncilSession) -> Paper:
    """The minutes of the session so far; they are frozen when it is closed."""
    identity = session.commune.identity_on(session.held_on)
    items = sort_items_by_award(session, session_items(session).prefetch_related(*NAMES_OF_NOMINEES))
    about = voted_awards(session, items)
    members = session.members()
    presence = session.presence()
    votes = {item.pk: vote_summary(item, session, members, presence) for item in items}
    return Paper(
        kind="bien_ban",
        letterhead=council_letterhead(session.commune, session.held_on, "bien_ban"),
        doc_type="BIÊN BẢN",
        subject=f"Họp Hội đồng Thi đua - Khen thưởng {identity.name}",
        body=(
            KeyValue("Thời gian bắt đầu", f"{hour_in_words(session.starts_at)}, {date_in_words(session.held_on)}"),
            KeyValue("Địa điểm", session.place),
            KeyValue("Nội dung", session.title),
            *_attendance(session, members, items),
            *_proceedings(session, identity, items, about),
            *_results(session, items, votes, about),
            *_conclusion(session, identity, items, votes, about),
        ),
        signatures=(_signature("THƯ KÝ", session.secretary), _signature("CHỦ TRÌ", session.presider)),
        recipients=("Thành viên Hội đồng", "Lưu: VT, HĐTĐKT"),
        note=demo_note(session.commune),
    )


def _signature(post: str, seat: Seat | None) -> Signature:
    return Signature((post,), seat.person.full_name) if seat else Signature((post,), "", "(Ký, ghi rõ họ tên)")


def seat_with_position(seat: Seat | None) -> str:
    """`Ông Lê Văn A, Chủ tịch UBND xã - Chủ tịch Hội đồng`."""
    return f"{seat.person.addressed}, {seat.position} - {seat.get_role_display()}" if seat else ""


def _attendance(session: CouncilSession, members: int, items: list[SessionItem]) -> tuple[Block, ...]:
    rows = list(session.attendance.select_related("seat__person"))
    missed = missed_cases(session, items)
    present = [row for row in rows if row.present]
    absent = [row for row in rows if not row.present]
    body: list[Block] = [
        Heading(HeadingLevel.roman, 1, "THÀNH PHẦN"),
        KeyValue("Chủ trì", seat_with_position(session.presider)),
        KeyValue("Thư ký", seat_with_position(session.secretary)),
        Paragraph(f"{len(present):02d}/{members:02d} thành viên Hội đồng, gồm:", lead="Có mặt:"),
        *_bullets(_present(row.seat, missed) for row in present),
    ]
    if absent:
        body += [
            Paragraph(f"{len(absent):02d}/{members:02d} thành viên Hội đồng, gồm:", lead="Vắng mặt:"),
            *_bullets(_absence(row) for row in absent),
        ]
    else:
        body.append(Paragraph("không có.", lead="Vắng mặt:"))
    return tuple(body)


def _bullets(texts: Iterable[str]) -> Iterable[Bullet]:
    return (Bullet(text) for text in punctuated_items(tuple(texts)))


def _present(seat: Seat, missed: MissedCases) -> str:
    """The member, and the cases they missed as numbered in the table of votes."""
    note = missed.in_words(seat.pk)
    return f"{seat_with_position(seat)} ({note})" if note else seat_with_position(seat)


def _absence(row: Attendance) -> str:
    wrote = "có ý kiến bằng văn bản" if row.wrote_opinion else "không có ý kiến bằng văn bản"
    return f"{seat_with_position(row.seat)} ({lower_first(row.absence_reason) or 'không rõ lý do'}; {wrote})"


def _grouped(items: Iterable[SessionItem], about: dict[int, VotedAward]) -> list[list[SessionItem]]:
    """The items of each award; `items` must already be sorted by award."""
    return [list(group) for _, group in groupby(items, key=lambda item: about[item.pk].award.code)]


def _award_of_group(group: list[SessionItem], about: dict[int, VotedAward], identity: CommuneIdentity) -> str:
    """ "Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"; "danh hiệu Lao động tiên tiến năm 2026"."""
    award = about[group[0].pk].award.with_places(**catalogue.commune_place_names(identity))
    return award.in_full(*{about[item.pk].year for item in group})


def _modes(groups: list[list[SessionItem]], about: dict[int, VotedAward]) -> str:
    """The mode of voting; if both were used, the mode of each award."""
    ballots = [about[group[0].pk].award.in_full() for group in groups if about[group[0].pk].ballot]
    if not ballots:
        return "biểu quyết công khai bằng hình thức giơ tay"
    if len(ballots) == len(groups):
        return "bỏ phiếu kín"
    return f"bỏ phiếu kín đối với {', '.join(ballots)}; biểu quyết công khai bằng hình thức giơ tay đối với các trường hợp còn lại"


def _proceedings(
    session: CouncilSession, identity: CommuneIdentity, items: list[SessionItem], about: dict[int, VotedAward]
) -> tuple[Block, ...]:
    version = session.version_of_council
    groups = _grouped(items, about)
    requests = "; ".join(
        f"{len(group):02d} hồ sơ đề nghị tặng {_award_of_group(group, about, identity)}" for group in groups
    )
    return (
        Heading(HeadingLevel.roman, 2, "NỘI DUNG"),
        Paragraph(
            f"Hội đồng (thành lập theo Quyết định số {version.decision_no} {date_in_words(version.decision_date)}) nghe Ủy viên "
            f"thường trực báo cáo kết quả thẩm định {requests}, thảo luận và {_modes(groups, about)}."
        ),
        *(typed_paragraphs(session.discussion) if session.discussion else ()),
    )


def _results(
    session: CouncilSession,
    items: list[SessionItem],
    votes: dict[int, dict[str, Any] | None],
    about: dict[int, VotedAward],
) -> tuple[Block, ...]:
    groups = _grouped(items, about)
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for place, group in enumerate(groups):
        if len(groups) > 1:
            rows.append(TableRowGroup(f"{NUMERALS[place]}. {about[group[0].pk].heading}"))
        rows += [_row(item, votes[item.pk]) for item in group]
    body: list[Block] = [Heading(HeadingLevel.roman, 3, "KẾT QUẢ BIỂU QUYẾT"), Table(VOTE_COLUMNS, tuple(rows))]
    presence = session.presence()
    for item in items:
        body += [Bullet(f"{item.nomination.nominee_name}: {note}") for note in _notes(item, presence)]
    body += _votes_needed(groups, votes, about)
    body += [
        Bullet(f"Chưa xét hồ sơ {item.nomination.nominee_name}, lý do: {item.put_off.rstrip(' .;')}.")
        for item in put_off_items(session)
    ]
    return tuple(body)


def _notes(item: SessionItem, presence: SessionPresence) -> Iterator[str]:
    """What the minutes say below the table about one case: who did not vote, recusals lifted, written opinions against."""
    absent = item.presence(presence).absent
    recused = {seat.pk: seat.person for seat in item.recused.all()}
    if names := [person.full_name for pk, person in recused.items() if pk not in absent]:
        yield f"{', '.join(names)} không tham gia biểu quyết do có liên quan."
    named = {person.pk for person in recused.values()}
    lifted: list[Recusal] = item.nomination.lifted_recusals  # type: ignore[attr-defined]
    for row in lifted:  # the latest first: one line a person
        if row.lifted_in_id == item.session_id and row.person_id not in named:
            named.add(row.person_id)
            yield f"{row.person.full_name} tham gia biểu quyết trở lại; lý do: {row.lift_reason.rstrip(' .;')}."
    written = item.in_writing
    if written and written.total > written.agree:
        yield (
            f"trong {written.total} ý kiến bằng văn bản có {written.agree} đồng ý, {written.against} không đồng ý, "
            f"{written.other} ý kiến khác."
        )
    if item.note:
        yield item.note


def _votes_needed(
    groups: list[list[SessionItem]], votes: dict[int, dict[str, Any] | None], about: dict[int, VotedAward]
) -> list[Block]:
    """How many votes each award needs; once if the number is the same for all."""
    counted = []
    for group in groups:
        counts = [votes[item.pk] for item in group]
        if vote := next((vote for vote in counts if vote), None):
            counted.append((group[0], vote))
    if not counted:
        return []
    if len({vote["need"] for _, vote in counted}) == 1:
        needs = f"Đạt khi có {counted[0][1]['need']} thành viên đồng ý."
    else:
        each = (f"{about[item.pk].award.in_full()} {vote['need']}" for item, vote in counted)
        needs = f"Số thành viên đồng ý để đạt: {'; '.join(each)}."
    return [
        Paragraph(
            "Số đồng ý, không đồng ý, ý kiến khác (gồm phiếu trắng), không tham gia và vắng (không có ý kiến bằng văn bản) cộng lại "
            f"bằng tổng số {counted[0][1]['total']} thành viên Hội đồng; tỷ lệ tính trên tổng số này. {needs}"
        )
    ]


def _row(item: SessionItem, vote: dict[str, Any] | None) -> tuple[str, ...]:
    nomination = item.nomination
    name = nomination.nominee_name
    if not nomination.collective_id:
        name = f"{name}, {nomination.unit.name}"
    if vote is None:
        return (name, *[""] * (len(VOTE_COLUMNS) - 1))
    columns = (vote["by_hand"], vote["in_writing"])
    return (
        name,
        *("" if column is None else str(column.agree) for column in columns),
        f"{vote['agree']}/{vote['total']}",
        *(str(vote[part]) for part in ("against", "other", "recused", "absent")),
        f"{vote['percent']}%\n{'Đạt' if vote['passed'] else 'Không đạt'}",
    )


def _concluded(
    group: list[SessionItem],
    votes: dict[int, dict[str, Any] | None],
    about: dict[int, VotedAward],
    session: CouncilSession,
    identity: CommuneIdentity,
) -> str:
    """What the council proposes for one award."""
    passed = [item.nomination for item in group if (votes[item.pk] or {}).get("passed")]
    award = about[group[0].pk].award
    decider = current.award_decider_for(session.commune_id, award.code, session.held_on)
    decided_above = decider.here == catalogue.DECIDED_ABOVE
    above = ""
    if decided_above:
        above = f" xem xét, trình {with_place_names(decider.label, **catalogue.commune_place_names(identity))}"
    request = f"Chủ tịch Ủy ban nhân dân {identity.name}{above} tặng"
    name = award.quoted(*{about[item.pk].year for item in group}) if award.title else award.short
    if not passed:
        return f"Hội đồng không đề nghị {request} {name} cho trường hợp nào."
    passed.sort(key=lambda nomination: NOMINEE_KIND_ORDER.index(nomination.nominee_kind))
    counts = nominee_counts_text(nomination.nominee_kind for nomination in passed)
    named = "; ".join(nominee_in_sentence(nomination, identity, session.held_on) for nomination in passed)
    return f"Hội đồng thống nhất đề nghị {request} {name} cho {counts}: {named}."


def _conclusion(
    session: CouncilSession,
    identity: CommuneIdentity,
    items: list[SessionItem],
    votes: dict[int, dict[str, Any] | None],
    about: dict[int, VotedAward],
) -> tuple[Block, ...]:
    proposals = [_concluded(group, votes, about, session, identity) for group in _grouped(items, about)]
    ends = f"lúc {hour_in_words(session.ends_at)} cùng ngày" if session.ends_at else ""
    return (
        Heading(HeadingLevel.roman, 4, "KẾT LUẬN"),
        *(typed_paragraphs(session.conclusion) if session.conclusion else ()),
        *(Paragraph(line) for line in proposals),
        Paragraph(
            with_end_mark(
                f"Biên bản được đọc lại cho các thành viên nghe, nhất trí thông qua; cuộc họp kết thúc {ends}".strip()
            )
        ),
    )
