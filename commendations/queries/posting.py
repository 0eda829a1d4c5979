"""Postings: whose cases are posted, until when by law, what the page of a case shows of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from commendations.flow.posting_guards import posting_reasons
from commendations.models import Nomination, Objection, Posting, PostingLine
from commendations.queries.award_lines import with_line_relations
from commendations.rules.award_names import CULTURAL_FAMILY_CODE
from emulation.core.formatting import format_date
from emulation.documents.models import IssuedDocument
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.time_limits import DueDate, due_date
from emulation.legal.engine.law import NoValue
from villages.models import Unit

POSTING_LIMIT = "limit.post"
STATES_TO_POST = ("draft", "returned", "submitted", "complete")


def is_posted_title(code: str) -> bool:
    """Whether the law asks to post the list of this title: Gia đình văn hóa (NĐ 86/2023 Điều 7)."""
    return code == CULTURAL_FAMILY_CODE


def posting_end(commune_id: int, starts_on: date) -> DueDate | None:
    """The last day of a posting that begins on that day; None where the law has no such limit."""
    try:
        return due_date(current.law_for(commune_id), work_calendar_of(commune_id), POSTING_LIMIT, starts_on)
    except NoValue:
        return None


def cases_to_post(unit: Unit, code: str, year: int) -> list[Nomination]:
    """The cases of the unit for the title and year that no council has considered, in the order of the list."""
    rows = Nomination.objects.filter(unit=unit, award_code=code, year=year, state__in=STATES_TO_POST)
    return in_list_order(with_line_relations(rows))


def has_cases_to_post(unit: Unit, code: str, year: int) -> bool:
    """Whether the list of the unit has a case that was not on a posted list yet, but for cancelled ones."""
    posted = PostingLine.objects.exclude(posting__state=Posting.CANCELLED).values("nomination")
    rows = Nomination.objects.filter(unit=unit, award_code=code, year=year, state__in=STATES_TO_POST)
    return rows.exclude(pk__in=posted).exists()


def posted_cases(posting: Posting) -> list[Nomination]:
    """The cases of a posted list in its order."""
    rows = with_line_relations(Nomination.objects.filter(posting_lines__posting=posting))
    return list(rows.order_by("posting_lines__place"))


def in_list_order(cases: Any) -> list[Nomination]:
    """Cases by the name of the nominee."""
    return sorted(cases, key=lambda case: (case.nominee_sort, case.pk))


def postings_of_title(user: Any, unit: Unit, code: str, year: int) -> list[Posting]:
    """The postings of a unit for a title and year that the user may see, the newest first."""
    rows = Posting.objects.visible_to(user).filter(unit=unit, award_code=code, year=year)
    return list(rows.select_related("unit").order_by("-pk"))


@dataclass(frozen=True)
class CasePosting:
    """The newest posting of a case that is not cancelled, and why the case waits because of it ("" if it does not)."""

    posting: Posting
    waits: str


def case_posting(user: Any, case: Nomination) -> CasePosting | None:
    """The posting of a case for its page; None without one, and where the user may not see it."""
    if not is_posted_title(case.award_code):
        return None
    lines = PostingLine.objects.filter(nomination=case, posting__in=Posting.objects.visible_to(user))
    line = (
        lines.exclude(posting__state=Posting.CANCELLED).select_related("posting__unit").order_by("-posting_id").first()
    )
    return CasePosting(line.posting, posting_reasons([case]).get(case.pk, "")) if line else None


def posting_document(case: Nomination) -> int | None:
    """The id of the paper that shows how the case was posted: the result, until then the posted list."""
    if not is_posted_title(case.award_code):
        return None
    lines = PostingLine.objects.filter(nomination=case).exclude(posting__state=Posting.CANCELLED)
    line = lines.select_related("posting").order_by("-posting_id").first()
    return (line.posting.result_document_id or line.posting.document_id) if line else None


def posting_papers(posting: Posting, user: Any) -> list[dict[str, str]]:
    """The papers of a posting for templates/components/_files.html, those that the user may see."""
    own = IssuedDocument.objects.visible_to(user).filter(key__startswith=f"posting:{posting.pk}:").order_by("-pk")
    current_ids = {posting.document_id, posting.result_document_id}
    return [
        {
            "url": paper.get_absolute_url(),
            "label": paper.type_name,
            "note": f"chốt ngày {format_date(paper.issued_on)}" + ("" if paper.pk in current_ids else ", bản cũ"),
        }
        for paper in own
    ]


def objections_of(posting: Posting, user: Any) -> list[Objection]:
    """The objections to a posted list, in the order in which they were entered."""
    relations = (
        "posting__unit",
        "nomination__unit",
        "nomination__person",
        "nomination__household",
        "nomination__collective",
    )
    return list(Objection.objects.visible_to(user).filter(posting=posting).select_related(*relations).order_by("pk"))


def posting_address(unit: Unit, code: str, year: int) -> str:
    """The address of the form that posts the list of a unit."""
    return f"{reverse('commendations:start_posting')}?unit={unit.pk}&award={code}&year={year}"
