"""Boards and quarterly reports before, across and after the day on which two thôn merge show both sides of the day."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from commendations.tests import case_steps
from reports.queries.report_figures import figure_by_key, quarter_figures
from tests.html import page_of
from villages.models import Unit
from villages.tests.mergers import DAY, at, record_merger

LAST = "Thôn 2 (đến hết 30/11/2026)"


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def months(commune, units, office, user):
    """October with an accepted exemplar of Thôn 2, November and December open; merged on the first of December."""
    with at(date(2026, 10, 20)):
        october = open_month(commune=commune, on=date(2026, 10, 1))
        content = ExemplarContent(
            kind="collective", collective=units["thon2"], field=Field.objects.first(), deed=case_steps.DEED
        )
        exemplar = start_exemplar(by=user("thon2"), unit=units["thon2"], period=october, content=content)
        accept_exemplar(by=office, exemplar=submit_exemplar(by=user("thon2"), exemplar=exemplar))
    with at(date(2026, 11, 20)):
        november = open_month(commune=commune, on=date(2026, 11, 1))
    with at(DAY):
        december = open_month(commune=commune, on=DAY)
        record_merger(office, commune, units)
    return october, november, december


def by_unit(commune, year, number):
    return {name: counts for name, *counts in quarter_figures(commune.pk, year, number)["by_unit"]}


def names_of(commune, key, year=2026, number=4):
    section = quarter_figures(commune.pk, year, number)
    return [name for name, *_ in figure_by_key(section, key)["names"]]


def test_the_quarter_of_the_merger_has_both_sides(commune, months):
    with at(date(2026, 12, 20)):
        rows = by_unit(commune, 2026, 4)
        assert {LAST, "Thôn 1 (đến hết 30/11/2026)", "Thôn Hòa Bình", "Thôn 3"} <= rows.keys()
        assert rows[LAST] == [1, 0, 0]
        assert names_of(commune, "units_sent") == [LAST]
        assert {"Thôn 1 (đến hết 30/11/2026)", "Thôn Hòa Bình"} <= set(names_of(commune, "units_silent"))
        total = sum(accepted for accepted, *_ in rows.values())
        assert total == figure_by_key(quarter_figures(commune.pk, 2026, 4), "exemplars")["value"] == 1


def test_the_quarters_before_and_after_have_one_side(commune, months):
    with at(date(2027, 1, 20)):
        before = by_unit(commune, 2026, 3)
        after = by_unit(commune, 2027, 1)
    assert {"Thôn 1", "Thôn 2"} <= before.keys()
    assert "Thôn Hòa Bình" not in before
    assert "Thôn Hòa Bình" in after
    assert not [name for name in after if name.startswith(("Thôn 1", "Thôn 2"))]


def test_a_unit_closed_before_it_was_asked_is_not_silent(commune, units, office):
    with at(date(2026, 12, 1)):
        record_merger(office, commune, units)
        open_month(commune=commune, on=date(2026, 12, 1))
        assert not [name for name in names_of(commune, "units_silent") if "đến hết" in name]


def test_the_boards_name_the_unit_that_took_over_and_whom_to_call(commune, months, signed_in):
    october, _, december = months
    with at(date(2026, 12, 20)):
        browser = signed_in("vanphong")
        past = page_of(browser.get(reverse("campaigns:board", args=[october.pk])))
        now = page_of(browser.get(reverse("campaigns:board", args=[december.pk])))
        year = page_of(browser.get(reverse("campaigns:year")))
    row = past[past.index(f">{Unit.objects.get(code='thon1').name}<") :].split("</tr>")[0]
    assert "(nay thuộc Thôn Hòa Bình)" in row
    assert "Lê Văn Hòa" in row  # heads the new thôn
    assert "Thôn 1<" not in now
    assert "Thôn Hòa Bình" in now
    assert "(nay thuộc Thôn Hòa Bình)" in year
    assert year.count("Thôn Hòa Bình") >= 3
