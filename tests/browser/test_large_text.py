"""On a phone with its text set to 150 % and 200 %, the daily pages are no wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright
from stack import CHROMIUM_FLAGS, Stack, chromium_path, sign_in

from tests.browser.conftest import too_wide

USUAL_SIZE = 16
# Login, the page, and the link on it that opens the page to check ("": the page itself).
PAGES = {
    "thon1": [
        ("/viec-cua-toi/", ""),
        ("/thi-dua/", "main a[href$='/dien-hinh-moi/']"),
        ("/thi-dua/", "main a[href^='/thi-dua/dien-hinh/']"),
    ],
    "vanphong": [
        ("/viec-cua-toi/", ""),
        ("/thi-dua/dien-hinh/?trang-thai=submitted", ""),
        ("/thi-dua/dien-hinh/?trang-thai=submitted", "tbody th a"),
        ("/khen-thuong/de-nghi/", ""),
        ("/khen-thuong/phien-hop/", "tbody a"),
        ("/khen-thuong/quyet-dinh/", "tbody a"),
    ],
}


@pytest.fixture(scope="module", params=[150, 200], ids=lambda percent: f"{percent}%")
def large_text(request: pytest.FixtureRequest, driver: Playwright) -> Iterator[Browser]:
    """A browser whose user has set this size of text."""
    size = USUAL_SIZE * int(request.param) // 100
    flags = [*CHROMIUM_FLAGS, f"--blink-settings=defaultFontSize={size}"]
    browser = driver.chromium.launch(executable_path=chromium_path(), args=flags)
    yield browser
    browser.close()


def opened(page: Page, path: str, link: str) -> str:
    """Opens the page, then what the link leads to; returns the address."""
    page.goto(path)
    if link:
        page.goto(page.locator(link).first.get_attribute("href") or "")
    return page.url


@pytest.mark.parametrize("login", PAGES)
def test_no_page_is_wider_than_a_phone(stack: Stack, large_text: Browser, login: str) -> None:
    context = large_text.new_context(base_url=stack.url, viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = context.new_page()
    sign_in(page, stack.url, login)
    wide = {}
    for path, link in PAGES[login]:
        address = opened(page, path, link)
        if over := too_wide(page):
            wide[address] = over
    context.close()
    assert not wide


COVERED = """() => [...document.querySelectorAll('.area-bar .count')].filter(one => one.offsetParent).filter(one => {
    const box = one.getBoundingClientRect();
    return box.right > innerWidth || [...document.querySelectorAll('.area-bar .area-icon .icon')].some(icon => {
        const other = icon.getBoundingClientRect();
        return !one.parentElement.contains(icon) && other.left < box.right && box.left < other.right; }); }).length"""
PART_OF_SCREEN = "(one) => one.getBoundingClientRect().height / innerHeight"


def test_the_heads_and_the_bar_are_low(stack: Stack, large_text: Browser) -> None:
    context = large_text.new_context(base_url=stack.url, viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = context.new_page()
    sign_in(page, stack.url, "vanphong")
    page.goto("/viec-cua-toi/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".masthead").evaluate(PART_OF_SCREEN) < 0.2
    assert page.evaluate(COVERED) == 0
    context.clear_cookies()
    sign_in(page, stack.url, "thon1")
    opened(page, "/thi-dua/", "main a[href$='/dien-hinh-moi/']")
    assert page.locator(".focus-head").evaluate(PART_OF_SCREEN) < 0.3
    assert page.locator(".search input").first.evaluate("field => field.offsetWidth / innerWidth") > 0.4
    context.close()
