"""The main job (C1-C7) walked by village head, office, council, clerk, chair, superior and visitor: with scripts on a desk,
without any on a phone. The worker of the running product makes the files."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.journey import Journey


def test_from_a_phone_to_the_honour_roll(visit: Callable[..., Page], width: int) -> None:
    desk = width > 700
    journey = Journey(
        visit=visit,
        login="thon2" if desk else "thon4",
        name="Lương Văn Thúy" if desk else "Lương Thị Nhàn",
        words="luong van thuy" if desk else "luong thi nhan",
        is_new=not desk,
        quarter=(2026, "1" if desk else "2"),
        script=desk,
        born="1990" if desk else "1983",
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
    if desk:
        journey.report_again()
    journey.report()
