"""Tests of conditions about the subject itself: evaluations, initiatives, time, leave, members. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from emulation.core.formatting import format_date, format_percent
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.condition_base import (
    ALL_OF_ORDER,
    ConditionContext,
    ConditionResult,
    ConditionTest,
    strongest_result,
)
from emulation.legal.engine.rules.facts import DatedFact, EligibilityCase


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
    # The rule "used once" was applied when it left out an initiative.
    once = context.law.find("initiative.once", case.received) if len(unused) < len(fitting) else None
    based_on = (once,) if once else ()
    if len(unused) >= times:
        return ConditionResult(True, f"Có {_titles(unused)} (cấp {scope} trở lên).", based_on=based_on)
    parts = [f"Có {len(unused)}/{times} sáng kiến, đề tài dùng được"]
    parts += [_used_text(row, case, context) for row in fitting if row not in unused]
    parts += _scope_texts([row for row in recent if row not in fitting])
    return ConditionResult(False, "; ".join(parts) + ".", needs, based_on)


def _titles(rows: Sequence[facts.InitiativeFact]) -> str:
    return ", ".join(row.title for row in rows if row.title) or f"{len(rows)} sáng kiến, đề tài"


def _used_text(row: facts.InitiativeFact, case: EligibilityCase, context: ConditionContext) -> str:
    """ "năm 2025 đã dùng cho Chiến sĩ thi đua cơ sở năm 2024"; a text that names no award of the catalogue stays as it is."""
    code, _, year = row.used_for.partition(" ")
    known = code in context.law.awards
    award = f"{context.law.award_name(code, case.received)} năm {year}" if known else row.used_for
    return f"năm {row.year} đã dùng cho {award}"


def _scope_texts(rows: Sequence[facts.InitiativeFact]) -> list[str]:
    return [f"năm {row.year} cấp {facts.SCOPE_NAMES[row.scope]}" for row in rows]


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
    met = strongest_result([met for met, _ in found], ALL_OF_ORDER)
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
    return ConditionResult(met, f"Có {count} cá nhân {what}." if count else none, "" if met else needs)


def registered(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Registered for emulation (đăng ký tham gia thi đua)."""
    is_registered = case.subject.registered
    says = {
        None: "Chưa biết đã đăng ký thi đua hay chưa.",
        True: "Đã đăng ký thi đua.",
        False: "Không đăng ký thi đua.",
    }
    return ConditionResult(is_registered, says[is_registered], "" if is_registered else "Có đăng ký tham gia thi đua.")


def not_a_pupil(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The person works: a title for workers is not for pupils."""
    if case.subject.work != "pupil":
        return ConditionResult(True, "Là người lao động.")
    return ConditionResult(
        False, "Là học sinh, sinh viên.", "Danh hiệu dành cho cán bộ, công chức, viên chức, người lao động."
    )


def exists_still(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The unit is not dissolved on the day of the decision."""
    dissolved_on = case.subject.dissolved_on
    if dissolved_on is None or dissolved_on > case.decided:
        return ConditionResult(True, "Đơn vị đang hoạt động.")
    return ConditionResult(
        False, f"Đơn vị đã giải thể từ ngày {format_date(dissolved_on)}.", "Chỉ xét khi có lý do được ghi rõ."
    )
