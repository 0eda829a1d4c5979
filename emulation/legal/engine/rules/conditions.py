"""The tests named in the conditions of the statutes: each returns met, not met or not known, with the reason. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Protocol

from emulation.core.formatting import format_date, format_percent
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.facts import DatedFact, EligibilityCase, PriorAward

WEIGHT_NAMES = {
    "block": "bắt buộc",
    "lenient": "bắt buộc, chưa biết thì không cản",
    "warning": "cảnh báo, không cản",
    "judgement": "Hội đồng xem xét, đánh giá",
}
ConditionTest = dict[str, Any]
# Which result of several parts is the result of the whole: the first of these that occurs.
ANY_OF_ORDER = (True, None, False)
ALL_OF_ORDER = (False, None, True)


@dataclass(frozen=True)
class ConditionResult:
    """`met` (None: not known), the evidence found, what would be needed, and further legal values that were applied."""

    met: bool | None
    says: str
    needs: str = ""
    based_on: tuple[DatedValue, ...] = ()


class ConditionContext(Protocol):
    """What a test may use besides the case: the law, and whether the subject meets the conditions of another award."""

    law: Law

    def meets(self, case: EligibilityCase) -> bool | None: ...


def judgement(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Left to the council: the law gives no figures to check."""
    return ConditionResult(None, "Do Hội đồng xem xét, đánh giá.")


