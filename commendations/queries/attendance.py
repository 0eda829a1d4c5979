"""Members who attend a session but missed single cases, as case numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from commendations.models import CouncilSession, ItemAbsence, SessionItem
from commendations.queries.session_cases import case_order
from commendations.rules.attendance import format_case_numbers


@dataclass(frozen=True)
class MissedCases:
    """Who missed which cases of a session: absences by item id, the items numbered from 1 as on its page."""

    places: dict[int, int]
    absences: list[ItemAbsence]

    @property
    def cases(self) -> int:
        return len(self.places)

    def of_seat(self, seat_id: int) -> list[ItemAbsence]:
        """The absences of one seat, in the order of the cases."""
        rows = [row for row in self.absences if row.seat_id == seat_id]
        return sorted(rows, key=lambda row: self.places[row.item_id])

    def numbers(self, seat_id: int) -> list[int]:
        """The numbers of the cases that one seat missed."""
        return [self.places[row.item_id] for row in self.of_seat(seat_id)]

    def in_words(self, seat_id: int) -> str:
        """ "đến sau, vắng khi xét hồ sơ số 1-2; về trước, vắng khi xét hồ sơ số 7, có ý kiến bằng văn bản"; "" if none."""
        parts = []
        for kind, rows in groupby(self.of_seat(seat_id), key=lambda row: row.get_kind_display()):
            numbers = format_case_numbers(self.places[row.item_id] for row in rows)
            parts.append(f"{kind}, không có mặt khi xét hồ sơ số {numbers}")
        missed = self.of_seat(seat_id)
        if any(row.wrote_opinion for row in missed):
            parts.append(f"có ý kiến bằng văn bản về {'hồ sơ' if len(missed) == 1 else 'các hồ sơ'} này")
        return "; ".join(parts)


def missed_cases(session: CouncilSession, items: Sequence[SessionItem] | None = None) -> MissedCases:
    """Who missed which cases. `items`: those of `session_items` in the order of the page, if already read."""
    if items is None:
        rows = ItemAbsence.objects.filter(item__session=session, item__put_off="").select_related("seat__person")
        return _missed(case_order(session), list(rows))
    return _missed([item.pk for item in items], list(chain.from_iterable(item.absences.all() for item in items)))


def _missed(order: list[int], absences: list[ItemAbsence]) -> MissedCases:
    return MissedCases({pk: place for place, pk in enumerate(order, 1)}, absences)
