"""Who of a unit qualifies for an award of a year: everybody judged, with what is missing and who has a case already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from commendations.models import Nomination
from commendations.queries.catalogue import AwardOffer, award_offers
from commendations.queries.eligibility import nomination_case, nominee_of
from commendations.queries.nomination import NOMINEE_MODELS
from commendations.queries.nominee_facts import AnyNominee, facts_of
from commendations.queries.readable_verdict import ReadableVerdict, readable_verdict
from commendations.queries.same_case import cases_of
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.eligibility import EligibilityProspect, eligibility_outlook, judge
from emulation.legal.engine.rules.facts import EligibilityCase
from emulation.legal.engine.rules.finding import Finding
from villages.models import Unit, evidence_subject_kind

MANY = 3
"""A reason of so many is given once for all of them."""


@dataclass(frozen=True)
class Qualification:
    """One nominee judged for the award and year.

    `case`: the case for it that is under way or was granted, of whichever unit; `prospect`: when it is possible at the
    earliest, for who does not qualify.
    """

    nominee: AnyNominee
    shown: ReadableVerdict
    prospect: EligibilityProspect | None
    case: Nomination | None
    year: int
    shared: frozenset[str] = frozenset()
    """Reasons that the table gives once for many."""

    @property
    def book(self) -> str:
        """The address of the award book, with every condition for each award of the year."""
        kind = evidence_subject_kind(self.nominee)
        return f"{reverse(f'commendations:{kind}_book', args=[self.nominee.pk])}?nam={self.year}"

    @property
    def reasons(self) -> list[Finding]:
        return _reasons(self.shown)

    @property
    def own_reasons(self) -> list[str]:
        """The reasons in words, without those that the table gives once for many."""
        return [text for text in map(_in_words, self.reasons) if text not in self.shared]


@dataclass(frozen=True)
class SharedReason:
    """What many of the unit lack, or what is not known about them, in words."""

    text: str
    condition: str
    count: int
    verdict: str
    """ "chưa đủ" or "chưa rõ"."""

    @property
    def is_evaluation(self) -> bool:
        """Whether the results of the yearly evaluation are missing, which the office enters for a whole unit at once."""
        return self.condition == "evaluation"


@dataclass(frozen=True)
class QualifyingTable:
    """All nominees of a unit judged, in the order of their names; `shared`: what many of them lack in the same words."""

    judged: list[Qualification]
    shared: list[SharedReason] = field(default_factory=list)

    @property
    def qualified(self) -> list[Qualification]:
        return self._with_verdict(True)

    @property
    def unknown(self) -> list[Qualification]:
        return self._with_verdict(None)

    @property
    def failed(self) -> list[Qualification]:
        return self._with_verdict(False)

    @property
    def free(self) -> list[Qualification]:
        """Those without a case yet, who can be nominated."""
        return [one for one in self.judged if one.case is None]

    @property
    def counts(self) -> str:
        """ "1 đủ điều kiện, 2 chưa rõ": only what there is."""
        groups = ((self.qualified, "đủ điều kiện"), (self.unknown, "chưa rõ"), (self.failed, "chưa đủ"))
        return ", ".join(f"{len(rows)} {word}" for rows, word in groups if rows)

    def _with_verdict(self, eligible: bool | None) -> list[Qualification]:
        return [one for one in self.judged if one.shown.eligible is eligible]


def titles_of_many(unit: Unit, on: date) -> dict[str, list[AwardOffer]]:
    """The titles for which many of a unit can be nominated on that day, by the kind of nominee.

    Only a village has households; there their titles come first, because most of its cases are theirs.
    """
    kinds = reversed(NOMINEE_MODELS) if unit.kind == Unit.VILLAGE else ["person"]
    found = {kind: award_offers(unit.commune_id, kind, unit, on) for kind in kinds}
    return {kind: [offer for offer in offers if offer.award.title] for kind, offers in found.items()}


def kind_of_title(code: str, titles: dict[str, list[AwardOffer]]) -> str:
    """ "person" or "household", "" for an award that is no such title."""
    return next((kind for kind, offers in titles.items() if any(offer.award.code == code for offer in offers)), "")


def nominees_of(unit: Unit, kind: str, user: Any) -> list[AnyNominee]:
    """The people or households of the unit that the user may see, each once, by name."""
    rows = NOMINEE_MODELS[kind].objects.visible_to(user).in_use().filter(unit=unit)
    if kind == "person":
        rows = rows.with_appointments()
    return list(rows.select_related("unit").order_by("name_key", "pk"))


def qualifying_table(
    nominees: Sequence[AnyNominee], code: str, year: int, on: date, *, with_restricted: bool
) -> QualifyingTable:
    """These nominees of one kind judged by the law of that day; the number of queries does not depend on theirs.

    RuleBroken for a day that the statutes do not cover.
    """
    if not nominees:
        return QualifyingTable([])
    law = current.law_for(nominees[0].commune_id)
    facts = facts_of(nominees, on, with_restricted=with_restricted)
    cases = cases_of(nominees, code, year)
    judged = []
    for nominee in nominees:
        case = EligibilityCase(code, year, facts[nominee.pk].in_year(year), on, on, facts[nominee.pk].record)
        judged.append(_judged(law, nominee, case, cases.get(nominee.pk), with_restricted))
    shared = _shared_reasons(judged)
    texts = frozenset(reason.text for reason in shared)
    return QualifyingTable([replace(one, shared=texts) for one in judged], shared)


def _shared_reasons(judged: Sequence[Qualification]) -> list[SharedReason]:
    """The reasons that MANY or more of them have in the same words, the most frequent first."""
    found: Counter[tuple[str, str, str]] = Counter()
    for one in judged:
        verdict = "chưa rõ" if one.shown.eligible is None else "chưa đủ"
        found.update((_in_words(finding), finding.code, verdict) for finding in one.reasons)
    return [
        SharedReason(text, code, count, verdict)
        for (text, code, verdict), count in found.most_common()
        if count >= MANY
    ]


def _in_words(finding: Finding) -> str:
    return f"{finding.label}: {finding.says or finding.needs}"


def _judged(
    law: Law, nominee: AnyNominee, case: EligibilityCase, known: Nomination | None, with_restricted: bool
) -> Qualification:
    verdict = judge(law, case)
    prospect = eligibility_outlook(law, case) if verdict.eligible is False else None
    shown = readable_verdict(verdict, with_restricted=with_restricted)
    return Qualification(nominee, shown, prospect, known, case.year)


def open_cases_of(unit: Unit, code: str, year: int, user: Any) -> QuerySet[Nomination]:
    """The cases of the unit for the title and year that the unit still writes, by name: drafts and returned ones."""
    rows = Nomination.objects.visible_to(user).filter(unit=unit, award_code=code, year=year)
    rows = rows.filter(state__in=("draft", "returned")).select_related(
        "person", "household", "collective", "unit", "commune"
    )
    return rows.order_by("nominee_key", "pk")


def submitted_cases_of(unit: Unit, code: str, year: int, user: Any) -> QuerySet[Nomination]:
    """The cases of the unit for the title and year that wait for the office's check, by name, with their checklists."""
    rows = Nomination.objects.visible_to(user).filter(unit=unit, award_code=code, year=year, state="submitted")
    rows = rows.select_related("person__unit", "household__unit", "collective", "unit", "commune")
    return rows.prefetch_related("checklist").order_by("nominee_key", "pk")


