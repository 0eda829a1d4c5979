"""The first page of each role: sign-in, start page, every entry of the menu; and its weight on a phone."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page
from stack import WIDTHS, Stack

from tests.browser.conftest import too_wide

LOGINS = ["thon1", "mamnon", "tramyte", "mattran", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri"]
FIRST_PAGE_BYTES, LATER_PAGE_BYTES = 80_000, 15_000


@pytest.mark.parametrize("width", [360], indirect=True)
@pytest.mark.parametrize("login", LOGINS)
def test_every_entry_of_the_menu_opens_and_fits(visit: Callable[..., Page], stack: Stack, login: str) -> None:
    """Opened on a phone, then the same page drawn out to a desk: nothing sticks out on either."""
    page = visit(login)
    links = page.locator("nav.menu a[href]").all()
    addresses = list(dict.fromkeys(urljoin(stack.url, link.get_attribute("href") or "") for link in links))
    assert addresses
    wrong = []
    for address in addresses:
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{address}: HTTP {answer.status if answer else 'nothing'}")
        elif page.locator("h1").count() != 1:
            wrong.append(f"{address}: {page.locator('h1').count()} headings of the first rank")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            if too_wide(page) > 0:
                wrong.append(f"{address}: {too_wide(page)} px too wide at {width}")
    assert not wrong, "\n".join(wrong)


def test_a_wrong_password_is_answered_in_plain_words(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", "thon1")
    page.fill("input[name=password]", "khong-phai")
    page.click("form[method=post] button.btn-primary")
    assert page.locator("input[name=username]").input_value() == "thon1"
    assert page.locator("[role=alert], .invalid-feedback, .alert, .errorlist, .note-bad").first.inner_text().strip()


def test_the_core_works_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("thon1", javascript=False)
    assert page.locator("h1").inner_text().strip()


def test_the_first_page_of_a_village_head_is_light(visit: Callable[..., Page], width: int) -> None:
    """All resources, compressed, with a cold cache, after the sign-in page; then one more page with what is cached."""
    page = visit()
    weight = 0

    def add(event: dict[str, float]) -> None:
        nonlocal weight
        weight += int(event["encodedDataLength"])

    listener = page.context.new_cdp_session(page)
    listener.send("Network.enable")
    listener.on("Network.loadingFinished", add)
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", "thon1")
    page.fill("input[name=password]", "sovang-2026")
    page.click("form[method=post] button.btn-primary")
    page.wait_for_load_state("networkidle")
    assert weight < FIRST_PAGE_BYTES, f"{weight} bytes from nothing to the first page"
    weight = 0
    later = page.locator("nav.menu a[href]").nth(1).get_attribute("href")
    page.goto(later or "/")
    page.wait_for_load_state("networkidle")
    assert weight < LATER_PAGE_BYTES, f"{weight} bytes for {later}"
