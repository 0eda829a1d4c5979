"""Rows of filters and of tabs: on a wide screen all in sight, on a phone the chosen one, also when the numbers have come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
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


@pytest.mark.parametrize("path", FILTERED)
def test_the_filters_are_in_sight_and_the_list_below_does_not_move(visit: Visit, width: int, path: str) -> None:
    page = visit("vanphong")
    page.goto(path)
    expect(page.locator(".chips.is-counted")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".chips [aria-current]" if width < PHONE else ".chips a") == []
    strip = page.locator(".chips")
    assert strip.evaluate("strip => strip.offsetHeight - parseFloat(strip.style.minHeight)") == 0


@pytest.mark.parametrize("path", ["/don-vi/vang/", "/don-vi/tai-khoan/", "/khen-thuong/so-vang/"])
def test_the_open_tab_is_in_sight_when_the_numbers_have_come(visit: Visit, width: int, path: str) -> None:
    page = visit("vanphong")
    page.goto(path)
    expect(page.locator(".areas .count, .area-bar .count").locator("visible=true").first).to_be_visible()
    expect(page.locator(".tabs [aria-current]")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".tabs [aria-current]") == []


def test_a_visitor_sees_which_page_is_open(visit: Visit) -> None:
    page = visit()
    page.goto("/xac-minh/")
    expect(page.locator(".portal-nav [aria-current]")).to_have_count(1)
    assert page.evaluate(OUT_OF_SIGHT, ".portal-nav [aria-current]") == []