@dataclass(frozen=True)
class JudgedCase:
    """A case with the verdict of today, restricted record included."""

    nomination: Nomination
    shown: ReadableVerdict

    @property
    def value(self) -> str:
        """The case and its version, as a form sends it."""
        return f"{self.nomination.pk}:{self.nomination.version}"

    @property
    def reasons(self) -> list[Finding]:
        return _reasons(self.shown)


def judged_cases(cases: Sequence[Nomination], on: date) -> list[JudgedCase]:
    """These cases of nominees of one kind, each judged by the law of its day of receipt; a constant number of queries."""
    if not cases:
        return []
    law = current.law_for(cases[0].commune_id)
    nominees = {case.pk: nominee for case in cases if (nominee := nominee_of(case))}
    facts = facts_of(list(nominees.values()), on, with_restricted=True)
    judged = []
    for case in cases:
        file = nomination_case(case, facts[nominees[case.pk].pk], min(case.received_on or on, on), on)
        judged.append(JudgedCase(case, readable_verdict(judge(law, file), with_restricted=True)))
    return judged


def _reasons(shown: ReadableVerdict) -> list[Finding]:
    """Why not, or what is not known; [] for who qualifies. What the user may not read is not among them."""
    if shown.eligible is False:
        return [one for one in shown.findings if one.is_blocking]
    unknown = shown.eligible is None
    return [one for one in shown.findings if unknown and one.is_mandatory and one.met is None]
