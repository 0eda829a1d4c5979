"""The demo of “Hồ sơ theo năm”, written through the acts by the office of the demo from the `evidence` part of demo.toml."""

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
# The column `kind` of some entries has a name of its own in the plan, where `kind` says what the entry is.
KIND_COLUMNS = ("award_kind", "discipline", "case", "leave")


def play_villages_demo(commune: Commune, on: date) -> str:
    """Writes what was known by the day `on`; once only. Returns what was told, or ""."""
    if Evaluation.objects.filter(commune=commune).exists():
        return ""
    plan, office = read_commune_plan()["evidence"], User.objects.get(username="vanphong")
    people = {person.full_name: person for person in Person.objects.filter(commune=commune)}
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    for name, joined in plan["joined"].items():
        day = joined if isinstance(joined, date) else _months(on, -joined)
        set_joined(by=office, person=people[name], joined_on=min(day, on))
    for row in plan["evaluations"]:
        if row["year"] <= on.year:
            levels = {people[name].pk: EnteredLevel(level) for name, level in row["levels"].items()}
            source = EVALUATION_SOURCE.format(year=row["year"])
            enter_evaluations(by=office, unit=units[row["unit"]], year=row["year"], entered=levels, source=source)
    told = sum(_entry(office, commune, people, units, dict(row), on) for row in plan["entries"])
    return f"{Evaluation.objects.filter(commune=commune).count()} đánh giá năm, {told} dòng khác"


def _entry(office: User, commune: Commune, people: Any, units: Any, row: dict[str, Any], on: date) -> bool:
    """One entry of the plan; False for one that is not known yet on that day."""
    model, used = EVIDENCE_BY_WORD[row.pop("kind")], row.pop("used", None)
    if row.get("year", 0) > on.year or any(day > on for day in row.values() if isinstance(day, date)):
        return False
    if "person" in row:
        subject = people[row.pop("person")]
    elif "unit" in row:
        subject = units[row.pop("unit")]
    else:
        subject = Household.objects.get(commune=commune, head_name=row.pop("household"))
    facts = {"kind" if name in KIND_COLUMNS else name: value for name, value in row.items()}
    for name, column, sign in (("ago", "starts_on", -1), ("ahead", "ends_on", 1)):
        if name in facts:
            facts[column] = _months(on, sign * facts.pop(name))
    entry = add_evidence(by=office, model=model, subject=subject, **facts)
    if used and isinstance(entry, Initiative):
        code, year = used
        use_initiative(by=office, initiative=entry, award_code=code, year=year, about="hồ sơ trước khi dùng phần mềm")
    return True


def _months(day: date, count: int) -> date:
    """The same day so many months later, or the 28th in a shorter month."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, min(day.day, 28))
