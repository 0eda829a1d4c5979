"""Evidence as of a day, for one person and for many, and the evidence of the demo."""

from datetime import date

import pytest

from villages.actions.evidence import add_evidence, remove_evidence
from villages.models import Discipline, Evaluation, PastAward, Person, Unit
from villages.queries.evidence import evidence_of
from villages.seeds import demo
from villages.tests.test_evidence import FACTS

pytestmark = pytest.mark.both_databases


def test_evidence_as_of_a_day(commune, office, person, school, household):
    demo.play_villages_demo(commune, date(2026, 11, 24))
    now = evidence_of([person], date(2026, 11, 24))[person.pk]
    assert [row.year for row in now.evaluations] == [2025, 2024, 2023, 2022, 2021, 2020]
    assert [(row.award_code, row.year) for row in now.past_awards] == [
        ("CSTDCS", 2025),
        ("CSTDCS", 2024),
        ("CSTDCS", 2023),
    ]
    assert [row.used for row in now.initiatives] == ["", "Chiến sĩ thi đua cơ sở năm 2023"]
    assert (now.disciplines, now.pendings, now.leaves, now.unit_years) == ([], [], [], [])
    then = evidence_of([person], date(2024, 8, 11))[person.pk]
    assert [row.year for row in then.past_awards] == [2023]
    assert [row.year for row in then.initiatives] == [2023]
    of_school = evidence_of([school], date(2026, 11, 24))[school.pk]
    assert [(row.year, row.ldtt, row.total) for row in of_school.unit_years] == [(2025, 15, 20), (2024, 12, 20)]
    assert [row.year for row in of_school.evaluations] == [2025, 2024]
    assert [row.award_code for row in evidence_of([household], date(2026, 11, 24))[household.pk].past_awards] == [
        "GDVH"
    ] * 3


def test_evidence_of_many_is_that_of_each_with_as_many_queries(office, commune, person, django_assert_num_queries):
    add_evidence(by=office, model=Discipline, subject=person, **FACTS[Discipline])
    on = date(2026, 11, 24)
    demo.play_villages_demo(commune, on)
    people = list(Person.objects.filter(commune=commune))
    each = {one.pk: evidence_of([one], on)[one.pk] for one in people}
    kinds = 6  # of evidence about people
    with django_assert_num_queries(kinds):
        assert evidence_of(people, on) == each
    with django_assert_num_queries(kinds):
        evidence_of([person], on)
    assert each[person.pk].disciplines and evidence_of([], on) == {}


def test_removed_entries_do_not_count(office, person):
    entry = add_evidence(by=office, model=Evaluation, subject=person, **FACTS[Evaluation])
    remove_evidence(by=office, entry=entry, reason="Nhầm")
    assert evidence_of([person], date(2026, 1, 1))[person.pk].evaluations == []


def test_the_demo_is_played_once_and_contains_the_cases_for_the_eligibility_check(commune):
    on = date(2026, 11, 24)
    assert demo.play_villages_demo(commune, on)
    assert demo.play_villages_demo(commune, on) == ""
    people = {
        person.full_name: evidence_of([person], on)[person.pk] for person in Person.objects.filter(commune=commune)
    }
    titles = {
        name: [row.year for row in rows.past_awards if row.award_code == "CSTDCS"] for name, rows in people.items()
    }
    assert {name: years for name, years in titles.items() if years} == {
        "Trần Đức Ý": [2025, 2024, 2023],
        "Hà Thị Nhài": [2025, 2024],
    }
    assert [(row.kind, row.ends_on) for row in people["Lương Văn Khuê"].disciplines] == [
        ("khien_trach", date(2024, 4, 10))
    ]
    assert [(row.kind, row.ends_on) for row in people["Lò Thị Diện"].pendings] == [("complaint", None)]
    leave = people["Bùi Thị Sen"].leaves[0]
    assert leave.kind == "maternity" and leave.starts_on < on < leave.ends_on
    assert Person.objects.get(full_name="Lữ Minh Tuệ").joined_on == date(2026, 8, 24)
    assert Unit.objects.get(commune=commune, code="thcs").unit_years.count() == 2


def test_the_demo_of_a_day_contains_nothing_later(commune):
    demo.play_villages_demo(commune, date(2024, 6, 1))
    assert max(Evaluation.objects.values_list("year", flat=True)) == 2024
    assert not PastAward.objects.filter(decided_on__gt=date(2024, 6, 1)).exists()
