"""Demo of “Hồ sơ theo năm” and of the renewed council: the office enters these parts of demo.toml through the actions."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.actions.collective_leaders import set_collective_leader
from villages.actions.collectives import add_collective
from villages.actions.council import NewCouncil, renew_council
from villages.actions.evaluations import enter_evaluations
from villages.actions.evidence import add_evidence, set_joined, use_initiative
from villages.actions.household_changes import change_head, join_household, take_back_household_change
from villages.actions.people_table import EnteredValue
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_changes import change_post
from villages.actions.person_stay import move_person, record_leaving
from villages.actions.unit_changes import record_unit_change, take_back_change
from villages.models import (
    EVIDENCE,
    Collective,
    CouncilVersion,
    Evaluation,
    Household,
    Initiative,
    Person,
    PersonChange,
    Unit,
    UnitChange,
)
from villages.rules.council import NewSeat
from villages.rules.unit_changes import NewUnit, UnitPlan
from villages.seeds.commune_setup import FIRST_DAY, read_commune_plan
from villages.seeds.demo_clock import Story, play_story

DatedAct = tuple[date, Callable[[], Any]]
EVIDENCE_BY_WORD = {model.word: model for model in EVIDENCE}
EVALUATION_SOURCE = "Thông báo kết quả đánh giá năm {year} (minh họa)"
EVALUATION_DESPITE = "Tỷ lệ tính trên toàn thể đơn vị; danh sách trên phần mềm chưa đủ người"
GROUP_NAME = "Tổ an ninh tự quản số 1"
GROUP_LEADER = "Bùi Văn Ưng"
COOPERATIVE_NAME = "Hợp tác xã Dịch vụ nông nghiệp Bình Lương"
ENTERED = date(2026, 9, 1)
"""The day on which the collectives that are no units are entered, or the day of the demo if that is earlier."""
# Names in the plan for the model field `kind`, since `kind` in the plan is the kind of evidence.
KIND_COLUMNS = ("award_kind", "discipline", "case", "leave")


def play_villages_demo(commune: Commune, on: date) -> str:
    """Play `villages_story` up to the day `on`. Returns a summary, or ""."""
    return play_story(villages_story(commune, on))


def villages_story(commune: Commune, on: date) -> Story:
    """Enters the evidence dated up to the day `on` and the council of then, each on its day; only once.

    Returns a summary, or "".
    """
    if Evaluation.objects.filter(commune=commune).exists():
        return ""
    plan = read_commune_plan()["evidence"]
    office = User.objects.get(username="vanphong")
    people = {person.full_name: person for person in Person.objects.filter(commune=commune)}
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    entries = [_with_days(row, on) for row in plan["entries"] if not _is_later(row, on)]
    acts = _joined_acts(office, people, plan["joined"], on)
    for row in plan["evaluations"]:
        if row["year"] <= on.year:
            day = min(on, date(row["year"], 12, 28))
            acts.append((day, partial(_enter_levels, office, people, units[row["unit"]], row)))
    for row in entries:
        subject = _subject(commune, people, units, row)
        acts.append((_day_of(row, on), partial(_add_entry, office, subject, row)))
    acts += _renewed_council(commune, office, on)
    acts += _planned_change(office, units["thon6"], on)
    acts += _collectives(commune, office, units, on)
    acts += _changes_of_people(office, people, units, on)
    acts += _changes_of_household(office, commune, people, on)
    for day, enter in sorted(acts, key=itemgetter(0)):
        yield max(day, FIRST_DAY + timedelta(days=1))
        enter()
    return f"{Evaluation.objects.filter(commune=commune).count()} đánh giá năm, {len(entries)} dòng khác"


def _joined_acts(office: User, people: dict[str, Person], joined: dict[str, Any], on: date) -> list[DatedAct]:
    """Since when each person serves, by a day or a number of months before `on`."""
    acts: list[DatedAct] = []
    for name, since in joined.items():
        day = min(since if isinstance(since, date) else _add_months(on, -since), on)
        acts.append((day, partial(set_joined, by=office, person=people[name], joined_on=day)))
    return acts


def _renewed_council(commune: Commune, office: User, on: date) -> list[DatedAct]:
    """The council with the posts of the two-level government, from its first day."""
    plan = read_commune_plan()["renewed_council"]
    if on < plan["starts_on"]:
        return []
    before = CouncilVersion.objects.get(commune=commune)
    seats = before.seats.values_list("person_id", "role", "position", "person__user__username")
    council = NewCouncil(
        name=before.name,
        decision_no=plan["decision_no"],
        decision_date=plan["starts_on"],
        starts_on=plan["starts_on"],
        seats=tuple(NewSeat(person, role, plan["posts"].get(login, post)) for person, role, post, login in seats),
        term=before.term,
    )
    return [(plan["starts_on"], partial(renew_council, by=office, commune=commune, council=council))]


def _planned_change(office: User, unit: Unit, on: date) -> list[DatedAct]:
    """A new name of a unit, planned for the next year by mistake and taken back the same day: no unit changes."""

    def plan_and_take_back() -> None:
        name = "Thôn Hòa Bình"
        change = record_unit_change(
            by=office,
            subject=unit,
            kind=UnitChange.RENAME,
            sources=[unit],
            plan=UnitPlan(title=f"{unit.name} thành {name}", units=(NewUnit(name=name),)),
            effective_on=date(on.year + 1, 1, 1),
        )
        take_back_change(by=office, change=change, reason="Nghị quyết chưa thông qua (minh họa).")

    return [(on, plan_and_take_back)]


def _collectives(commune: Commune, office: User, units: dict[str, Unit], on: date) -> list[DatedAct]:
    """A group of a thôn with its leader, entered by its head, and a cooperative of the commune itself."""
    head = User.objects.get(username="thon4")
    day = min(ENTERED, on)

    def record_leader() -> None:
        group = Collective.objects.get(commune=commune, name=GROUP_NAME)
        leader = Person.objects.get(commune=commune, full_name=GROUP_LEADER)
        set_collective_leader(by=head, collective=group, person=leader, post="Tổ trưởng", starts_on=day)

    return [
        (day, partial(add_collective, by=head, owner=units["thon4"], name=GROUP_NAME, kind="group")),
        (day, record_leader),
        (day, partial(add_collective, by=office, owner=commune, name=COOPERATIVE_NAME, kind="cooperative")),
    ]


def _changes_of_people(office: User, people: dict[str, Person], units: dict[str, Unit], on: date) -> list[DatedAct]:
    """A new post, a move, a retirement, a death; another post, recorded by mistake, is taken back."""
    before = _add_months(on, -2)

    def taken_back() -> None:
        change = change_post(
            by=office, person=people["Lữ Minh Tuệ"], effective_on=on, post="Phó Hiệu trưởng", group="leader"
        )
        take_back_person_change(by=office, change=change, reason="Ghi nhầm người (minh họa).")

    def change(action: Callable[..., Any], name: str, **facts: Any) -> DatedAct:
        return before, partial(action, by=office, person=people[name], effective_on=before, **facts)

    return [
        change(change_post, "Lương Văn Khuê", post="Tổ trưởng chuyên môn", group="public"),
        change(move_person, "Hà Văn Lợi", to_unit=units["thon6"], note="Chuyển hộ khẩu (minh họa)"),
        change(record_leaving, "Lê Thị Vân", kind=PersonChange.RETIRED, note="Quyết định nghỉ hưu (minh họa)"),
        change(record_leaving, "Quách Văn Tính", kind=PersonChange.DIED),
        (on, taken_back),
    ]


def _changes_of_household(office: User, commune: Commune, people: dict[str, Person], on: date) -> list[DatedAct]:
    """A couple joins its household, first one heads it, then the other; a third member, recorded by mistake, is taken back."""
    household = Household.objects.get(commune=commune, head_name="Hà Văn Lân")

    def change(action: Callable[..., Any], name: str, months: int) -> DatedAct:
        day = _add_months(on, -months)
        return day, partial(action, by=office, household=household, person=people[name], effective_on=day)

    def taken_back() -> None:
        joined = join_household(by=office, household=household, person=people["Vi Thị Xuân"], effective_on=on)
        take_back_household_change(by=office, change=joined, reason="Ghi nhầm người (minh họa).")

    return [
        change(join_household, "Hà Văn Lân", 3),
        change(join_household, "Vi Thị Lâm", 3),
        change(change_head, "Hà Văn Lân", 3),
        change(change_head, "Vi Thị Lâm", 1),
        (on, taken_back),
    ]


def _day_of(row: dict[str, Any], on: date) -> date:
    """The day on which an entry is made: the last of its days that is not in the future, else the end of its year."""
    days = [value for value in row.values() if isinstance(value, date) and value <= on]
    year = row.get("year")
    return max([*days, *([min(on, date(year, 12, 28))] if year else [])], default=on)


def _enter_levels(office: User, people: dict[str, Person], unit: Unit, row: dict[str, Any]) -> None:
    levels = {people[name].pk: EnteredValue(level) for name, level in row["levels"].items()}
    source = EVALUATION_SOURCE.format(year=row["year"])
    enter_evaluations(by=office, unit=unit, year=row["year"], entered=levels, source=source, despite=EVALUATION_DESPITE)


def _is_later(row: dict[str, Any], on: date) -> bool:
    """Whether an entry of the plan is dated after the day `on`."""
    return row.get("year", 0) > on.year or any(day > on for day in row.values() if isinstance(day, date))


def _subject(commune: Commune, people: dict[str, Person], units: dict[str, Unit], row: dict[str, Any]) -> Any:
    """The person, unit or household of an entry, whose key is removed from the row."""
    if "person" in row:
        return people[row.pop("person")]
    if "unit" in row:
        return units[row.pop("unit")]
    return Household.objects.get(commune=commune, head_name=row.pop("household"))


def _with_days(row: dict[str, Any], on: date) -> dict[str, Any]:
    """The entry with `ago` and `ahead`, months from the day `on`, as days."""
    facts = dict(row)
    if "ago" in facts:
        facts["starts_on"] = _add_months(on, -facts.pop("ago"))
    if "ahead" in facts:
        facts["ends_on"] = _add_months(on, facts.pop("ahead"))
    return facts


def _add_entry(office: User, subject: Any, row: dict[str, Any]) -> None:
    model = EVIDENCE_BY_WORD[row.pop("kind")]
    used = row.pop("used", None)
    facts = {"kind" if name in KIND_COLUMNS else name: value for name, value in row.items()}
    entry = add_evidence(by=office, model=model, subject=subject, **facts)
    if used and isinstance(entry, Initiative):
        code, year = used
        use_initiative(by=office, initiative=entry, award_code=code, year=year, about="hồ sơ trước khi dùng phần mềm")


def _add_months(day: date, count: int) -> date:
    """The same day `count` months later, but at most the 28th."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, min(day.day, 28))
