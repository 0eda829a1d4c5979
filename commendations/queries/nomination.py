"""A nomination for its page: handlers, timeline, past awards, concerns, checklist, papers; nominees to choose from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from commendations.models import Award, Nomination
from commendations.queries import catalogue
from commendations.queries.nominees_elsewhere import nominee_elsewhere, nominees_elsewhere
from commendations.rules.past_awards import PastAwardLine
from emulation.audit.log import entries_about
from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.documents.models import IssuedDocument
from emulation.legal import current
from emulation.legal.engine.rules.requirements import Decider, award_decider
from emulation.workflow.workflow import state_of
from villages.models import Household, Person, Unit, evidence_subject_kind
from villages.queries.collectives import collective_to_choose, collectives_to_choose
from villages.queries.people import head_ids_of_units, people_named
from villages.queries.person_changes import leaving_words
from villages.queries.same_people import about_nominees, nominee_to_choose

MAX_NOMINEE_CANDIDATES = 20
NOMINEE_MODELS: dict[str, Any] = {"person": Person, "household": Household}
UNDECIDED_STATES = ("draft", "submitted", "returned", "complete", "on_session", "passed", "presented", "approved")
BEFORE_VOTE_STATES = ("draft", "submitted", "returned", "complete", "on_session")


def case_handlers(nomination: Nomination, on: date) -> set[int]:
    """Ids of the users who handled the case: the heads of its units and everybody who acted on it."""
    acted = entries_about(nomination).values_list("actor_id", flat=True)
    heads = head_ids_of_units(nomination.proposing_units, on)
    return {*heads, *(user_id for user_id in acted if user_id is not None)}


# ── the requested award ──────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class RequestedAward:
    """The award that a nomination asks for: its full name, who decides it on that day, by which article."""

    in_full: str
    title: bool
    decider: Decider

    @property
    def above(self) -> bool:
        """Whether a higher authority decides."""
        return self.decider.here == catalogue.DECIDED_ABOVE


def requested_award(nomination: Nomination, on: date) -> RequestedAward:
    """The requested award, with its name on the day of receipt and its decider on `on`."""
    law = current.law_for(nomination.commune_id)
    award = catalogue.award_name_on(law, nomination.award_code, nomination.received_on or on)
    decider = award_decider(law, nomination.award_code, on)
    return RequestedAward(award.in_full(nomination.award_year), award.title, decider)


def nomination_kinds(nomination: Nomination) -> tuple[str, ...]:
    """Loại hình khen thưởng for which the law has a checklist of this award."""
    return catalogue.commendation_kinds(current.law_for(nomination.commune_id), nomination.award_code)


# ── other cases and awards of the nominee ────────────────────────────────────────────────────────
def past_awards_in_register(nomination: Nomination, before: date) -> tuple[PastAwardLine, ...]:
    """The nominee's awards in force in the Sổ vàng that were decided before that day, oldest first."""
    rows = Award.objects.counting().filter(
        about_nominees([nomination]), commune_id=nomination.commune_id, awarded_on__lt=before
    )
    identities = list(nomination.commune.identities.order_by("-starts_on"))
    return tuple(
        _past_award_line(row, next((one.name for one in identities if one.starts_on <= row.awarded_on), ""))
        for row in rows.select_related("decision__document").order_by("awarded_on", "pk")
    )


def _past_award_line(award: Award, commune_name: str) -> PastAwardLine:
    """The year, the name, and "Quyết định số 05/QĐ-UBND ngày 05/02/2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"."""
    year = award.year if award.is_title else award.awarded_on.year
    decision = f"ngày {format_date(award.awarded_on)}"
    if award.decision.document:
        decision = f"Quyết định số {award.decision.document.reference} {decision}"
    issuer = f" của Chủ tịch Ủy ban nhân dân {commune_name}" if commune_name else ""
    name = award.frozen_name.short if issuer else award.award_name
    return PastAwardLine(str(year), name, decision + issuer)


def nomination_concerns(nomination: Nomination) -> list[str]:
    """Warnings for the office until the council votes: none of them blocks the nomination."""
    if nomination.state not in BEFORE_VOTE_STATES:
        return []
    concerns: list[str] = []
    same = Nomination.objects.filter(about_nominees([nomination]), commune_id=nomination.commune_id)
    others = same.exclude(pk=nomination.pk).exclude(state__in=Nomination.OVER).filter(award_code=nomination.award_code)
    links = [(case.get_absolute_url(), case.unit.name, state_of(case).label) for case in others.select_related("unit")]
    if links:
        found = format_html_join("; ", '<a href="{}">{}, {}</a>', links)
        concerns.append(format_html("Người, hộ hoặc tập thể này đang có một đề nghị khác chưa xong: {}.", found))
    awards = Award.objects.counting().filter(about_nominees([nomination]), commune_id=nomination.commune_id)
    for award in awards.exclude(nomination=nomination):
        if concern := _repeated_award(nomination, award):
            concerns.append(concern)
    if _collective_dissolved(nomination):
        concerns.append(
            "Tập thể đã giải thể sau sắp xếp tổ chức; Thông tư số 15/2025/TT-BNV không khen thưởng trường hợp này."
        )
    return concerns


