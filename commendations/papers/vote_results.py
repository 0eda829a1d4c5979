"""Part III of the minutes: the table of votes, what is noted below it, the cases that were not considered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, groupby
from typing import Any

from commendations.models import CouncilSession, Nomination, Recusal, SessionItem
from commendations.queries import catalogue
from commendations.queries.award_lines import nominee_names_heading
from commendations.queries.nominee_place import person_unit, unit_name_on
from commendations.queries.nominee_words import nominee_in_sentence, nominee_name_in_sentence
from commendations.queries.session import put_off_items, session_items, sort_items_by_award
from commendations.queries.vote import VotedAward, vote_summary, voted_awards
from commendations.rules.amendment import reason_in_sentence
from commendations.rules.award_names import AwardName
from commendations.rules.vote_tally import SessionPresence
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import upper_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    Heading,
    HeadingLevel,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.text import roman_numeral
from villages.models import Person

NAMES_OF_NOMINEES = (
    "nomination__person__unit__names", "nomination__household__unit__names", "nomination__household__members",
    "nomination__household__head",
    "nomination__collective__names",
)  # fmt: skip

# All columns but the last add up to the total membership. The widths, in per cent of the page next to the 7 of STT, and the line
# breaks keep "Đồng ý" and the words of the headings whole.
NAMES_WIDTH = 23
FIGURE_COLUMNS = (
    TableColumn("Đồng ý\ntại phiên họp", 11, TextAlign.center),
    TableColumn("Đồng ý\nbằng văn bản", 11, TextAlign.center),
    TableColumn("Không\nđồng ý", 10, TextAlign.center),
    TableColumn("Ý kiến\nkhác", 8, TextAlign.center),
    TableColumn("Không tham gia", 10, TextAlign.center),
    TableColumn("Vắng", 9, TextAlign.center),
    TableColumn("Tổng số\nđồng ý,\ntỷ lệ,\nkết quả", 11, TextAlign.center),
)


@dataclass(frozen=True)
class SessionAgenda:
    """The cases of a session by award, with their votes; read once for the whole of the minutes."""

    session: CouncilSession

    @cached_property
    def identity(self) -> CommuneIdentity:
        return self.session.commune.identity_on(self.session.held_on)

    @cached_property
    def presence(self) -> SessionPresence:
        return self.session.presence()

    @cached_property
    def members(self) -> int:
        return self.session.members()

    @cached_property
    def items(self) -> list[SessionItem]:
        """The cases that the session considers."""
        rows = session_items(self.session).prefetch_related(*NAMES_OF_NOMINEES)
        return sort_items_by_award(self.session, rows)

    @cached_property
    def put_off(self) -> list[SessionItem]:
        """The cases that it did not consider."""
        return sort_items_by_award(self.session, put_off_items(self.session).prefetch_related(*NAMES_OF_NOMINEES))

    @cached_property
    def groups(self) -> list[list[SessionItem]]:
        """The cases that are considered, by award."""
        return self._by_award(self.items)

    @cached_property
    def reported_groups(self) -> list[list[SessionItem]]:
        """All cases, by award: the appraisal of each was reported."""
        return self._by_award(sort_items_by_award(self.session, [*self.items, *self.put_off]))

    def _by_award(self, items: Iterable[SessionItem]) -> list[list[SessionItem]]:
        return [list(group) for _, group in groupby(items, key=lambda item: item.nomination.award_code)]

    @cached_property
    def _voted(self) -> dict[int, VotedAward]:
        return voted_awards(self.session, list(chain.from_iterable(self.reported_groups)))

    @cached_property
    def votes(self) -> dict[int, dict[str, Any] | None]:
        """The result of each case that is considered, None before its votes are entered; by id of the item."""
        return {item.pk: vote_summary(item, self.session, self.members, self.presence) for item in self.items}

    def is_voted(self, group: list[SessionItem]) -> bool:
        """Whether the votes of all its cases are entered; a preview of the minutes may come before them."""
        return all(self.votes[item.pk] for item in group)

    def award(self, group: list[SessionItem]) -> AwardName:
        """The award of a group, with the commune or province that grants it."""
        return self._voted[group[0].pk].award.with_places(**catalogue.commune_place_names(self.identity))

    def award_of(self, group: list[SessionItem]) -> str:
        """ "Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"; "danh hiệu “Lao động tiên tiến” năm 2026"."""
        return self.award(group).quoted(*{item.nomination.award_year for item in group})

    def by_ballot(self, group: list[SessionItem]) -> bool:
        return self._voted[group[0].pk].ballot


def vote_results(agenda: SessionAgenda) -> tuple[Block, ...]:
    """The heading, the table, the votes needed, the count of the ballots, the notes on single cases, the cases put off."""
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for place, group in enumerate(agenda.groups, 1):
        if len(agenda.groups) > 1:
            rows.append(TableRowGroup(f"{roman_numeral(place)}. {upper_first(agenda.award_of(group))}"))
        rows += [_row(item, agenda.votes[item.pk], agenda) for item in group]
    names = nominee_names_heading(item.nomination.nominee_kind for item in agenda.items)
    columns = (TableColumn(f"{names}; đơn vị", NAMES_WIDTH), *FIGURE_COLUMNS)
    return (
        Heading(HeadingLevel.roman, 3, "KẾT QUẢ BIỂU QUYẾT"),
        Table(columns, tuple(rows)),
        *_votes_needed(agenda),
        *_ballot_results(agenda),
        *(Bullet(note) for note in chain.from_iterable(_notes(item, agenda) for item in agenda.items)),
        *(Bullet(_not_considered([item], agenda)) for item in agenda.put_off),
    )


BALLOT_COLUMNS = tuple(
    TableColumn(title, 11, TextAlign.center)
    for title in ("Phiếu phát ra", "Phiếu thu về", "Phiếu hợp lệ", "Phiếu không hợp lệ", "Đồng ý", "Không\nđồng ý")
)


def _ballot_results(agenda: SessionAgenda) -> tuple[Block, ...]:
    """The count of the ballot papers (kết quả kiểm phiếu) of the cases decided by secret ballot at the meeting."""
    rows = []
    kinds = []
    for item in agenda.items:
        ballots = item.ballots
        votes = item.by_hand
        if ballots and votes:
            figures = (ballots.issued, ballots.returned, ballots.valid, ballots.invalid, votes.agree, votes.against)
            rows.append((item.nomination.nominee_name, *(f"{figure:02d}" for figure in figures)))
            kinds.append(item.nomination.nominee_kind)
    if not rows:
        return ()
    columns = (TableColumn(nominee_names_heading(kinds), 27), *BALLOT_COLUMNS)
    return (Paragraph("Kết quả kiểm phiếu kín tại phiên họp:"), Table(columns, tuple(rows)))


def _not_considered(case: list[SessionItem], agenda: SessionAgenda) -> str:
    """ "Hồ sơ của bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương, chưa đưa ra xét; lý do: cần xác minh …"."""
    item = case[0]
    nominee = nominee_in_sentence(item.nomination, agenda.identity, agenda.session.held_on)
    award = f" đề nghị tặng {agenda.award_of(case)}" if len(agenda.reported_groups) > 1 else ""
    return f"Hồ sơ{award} của {nominee}, chưa đưa ra xét; lý do: {reason_in_sentence(item.put_off)}."


def _notes(item: SessionItem, agenda: SessionAgenda) -> list[str]:
    """What the minutes say below the table about one case."""
    case = f"Hồ sơ của {nominee_name_in_sentence(item.nomination, agenda.session.held_on)}"
    notes = [*_recusals(item, agenda), *_written_opinions(item)]
    if item.note:
        notes.append(item.note)
    return [f"{case}: {note}" for note in notes]


def _recusals(item: SessionItem, agenda: SessionAgenda) -> Iterator[str]:
    """Who did not vote on a case, and whose recusal was lifted."""
    recused = {seat.pk: seat.person for seat in item.recused.all()}
    yield from _related(recused, item.presence(agenda.presence))
    named = {person.pk for person in recused.values()}
    lifted: list[Recusal] = item.nomination.lifted_recusals  # type: ignore[attr-defined]
    for row in lifted:  # the latest first: one line a person
        if row.lifted_in_id == item.session_id and row.person_id not in named:
            named.add(row.person_id)
            person = row.person.addressed_in_sentence
            yield f"{person} tham gia biểu quyết trở lại; lý do: {reason_in_sentence(row.lift_reason)}."
    for kin in item.nomination.kin_reasons.all():
        yield f"{kin.user.full_name} ({kin.relation}) vẫn thẩm định, trình; lý do: {reason_in_sentence(kin.reason)}."


def _related(recused: dict[int, Person], here: SessionPresence) -> Iterator[str]:
    """The recused members at the meeting, and those whose written opinion does not count (by seat)."""
    if names := [person.addressed_in_sentence for pk, person in recused.items() if pk in here.present]:
        yield f"{', '.join(names)} không tham gia biểu quyết do có liên quan."
    if names := [person.addressed_in_sentence for pk, person in recused.items() if pk in here.wrote_opinion]:
        yield f"{', '.join(names)} vắng mặt và có liên quan, ý kiến bằng văn bản không tính với hồ sơ này."


def _written_opinions(item: SessionItem) -> Iterator[str]:
    """The written opinions on a case, if not all are in favour."""
    written = item.in_writing
    if written and written.total > written.agree:
        counts = ((written.agree, "đồng ý"), (written.against, "không đồng ý"), (written.other, "ý kiến khác"))
        opinions = ", ".join(f"{count:02d} {words}" for count, words in counts if count)
        yield f"trong {written.total:02d} ý kiến bằng văn bản có {opinions}."


def _votes_needed(agenda: SessionAgenda) -> list[Block]:
    """How many votes each award needs; once if the number is the same for all."""
    counted = []
    for group in agenda.groups:
        if vote := next((vote for item in group if (vote := agenda.votes[item.pk])), None):
            counted.append((agenda.award_of(group), vote))
    if not counted:
        return []
    if len({vote["needed"] for _, vote in counted}) == 1:
        needs = f"Đạt khi có ít nhất {_share(counted[0][1], 'needed')} thành viên đồng ý."
    else:
        each = (f"{award} ít nhất {_share(vote, 'needed')}" for award, vote in counted)
        needs = f"Số thành viên đồng ý để đạt: {'; '.join(each)}."
    return [
        Paragraph(
            "Số đồng ý, không đồng ý, ý kiến khác (gồm phiếu trắng), không tham gia và vắng (không có ý kiến bằng văn bản được tính) "
            f"cộng lại bằng tổng số {counted[0][1]['total']:02d} thành viên Hội đồng; tỷ lệ tính trên tổng số này. {needs}"
        )
    ]


def _share(vote: dict[str, Any], part: str) -> str:
    """ "06/07", of all members."""
    return f"{vote[part]:02d}/{vote['total']:02d}"


def _row(item: SessionItem, vote: dict[str, Any] | None, agenda: SessionAgenda) -> tuple[str, ...]:
    name = _nominee_and_own_unit(item.nomination, agenda.identity, agenda.session.held_on)
    if vote is None:
        return (name, *[""] * len(FIGURE_COLUMNS))
    columns = (vote["by_hand"], vote["in_writing"])
    return (
        name,
        *("" if column is None else f"{column.agree:02d}" for column in columns),
        *(f"{vote[part]:02d}" for part in ("against", "other", "recused", "absent")),
        f"{_share(vote, 'agree')}\n{vote['percent']}%\n{'Đạt' if vote['passed'] else 'Không đạt'}",
    )


def _nominee_and_own_unit(nomination: Nomination, identity: CommuneIdentity, day: date) -> str:
    """The name, and on its own line the unit of the nominee on the day, not that of another proposer."""
    if nomination.person:
        unit = person_unit(nomination.person, identity, day)
    elif nomination.household and nomination.household.unit_id != nomination.unit_id:
        unit = unit_name_on(nomination.household.unit_on(day), day)
    else:
        unit = nomination.nominee_unit
    return "\n".join(filter(None, [nomination.nominee_name, unit]))
