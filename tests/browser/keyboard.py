"""The product used by keyboard alone: clicks and typing of Playwright become Tab, Enter, Space, arrows and letters."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request

MAX_TABS = 250
SECONDS_TO_LEAVE = 0.3
IS_FOCUSED = "element => element === document.activeElement"
SHOWS_FOCUS = """element => {
    const style = getComputedStyle(element), label = element.labels && element.labels[0];
    const marked = (one) => one && (one.outlineStyle !== "none" && one.outlineWidth !== "0px" || one.boxShadow !== "none");
    return marked(style) || marked(label && getComputedStyle(label));
}"""


def use_keyboard_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the rest of the test no mouse is used: what cannot be reached with Tab, or shows no focus, fails."""
    for owner, name, act in (
        (Locator, "click", lambda locator, **_: _activate(locator)),
        (Locator, "check", lambda locator, **_: _check(locator)),
        (Locator, "fill", lambda locator, text, **_: _type(locator, text)),
        (Page, "check", lambda page, selector, **_: _check(page.locator(selector))),
        (Page, "fill", lambda page, selector, text, **_: _type(page.locator(selector), text)),
        (Page, "select_option", _select),
    ):
        monkeypatch.setattr(owner, name, act)


def _reach(locator: Locator) -> Page:
    """Goes with Tab from where the focus is until the element has it."""
    page = locator.page
    locator.wait_for(state="attached")
    for _ in range(MAX_TABS):
        if locator.evaluate(IS_FOCUSED):
            assert locator.evaluate(SHOWS_FOCUS), f"{page.url}: the focus does not show at {locator}"
            return page
        page.keyboard.press("Tab")
    raise AssertionError(f"{page.url}: {MAX_TABS} times Tab do not reach {locator}")


def _activate(locator: Locator) -> None:
    """Enter; unlike a click of Playwright, a key does not wait for the next page, so its requests are waited for."""
    page = _reach(locator)
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    page.keyboard.press("Enter")
    page.wait_for_timeout(SECONDS_TO_LEAVE * 1000)
    for request in asked:  # grows with each redirect
        if request.is_navigation_request():
            request.response()
            page.wait_for_timeout(SECONDS_TO_LEAVE * 1000)
    page.remove_listener("request", note)
    page.wait_for_load_state()


def _check(locator: Locator) -> None:
    """Space ticks a box; among radio buttons, of which Tab reaches one, arrows choose."""
    page = locator.page
    if locator.is_checked():
        return
    if locator.get_attribute("type") != "radio":
        _reach(locator).keyboard.press("Space")
    else:
        name = locator.get_attribute("name")
        group = page.locator(f"input[type=radio][name='{name}']")
        stop = group.and_(page.locator(":checked"))
        _reach(stop if stop.count() else group.first).keyboard.press("Space")
        for _ in range(group.count()):
            if locator.is_checked():
                break
            page.keyboard.press("ArrowDown")
    assert locator.is_checked(), f"{page.url}: the keyboard does not choose {locator}"


def _type(locator: Locator, text: str) -> None:
    keyboard = _reach(locator).keyboard
    keyboard.press("Control+a")
    keyboard.press("Delete")
    keyboard.insert_text(text)


def _select(page: Page, selector: str, value: str | None = None, *, index: int | None = None, **_: Any) -> None:
    """Chooses an option with the arrow keys; ends with Tab, as people do."""
    locator = page.locator(selector)
    options = locator.locator("option")
    values = [options.nth(place).get_attribute("value") for place in range(options.count())]
    keyboard = _reach(locator).keyboard
    keyboard.press("Home")
    for _ in range(values.index(value) if index is None else index):
        keyboard.press("ArrowDown")
    assert locator.input_value() == (values[index] if index is not None else value)
