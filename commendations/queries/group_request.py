"""Requests of units for many cases: their lists, what became of each case, and the request of a case."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import GroupRequest, GroupRequestLine, Nomination
from commendations.queries.award_lines import with_line_relations
from emulation.core.formatting import format_date, lower_first
from emulation.documents.models import IssuedDocument
from villages.models import Unit

BACK_WITH_UNIT = ("draft", "returned", "withdrawn")


def written_request(unit: Unit, code: str, year: int) -> GroupRequest | None:
    """The request that the unit is writing for this title and year."""
    return GroupRequest.objects.for_title(unit, code, year).filter(state=GroupRequest.WRITING).first()


def meeting_to_start_from(unit: Unit, code: str, year: int) -> dict[str, Any]:
    """The facts of the unit's meeting: those written, else those of its last request for the title and year.

    For another title only the officers and the place of its newest request; {} for a unit without any.
    """
    same = written_request(unit, code, year) or GroupRequest.objects.for_title(unit, code, year).first()
    if same is not None:
        return same.meeting
    last = GroupRequest.objects.filter(unit=unit).order_by("-pk").first()
    usual = ("place", "presider", "secretary", "attendees", "invited")
    return {name: getattr(last, name) for name in usual} if last else {}


def requests_of_title(user: Any, unit: Unit, code: str, year: int) -> list[GroupRequest]:
    """The submitted requests of a unit for a title and year that the user may see, the newest first."""
    rows = GroupRequest.objects.visible_to(user).for_title(unit, code, year).submitted()
    return list(rows.select_related("unit"))


def requests_of_cases(user: Any, cases: Sequence[Nomination]) -> list[GroupRequest]:
    """The requests whose papers are those of these cases, the newest first."""
    papers = {case.request_document_id for case in cases} - {None}
    if not papers:
        return []
    rows = GroupRequest.objects.visible_to(user).filter(request_document__in=papers)
    return list(rows.select_related("unit").order_by("-pk"))


def cases_by_list_order(cases: Sequence[Nomination]) -> list[Nomination]:
    """The cases with the relations of a list, by kind of nominee and name."""
    rows = with_line_relations(Nomination.objects.filter(pk__in=[case.pk for case in cases]))
    kinds = ("collective", "household", "person")
    return sorted(rows, key=lambda case: (kinds.index(case.nominee_kind), case.nominee_sort, case.pk))


def minutes_with_these(request: GroupRequest, cases: Iterable[Nomination]) -> IssuedDocument | None:
    """Minutes frozen before of the same meeting with the same words, which name all these cases; None without them."""
    wanted = {case.pk for case in cases}
    earlier = GroupRequest.objects.for_title(request.unit, request.award_code, request.year).submitted()
    for one in earlier.exclude(minutes_document=None).prefetch_related("lines"):
        if one.meeting == request.meeting and wanted <= {line.nomination_id for line in one.lines.all()}:
            return one.minutes_document
    return None


@dataclass(frozen=True)
class ListedCase:
    """The place of a case on a submitted request; `current`: its file still rests on the papers of that request."""

    line: GroupRequestLine
    current: bool

    @property
    def request(self) -> GroupRequest:
        return self.line.group_request

    @property
    def changed(self) -> str:
        """What became of the case although the paper stays as it was sent, or ""."""
        case = self.line.nomination
        if not self.current:
            return "hồ sơ này đã được nộp lại bằng giấy khác"
        if case.state in BACK_WITH_UNIT:
            state = lower_first(NOMINATION_STATES[case.state].label)
            return f"hồ sơ này nay {state}; khi nộp lại có giấy riêng"
        return ""


def listings_of(user: Any, case: Nomination) -> list[ListedCase]:
    """The submitted requests that name this case, those that the user may see, the newest first."""
    requests = GroupRequest.objects.visible_to(user).submitted()
    lines = GroupRequestLine.objects.filter(nomination=case, group_request__in=requests)
    rows = lines.select_related("group_request__unit").order_by("-group_request_id")
    found = []
    for line in rows:
        line.nomination = case
        found.append(ListedCase(line, line.group_request.request_document_id == case.request_document_id))
    return found


def case_papers(user: Any, case: Nomination, listings: Sequence[ListedCase]) -> QuerySet[IssuedDocument]:
    """The frozen papers of the case, those of the lists on which it was submitted included."""
    shared = {one.request.request_document_id for one in listings} | {
        one.request.minutes_document_id for one in listings
    }
    own = Q(key__startswith=f"nomination:{case.pk}:")
    return IssuedDocument.objects.visible_to(user).filter(own | Q(pk__in=shared - {None})).order_by("-pk")


def current_minutes(listings: Sequence[ListedCase]) -> int | None:
    """The id of the minutes of the last list whose meeting chose the case: that list, or one of the same day.

    None if the case was never on a list, or was submitted again alone after a meeting on another day.
    """
    kept = (
        one.request.minutes_document_id
        for one in listings
        if one.current or one.line.nomination.met_on in (None, one.request.met_on)
    )
    return next(kept, None)


def minutes_of_case(case: Nomination) -> QuerySet[GroupRequestLine, Any]:
    """The same as a subquery of ids, for any reader."""
    lines = GroupRequestLine.objects.filter(nomination=case, group_request__in=GroupRequest.objects.submitted())
    if case.met_on is not None:
        lines = lines.filter(
            Q(group_request__request_document=case.request_document_id) | Q(group_request__met_on=case.met_on)
        )
    return lines.order_by("-group_request_id").values("group_request__minutes_document")[:1]


def state_counts(request: GroupRequest) -> list[tuple[str, int]]:
    """How many cases of the list are in each state, in the order of the workflow."""
    states = Counter(request.lines.values_list("nomination__state", flat=True))
    return [(state.label, states[name]) for name, state in NOMINATION_STATES.items() if states[name]]


def request_papers(request: GroupRequest, user: Any) -> list[dict[str, str]]:
    """The papers of the request for templates/components/_files.html, those that the user may see."""
    ids = {request.request_document_id, request.minutes_document_id} - {None}
    papers = IssuedDocument.objects.visible_to(user).filter(pk__in=ids).order_by("-pk") if ids else ()
    return [
        {"url": paper.get_absolute_url(), "label": paper.type_name, "note": f"chốt ngày {format_date(paper.issued_on)}"}
        for paper in papers
    ]
