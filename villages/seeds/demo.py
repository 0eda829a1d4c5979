"""Demo of “Hồ sơ theo năm”: the office enters the `evidence` part of demo.toml through the actions."""

from datetime import date
from typing import Any

from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.actions.evaluations import EnteredLevel, enter_evaluations
from villages.actions.evidence import add_evidence, set_joined, use_initiative
from villages.models import EVIDENCE, Evaluation, Household, Initiative, Person, Unit
from villages.seeds.commune_setup import read_commune_plan

EVIDENCE_BY_WORD = {model.word: model for model in EVIDENCE}
EVALUATION_SOURCE = "Thông báo kết quả đánh giá năm {year} (minh họa)"
# Names in the plan for the model field `kind`, since `kind` in the plan is the kind of evidence.
KIND_COLUMNS = ("award_kind", "discipline", "case", "leave")


def play_villages_demo(commune: Commune, on: date) -> str:
    """Enters the evidence dated up to the day `on`; only once. Returns a summary, or ""."""
    if Evaluation.objects.filter(commune=commune).exists():
        return ""
    plan = read_commune_plan()["evidence"]
    office = User.objects.get(username="vanphong")
    people = {person.full_name: person for person in Person.objects.filter(commune=commune)}
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    for name, joined in plan["joined"].items():
        day = joined if isinstance(joined, date) else _add_months(on, -joined)
        set_joined(by=office, person=people[name], joined_on=min(day, on))
    for row in plan["evaluations"]:
        if row["year"] <= on.year:
            _enter_levels(office, people, units[row["unit"]], row)
    entries = [dict(row) for row in plan["entries"] if not _is_later(row, on)]
    for row in entries:
        _add_entry(office, _subject(commune, people, units, row), row, on)
    return f"{Evaluation.objects.filter(commune=commune).count()} đánh giá năm, {len(entries)} dòng khác"


def _enter_levels(office: User, people: dict[str, Person], unit: Unit, row: dict[str, Any]) -> None:
    levels = {people[name].pk: EnteredLevel(level) for name, level in row["levels"].items()}
    source = EVALUATION_SOURCE.format(year=row["year"])
    enter_evaluations(by=office, unit=unit, year=row["year"], entered=levels, source=source)


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


def _add_entry(office: User, subject: Any, row: dict[str, Any], on: date) -> None:
    model = EVIDENCE_BY_WORD[row.pop("kind")]
    used = row.pop("used", None)
    facts = {"kind" if name in KIND_COLUMNS else name: value for name, value in row.items()}
    if "ago" in facts:
        facts["starts_on"] = _add_months(on, -facts.pop("ago"))
    if "ahead" in facts:
        facts["ends_on"] = _add_months(on, facts.pop("ahead"))
    entry = add_evidence(by=office, model=model, subject=subject, **facts)
    if used and isinstance(entry, Initiative):
        code, year = used
        use_initiative(by=office, initiative=entry, award_code=code, year=year, about="hồ sơ trước khi dùng phần mềm")


def _add_months(day: date, count: int) -> date:
    """The same day `count` months later, but at most the 28th."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, min(day.day, 28))
