"""The table of yearly evaluations against the law: what is refused, with which reason it is saved, what it shows."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from emulation.audit.models import AuditEntry
from emulation.core.errors import RuleBroken
from emulation.legal.engine.rules.evaluation import EMPLOYEE, OFFICIAL
from tests.html import page_of
from villages.actions.evaluations import EvaluationBreaksLaw, enter_evaluations
from villages.actions.people_table import EnteredValue
from villages.models import Discipline, Evaluation, Leave, Person, Unit, UnitYear
from villages.queries.evaluations import unit_evaluation
from villages.rules.evaluations import evaluation_kind, months_worked

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.mark.parametrize(
    ("group", "unit", "kind"),
    [
        ("civil", "office", OFFICIAL),
        ("public", "school", EMPLOYEE),
        ("leader", "school", EMPLOYEE),
        ("leader", "office", OFFICIAL),
        ("leader", "village", ""),
        ("official", "station", EMPLOYEE),
        ("direct", "village", ""),
        ("", "school", ""),
    ],
)
def test_which_decree_is_about_whom(group: str, unit: str, kind: str) -> None:
    assert evaluation_kind(group, unit) == kind


@pytest.mark.parametrize(
    ("joined", "away", "months"),
    [
        (None, [], None),
        (date(2020, 9, 1), [], 12),
        (date(2026, 7, 1), [], 6),
        (date(2026, 7, 2), [], 5),
        (date(2027, 1, 1), [], 0),
        (date(2020, 9, 1), [(date(2026, 1, 1), date(2026, 6, 30))], 5),
        (date(2020, 9, 1), [(date(2025, 1, 1), date(2025, 12, 31))], 12),
        (date(2020, 9, 1), [(date(2026, 12, 1), None)], 10),
    ],
)
def test_months_worked_in_2026(joined: Any, away: Any, months: int | None) -> None:
    assert months_worked(joined, 2026, away) == months


@pytest.fixture
def school(commune: Any) -> Unit:
    """A school with ten viên chức and a principal."""
    unit = Unit.objects.get(code="thcs")
    Person.objects.filter(unit=unit).update(group="public", joined_on=date(2020, 9, 1))
    for number in range(10):
        person = Person(commune=commune, unit=unit, group="public", joined_on=date(2020, 9, 1))
        person.put_name(f"Lê Thị Mẫu {'ABCDEGHIKL'[number]}")
        person.save()
    return unit


def teachers(school: Unit, count: int) -> list[Person]:
    return list(Person.objects.filter(unit=school, full_name__startswith="Lê Thị Mẫu")[:count])


def enter(office: Any, school: Unit, levels: dict[Person, str], **more: Any) -> int:
    entered = {person.pk: EnteredValue(level) for person, level in levels.items()}
    return enter_evaluations(by=office, unit=school, year=2026, entered=entered, **more)


def test_too_many_excellent_are_saved_only_with_a_reason(office: Any, school: Unit) -> None:
    one, two, three, *rest = teachers(school, 10)
    levels = {one: "excellent", two: "excellent", three: "excellent"} | dict.fromkeys(rest, "good")
    with pytest.raises(EvaluationBreaksLaw) as broken:
        enter(office, school, levels)
    assert [fault.text for fault in broken.value.faults] == [
        "Nhóm viên chức: xuất sắc 3 / tối đa 2 (20% của 10, làm tròn xuống)."
    ]
    assert not Evaluation.objects.filter(person__unit=school, year=2026).exists()
    with pytest.raises(RuleBroken, match="lý do"):
        enter(office, school, levels, despite="..")
    assert enter(office, school, levels, despite="Quyết định số 12 của Chủ tịch xã") == 10
    assert AuditEntry.objects.filter(facts__despite="Quyết định số 12 của Chủ tịch xã").count() == 1


def test_those_already_recorded_count_and_a_good_level_is_never_refused_for_a_share(office: Any, school: Unit) -> None:
    people = teachers(school, 10)
    assert enter(office, school, dict.fromkeys(people[:8], "good") | {people[8]: "excellent"}) == 9
    with pytest.raises(EvaluationBreaksLaw):
        Person.objects.filter(pk=people[0].pk).update(group="")
        enter(office, school, {people[9]: "excellent"})
    assert enter(office, school, {people[9]: "good"}) == 1


def test_a_unit_that_is_excellent_and_has_own_rules_may_have_a_quarter(office: Any, school: Unit) -> None:
    people = teachers(school, 8)
    levels = {people[0]: "excellent", people[1]: "excellent"} | dict.fromkeys(people[2:], "good")
    with pytest.raises(EvaluationBreaksLaw):
        enter(office, school, levels)
    Evaluation.objects.create(commune=school.commune, collective=school, year=2026, level="excellent")
    with pytest.raises(EvaluationBreaksLaw):
        enter(office, school, levels)
    UnitYear.objects.create(commune=school.commune, collective=school, year=2026, own_rules=True)
    assert enter(office, school, levels) == 8


def test_the_head_is_not_above_the_unit(office: Any, school: Unit, user: Any) -> None:
    head = Person.objects.get(user=user("thcs"))
    Evaluation.objects.create(commune=school.commune, collective=school, year=2026, level="done")
    with pytest.raises(EvaluationBreaksLaw) as broken:
        enter(office, school, {head: "good"})
    assert [fault.key for fault in broken.value.faults] == [head.pk]
    assert enter(office, school, {head: "done"}) == 1


def test_short_service_and_sick_leave(office: Any, school: Unit) -> None:
    new, ill = teachers(school, 2)
    Person.objects.filter(pk=new.pk).update(joined_on=date(2026, 9, 1))
    facts = {"commune": school.commune, "person": ill, "starts_on": date(2026, 2, 1), "ends_on": date(2026, 10, 30)}
    Leave.objects.create(kind=Leave.MATERNITY, **facts)
    with pytest.raises(EvaluationBreaksLaw) as broken:
        enter(office, school, {new: "good", ill: "good"})
    assert [(fault.key, fault.text) for fault in broken.value.faults] == [
        (new.pk, "Công tác 4 tháng trong năm, dưới 6 tháng: không xếp loại.")
    ]


@pytest.mark.parametrize(
    ("duty_related", "counted_year", "broken"), [(True, None, True), (None, None, True), (False, None, False), (True, 2025, False)]
)  # fmt: skip
def test_a_discipline_counts_once_and_only_in_duty(
    office: Any, school: Unit, duty_related: bool | None, counted_year: int | None, broken: bool
) -> None:
    (person,) = teachers(school, 1)
    Discipline.objects.create(
        commune=school.commune, person=person, kind="khien_trach", starts_on=date(2026, 3, 1),
        duty_related=duty_related, counted_year=counted_year,
    )  # fmt: skip
    table = unit_evaluation(school, 2026, {person.pk: "done"})
    assert bool(table.faults) is broken


def test_the_page_marks_the_row_keeps_what_was_chosen_and_logs_what_it_read(signed_in: Any, school: Unit) -> None:
    (person,) = teachers(school, 1)
    Discipline.objects.create(
        commune=school.commune, person=person, kind="khien_trach", starts_on=date(2026, 3, 1), duty_related=True
    )
    url = reverse("villages:evaluations", args=[school.pk, 2026])
    client = signed_in("vanphong")
    read = AuditEntry.objects.filter(act="villages.read_restricted_of_person")
    typed = {f"value_{person.pk}": "good", f"seen_{person.pk}": "", "source": "Thông báo 5"}
    page = client.post(url, typed)
    html = page.content.decode()
    assert page.status_code == 422 and "xếp loại không hoàn thành" in html and "Lý do vẫn giữ" in html
    assert "Thông báo 5" in html and read.count() == 1
    assert client.get(url).content.decode().count("Lý do vẫn giữ") == 0 and read.count() == 1
    saved = client.post(url, {**typed, "despite": "Vi phạm đã tính vào năm 2025 theo Quyết định 7"})
    assert saved.status_code == 302 and Evaluation.objects.get(person=person, year=2026).level == "good"


def test_the_share_is_shown_before_anything_is_saved(signed_in: Any, school: Unit) -> None:
    people = teachers(school, 6)
    typed = {f"value_{one.pk}": "excellent" for one in people[:2]} | {f"value_{one.pk}": "good" for one in people[2:]}
    page = signed_in("vanphong").post(reverse("villages:evaluations", args=[school.pk, 2026]), {**typed, "do": "check"})
    html = page_of(page)
    assert page.status_code == 200 and "xuất sắc 2 / tối đa 1 (20% của 6, làm tròn xuống)" in html
    assert "48/2023/NĐ-CP · chưa xác nhận" in html and "chưa đối chiếu" not in html
    refused = signed_in("vanphong").post(reverse("villages:evaluations", args=[school.pk, 2026]), typed)
    html_of_refused = page_of(refused)
    assert (
        refused.status_code == 422 and html_of_refused.count("xuất sắc 2 / tối đa 1 (20% của 6, làm tròn xuống)") == 2
    )
    assert not Evaluation.objects.filter(person__unit=school, year=2026).exists()
    assert '<option value="excellent" selected>' in html.replace("\n", "")


def test_queries_do_not_grow_with_people(school: Unit, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        assert len(unit_evaluation(school, 2026, {}).people) >= 10
