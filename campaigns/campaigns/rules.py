"""What a plan of a campaign must state, order of its days, figures against targets. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REGULAR = "regular"
THEMATIC = "thematic"
COMMUNE_INITIATOR = "own"
LONGEST_YEARS = 10
CRITERIA = ("criteria_person", "criteria_collective", "criteria_household")


@dataclass(frozen=True)
class CampaignDays:
    """The days of a campaign: start and end, deadline of registration, midterm and final review."""

    starts_on: date | None = None
    ends_on: date | None = None
    register_by: date | None = None
    midterm_on: date | None = None
    final_on: date | None = None

    def faults(self) -> dict[str, str]:
        """Days that contradict each other: {field: what to do}; days that are not set are not checked."""
        found = {}
        if message := self._span_fault():
            found["ends_on"] = message
        if _is_after(self.register_by, self.ends_on):
            found["register_by"] = "Hạn đăng ký không thể sau ngày kết thúc phong trào."
        if self.midterm_on and not _within(self.midterm_on, self.starts_on, self.ends_on):
            found["midterm_on"] = "Ngày sơ kết phải nằm trong thời gian của phong trào."
        if _is_after(self.midterm_on or self.starts_on, self.final_on):
            found["final_on"] = "Ngày tổng kết không thể trước ngày sơ kết, ngày bắt đầu."
        return found

    def _span_fault(self) -> str:
        """Why the campaign cannot last from its first to its last day, or ""."""
        if self.starts_on is None or self.ends_on is None:
            return ""
        if self.ends_on < self.starts_on:
            return "Ngày kết thúc không thể trước ngày bắt đầu."
        if self.ends_on.year - self.starts_on.year > LONGEST_YEARS:
            return f"Phong trào không thể dài quá {LONGEST_YEARS} năm; hãy xem lại năm kết thúc."
        return ""


@dataclass(frozen=True)
class CampaignPlan:
    """The parts of a plan that are checked before launch; `response` when it responds to a campaign of a higher level."""

    days: CampaignDays
    purpose: str = ""
    scope: str = ""
    audience: str = ""
    contents: str = ""
    measures: str = ""
    criteria: Sequence[str] = ()
    unit_kinds: Sequence[str] = ()
    response: bool = False
    parent_name: str = ""
    signer: str = ""
    recipients: str = ""


REQUIRED_TEXTS = (
    ("purpose", "mục đích, yêu cầu"),
    ("scope", "phạm vi"),
    ("audience", "đối tượng"),
    ("contents", "nội dung thi đua"),
    ("measures", "biện pháp thực hiện"),
    ("signer", "người ký"),
    ("recipients", "nơi nhận"),
)


def missing_plan_parts(plan: CampaignPlan) -> dict[str, str]:
    """What is missing before the launch: {field: what to do}. A draft may lack anything."""
    found = {name: f"Hãy ghi {label}." for name, label in REQUIRED_TEXTS if not getattr(plan, name)}
    if not any(plan.criteria):
        found[CRITERIA[0]] = "Hãy ghi tiêu chí cho cá nhân, tập thể hoặc hộ gia đình, ít nhất một loại."
    if not plan.unit_kinds:
        found["unit_kinds"] = "Hãy chọn loại đơn vị tham gia."
    if plan.response and not plan.parent_name:
        found["parent_name"] = "Hãy ghi tên phong trào cấp trên mà xã hưởng ứng."
    return {**found, **_missing_days(plan.days), **plan.days.faults()}


def _missing_days(days: CampaignDays) -> dict[str, str]:
    found = {}
    if not (days.starts_on and days.ends_on):
        found["ends_on" if days.starts_on else "starts_on"] = "Hãy ghi thời gian: từ ngày nào đến ngày nào."
    if not days.register_by:
        found["register_by"] = "Hãy ghi hạn đăng ký của các đơn vị."
    if not days.final_on:
        found["final_on"] = "Hãy ghi ngày tổng kết."
    return found


def total_figure(values: Iterable[Decimal | None], *, is_rate: bool) -> Decimal | None:
    """The sum of the units' figures; for rates the mean, rounded to two places. None without figures."""
    figures = [value for value in values if value is not None]
    if not figures:
        return None
    total = sum(figures, Decimal(0))
    return (total / len(figures)).quantize(Decimal("0.01")) if is_rate else total


def share_of_target(reached: Decimal | None, target: Decimal | None) -> Decimal | None:
    """The share of the target that is reached, in per cent; None without a figure or a target."""
    return reached * 100 / target if reached is not None and target else None


def contradicting_day(value: Decimal, on: date, reported: Mapping[date, Decimal]) -> date | None:
    """The nearest day with a report that contradicts `value` on `on`, or None: more on an earlier day, or less on a later one.

    Counts from the start of a campaign never decrease. Do not use it for rates, which may.
    """
    contradicting = [
        day for day, other in reported.items() if (day < on and other > value) or (day > on and other < value)
    ]
    return min(contradicting, key=lambda day: (abs(day - on), day), default=None)


def _is_after(day: date | None, limit: date | None) -> bool:
    """Whether the day is after the limit; False when one of them is not set."""
    return day is not None and limit is not None and day > limit


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)