def evaluation(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The evaluation of the year has at least the level `at_least`."""
    wanted = facts.LEVEL_NAMES[test["at_least"]]
    level = case.subject.evaluation.get(case.year)
    if level is None:
        return ConditionResult(
            None, f"Chưa có kết quả đánh giá năm {case.year}.", f"Kết quả đánh giá năm {case.year}: {wanted} trở lên."
        )
    met = facts.LEVELS[level] >= facts.LEVELS[test["at_least"]]
    return ConditionResult(met, f"Năm {case.year}: {facts.LEVEL_NAMES[level]}.", "" if met else f"{wanted} trở lên.")


def evaluation_run(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """An evaluation of at least `at_least` in each of the last `times` years up to the year of the case."""
    years = range(case.year - test["times"] + 1, case.year + 1)
    levels = {year: case.subject.evaluation.get(year) for year in years}
    least_name = facts.LEVEL_NAMES[test["at_least"]]
    needs = f"{test['times']:02d} năm liên tục ({years[0]}-{years[-1]}) {least_name} trở lên."
    least = facts.LEVELS[test["at_least"]]
    low = [str(year) for year, level in levels.items() if level is not None and facts.LEVELS[level] < least]
    if low:
        return ConditionResult(False, f"Năm {', '.join(low)} chưa đạt mức {least_name}.", needs)
    unknown = [str(year) for year, level in levels.items() if level is None]
    if unknown:
        return ConditionResult(None, f"Chưa có kết quả đánh giá năm {', '.join(unknown)}.", needs)
    return ConditionResult(True, f"Các năm {years[0]}-{years[-1]} đều đạt.")


def initiative(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """At least `times` initiatives of the scope within the last `years` years that no other award has used."""
    times = test.get("times", 1)
    scope = facts.SCOPE_NAMES[test["scope"]]
    needs = f"{times:02d} sáng kiến hoặc đề tài cấp {scope} trở lên, chưa dùng cho lần khen khác."
    if case.subject.initiatives is None:
        return ConditionResult(None, "Chưa biết có sáng kiến, đề tài hay không.", needs)
    recent = _recent_initiatives(test, case)
    fitting = [row for row in recent if _has_scope(test, row)]
    unused = unused_initiatives(test, case)
    once = context.law.find("initiative.once", case.received)
    based_on = (once,) if once and len(unused) < len(fitting) else ()
    if len(unused) >= times:
        titles = ", ".join(row.title for row in unused if row.title) or f"{len(unused):02d} sáng kiến, đề tài"
        return ConditionResult(True, f"Có {titles} (cấp {scope} trở lên).", based_on=based_on)
    used = [f"năm {row.year} đã dùng cho {row.used_for}" for row in fitting if row not in unused]
    small = [f"năm {row.year} cấp {facts.SCOPE_NAMES[row.scope]}" for row in recent if row not in fitting]
    parts = [f"Có {len(unused):02d}/{times:02d} sáng kiến, đề tài dùng được", *used, *small]
    return ConditionResult(False, "; ".join(parts) + ".", needs, based_on)


def _recent_initiatives(test: ConditionTest, case: EligibilityCase) -> list[facts.InitiativeFact]:
    """The initiatives of the last `years` years up to the year of the case."""
    first = case.year - test.get("years", 1) + 1
    return [row for row in case.subject.initiatives or () if first <= row.year <= case.year]


def _has_scope(test: ConditionTest, row: facts.InitiativeFact) -> bool:
    return facts.SCOPES[row.scope] >= facts.SCOPES[test["scope"]]


def unused_initiatives(test: ConditionTest, case: EligibilityCase) -> list[facts.InitiativeFact]:
    """The initiatives that fit the test and that no other award has used."""
    unused = ("", f"{case.award} {case.year}")  # one already used for this very award may count for it
    return [row for row in _recent_initiatives(test, case) if _has_scope(test, row) and row.used_for in unused]


def months(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """In the unit for at least `least` full months, counted up to `case.considered`."""
    joined = case.subject.joined
    least = test["least"]
    if joined is None:
        return ConditionResult(None, "Chưa biết ngày tuyển dụng, ngày về đơn vị.", f"Từ {least} tháng trở lên.")
    served = _months_between(joined, case.considered)
    met = served >= least
    says = f"Tuyển dụng, về đơn vị ngày {format_date(joined)}: {max(served, 0)} tháng tính đến {format_date(case.considered)}."
    return ConditionResult(met, says, "" if met else f"Từ {least} tháng trở lên.")


def _months_between(first: date, last: date) -> int:
    """Full months from the first to the last day, both included: 1 March to 31 December is ten."""
    after = last + timedelta(days=1)
    calendar_months = (after.year - first.year) * 12 + after.month - first.month
    return calendar_months - 1 if after.day < first.day else calendar_months


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


def _discipline_sentence(rows: Sequence[DatedFact]) -> str:
    return "; ".join(_discipline(row) for row in rows) + "."


def _discipline(row: DatedFact) -> str:
    parts = [f"bị {facts.DISCIPLINES[row.kind]}"]
    if row.start:
        parts.append(f"từ {format_date(row.start)}")
    if row.end:
        parts.append(f"đến {format_date(row.end)}")
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


def leave_counts(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Maternity leave and short training count as time served, long training with a result of khá or better.

    Other leave is left to the council.
    """
    if case.subject.leave is None:
        return ConditionResult(None, "Chưa biết có thời gian nghỉ, đi học hay không.")
    first = date(case.year, 1, 1)
    found = [_leave(row) for row in case.subject.leave if row.overlaps(first, case.year_end)]
    if not found:
        return ConditionResult(True, "Không có thời gian nghỉ, đi học trong năm.")
    met = _strongest([met for met, _ in found], ALL_OF_ORDER)
    return ConditionResult(met, "; ".join(text for _, text in found) + ".")


def _leave(row: DatedFact) -> tuple[bool | None, str]:
    """Whether the leave counts as time served (None: left to the council), and the reason."""
    if row.kind == "maternity":
        return True, "Thời gian nghỉ thai sản được tính để xét"
    if row.kind == "study":
        if row.start and row.end and _months_between(row.start, row.end) < 12:
            return True, "Đào tạo, bồi dưỡng dưới 01 năm được tính là thời gian công tác"
        if not row.result:
            return None, "Đào tạo, bồi dưỡng từ 01 năm: chưa biết kết quả học tập (cần từ loại khá)"
        fit = facts.RESULTS[row.result] >= facts.RESULTS["good"]
        return fit, f"Đào tạo, bồi dưỡng từ 01 năm, kết quả {'từ loại khá' if fit else 'dưới loại khá'}"
    return None, f"Có thời gian {facts.LEAVES.get(row.kind, row.kind)}: Hội đồng cân nhắc"


def share(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The share of some members of the collective, in percent, is at least `least` (more than it, if `strict`)."""
    total = case.subject.members.total
    part = getattr(case.subject.members, test["of"])
    bound = f"{'trên' if test.get('strict') else 'từ'} {format_percent(test['least'])}"
    what = facts.MEMBER_COUNT_NAMES[test["of"]]
    needs = f"{bound[:1].upper()}{bound[1:]} cá nhân {what}."
    if not total or part is None:
        return ConditionResult(None, f"Chưa biết số cá nhân {what}.", needs)
    exact = Fraction(100 * part, total)
    met = exact > test["least"] if test.get("strict") else exact >= test["least"]
    return ConditionResult(
        met, f"{part}/{total} ({format_percent(exact)}) cá nhân {what}; cần {bound}.", "" if met else needs
    )


def members(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The number of some members of the collective is between `least` and `most`."""
    count = getattr(case.subject.members, test["of"])
    what = facts.MEMBER_COUNT_NAMES[test["of"]]
    if count is None:
        return ConditionResult(None, f"Chưa biết số cá nhân {what}.")
    met = test.get("least", 0) <= count <= test.get("most", count)
    none = f"Không có cá nhân {what}."
    needs = none if test.get("most") == 0 else f"Có từ {test.get('least', 0):02d} cá nhân {what}."
    return ConditionResult(met, f"Có {count:02d} cá nhân {what}." if count else none, "" if met else needs)


def registered(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Registered for emulation (đăng ký tham gia thi đua)."""
    is_registered = case.subject.registered
    says = {
        None: "Chưa biết đã đăng ký thi đua hay chưa.",
        True: "Đã đăng ký thi đua.",
        False: "Không đăng ký thi đua.",
    }
    return ConditionResult(is_registered, says[is_registered], "" if is_registered else "Có đăng ký tham gia thi đua.")


def exists_still(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The unit is not dissolved on the day of the decision."""
    dissolved_on = case.subject.dissolved_on
    if dissolved_on is None or dissolved_on > case.decided:
        return ConditionResult(True, "Đơn vị đang hoạt động.")
    return ConditionResult(
        False, f"Đơn vị đã giải thể từ ngày {format_date(dissolved_on)}.", "Chỉ xét khi có lý do được ghi rõ."
    )


def once_a_year(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Not yet given for the same year: an achievement is commended only once."""
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.")
    rows = [row for row in _awards_given(case, case.award, case.year) if row.kind == case.kind]
    if not rows:
        return ConditionResult(True, f"Chưa được tặng cho năm {case.year}.")
    decision = f" ({rows[0].decision})" if rows[0].decision else ""
    return ConditionResult(False, f"Đã được tặng cho năm {case.year}{decision}.", "Một thành tích chỉ tặng một lần.")


def meets(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Has the lower title for the year, or meets all its conditions (the two are often considered together)."""
    code = test["awards"][0]
    name = context.law.award_name(code, case.received)
    _, excluded = _excluded(case, context)
    if any(row.kind not in excluded for row in _awards_given(case, code, case.year)):
        return ConditionResult(True, f"Đã được tặng {name} năm {case.year}.")
    met = context.meets(replace(case, award=code))
    result = {True: "đạt", False: "không đạt", None: "chưa đủ thông tin để biết đạt hay không"}[met]
    return ConditionResult(
        met, f"Năm {case.year} {result} tiêu chuẩn {name}.", "" if met else f"Đạt tiêu chuẩn {name}."
    )


def chain(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Awarded `times` times in a row: award years at most `every` years apart, also the last one and the year of the case."""
    name = " hoặc ".join(context.law.award_name(code, case.received) for code in test["awards"])
    times = test["times"]
    needs = f"{times:02d} lần liên tục được tặng {name}" if times > 1 else f"Đã được tặng {name}"
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.", f"{needs}.")
    run, left_out = unbroken_run(test, case, context)
    rule, _ = _excluded(case, context)
    based_on = (rule,) if rule and left_out else ()
    not_counted = "".join(f"; không tính lần khen năm {year} ({kind})" for year, kind in left_out)
    if len(run) >= times:
        years = ", ".join(map(str, run[-times:]))
        return ConditionResult(True, f"{name}: {years}{not_counted}.", based_on=based_on)
    found = f"{name}: liên tục {len(run):02d} lần ({', '.join(map(str, run))})" if run else f"Chưa có {name} liền trước"
    missing = f"{needs}; còn thiếu {times - len(run):02d} lần."
    return ConditionResult(False, f"{found}{not_counted}.", missing, based_on)


def unbroken_run(
    test: ConditionTest, case: EligibilityCase, context: ConditionContext
) -> tuple[list[int], list[tuple[int, str]]]:
    """The years of the unbroken run that ends at the year of the case, and the awards not counted because of their kind.

    The latter are pairs of year and name of the kind (đột xuất, chuyên đề).
    """
    assert case.record is not None
    every = test.get("every", 1)
    _, excluded = _excluded(case, context)
    first_year = case.year - every * (test["times"] + 1)
    counted: set[int] = set()
    left_out: list[tuple[int, str]] = []
    for code in test["awards"]:
        for year in case.record.years(code, first_year, case.year):
            rows = _awards_given(case, code, year)
            if any(row.kind not in excluded for row in rows):
                counted.add(year)
            elif rows:
                left_out.append((year, facts.KIND_NAMES[rows[0].kind]))
    run: list[int] = []
    next_year = case.year
    for year in sorted(counted, reverse=True):
        if next_year - year > every:
            break
        run.append(year)
        next_year = year
    return run[::-1], left_out


def _awards_given(case: EligibilityCase, award: str, year: int) -> list[PriorAward]:
    """The awards of that year given by the day of the decision; later ones cannot count."""
    rows = case.record.in_year(award, year) if case.record else []
    return [row for row in rows if row.on is None or row.on <= case.decided]


def _excluded(case: EligibilityCase, context: ConditionContext) -> tuple[DatedValue | None, set[str]]:
    """The kinds of commendation that do not count for a higher award of công trạng, with the legal value, if any."""
    rule = context.law.find("record.excluded", case.received)
    return rule, set(rule.content) if rule else set()


def any_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """At least one part is met. Shows the parts that are met, or all of them when none is."""
    parts = [run_condition_test(part, case, context) for part in test["of"]]
    met = _strongest([part.met for part in parts], ANY_OF_ORDER)
    shown = [part for part in parts if part.met is True] if met else parts
    needs = "" if met else " Hoặc: ".join(part.needs for part in parts if part.needs)
    return _combined_result(met, shown, needs)


def all_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Every part is met. Shows the parts that decide the result."""
    parts = [run_condition_test(part, case, context) for part in test["of"]]
    met = _strongest([part.met for part in parts], ALL_OF_ORDER)
    shown = [part for part in parts if part.met is met]
    needs = "" if met else " ".join(part.needs for part in parts if part.needs)
    return _combined_result(met, shown, needs)


def _strongest(results: Sequence[bool | None], order: tuple[bool | None, ...]) -> bool | None:
    """The first of `order` that occurs among the results, which are not empty."""
    return next(result for result in order if result in results)


def _combined_result(met: bool | None, shown: Sequence[ConditionResult], needs: str) -> ConditionResult:
    based_on: list[DatedValue] = []
    for part in shown:
        based_on += part.based_on
    return ConditionResult(met, " ".join(part.says for part in shown), needs, tuple(based_on))


CONDITION_TESTS: dict[str, Callable[[ConditionTest, EligibilityCase, ConditionContext], ConditionResult]] = {
    test.__name__: test
    for test in (
        judgement,
        evaluation,
        evaluation_run,
        initiative,
        months,
        no_discipline,
        discipline_over,
        nothing_pending,
        leave_counts,
        share,
        members,
        registered,
        exists_still,
        once_a_year,
        meets,
        chain,
        any_of,
        all_of,
    )
}


def run_condition_test(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The result of one test for a case."""
    return CONDITION_TESTS[test["name"]](test, case, context)
