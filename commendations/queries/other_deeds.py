"""Other live cases about the deeds of a nominee or of the household in one year: one achievement is awarded once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from commendations.flow.joint_proposal import JOINABLE
from commendations.models import DeedsApart, Nomination
from commendations.queries.award_papers import award_papers
from commendations.queries.nomination import UNDECIDED_STATES
from commendations.queries.same_case import NAMED, doubled_cases, visible_same_cases
from commendations.rules.same_award import deeds_look_alike
from emulation.legal import current
from emulation.legal.engine.law import Law
from villages.queries.same_people import about_nominees


@dataclass(frozen=True)
class OtherDeed:
    """Another case of the nominee or of their household for the same period.

    `alike`: the two texts may be about one deed; `apart`: the office's decision that they are two; `visible`: whether the
    user may read the case; `compared`: False while the deed of the own case is not written; `awarded_by`: the paper by which
    it was awarded, "" if it was not.
    """

    case: Nomination
    alike: bool
    visible: bool
    apart: DeedsApart | None = None
    compared: bool = True
    awarded_by: str = ""

    @property
    def in_doubt(self) -> bool:
        """Whether it looks like the same deed, and nobody has kept the two apart."""
        return self.alike and self.apart is None

    @property
    def heading(self) -> str:
        return "Đã được khen" if self.awarded_by else "Đã có hồ sơ đề nghị khen"

    @property
    def advice(self) -> str:
        """What to do if it is about the same deed, and what if it is not."""
        same = "cùng đề nghị" if self.case.state in JOINABLE else "không đề nghị lần thứ hai"
        return f"Cùng một việc thì {same}; việc khác thì cứ soạn tiếp."


def other_deeds(case: Nomination, user: Any) -> list[OtherDeed]:
    """Those of one case, also while its own deed is not written yet."""
    return other_deeds_of([case], user, unwritten=True).get(case.pk, [])


def other_deeds_of(cases: Iterable[Nomination], user: Any, *, unwritten: bool = False) -> dict[int, list[OtherDeed]]:
    """By the id of the undecided case; those that look alike first. The number of queries does not depend on the cases.

    `unwritten`: also of cases without a deed.
    """
    pairs = _pairs(cases, unwritten)
    if not pairs:
        return {}
    apart = _decided(pairs)
    papers = award_papers({other.pk: other for _, other in pairs}.values())
    ids = {other.pk for _, other in pairs}
    visible = set(Nomination.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    found: dict[int, list[OtherDeed]] = {}
    for case, other in pairs:
        decided = apart.get(frozenset((case.pk, other.pk)))
        alike = deeds_look_alike(case.deed, other.deed)
        row = OtherDeed(
            other, alike, other.pk in visible, decided, compared=bool(case.deed), awarded_by=papers.get(other.pk, "")
        )
        found.setdefault(case.pk, []).append(row)
    return {pk: sorted(rows, key=lambda row: not row.in_doubt) for pk, rows in found.items()}


def case_doubts(cases: Sequence[Nomination], user: Any) -> dict[str, Any]:
    """For pages of many cases: `deeds` of `other_deeds_of` and `same_cases` of `visible_same_cases`."""
    return {"deeds": other_deeds_of(cases, user), "same_cases": visible_same_cases(cases, user)}


def cases_in_doubt(cases: Sequence[Nomination]) -> set[int]:
    """The ids of these cases that may be about an award or a deed for which there is another live case."""
    pairs = _pairs(cases)
    apart = _decided(pairs)
    alike = {
        case.pk
        for case, other in pairs
        if frozenset((case.pk, other.pk)) not in apart and deeds_look_alike(case.deed, other.deed)
    }
    return alike | doubled_cases(cases).keys()


def _decided(pairs: list[tuple[Nomination, Nomination]]) -> dict[frozenset[int], DeedsApart]:
    """The decisions that two of these cases are about two deeds, by the two ids."""
    ids = {other.pk for _, other in pairs}
    if not ids:
        return {}
    rows = DeedsApart.objects.in_force().filter(Q(one__in=ids) | Q(other__in=ids)).select_related("decided_by")
    return {frozenset((row.one_id, row.other_id)): row for row in rows}


def _pairs(cases: Iterable[Nomination], unwritten: bool = False) -> list[tuple[Nomination, Nomination]]:
    """Each of these cases that is undecided and for a form with each other one of its nominee or household and time."""
    open_cases = [case for case in cases if case.state in UNDECIDED_STATES and case.nominee_kind]
    return _pairs_of_forms([case for case in open_cases if case.deed or unwritten])


def _pairs_of_forms(cases: list[Nomination]) -> list[tuple[Nomination, Nomination]]:
    if not cases:
        return []
    law = current.law_for(cases[0].commune_id)
    forms = [case for case in cases if not _is_title(law, case)]
    others = _by_subject(_others(forms)) if forms else {}
    pairs = []
    for case in forms:
        pairs += [(case, other) for other in _related(case, others) if _of_one_time(law, case, other)]
    return pairs


def _is_title(law: Law, case: Nomination) -> bool:
    return law.award(case.award_code).genus == "title"


def _others(cases: list[Nomination]) -> list[Nomination]:
    """Live cases with a deed about the nominees of these cases, their households and the members of those."""
    homes = {_home(case) for case in cases} - {None}
    about = about_nominees(cases)
    if homes:
        about |= Q(household__in=homes) | Q(person__household__in=homes)
    rows = Nomination.objects.filter(about, commune_id=cases[0].commune_id).exclude(deed="")
    rows = rows.exclude(state__in=Nomination.FREE).select_related(*NAMED).prefetch_related("joint_proposals__unit")
    return list(rows.order_by("pk"))


def _subjects(case: Nomination) -> list[Any]:
    """The nominee, and the household that is or has the nominee."""
    home = _home(case)
    return [case.nominee_identity, *([("home", home)] if home else [])]


def _by_subject(cases: Iterable[Nomination]) -> dict[Any, list[Nomination]]:
    found: dict[Any, list[Nomination]] = {}
    for case in cases:
        for subject in _subjects(case):
            found.setdefault(subject, []).append(case)
    return found


def _related(case: Nomination, others: dict[Any, list[Nomination]]) -> list[Nomination]:
    """The others with the same nominee or household, each once."""
    related: dict[int, Nomination] = {}
    for subject in _subjects(case):
        related |= {other.pk: other for other in others.get(subject, [])}
    return [related[pk] for pk in sorted(related)]


def _home(case: Nomination) -> int | None:
    return case.person.household_id if case.person else case.household_id


def _of_one_time(law: Law, case: Nomination, other: Nomination) -> bool:
    """Whether the other is another case for a form, not of somebody else of the household, and the two periods overlap."""
    two_people = case.person_id and other.person_id and case.nominee_identity != other.nominee_identity
    if case.pk == other.pk or two_people or _is_title(law, other):
        return False
    return _periods_overlap(case, other)


def _periods_overlap(case: Nomination, other: Nomination) -> bool:
    """Whether the days of the two deeds overlap; where days are not known, whether they are of one year."""
    if case.period_from and case.period_to and other.period_from and other.period_to:
        return case.period_from <= other.period_to and other.period_from <= case.period_to
    return case.award_year == other.award_year
