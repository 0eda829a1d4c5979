"""The main process (C1-C7) from the exemplar to the quarterly report, by all its roles.

On a desktop with JavaScript, on a phone without. The worker of the running product renders the files.
"""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.journey import Journey


def test_from_the_exemplar_to_the_honour_roll(visit: Callable[..., Page], width: int) -> None:
    desktop = width > 700
    journey = Journey(
        visit=visit,
        login="thon2" if desktop else "thon4",
        name="Lương Văn Thúy" if desktop else "Lương Thị Nhàn",
        words="luong van thuy" if desktop else "luong thi nhan",
        is_new=not desktop,
        quarter=(2026, "1" if desktop else "2"),
        script=desktop,
        born="1990" if desktop else "1983",
    )
    journey.enter()
    journey.return_and_correct()
    journey.accept_and_nominate()
    journey.submit()
    journey.check()
    journey.hold_session()
    journey.present()
    journey.decide()
    journey.issue()
    journey.print_all()
    journey.check_outcome_is_visible()
    if desktop:
        journey.report_again()
    journey.report()
