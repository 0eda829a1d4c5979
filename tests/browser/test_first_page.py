"""The first page of each role: sign-in, start page, every menu entry, and its size in bytes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from servers import wait_until
from stack import WIDTHS, Stack, menu_addresses

from emulation.core.private_files import shared_paths
from tests.browser.conftest import too_wide

LOGINS = ["thon1", "mamnon", "tramyte", "mattran", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri"]
FIRST_PAGE_BYTES = 80_000
LATER_PAGE_BYTES = 15_000


def test_others_may_not_read_the_data_folder(stack: Stack) -> None:
    """Web server, worker, beat and the commands have written database, demo files, rendered papers and their own files."""
    expected = {"sovang.sqlite3", "secret_key", "files", "static", "serve.lock", "beat-schedule"}
    wait_until(
        lambda: expected <= {path.name.removesuffix(".db") for path in stack.data.iterdir()}, stack.process, "beat"
    )
    assert list(shared_paths(stack.data)) == []


@pytest.mark.parametrize("width", [360], indirect=True)
@pytest.mark.parametrize("login", LOGINS)
def test_every_menu_entry_opens_and_fits_the_screen(visit: Callable[..., Page], stack: Stack, login: str) -> None:
    """No page is wider than the screen, with the width of a phone and then of a desktop."""
    page = visit(login)
    addresses = menu_addresses(page, stack.url)
    assert len(addresses) > 3
    wrong = []
    for address in addresses:
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{address}: HTTP {answer.status if answer else 'nothing'}")
        elif page.locator("h1").count() != 1:
            wrong.append(f"{address}: {page.locator('h1').count()} h1 headings")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            if too_wide(page) > 0:
                wrong.append(f"{address}: {too_wide(page)} px too wide at {width}")
    assert not wrong, "\n".join(wrong)


def test_a_wrong_password_shows_an_error(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", "thon1")
    page.fill("input[name=password]", "khong-phai")
    page.click("form[method=post] button.btn-primary")
    assert page.locator("input[name=username]").input_value() == "thon1"
    assert page.locator("[role=alert], .invalid-feedback, .alert, .errorlist, .note-bad").first.inner_text().strip()


def test_the_first_page_works_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("thon1", javascript=False)
    assert page.locator("h1").inner_text().strip()


def test_the_first_page_of_a_village_head_is_small(visit: Callable[..., Page], width: int) -> None:
    """All resources as transferred: sign-in and first page with a cold cache, then one more page with a warm cache."""
    page = visit()
    transferred = 0

    def add(event: dict[str, float]) -> None:
        nonlocal transferred
        transferred += int(event["encodedDataLength"])

    listener = page.context.new_cdp_session(page)
    listener.send("Network.enable")
    listener.on("Network.loadingFinished", add)
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", "thon1")
    page.fill("input[name=password]", "sovang-2026")
    page.click("form[method=post] button.btn-primary")
    page.wait_for_load_state("networkidle")
    assert transferred < FIRST_PAGE_BYTES, f"{transferred} bytes for sign-in and first page"
    transferred = 0
    later = page.locator("nav.area-bar a[href], nav.areas a[href]").nth(1).get_attribute("href")
    page.goto(later or "/")
    page.wait_for_load_state("networkidle")
    assert transferred < LATER_PAGE_BYTES, f"{transferred} bytes for {later}"
