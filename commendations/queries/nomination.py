"""Joins about nominations: who handled a case, its way so far, what the register knows of the nominee, whom one may nominate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from commendations.flow.nomination import NOMINATION_STATES, WHOSE_TURN
from commendations.models import Award, Nomination
from commendations.queries import catalogue
from commendations.rules.past_awards import PastAwardLine
from emulation.audit.log import entries_about
from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.documents.models import IssuedDocument
from emulation.legal import current as law_on
from emulation.legal.engine.rules.requirements import Decider, award_decider
from villages.models import Household, Person, Unit
from villages.queries.people import unit_head_ids

MAX_NOMINEE_CANDIDATES = 20
UNDECIDED_STATES = ("draft", "submitted", "returned", "complete", "on_session", "passed", "presented", "approved")
BEFORE_VOTE_STATES = ("draft", "submitted", "returned", "complete", "on_session")


def case_handlers(nomination: Nomination, on: date) -> set[int]:
    """Ids of the users who have handled the case: the heads of its unit and everybody who acted on it."""
    acted = entries_about(nomination).values_list("actor_id", flat=True)
    return {*unit_head_ids(nomination.unit, on), *(user_id for user_id in acted if user_id is not None)}


def search_nominations(rows: QuerySet[Nomination], words: str) -> QuerySet[Nomination]:
    """Nominations whose nominee's name holds every word, with or without marks."""
    folded = fold(words).split()
    people, households = Q(), Q()
    for word in folded:
        people &= Q(person__name_fold__contains=word)
        households &= Q(household__name_fold__contains=word)
    units = [
        pk
        for pk, name in Unit.objects.filter(pk__in=rows.order_by().values("collective_id")).values_list("pk", "name")
        if all(word in fold(name) for word in folded)
    ]
    return rows.filter(people | households | Q(collective_id__in=units)) if folded else rows


# ── what is asked for ────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class RequestedAward:
    """The award that a case asks for: its words, who decides it on that day, by which article."""

    in_full: str
    title: bool
    decider: Decider

    @property
    def above(self) -> bool:
        """Whether somebody above the commune decides."""
        return self.decider.here == catalogue.DECIDED_ABOVE


def requested_award(nomination: Nomination, on: date) -> RequestedAward:
    """What the case asks for: called as on the day it was received, decided by whoever may on `on`."""
    law = law_on.law_for(nomination.commune_id)
    named = catalogue.award_name_on(law, nomination.award_code, nomination.received_on or on)
    decider = award_decider(law, nomination.award_code, on)
    return RequestedAward(named.in_full(nomination.award_year), named.title, decider)


def nomination_kinds(nomination: Nomination) -> tuple[str, ...]:
    """Loại hình khen thưởng of which the law knows a file for this award."""
    return catalogue.commendation_kinds(law_on.law_for(nomination.commune_id), nomination.award_code)


def requested_award_codes(rows: QuerySet[Nomination]) -> list[str]:
    """The codes of the awards that stand among these rows."""
    return list(rows.order_by("award_code").values_list("award_code", flat=True).distinct())


# ── the way of a case ────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class TimelineEvent:
    """One line of the timeline (templates/components/_timeline.html)."""

    what: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    mark: str = "done"

    @property
    def is_now(self) -> bool:
        return self.mark == "now"


_COLLAPSED_ACTS = {"commendations.edit"}
_BACKWARD_ACTS = {
    "commendations.return",
    "commendations.withdraw",
    "commendations.fail",
    "commendations.refuse",
    "commendations.refuse_above",
}


def nomination_timeline(nomination: Nomination) -> list[TimelineEvent]:
    """What was done to the case, in plain words, and whose turn it is."""
    events: list[TimelineEvent] = []
    for entry in entries_about(nomination):
        if entry.act in _COLLAPSED_ACTS and events and events[-1].what == entry.label:
            continue
        mark = "back" if entry.act in _BACKWARD_ACTS else "done"
        note = "\n".join(str(entry.facts[key]) for key in ("reason", "session", "decision") if entry.facts.get(key))
        events.append(TimelineEvent(entry.label, entry.actor_name, entry.at, note, mark))
    turn = WHOSE_TURN.get(nomination.state)
    if turn:
        events.append(
            TimelineEvent(
                f"{NOMINATION_STATES[nomination.state].label}: đến lượt {turn}", when=nomination.state_since, mark="now"
            )
        )
    return events


# ── what is known of the nominee ─────────────────────────────────────────────────────────────────
def _same_nominee(nomination: Nomination) -> Q:
    for name in ("person_id", "household_id", "collective_id"):
        if value := getattr(nomination, name):
            return Q(**{name: value})
    return Q(pk__in=[])


