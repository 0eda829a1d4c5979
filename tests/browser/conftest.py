"""Fixtures of the browser tests: the product as started by bin/serve (web server, worker, beat) with its own demo, and Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from stack import CHROMIUM_FLAGS, WIDTHS, Stack, chromium_path, running_stack, sign_in

from tests.browser.form_server import FormServer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    # Each act with grave consequences asks for the password, however long ago a journey signed in.
    with running_stack(PASSWORD_AGAIN_MINUTES="0") as started:
        yield started


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright itself, of which a process may have only one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chrome(driver: Playwright) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture(params=list(WIDTHS), ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    """Tests with this fixture run with the width of a phone and of a desktop."""
    return int(request.param)


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """Browser storage per login: signing in is slow because of the password hash, so it is done once."""
    return {}


@pytest.fixture
def visit(stack: Stack, chrome: Browser, width: int, signed_in: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """`visit("thon1")` opens a browser of that user on the first page after sign-in, `visit()` one of a visitor.

    Paths are relative to the product: `page.goto("/thi-dua/")`. Console errors (scripts, blocked resources, CSP) fail the
    test at its end, except for invalid forms (422). Use `strict=False` in tests that expect other refusals.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def collect_error(page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            errors.append(f"{page.url}: {message.text}")

    def open_page(login: str | None = None, *, strict: bool = True, javascript: bool = True) -> Page:
        context = chrome.new_context(
            base_url=stack.url,
            viewport={"width": width, "height": WIDTHS[width]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            java_script_enabled=javascript,
            storage_state=signed_in.get(login or ""),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if strict:
            page.on("console", lambda message: collect_error(page, message))
            page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        if login and login not in signed_in:
            sign_in(page, stack.url, login)
            signed_in[login] = context.storage_state()
        elif login:
            page.goto("/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "\n".join(errors)


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def sink() -> Iterator[FormServer]:
    made = FormServer()
    yield made
    made.server.shutdown()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context()
    made = context.new_page()
    made.set_default_timeout(5000)
    yield made
    context.close()
