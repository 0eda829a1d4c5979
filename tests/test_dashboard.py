""" "Tổng quan": charts by role; every figure is the number of rows of the list that it opens."""

import re
from collections import Counter

import pytest
from django.urls import resolve
from django.utils import timezone

from campaigns.models import Exemplar, Period
from commendations.models import Award
from emulation.core.formatting import format_vnd
from reports.models import PeriodReport
from reports.queries.dashboard import dashboard_of, dashboard_years
from tests import row_copies
from tests.html import page_of

ADDRESS = "/tong-quan/"
KEYS = {
    "vanphong": ["thang", "dien-hinh", "viec-giao", "danh-hieu", "truc-tiep", "chi-tieu", "ho-so"],
    "chutich": ["viec", "danh-hieu", "tien-thuong", "don-vi", "truc-tiep", "chi-tieu", "ho-so"],
    "phongnoivu": ["bao-cao", "cac-don-vi", "exemplars", "granted"],
}
LOGINS = tuple(KEYS)


def rows_behind(response, text: str) -> str:
    """The figure as the list behind it gives it, written as in the table: counted rows, or the sum that the page says."""
    name = resolve(response.wsgi_request.path_info).view_name
    context = response.context
    if name == "commendations:register":
        totals = context["totals"]
        assert int(context["count_in_words"]) >= totals.awards
        return format_vnd(totals.money if len(text) > 6 else totals.awards)
    if name == "campaigns:duty_board":
        return context["tiles"][0]["number"].partition("/")[0]
    if name == "reports:todo":
        return text if text in [str(group.total) for group in context["mine"].groups] else "no such group"
    if name == "campaigns:registrations":
        reached = [format_vnd(line.reached or 0) for line in context["sheet"].goals]
        return text if text in reached else "no such goal"
    if name == "reports:names":
        return format_vnd(len(context["figure"]["names"]))
    return format_vnd(int(context["count_in_words"]))


@pytest.mark.parametrize("login", LOGINS)
def test_every_figure_is_the_number_of_rows_of_its_list(full_demo, user, signed_in, login):
    row_copies.exemplars(3)
    row_copies.nominations(3)
    client = signed_in(login)
    today = timezone.localdate()
    followed = 0
    for year in dashboard_years(user(login), today):
        for one in dashboard_of(user(login), year, today):
            cells = [cell for row in one.rows for cell in row.cells if cell.url]
            for cell in cells:
                if not re.fullmatch(r"[\d.,]+", cell.text):
                    assert client.get(cell.url).status_code == 200
                    continue
                assert rows_behind(client.get(cell.url), cell.text) == cell.text, (year, one.chart.key, cell)
                followed += 1
            assert client.get(one.url).status_code == 200, one.chart.key
    assert followed >= 5


def test_the_charts_draw_the_figures_of_their_tables(full_demo, user):
    today = timezone.localdate()
    charts = {(login, one.chart.key): one for login in LOGINS for one in dashboard_of(user(login), today.year, today)}
    bars = [one for one in charts.values() if hasattr(one.chart, "bars") and one.chart.key not in ("chi-tieu", "tien-thuong")]
    for one in bars:
        for bar, row in zip(one.chart.bars, one.rows, strict=False):
            value = bar.done if hasattr(bar, "done") else bar.value
            assert (bar.label, format_vnd(value)) == (row.label, row.cells[0].text)
    money = charts["chutich", "tien-thuong"]
    assert [format_vnd(bar.value) for bar in money.chart.bars] == [row.cells[2].text for row in money.rows]
    months = charts["vanphong", "dien-hinh"]
    assert sum(column.value or 0 for column in months.chart.columns) == sum(int(row.cells[0].text) for row in months.rows)
    accepted = Exemplar.objects.filter(state__in=Exemplar.VALID, nothing=False, period__year=today.year)
    assert sum(int(row.cells[0].text) for row in months.rows) == accepted.filter(period__kind=Period.MONTH).count() > 0


def test_the_matrix_has_the_cells_of_the_annual_board(full_demo, user, signed_in):
    today = timezone.localdate()
    matrix = dashboard_of(user("vanphong"), today.year, today)[0]
    context = signed_in("vanphong").get(matrix.url).context
    assert {period.kind for period in context["periods"]} == {Period.MONTH}
    board = Counter(cell.mark.code for row in context["rows"] for cell in row.cells)
    assert matrix.chart.counts() == board and board["done"] and board["closed"] + board["silent"]
    assert [row.label for row in matrix.chart.rows] == [row.unit.name for row in context["rows"]]


def test_the_whole_list_has_as_many_rows_as_its_chart_counts(full_demo, user, signed_in):
    today = timezone.localdate()
    charts = {one.chart.key: one for one in dashboard_of(user("chutich"), today.year, today)}
    client = signed_in("chutich")
    register = client.get(charts["danh-hieu"].url).context["totals"]
    counted = Award.objects.counting().filter(year=today.year).count()
    assert register.awards == counted == sum(bar.value for bar in charts["danh-hieu"].chart.bars)
    assert register.awards == sum(bar.value for bar in charts["don-vi"].chart.bars)
    office = {one.chart.key: one for one in dashboard_of(user("vanphong"), today.year, today)}
    exemplars = signed_in("vanphong").get(office["dien-hinh"].url)
    assert exemplars.context["count_in_words"] == office["dien-hinh"].chart.title.split()[0]
    superior = dashboard_of(user("phongnoivu"), today.year, today)[0]
    listed = signed_in("phongnoivu").get(superior.url).context["rows"]
    assert len(listed) == sum(superior.chart.counts()[code] for code in ("done", "late", "cancelled")) > 0


@pytest.mark.parametrize("login", LOGINS)
def test_a_role_sees_its_charts_with_tables_and_links(full_demo, signed_in, login):
    page = page_of(signed_in(login).get(ADDRESS))
    assert re.findall(r'<section class="chart-card[^"]*" id="([^"]+)"', page) == KEYS[login]
    count = len(KEYS[login])
    assert page.count('role="img"') == page.count("<summary>Xem số liệu</summary>") == page.count("</table>") == count
    assert page.count('class="chart-list"') == count
    assert f'href="{ADDRESS}"' in page and not re.search(r"<(script|svg)[^>]* style=", page)


def test_others_have_no_such_page(full_demo, signed_in):
    for login in ("thon1", "vanthu", "hoidong2", "quantri"):
        assert signed_in(login).get(ADDRESS).status_code == 403, login
        assert ADDRESS not in page_of(signed_in(login).get("/viec-cua-toi/"))


def test_the_superior_sees_only_what_was_reported(full_demo, user):
    today = timezone.localdate()
    PeriodReport.objects.update(state="draft", sent_edition={}, document=None, issued_on=None)
    assert dashboard_of(user("phongnoivu"), today.year, today) == []


def test_a_year_without_figures_says_so(commune, signed_in):
    for login in ("vanphong", "phongnoivu"):
        assert "Chưa có số liệu nào" in page_of(signed_in(login).get(ADDRESS))
    year = timezone.localdate().year
    for typed in ("1999", "x", "²", "9" * 400):
        assert f"Tổng quan năm {year}" in page_of(signed_in("chutich").get(ADDRESS, {"nam": typed}))


def test_figures_of_another_commune_do_not_count(full_demo, other_commune, user):
    today = timezone.localdate()
    keys = [one.chart.key for one in dashboard_of(user("la-chutich"), today.year, today)]
    assert keys == []

