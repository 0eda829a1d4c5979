"""Awards of the same deed that were cancelled: a warning for the case that asks for it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from commendations.models import Award, Nomination
from commendations.queries.amendment import cancellation_cases
from commendations.queries.nomination import UNDECIDED_STATES
from emulation.core.formatting import format_date, lower_first
from emulation.core.text import fold

MAX_COPIES = 20
"""How many copies of copies are followed back."""


@dataclass(frozen=True)
class CancelledEarlier:
    """A cancelled award, the paper that cancelled it ("" for one of before amendments) and the case of the law ("" if unknown)."""

    award: Award
    paper: str
    case: str

    @property
    def sentence(self) -> str:
        """ "Giấy khen của Vi Văn Thành đã bị hủy bỏ theo Quyết định số …: có hành vi gian dối …"."""
        by = self.paper or f"văn bản ngày {format_date(self.award.cancellation.cancelled_on)}"
        why = f": {lower_first(self.case)}" if self.case else ""
        return f"{self.award.in_short} của {self.award.current_name} đã bị hủy bỏ theo {by}{why}"


def cancelled_earlier(nomination: Nomination) -> list[CancelledEarlier]:
    """The cancelled awards of the cases that it was copied from, of its exemplar, and of its nominee for the same deed.

    Empty once the chair has decided.
    """
    if nomination.state not in UNDECIDED_STATES:
        return []
    origin = Q(nomination__in=_copied_from(nomination))
    if nomination.exemplar_id:
        origin |= Q(nomination__exemplar=nomination.exemplar_id)
    deed = fold(nomination.deed)
    kind = nomination.nominee_kind
    same_nominee = Q(**{f"{kind}_id": getattr(nomination, f"{kind}_id")}) if kind and deed else Q(pk__in=[])
    rows = Award.objects.filter(commune_id=nomination.commune_id, cancellation__isnull=False).exclude(
        nomination=nomination.pk
    )
    certain = set(rows.filter(origin).values_list("pk", flat=True))
    found = rows.filter(origin | same_nominee).with_standing().select_related("nomination").order_by("pk")
    return _described(row for row in found if row.pk in certain or fold(row.nomination.deed) == deed)


def cancelled_awards_of(nominations: Sequence[int]) -> dict[int, CancelledEarlier]:
    """The cancelled award of each of these cases (ids) that has one; by id of the case."""
    rows = Award.objects.filter(nomination__in=nominations, cancellation__isnull=False).with_standing()
    return {one.award.nomination_id: one for one in _described(rows.order_by("pk"))}


def _described(awards: Iterable[Award]) -> list[CancelledEarlier]:
    found = []
    for award in awards:
        amendment = award.cancellation.amendment
        if amendment is None:
            found.append(CancelledEarlier(award, "", ""))
            continue
        cases = dict(cancellation_cases(award.commune_id, amendment.issued_on or award.cancellation.cancelled_on))
        paper = award.ended_by.dated if award.ended_by else ""
        found.append(CancelledEarlier(award, paper, cases.get(amendment.cancellation_case, "")))
    return found


def _copied_from(nomination: Nomination) -> list[int]:
    """Ids of the case that it was copied from, and of those behind that."""
    ids: list[int] = []
    origin = nomination.copied_from_id
    while origin and origin not in ids and len(ids) < MAX_COPIES:
        ids.append(origin)
        origin = Nomination.objects.filter(pk=origin).values_list("copied_from", flat=True).first()
    return ids
