"""By which paper a case was awarded, for what is written about it next to a second case."""

from collections.abc import Iterable

from commendations.models import Award, Nomination
from emulation.core.formatting import format_date


def award_papers(cases: Iterable[Nomination]) -> dict[int, str]:
    """By id of the case that was awarded: "Quyết định số 05/QĐ-UBND ngày 10/11/2026"; one query if there are any."""
    cases = list(cases)
    above = [case for case in cases if case.state == "awarded_above"]
    papers = {case.pk: _paper_above(case) for case in above}
    here = [case.pk for case in cases if case.state == "awarded"]
    awards = Award.objects.counting().filter(nomination__in=here).select_related("decision__document")
    return papers | {award.nomination_id: award.decision.document.dated for award in awards if award.decision.document}


def _paper_above(case: Nomination) -> str:
    day = f" ngày {format_date(case.outcome_on)}" if case.outcome_on else ""
    return f"Quyết định số {case.outcome_no}{day} của cấp trên"
