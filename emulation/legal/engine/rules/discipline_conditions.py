"""Tests of conditions about discipline and open cases. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from emulation.core.formatting import format_date
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.condition_base import ConditionContext, ConditionResult, ConditionTest
from emulation.legal.engine.rules.facts import DatedFact, EligibilityCase


def no_discipline(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """No disciplinary measure as severe as `from`, or more, in the year."""
    if case.subject.discipline is None:
        return ConditionResult(None, "Chưa biết có bị kỷ luật hay không.")
    severity = list(facts.DISCIPLINES)
    least = severity.index(test["from"])
    severe = [row for row in case.subject.discipline if severity.index(row.kind) >= least]
    in_year = [row for row in severe if _is_in_year(row, case)]
    if not in_year:
        return ConditionResult(
            True, f"Không bị kỷ luật từ {facts.DISCIPLINES[test['from']]} trở lên trong năm {case.year}."
        )
    return ConditionResult(False, _discipline_sentence(in_year), "Xét lại cho năm sau khi hết thời hạn kỷ luật.")


def _is_in_year(row: DatedFact, case: EligibilityCase) -> bool:
    """Whether a measure falls in the year of the case; one without a known first day does."""
    if row.start is None or row.start.year == case.year:
        return True
    return row.overlaps(date(case.year, 1, 1), case.considered)


def discipline_over(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """No disciplinary period is running; achievements before its end do not count."""
    rows = case.subject.discipline
    if rows is None:
        return ConditionResult(None, "Chưa biết có bị kỷ luật hay không.")
    running = [row for row in rows if row.in_force_on(case.received)]
    if running:
        return _running_discipline(running)
    ended = [row for row in rows if row.end and date(case.year, 1, 1) <= row.end < case.received]
    if ended:
        return _ended_discipline(ended, case)
    return ConditionResult(True, "Không trong thời hạn kỷ luật.")


def _running_discipline(rows: Sequence[DatedFact]) -> ConditionResult:
    last_day = max((row.end for row in rows if row.end), default=None)
    if last_day:
        needs = f"Thành tích tính từ sau ngày {format_date(last_day)}."
    else:
        needs = "Thành tích tính từ khi hết thời hạn kỷ luật."
    return ConditionResult(False, _discipline_sentence(rows), needs)


def _ended_discipline(rows: Sequence[DatedFact], case: EligibilityCase) -> ConditionResult:
    """Not met when a period covered the rest of the year; otherwise met, counting achievements after its end."""
    past_year_end = [row for row in rows if row.end and row.end >= case.year_end]
    if past_year_end:
        return ConditionResult(
            False,
            f"Cả năm {case.year} còn trong thời hạn kỷ luật ({_discipline(past_year_end[0])}).",
            "Xét cho năm sau.",
        )
    last_day = max(row.end for row in rows if row.end)
    return ConditionResult(
        True, f"Đã hết thời hạn kỷ luật ngày {format_date(last_day)}; chỉ tính thành tích từ sau ngày đó."
    )


def discipline_fact(law: Law, kind: str, start: date, end: date | None, *, of: str) -> DatedFact:
    """The measure with its last day: the recorded one, else that on which the decision lapses by law.

    `of`: "official" or "employee"; without a value for the latter that day, the former counts.
    """
    months = law.find("discipline.months", start, kind=of) or law.find("discipline.months", start, kind="official")
    if end or not months:
        return DatedFact(kind, start, end)
    lapse = f"hết hiệu lực sau {months.content} tháng, {months.citation.text}"
    return DatedFact(kind, start, last_day_of_months(start, months.content), end_by=lapse)


def last_day_of_months(start: date, months: int) -> date:
    """The last of so many months from `start`: 12 from 01/03/2026 end on 28/02/2027, one from 31/01 on 28/02."""
    years, before = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, before + 1, 1)
    days = monthrange(first.year, first.month)[1]
    return first.replace(day=days) if start.day > days else first.replace(day=start.day) - timedelta(days=1)


def _discipline_sentence(rows: Sequence[DatedFact]) -> str:
    return "; ".join(_discipline(row) for row in rows) + "."


def _discipline(row: DatedFact) -> str:
    parts = [f"bị {facts.DISCIPLINES[row.kind]}"]
    if row.start:
        parts.append(f"từ {format_date(row.start)}")
    if row.end:
        parts.append(f"đến {format_date(row.end)}")
    if row.end_by:
        parts.append(f"({row.end_by})")
    return " ".join(parts)


def nothing_pending(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """No investigation, inspection or verification is open on the day of receipt."""
    rows = case.subject.pending
    if rows is None:
        return ConditionResult(None, "Chưa biết có việc đang xem xét, xác minh hay không.")
    open_now = [row for row in rows if row.in_force_on(case.received)]
    if not open_now:
        return ConditionResult(True, "Không có việc đang xem xét, xác minh.")
    names = "; ".join(facts.PENDINGS.get(row.kind, row.kind) for row in open_now)
    return ConditionResult(
        False, names[:1].upper() + names[1:] + ".", "Chờ kết luận; khi được kết luận không vi phạm thì xét tiếp."
    )
