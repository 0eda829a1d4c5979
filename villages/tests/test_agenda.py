"""The yearly rating in the calendar: before 15/12, with how many people are not rated."""

from datetime import date

import pytest

from villages.actions.evidence import add_evidence
from villages.models import Evaluation, Person
from villages.queries.agenda import evaluation_deadlines

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture
def rated_people(commune, in_november):
    """Two công chức of the office and one viên chức of the school; nobody else is rated by a decree."""
    Person.objects.filter(commune=commune).update(group="direct")
    officials = list(Person.objects.filter(unit__code="vanphong")[:2])
    teacher = Person.objects.filter(unit__code="thcs").first()
    Person.objects.filter(pk__in=[one.pk for one in officials]).update(group="civil")
    Person.objects.filter(pk=teacher.pk).update(group="public")
    return officials, teacher


def test_the_last_day_is_the_day_before_the_limit_and_the_article_is_named(rated_people, commune, office):
    found = {deadline.key: deadline for deadline in evaluation_deadlines(commune.pk, office, *DECEMBER)}
    assert set(found) == {"official-2026", "employee-2026"}
    official = found["official-2026"]
    assert (official.day, official.title) == (date(2026, 12, 14), "Xếp loại công chức năm 2026: còn 2 người")
    assert "335/2025" in official.note and "chưa xác nhận" not in official.note
    assert "chưa xác nhận" in found["employee-2026"].note
    assert official.is_late(date(2026, 12, 15)) and not official.is_late(date(2026, 12, 14))


def test_it_is_done_when_all_are_rated(rated_people, commune, office, django_assert_num_queries):
    officials, _ = rated_people
    for one in officials:
        add_evidence(by=office, model=Evaluation, subject=one, year=2026, level="good")
    found = {deadline.key: deadline for deadline in evaluation_deadlines(commune.pk, office, *DECEMBER)}
    assert (found["official-2026"].done, found["official-2026"].title) == (True, "Xếp loại công chức năm 2026")
    assert found["employee-2026"].done is False


def test_a_head_sees_those_of_the_own_unit(rated_people, commune, user):
    found = [deadline.key for deadline in evaluation_deadlines(commune.pk, user("thcs"), *DECEMBER)]
    assert found == ["employee-2026"]
    assert not list(evaluation_deadlines(commune.pk, user("thon1"), *DECEMBER))


def test_no_limit_before_the_decrees(commune, office):
    assert not list(evaluation_deadlines(commune.pk, office, date(2025, 12, 1), date(2025, 12, 31)))
    assert not list(evaluation_deadlines(commune.pk, office, date(2026, 1, 1), date(2026, 12, 13)))
