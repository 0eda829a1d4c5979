"""Awards of a deed that looks the same and were cancelled: a warning for the case that asks for it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from commendations.models import Award, Nomination
from commendations.queries.amendment import cancellation_cases
from commendations.queries.nomination import UNDECIDED_STATES
from commendations.rules.same_award import deeds_look_alike
from emulation.core.formatting import format_date, lower_first
from villages.queries.same_people import about_nominees

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
    return cancelled_earlier_of([nomination]).get(nomination.pk, [])


def cancelled_earlier_of(nominations: Iterable[Nomination]) -> dict[int, list[CancelledEarlier]]:
    """The same for several cases of one commune, by id of the case, without those that have none.

    The number of queries does not depend on how many cases there are.
    """
    cases = [case for case in nominations if case.state in UNDECIDED_STATES]
    if not cases:
        return {}
    origins = _origins(cases)
    rows = Award.objects.filter(commune_id=cases[0].commune_id, cancellation__isnull=False)
    rows = rows.filter(Q(nomination__in=set().union(*origins.values())) | _same_exemplar(cases) | about_nominees(cases))
    found: dict[int, list[CancelledEarlier]] = {}
    for one in _described(rows.with_standing().select_related("nomination", "person").order_by("pk")):
        for case in cases:
            if _concerns(one.award, case, origins[case.pk]):
                found.setdefault(case.pk, []).append(one)
    return found


def _concerns(award: Award, case: Nomination, origins: set[int]) -> bool:
    """Whether the award was for the case that this one repeats, for its exemplar, or for its nominee and a deed that looks alike."""
    if award.nomination_id == case.pk:
        return False
    if award.nomination_id in origins:
        return True
    if case.exemplar_id and award.nomination.exemplar_id == case.exemplar_id:
        return True
    return award.nominee_identity == case.nominee_identity and deeds_look_alike(award.nomination.deed, case.deed)


def _same_exemplar(cases: Iterable[Nomination]) -> Q:
    return Q(nomination__exemplar__in={case.exemplar_id for case in cases if case.exemplar_id})


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


def _origins(cases: Iterable[Nomination]) -> dict[int, set[int]]:
    """By id of each case the ids of the case that it was copied from, and of those behind that; one query a generation."""
    found: dict[int, set[int]] = {case.pk: set() for case in cases}
    latest = {case.pk: case.copied_from_id for case in cases if case.copied_from_id}
    for _ in range(MAX_COPIES):
        if not latest:
            break
        for pk, origin in latest.items():
            found[pk].add(origin)
        latest = _behind(latest)
    return found


def _behind(latest: dict[int, int]) -> dict[int, int]:
    """One generation further back, without the cases whose origin is no copy."""
    rows = Nomination.objects.filter(pk__in=latest.values(), copied_from__isnull=False)
    behind = dict(rows.values_list("pk", "copied_from"))
    return {pk: behind[origin] for pk, origin in latest.items() if origin in behind}
