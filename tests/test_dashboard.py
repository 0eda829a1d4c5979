""" "Tổng quan": charts by role; every figure is the number of rows of the list that it opens."""

import re
from collections import Counter
from itertools import chain

import pytest
from django.urls import resolve
from django.utils import timezone

from campaigns.models import Exemplar, Period
from commendations.models import Award
from emulation.core.charts.progress import ProgressBar
from emulation.core.formatting import format_vnd
from reports.models import PeriodReport
from reports.queries.dashboard import dashboard_of, dashboard_years
from tests import row_copies
from tests.html import page_of

pytestmark = [pytest.mark.usefixtures("in_november"), pytest.mark.both_databases]
ADDRESS = "/tong-quan/"
KEYS = {
    "vanphong": ["thang", "dien-hinh", "viec-giao", "danh-hieu", "truc-tiep", "chi-tieu", "ho-so"],
    "chutich": ["viec", "danh-hieu", "tien-thuong", "don-vi", "truc-tiep", "chi-tieu", "ho-so"],
    "phongnoivu": ["bao-cao", "cac-don-vi", "exemplars", "granted"],
}
LOGINS = tuple(KEYS)


def of_register(context, text: str) -> str:
    totals = context["totals"]
    assert int(context["count_in_words"]) == totals.awards + totals.ended
    return format_vnd(totals.money if len(text) > len("999.999") - 1 else totals.awards)


def one_of(text: str, figures) -> str:
    """The figure, if it is among those of the page."""
    return text if text in map(str, figures) else "not on the page"


ROWS_BEHIND = {
    "commendations:register": of_register,
    "campaigns:duty_board": lambda context, text: context["tiles"][0]["number"].partition("/")[0],
    "campaigns:registrations": lambda context, text: one_of(
        text, [format_vnd(line.reached or 0) for line in context["sheet"].goals]
    ),
    "reports:todo": lambda context, text: one_of(text, [group.total for group in context["mine"].groups]),
    "reports:names": lambda context, text: format_vnd(len(context["figure"]["names"])),
}
"""By URL name: the figure as the page behind it gives it. Of all other lists: the number of its rows."""


def rows_behind(response, text: str) -> str:
    figure = ROWS_BEHIND.get(resolve(response.wsgi_request.path_info).view_name)
    context = response.context
    return figure(context, text) if figure else format_vnd(int(context["count_in_words"]))


@pytest.mark.parametrize("login", LOGINS)
def test_every_figure_is_the_number_of_rows_of_its_list(full_demo, user, signed_in, login):
    row_copies.exemplars(3)
    row_copies.nominations(3)
    client = signed_in(login)
    today = timezone.localdate()
    years = dashboard_years(user(login), today)
    charts = list(chain.from_iterable(dashboard_of(user(login), year, today) for year in years))
    cells = chain.from_iterable(row.cells for row in chain.from_iterable(one.rows for one in charts))
    followed = 0
    for cell in filter(lambda cell: cell.url, cells):
        response = client.get(cell.url)
        assert response.status_code == 200
        if re.fullmatch(r"[\d.,]+", cell.text):
            assert rows_behind(response, cell.text) == cell.text, cell
            followed += 1
    assert followed >= 5
    assert {client.get(one.url).status_code for one in charts} == {200}


@pytest.mark.parametrize(
    ("login", "key", "column"),
    [
        ("vanphong", "viec-giao", 0),
        ("vanphong", "danh-hieu", 0),
        ("vanphong", "truc-tiep", 0),
        ("vanphong", "ho-so", 0),
        ("chutich", "viec", 0),
        ("chutich", "tien-thuong", 2),
        ("chutich", "don-vi", 0),
    ],
)
def test_the_charts_draw_the_figures_of_their_tables(full_demo, user, login, key, column):
    today = timezone.localdate()
    one = next(one for one in dashboard_of(user(login), today.year, today) if one.chart.key == key)
    for bar, row in zip(one.chart.bars, one.rows, strict=key != "truc-tiep"):
        value = bar.done if isinstance(bar, ProgressBar) else bar.value
        assert (bar.label, format_vnd(value)) == (row.label, row.cells[column].text.removesuffix(" đồng"))


def test_the_months_add_up(full_demo, user):
    today = timezone.localdate()
    months = next(one for one in dashboard_of(user("vanphong"), today.year, today) if one.chart.key == "dien-hinh")
    listed = sum(int(row.cells[0].text) for row in months.rows)
    accepted = Exemplar.objects.filter(state__in=Exemplar.VALID, nothing=False, period__year=today.year)
    assert listed == accepted.filter(period__kind=Period.MONTH).count() > 0
    assert listed == sum(column.value or 0 for column in months.chart.columns)


def test_the_matrix_has_the_cells_of_the_annual_board(full_demo, user, signed_in):
    today = timezone.localdate()
    matrix = dashboard_of(user("vanphong"), today.year, today)[0]
    context = signed_in("vanphong").get(matrix.url).context
    assert {period.kind for period in context["periods"]} == {Period.MONTH}
    board = Counter(cell.mark.code for cell in chain.from_iterable(row.cells for row in context["rows"]))
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
    response = signed_in(login).get(ADDRESS)
    page = page_of(response)
    assert re.findall(r'<section class="chart-card[^"]*" id="([^"]+)"', page) == KEYS[login]
    count = len(KEYS[login])
    assert page.count("<summary>Xem số liệu</summary>") == page.count("</table>") == count
    assert page.count('role="img"') == sum(not chart.is_empty for chart in response.context["charts"])
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


def test_a_year_without_figures_has_an_empty_state(commune, signed_in):
    for login in ("vanphong", "phongnoivu"):
        assert "Chưa có số liệu nào" in page_of(signed_in(login).get(ADDRESS))
    year = timezone.localdate().year
    for typed in ("1999", "x", "²", "9" * 400):
        assert f"Tổng quan năm {year}" in page_of(signed_in("chutich").get(ADDRESS, {"nam": typed}))


def test_figures_of_another_commune_do_not_count(full_demo, other_commune, user):
    today = timezone.localdate()
    keys = [one.chart.key for one in dashboard_of(user("la-chutich"), today.year, today)]
    assert keys == []


def test_a_figure_of_which_nothing_was_reported_is_not_drawn(full_demo, signed_in):
    """The demo's report has exemplars and no award."""
    page = page_of(signed_in("phongnoivu").get(ADDRESS))

    def picture(key: str) -> str:
        return page.partition(f'id="{key}"')[2].partition("<details>")[0]

    assert "Không có lượt khen thưởng" in picture("granted") and "<svg" not in picture("granted")
    assert "<svg" in picture("exemplars") and "Không có" not in picture("exemplars")
    assert "0 muộn" not in page and "Xã đã gửi 1 báo cáo quý" in page