def past_awards_in_register(nomination: Nomination) -> tuple[PastAwardLine, ...]:
    """Awards that our own Sổ vàng holds for the nominee, oldest first."""
    rows = Award.objects.filter(_same_nominee(nomination), commune_id=nomination.commune_id)
    rows = rows.select_related("decision__document").order_by("awarded_on", "pk")
    return tuple(
        PastAwardLine(
            str(award.year if award.is_title else award.awarded_on.year),
            award.award_name,
            f"Quyết định số {award.decision.document.reference} ngày {format_date(award.awarded_on)}"
            if award.decision.document
            else f"ngày {format_date(award.awarded_on)}",
        )
        for award in rows
    )


def nomination_concerns(nomination: Nomination) -> list[str]:
    """What whoever checks the file should look at while it is not decided; none of it forbids."""
    if nomination.state not in BEFORE_VOTE_STATES:
        return []
    found = []
    same = Nomination.objects.filter(_same_nominee(nomination), commune_id=nomination.commune_id)
    others = same.exclude(pk=nomination.pk).exclude(state__in=Nomination.OVER).filter(award_code=nomination.award_code)
    if others.exists():
        found.append("Người, hộ hoặc tập thể này đang có một đề nghị khác chưa xong.")
    awards = Award.objects.filter(_same_nominee(nomination), commune_id=nomination.commune_id)
    for award in awards.exclude(nomination=nomination):
        if award.is_title:
            if award.award_code == nomination.award_code and award.year == nomination.award_year:
                found.append(
                    f"Đã được tặng {award.frozen_name.in_short(award.year)}: mỗi danh hiệu chỉ xét một lần cho một năm."
                )
        elif award.achievement == nomination.achievement:
            found.append(
                f"Đã được khen cùng nội dung này ngày {format_date(award.awarded_on)}: một thành tích chỉ khen một lần."
            )
    day = nomination.received_on
    if (
        nomination.collective
        and nomination.collective.dissolved_on
        and day
        and day >= nomination.collective.dissolved_on
    ):
        found.append(
            "Tập thể đã giải thể sau sắp xếp tổ chức; Thông tư số 15/2025/TT-BNV không khen thưởng trường hợp này."
        )
    return found


# ── whom one may nominate ────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class NomineeCandidate:
    """A possible nominee: `value` is "person:12", "household:3" or "collective:5"."""

    value: str
    label: str
    note: str


def nominee_candidates(user: Any, unit: Unit, words: str) -> list[NomineeCandidate]:
    """People and households of the unit whose names fit the words, and the unit itself; at most 20 of each."""
    people = (
        Person.objects.visible_to(user).filter(unit=unit, is_active=True).named_like(words)[:MAX_NOMINEE_CANDIDATES]
    )
    households = (
        Household.objects.visible_to(user).filter(unit=unit, is_active=True).named_like(words)[:MAX_NOMINEE_CANDIDATES]
    )
    found = [
        NomineeCandidate(
            f"person:{row.pk}", row.full_name, ", ".join(str(part) for part in (row.post, row.birth_year) if part)
        )
        for row in people
    ]
    found += [NomineeCandidate(f"household:{row.pk}", str(row), row.address) for row in households]
    if all(word in fold(unit.name) for word in fold(words).split()):
        found.append(NomineeCandidate(f"collective:{unit.pk}", f"Tập thể {unit.name}", "đề nghị khen cả đơn vị"))
    return found


def find_nominee(user: Any, unit: Unit, value: str) -> Person | Household | Unit | None:
    """What a value of `choices` stands for, if this user may choose it in this unit."""
    kind, _, pk = value.partition(":")
    if not pk.isdecimal() or len(pk) > 15:
        return None
    if kind == "person":
        return Person.objects.visible_to(user).filter(unit=unit, pk=int(pk)).first()
    if kind == "household":
        return Household.objects.visible_to(user).filter(unit=unit, pk=int(pk)).first()
    return unit if kind == "collective" and int(pk) == unit.pk else None


# ── for the page of a case ───────────────────────────────────────────────────────────────────────
def checklist_rows(nomination: Nomination) -> list[dict[str, Any]]:
    """The checklist as templates/components/_checklist.html draws it."""
    return [
        {
            "ok": entry.met,
            "label": entry.label,
            "note": entry.note,
            "source": entry.citation + ("" if entry.confirmed else " (căn cứ chưa xác nhận)"),
        }
        for entry in nomination.checklist.all()
    ]


def nomination_paper_links(nomination: Nomination, papers: QuerySet[IssuedDocument]) -> list[dict[str, str]]:
    """The frozen papers of the case, those in force first, as templates/components/_files.html draws them."""
    current = {nomination.report_document_id, nomination.request_document_id}
    links = [
        {
            "url": paper.get_absolute_url(),
            "label": paper.type_name,
            "note": f"chốt ngày {format_date(paper.issued_on)}" + ("" if paper.pk in current else ", bản cũ đã thay"),
        }
        for paper in papers
    ]
    return sorted(links, key=lambda link: link["note"].endswith("đã thay"))