def nominee_left_concern(nomination: Nomination) -> str:
    """A warning for all readers of an undecided case that the person, or the head of the household, died or left the unit;
    "" otherwise. A few queries, none for a case that is decided."""
    person = nomination.subject_person if nomination.state in UNDECIDED_STATES else None
    what = leaving_words(person) if person else ""
    if not person or not what:
        return ""
    if nomination.person is None:
        return f"Chủ hộ {person.full_name}: {what}. Hộ đã có chủ hộ khác thì bấm “Đổi chủ hộ” ở trang của hộ trước."
    return f"{person.full_name}: {what}. Hồ sơ vẫn đi tiếp được; hãy xem lại nội dung, cách ghi trên văn bản, hoặc rút."


def _repeated_award(nomination: Nomination, award: Award) -> str | None:
    """The concern about an earlier award of the same title and year, or for the same achievement."""
    if award.is_title:
        if award.award_code == nomination.award_code and award.year == nomination.award_year:
            return f"Đã được tặng {award.frozen_name.in_short(award.year)}: mỗi danh hiệu chỉ xét một lần cho một năm."
    elif award.achievement == nomination.achievement:
        return f"Đã được khen cùng nội dung này ngày {format_date(award.awarded_on)}: một thành tích chỉ khen một lần."
    return None


def _collective_dissolved(nomination: Nomination) -> bool:
    """Whether the nominated collective was dissolved by the day of receipt."""
    dissolved_on = nomination.collective.dissolved_on if nomination.collective else None
    received_on = nomination.received_on
    return bool(dissolved_on and received_on and received_on >= dissolved_on)


# ── possible nominees ────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class NomineeCandidate:
    """A possible nominee: `value` is "person:12", "household:3" or "collective:5"."""

    value: str
    label: str
    note: str


def nominee_candidates(user: Any, unit: Unit, words: str) -> list[NomineeCandidate]:
    """People, households and collectives of the unit whose names match the words, and the unit itself; at most 20 of each.

    After them people and households of other units, for at least two words.
    """
    people = people_named(user, words, MAX_NOMINEE_CANDIDATES, unit.pk)
    households = (
        Household.objects.visible_to(user).in_use().filter(unit=unit).named_like(words)[:MAX_NOMINEE_CANDIDATES]
    )
    candidates = [
        NomineeCandidate(
            f"person:{row.pk}",
            row.shown_name,
            ", ".join(str(part) for part in (row.present_post, row.birth_year) if part),
        )
        for row in people
    ]
    candidates += [NomineeCandidate(f"household:{row.pk}", str(row), row.address) for row in households]
    candidates += [_collective_candidate(row) for row in _collectives_named(unit, words)]
    return candidates + [_candidate_elsewhere(row) for row in nominees_elsewhere(unit, words)]


def _candidate_elsewhere(row: Person | Household) -> NomineeCandidate:
    name = row.marked_name if isinstance(row, Person) else str(row)
    return NomineeCandidate(f"{evidence_subject_kind(row)}:{row.pk}", name, f"của {row.unit.name}")


def _collectives_named(unit: Unit, words: str) -> list[Unit]:
    """The unit and its collectives with all these words in the name."""
    wanted = fold(words).split()
    rows = [unit, *collectives_to_choose(unit, timezone.localdate())]
    return [row for row in rows if all(word in fold(row.name) for word in wanted)][:MAX_NOMINEE_CANDIDATES]


def _collective_candidate(row: Unit) -> NomineeCandidate:
    note = row.kind_in_words.lower() if row.is_collective else "đề nghị khen cả đơn vị"
    return NomineeCandidate(f"collective:{row.pk}", f"Tập thể {row.name}", note)


def find_nominee(user: Any, unit: Unit, value: str, words: str = "") -> Person | Household | Unit | None:
    """The nominee of a `NomineeCandidate.value`, or None if the user may not choose it: of the unit, or found by the words."""
    kind, _, pk = value.partition(":")
    if not pk.isdecimal() or len(pk) > 15:
        return None
    if kind in NOMINEE_MODELS:
        model = NOMINEE_MODELS[kind]
        return nominee_to_choose(user, unit, model, int(pk)) or nominee_elsewhere(unit, model, int(pk), words)
    return collective_to_choose(unit, int(pk), timezone.localdate()) if kind == "collective" else None


# ── for the page of a case ───────────────────────────────────────────────────────────────────────
def nomination_paper_links(
    nomination: Nomination, papers: QuerySet[IssuedDocument], minutes_id: int | None
) -> list[dict[str, str]]:
    """The frozen papers of the case for templates/components/_files.html, current ones first; `minutes_id`: those of its list."""
    joined = list(nomination.joint_proposals.select_related("unit"))
    unit_names = {row.document_id: row.unit.name for row in joined}
    current_ids = {nomination.report_document_id, nomination.request_document_id, minutes_id}
    current_ids |= {row.document_id for row in joined if row.is_joined}
    links = [
        {
            "url": paper.get_absolute_url(),
            "label": paper.type_name + (f" của {unit_names[paper.pk]}" if paper.pk in unit_names else ""),
            "note": f"chốt ngày {format_date(paper.issued_on)}"
            + ("" if paper.pk in current_ids else ", bản cũ đã thay"),
        }
        for paper in papers
    ]
    return sorted(links, key=lambda link: link["note"].endswith("đã thay"))
