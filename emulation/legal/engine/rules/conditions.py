"""The tests of which the conditions of the statutes are made. Each gives met, not met or not known, and says why. Pure."""

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


@dataclass(frozen=True)
class ConditionResult:
    """`met` (None: not known), what was found, what would be needed, and further values of the law that it rests on."""

    met: bool | None
    says: str
    needs: str = ""
    rests_on: tuple[DatedValue, ...] = ()


class ConditionContext(Protocol):
    """What a test may ask back: the law, and whether the same subject meets the conditions of another award."""

    law: Law

    def meets(self, case: EligibilityCase) -> bool | None: ...


def judgement(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Left to people: the law gives words, not figures."""
    return ConditionResult(None, "Do Hội đồng xem xét, đánh giá.")


def evaluation(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The evaluation of the year is at least so good."""
    asked = facts.LEVEL_NAMES[test["at_least"]]
    level = case.subject.evaluation.get(case.year)
    if level is None:
        return ConditionResult(
            None, f"Chưa có kết quả đánh giá năm {case.year}.", f"Kết quả đánh giá năm {case.year}: {asked} trở lên."
        )
    met = facts.LEVELS[level] >= facts.LEVELS[test["at_least"]]
    return ConditionResult(met, f"Năm {case.year}: {facts.LEVEL_NAMES[level]}.", "" if met else f"{asked} trở lên.")


def evaluation_run(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """So many years running, the last of them the case's, with an evaluation at least so good."""
    years = range(case.year - test["times"] + 1, case.year + 1)
    levels = [case.subject.evaluation.get(year) for year in years]
    asked = f"{test['times']:02d} năm liên tục ({years[0]}-{years[-1]}) {facts.LEVEL_NAMES[test['at_least']]} trở lên."
    least = facts.LEVELS[test["at_least"]]
    if any(level is not None and facts.LEVELS[level] < least for level in levels):
        low = [str(year) for year, level in zip(years, levels, strict=True) if level and facts.LEVELS[level] < least]
        return ConditionResult(
            False, f"Năm {', '.join(low)} chưa đạt mức {facts.LEVEL_NAMES[test['at_least']]}.", asked
        )
    if None in levels:
        unknown = [str(year) for year, level in zip(years, levels, strict=True) if level is None]
        return ConditionResult(None, f"Chưa có kết quả đánh giá năm {', '.join(unknown)}.", asked)
    return ConditionResult(True, f"Các năm {years[0]}-{years[-1]} đều đạt.")


def initiative(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """At least `times` initiatives of the scope within the last `years` years that no other award has used."""
    rows, times, span = case.subject.initiatives, test.get("times", 1), test.get("years", 1)
    scope = facts.SCOPE_NAMES[test["scope"]]
    asked = f"{times:02d} sáng kiến hoặc đề tài cấp {scope} trở lên, chưa dùng cho lần khen khác."
    if rows is None:
        return ConditionResult(None, "Chưa biết có sáng kiến, đề tài hay không.", asked)
    near = [row for row in rows if case.year - span < row.year <= case.year]
    fit = [row for row in near if facts.SCOPES[row.scope] >= facts.SCOPES[test["scope"]]]
    free = unused_initiatives(test, case)
    once = context.law.find("initiative.once", case.received)
    rests = (once,) if once and len(free) < len(fit) else ()
    if len(free) >= times:
        named = ", ".join(filter(None, [row.title for row in free])) or f"{len(free):02d} sáng kiến, đề tài"
        return ConditionResult(True, f"Có {named} (cấp {scope} trở lên).", rests_on=rests)
    used = [f"năm {row.year} đã dùng cho {row.used_for}" for row in fit if row not in free]
    small = [f"năm {row.year} cấp {facts.SCOPE_NAMES[row.scope]}" for row in near if row not in fit]
    parts = [f"Có {len(free):02d}/{times:02d} sáng kiến, đề tài dùng được", *used, *small]
    return ConditionResult(False, "; ".join(parts) + ".", asked, rests)


def unused_initiatives(test: ConditionTest, case: EligibilityCase) -> list[facts.InitiativeFact]:
    """The initiatives that fit the test and that no other award has used."""
    first, least = case.year - test.get("years", 1), facts.SCOPES[test["scope"]]
    return [
        row
        for row in case.subject.initiatives or ()
        if first < row.year <= case.year
        and facts.SCOPES[row.scope] >= least
        and row.used_for in ("", f"{case.award} {case.year}")
    ]


def months(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """In the unit for at least so many months on the day considered."""
    joined, least = case.subject.joined, test["least"]
    if joined is None:
        return ConditionResult(None, "Chưa biết ngày tuyển dụng, ngày về đơn vị.", f"Từ {least} tháng trở lên.")
    served = _months_between(joined, case.considered)
    met = served >= least
    says = f"Tuyển dụng, về đơn vị ngày {format_date(joined)}: {max(served, 0)} tháng tính đến {format_date(case.considered)}."
    return ConditionResult(met, says, "" if met else f"Từ {least} tháng trở lên.")


def _months_between(first: date, last: date) -> int:
    """Full months of the days from the first to the last, both counted: 1 March to 31 December is ten."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def no_discipline(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Not disciplined in the year from such a discipline upwards."""
    if case.subject.discipline is None:
        return ConditionResult(None, "Chưa biết có bị kỷ luật hay không.")
    order = list(facts.DISCIPLINES)
    hard = [row for row in case.subject.discipline if order.index(row.kind) >= order.index(test["from"])]
    year = [
        row
        for row in hard
        if row.start is None or row.start.year == case.year or row.touches(date(case.year, 1, 1), case.considered)
    ]
    if not year:
        return ConditionResult(
            True, f"Không bị kỷ luật từ {facts.DISCIPLINES[test['from']]} trở lên trong năm {case.year}."
        )
    return ConditionResult(
        False, "; ".join(_discipline(row) for row in year) + ".", "Xét lại cho năm sau khi hết thời hạn kỷ luật."
    )


def discipline_over(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """No discipline still runs; what was achieved before its end does not count."""
    rows = case.subject.discipline
    if rows is None:
        return ConditionResult(None, "Chưa biết có bị kỷ luật hay không.")
    running = [row for row in rows if row.holds_on(case.received)]
    if running:
        ends = max((row.end for row in running if row.end), default=None)
        after = (
            f"Thành tích tính từ sau ngày {format_date(ends)}."
            if ends
            else "Thành tích tính từ khi hết thời hạn kỷ luật."
        )
        return ConditionResult(False, "; ".join(_discipline(row) for row in running) + ".", after)
    ended = [row for row in rows if row.end and row.end >= date(case.year, 1, 1) and row.end < case.received]
    whole = [row for row in ended if row.end and row.end >= case.year_end]
    if whole:
        return ConditionResult(
            False, f"Cả năm {case.year} còn trong thời hạn kỷ luật ({_discipline(whole[0])}).", "Xét cho năm sau."
        )
    if ended:
        last = max(row.end for row in ended if row.end)
        return ConditionResult(
            True, f"Đã hết thời hạn kỷ luật ngày {format_date(last)}; chỉ tính thành tích từ sau ngày đó."
        )
    return ConditionResult(True, "Không trong thời hạn kỷ luật.")


def _discipline(row: DatedFact) -> str:
    dates = " ".join(
        filter(
            None,
            [f"từ {format_date(row.start)}" if row.start else "", f"đến {format_date(row.end)}" if row.end else ""],
        )
    )
    return f"bị {facts.DISCIPLINES[row.kind]} {dates}".strip()


def nothing_pending(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Nothing is being investigated, inspected or verified on the day of the file."""
    rows = case.subject.pending
    if rows is None:
        return ConditionResult(None, "Chưa biết có việc đang xem xét, xác minh hay không.")
    open_now = [row for row in rows if row.holds_on(case.received)]
    if not open_now:
        return ConditionResult(True, "Không có việc đang xem xét, xác minh.")
    names = "; ".join(facts.PENDINGS.get(row.kind, row.kind) for row in open_now)
    return ConditionResult(
        False, names[:1].upper() + names[1:] + ".", "Chờ kết luận; khi được kết luận không vi phạm thì xét tiếp."
    )


def leave_counts(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Maternity leave and short training count as time; long training with a result of khá or better; the rest is for people to weigh."""
    if case.subject.leave is None:
        return ConditionResult(None, "Chưa biết có thời gian nghỉ, đi học hay không.")
    first = date(case.year, 1, 1)
    rows = [row for row in case.subject.leave if row.touches(first, case.year_end)]
    found = [_leave(row) for row in rows]
    met = False if any(one[0] is False for one in found) else None if any(one[0] is None for one in found) else True
    return ConditionResult(
        met, "; ".join(one[1] for one in found) + "." if found else "Không có thời gian nghỉ, đi học trong năm."
    )


def _leave(row: DatedFact) -> tuple[bool | None, str]:
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
    """A part of the collective's people, in percent, at least (or, strictly, more than) the bound."""
    total, part = case.subject.members.total, getattr(case.subject.members, test["of"])
    bound = f"{'trên' if test.get('strict') else 'từ'} {format_percent(test['least'])}"
    what = facts.MEMBER_COUNT_NAMES[test["of"]]
    asked = f"{bound[:1].upper()}{bound[1:]} cá nhân {what}."
    if not total or part is None:
        return ConditionResult(None, f"Chưa biết số cá nhân {what}.", asked)
    exact = Fraction(100 * part, total)
    met = exact > test["least"] if test.get("strict") else exact >= test["least"]
    return ConditionResult(
        met, f"{part}/{total} ({format_percent(exact)}) cá nhân {what}; cần {bound}.", "" if met else asked
    )


def members(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """So many people of the collective at least, or at most."""
    count, what = getattr(case.subject.members, test["of"]), facts.MEMBER_COUNT_NAMES[test["of"]]
    if count is None:
        return ConditionResult(None, f"Chưa biết số cá nhân {what}.")
    met = test.get("least", 0) <= count <= test.get("most", count)
    asked = (
        f"Không có cá nhân {what}." if test.get("most") == 0 else f"Có từ {test.get('least', 0):02d} cá nhân {what}."
    )
    return ConditionResult(
        met, f"Có {count:02d} cá nhân {what}." if count else f"Không có cá nhân {what}.", "" if met else asked
    )


def registered(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Registered for emulation (đăng ký tham gia thi đua)."""
    known = case.subject.registered
    says = {
        None: "Chưa biết đã đăng ký thi đua hay chưa.",
        True: "Đã đăng ký thi đua.",
        False: "Không đăng ký thi đua.",
    }
    return ConditionResult(known, says[known], "" if known else "Có đăng ký tham gia thi đua.")


def exists_still(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """A unit dissolved by the day of the decision gets no new collective award."""
    gone = case.subject.dissolved_on
    if gone is None or gone > case.decided:
        return ConditionResult(True, "Đơn vị đang hoạt động.")
    return ConditionResult(
        False, f"Đơn vị đã giải thể từ ngày {format_date(gone)}.", "Chỉ xét khi có lý do được ghi rõ."
    )


def once_a_year(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Not yet given for the same year: one achievement is commended once."""
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.")
    rows = [row for row in _given(case, case.award, case.year) if row.kind == case.kind]
    if not rows:
        return ConditionResult(True, f"Chưa được tặng cho năm {case.year}.")
    said = f" ({rows[0].decision})" if rows[0].decision else ""
    return ConditionResult(False, f"Đã được tặng cho năm {case.year}{said}.", "Một thành tích chỉ tặng một lần.")


def meets(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Holds the lower title for the year, or meets all its conditions (the two are often considered together)."""
    code = test["awards"][0]
    name = context.law.award_name(code, case.received)
    _, excluded = _excluded(case, context)
    if any(row.kind not in excluded for row in _given(case, code, case.year)):
        return ConditionResult(True, f"Đã được tặng {name} năm {case.year}.")
    met = context.meets(replace(case, award=code))
    says = {True: "đạt", False: "không đạt", None: "chưa đủ thông tin để biết đạt hay không"}[met]
    return ConditionResult(met, f"Năm {case.year} {says} tiêu chuẩn {name}.", "" if met else f"Đạt tiêu chuẩn {name}.")


def chain(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Awarded so many times running: successive years at most `every` apart, the last no further than that from the case's year."""
    name = " hoặc ".join(context.law.award_name(code, case.received) for code in test["awards"])
    times = test["times"]
    asked = f"{times:02d} lần liên tục được tặng {name}." if times > 1 else f"Đã được tặng {name}."
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.", asked)
    run, refused = unbroken_run(test, case, context)
    rule, _ = _excluded(case, context)
    rests = (rule,) if rule and refused else ()
    left_out = "".join(f"; không tính lần khen năm {year} ({kind})" for year, kind in refused)
    if len(run) >= times:
        return ConditionResult(True, f"{name}: {', '.join(map(str, run[-times:]))}{left_out}.", rests_on=rests)
    had = f"{name}: liên tục {len(run):02d} lần ({', '.join(map(str, run))})" if run else f"Chưa có {name} liền trước"
    return ConditionResult(False, f"{had}{left_out}.", f"{asked[:-1]}; còn thiếu {times - len(run):02d} lần.", rests)


def unbroken_run(
    test: ConditionTest, case: EligibilityCase, context: ConditionContext
) -> tuple[list[int], list[tuple[int, str]]]:
    """The years of the longest unbroken run that reaches the case, and the awards left out for their kind (đột xuất, chuyên đề)."""
    assert case.record is not None
    every = test.get("every", 1)
    _, excluded = _excluded(case, context)
    reach = case.year - every * (test["times"] + 1)
    counted, refused = set(), []
    for code in test["awards"]:
        for year in case.record.years(code, reach, case.year):
            rows = _given(case, code, year)
            if any(row.kind not in excluded for row in rows):
                counted.add(year)
            elif rows:
                refused.append((year, facts.KIND_NAMES[rows[0].kind]))
    run: list[int] = []
    for year in sorted(counted, reverse=True):
        if (run[-1] if run else case.year) - year > every:
            break
        run.append(year)
    return run[::-1], refused


def _given(case: EligibilityCase, award: str, year: int) -> list[PriorAward]:
    """What had been awarded by the day of the decision: a later one can ground nothing, and was not yet there."""
    rows = case.record.in_year(award, year) if case.record else []
    return [row for row in rows if row.on is None or row.on <= case.decided]


def _excluded(case: EligibilityCase, context: ConditionContext) -> tuple[DatedValue | None, set[str]]:
    """The kinds of commendation that may not ground a higher award of công trạng, and the rule that says so."""
    rule = context.law.find("record.excluded", case.received)
    return rule, set(rule.content) if rule else set()


def any_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """At least one of the parts."""
    return _joined([run_condition_test(part, case, context) for part in test["of"]], (True, None, False), " Hoặc: ")


def all_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Every part."""
    return _joined([run_condition_test(part, case, context) for part in test["of"]], (False, None, True), " ")


def _joined(parts: Sequence[ConditionResult], order: tuple[bool | None, ...], between: str) -> ConditionResult:
    met = next(value for value in order if any(part.met is value for part in parts))
    shown = [part for part in parts if part.met is met] if met is True or between == " " else list(parts)
    shown = shown or list(parts)
    needs = between.join(part.needs for part in parts if part.needs) if met is not True else ""
    rests = tuple(value for part in shown for value in part.rests_on)
    return ConditionResult(met, " ".join(part.says for part in shown), needs, rests)


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
    """Carries out one test of the statutes."""
    return CONDITION_TESTS[test["name"]](test, case, context)
