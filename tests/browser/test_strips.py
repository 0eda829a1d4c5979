"""Rows of filters and of tabs: on a wide screen all in sight, on a phone the chosen one, also when the numbers have come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

Visit = Callable[..., Page]
SHORT_ROWS = [
    ("quantri", "/don-vi/tai-khoan/"),
    ("vanphong", "/thi-dua/nhac-viec/"),
    ("vanphong", "/khen-thuong/de-nghi/"),
    ("vanphong", "/thi-dua/dien-hinh/"),
    ("vanphong", "/tien-do/"),
    ("thon1", "/don-vi/"),
]
PHONE = 700
FILTERED = (
    "/khen-thuong/de-nghi/",
    "/khen-thuong/de-nghi/?trang-thai=awarded",
    "/thi-dua/dien-hinh/",
    "/lich-cong-tac/",
)
OUT_OF_SIGHT = """selector => [...document.querySelectorAll(selector)].filter(one => one.offsetParent).filter(one => {
    const box = one.getBoundingClientRect(), strip = one.closest('.chips, .tabs, .portal-nav ul').getBoundingClientRect();
    return box.left < strip.left - 1 || box.right > strip.right + 1; }).map(one => one.textContent)"""


EMPTY_BELOW = """strip => Math.round(strip.getBoundingClientRect().bottom
    - Math.max(...[...strip.children].map(one => one.getBoundingClientRect().bottom)))"""


@pytest.mark.parametrize("path", FILTERED)
def test_the_filters_are_in_sight_and_no_empty_line_follows_them(visit: Visit, width: int, path: str) -> None:
    page = visit("vanphong")
    page.goto(path)
    expect(page.locator(".chips.is-counted")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".chips [aria-current]" if width < PHONE else ".chips a") == []
    assert page.locator(".chips").evaluate(EMPTY_BELOW) <= 1


@pytest.mark.usefixtures("width")
@pytest.mark.parametrize("path", FILTERED[:2])
def test_on_the_next_visit_the_list_does_not_move_when_the_numbers_come(visit: Visit, path: str) -> None:
    """Also when the next visit is the first one to the list narrowed in this way."""
    page = visit("vanphong")
    page.goto(FILTERED[0])
    expect(page.locator(".chips.is-counted")).to_have_count(1)
    asked: list[Route] = []
    page.route("**dang=dem**", lambda route: asked.append(route))
    page.goto(path, wait_until="domcontentloaded")
    before = page.locator(".chips").evaluate("strip => strip.offsetHeight")
    expect(page.locator(".chips.is-counted")).to_have_count(0)
    for route in asked:
        route.continue_()
    expect(page.locator(".chips.is-counted")).to_have_count(1)
    assert page.locator(".chips").evaluate("strip => strip.offsetHeight") == before


@pytest.mark.parametrize("path", ["/don-vi/vang/", "/don-vi/tai-khoan/", "/khen-thuong/so-vang/"])
def test_the_open_tab_is_in_sight_when_the_numbers_have_come(visit: Visit, width: int, path: str) -> None:
    page = visit("vanphong")
    page.goto(path)
    expect(page.locator(".areas .count, .area-bar .count").locator("visible=true").first).to_be_visible()
    expect(page.locator(".tabs [aria-current]")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".tabs [aria-current]") == []


@pytest.mark.parametrize(("login", "path"), SHORT_ROWS)
def test_a_row_whose_values_need_no_labels_is_short_on_a_phone(visit: Visit, width: int, login: str, path: str) -> None:
    page = visit(login)
    page.goto(path)
    heights = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.offsetHeight).sort((a, b) => a - b)")
    assert heights
    if width < PHONE:
        assert heights[len(heights) // 2] <= 150


def test_the_units_of_a_period_begin_on_the_first_screen(visit: Visit, width: int) -> None:
    page = visit("vanphong")
    page.goto("/thi-dua/ky/")
    page.goto(page.locator("tbody th a").first.get_attribute("href") or "")
    first = page.locator("tbody tr").first.evaluate("row => row.getBoundingClientRect().top")
    assert first < page.evaluate("innerHeight") - (56 if width < PHONE else 0)


def test_a_visitor_sees_which_page_is_open(visit: Visit) -> None:
    page = visit()
    page.goto("/xac-minh/")
    expect(page.locator(".portal-nav [aria-current]")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".portal-nav [aria-current]") == []
