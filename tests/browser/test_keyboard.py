"""The main job by keyboard alone, by every role; bin/drill keyboard. In bin/test: its first two steps."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.journey import Journey
from tests.browser.keyboard import use_keyboard_only

WHOLE = bool(os.environ.get("KEYBOARD"))


@pytest.mark.parametrize("width", [1280], ids=["1280px"])
def test_the_main_job_needs_no_mouse(visit: Callable[..., Page], width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    journey = Journey(
        visit=visit,
        login="thon3",
        name="Vi Văn Bàn Phím",
        words="vi van ban phim",
        is_new=True,
        quarter=(2026, "1"),
        script=True,
        born="1979",
    )
    use_keyboard_only(monkeypatch)
    journey.enter()
    journey.return_and_correct()
    if not WHOLE:
        return
    journey.accept_and_nominate()
    journey.submit()
    journey.check()
    journey.hold_session()
    journey.present()
    journey.decide()
    journey.issue()
    journey.report()
