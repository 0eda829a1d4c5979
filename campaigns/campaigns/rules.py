"""Rules of a campaign (phong trào thi đua). Pure."""

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
    """The days of a campaign: it runs, units register, it is looked at half-way, it is summed up."""

    starts_on: date | None = None
    ends_on: date | None = None
    register_by: date | None = None
    midterm_on: date | None = None
    final_on: date | None = None

    def faults(self) -> dict[str, str]:
        """What is not in order: {field: what to do}; days that are not given yet are not judged."""
        found = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            found["ends_on"] = "Ngày kết thúc không thể trước ngày bắt đầu."
        elif self.starts_on and self.ends_on and self.ends_on.year - self.starts_on.year > LONGEST_YEARS:
            found["ends_on"] = f"Phong trào không thể dài quá {LONGEST_YEARS} năm; hãy xem lại năm kết thúc."
        if self.register_by and self.ends_on and self.register_by > self.ends_on:
            found["register_by"] = "Hạn đăng ký không thể sau ngày kết thúc phong trào."
        if self.midterm_on and not _within(self.midterm_on, self.starts_on, self.ends_on):
            found["midterm_on"] = "Ngày sơ kết phải nằm trong thời gian của phong trào."
        first = self.midterm_on or self.starts_on
        if self.final_on and first and self.final_on < first:
            found["final_on"] = "Ngày tổng kết không thể trước ngày sơ kết, ngày bắt đầu."
        return found


@dataclass(frozen=True)
class CampaignPlan:
    """What a plan says so far, as far as the law asks for it; `response` where it carries out a higher campaign."""

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


WANTED = (
    ("purpose", "mục đích, yêu cầu"),
    ("scope", "phạm vi"),
    ("audience", "đối tượng"),
    ("contents", "nội dung thi đua"),
    ("measures", "biện pháp thực hiện"),
    ("signer", "người ký"),
    ("recipients", "nơi nhận"),
)


def missing_plan_parts(plan: CampaignPlan) -> dict[str, str]:
    """What must be clear before it may be launched: {field: what to do}. A draft may lack anything."""
    found = {name: f"Hãy ghi {label}." for name, label in WANTED if not getattr(plan, name)}
    if not any(plan.criteria):
        found[CRITERIA[0]] = "Hãy ghi tiêu chí cho cá nhân, tập thể hoặc hộ gia đình, ít nhất một loại."
    if not plan.unit_kinds:
        found["unit_kinds"] = "Hãy chọn loại đơn vị tham gia."
    if plan.response and not plan.parent_name:
        found["parent_name"] = "Hãy ghi tên phong trào cấp trên mà xã hưởng ứng."
    if not (plan.days.starts_on and plan.days.ends_on):
        found["starts_on" if not plan.days.starts_on else "ends_on"] = "Hãy ghi thời gian: từ ngày nào đến ngày nào."
    if not plan.days.register_by:
        found["register_by"] = "Hãy ghi hạn đăng ký của các đơn vị."
    if not plan.days.final_on:
        found["final_on"] = "Hãy ghi ngày tổng kết."
    return {**found, **plan.days.faults()}


def is_registered_late(registered_on: date | None, register_by: date | None) -> bool:
    """Whether a unit registered after the deadline; that is allowed while the campaign runs, and marked."""
    return bool(registered_on and register_by and registered_on > register_by)


def total_figure(values: Iterable[Decimal | None], *, is_rate: bool) -> Decimal | None:
    """The figures of units taken together: their sum, of rates their mean to two places; None when there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.01")) if is_rate else sum(known, Decimal(0))


def share_of_target(reached: Decimal | None, target: Decimal | None) -> Decimal | None:
    """How much of the target is reached, in per cent; None where either is not known."""
    return reached * 100 / target if reached is not None and target else None


def contradicting_day(value: Decimal, on: date, told: Mapping[date, Decimal]) -> date | None:
    """The day nearest to `on` whose figure cannot stand beside this one, when both count from the beginning: more told for a
    day before, or less for a day after. None when all agree; not for rates, which rise and fall."""
    against = [day for day, other in told.items() if (day < on and other > value) or (day > on and other < value)]
    return min(against, key=lambda day: (abs(day - on), day), default=None)


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)
