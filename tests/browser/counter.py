"""Counts the clicks and letters of users in the browser."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass
class Counter:
    """What users do with mouse and keyboard: `clicks` (a choice of a list is two), `letters` typed, by step."""

    clicks: int = 0
    letters: int = 0
    steps: list[str] = field(default_factory=list)

    def click(self, found: Locator) -> None:
        self.clicks += 1
        found.first.click()
        found.page.wait_for_load_state()

    def choose(self, page: Page, name: str, **what: str | int) -> None:
        self.clicks += 2
        page.select_option(f"select[name={name}]", **what)  # type: ignore[arg-type]

    def type(self, found: Locator, text: str) -> None:
        self.clicks += 1
        self.letters += len(text)
        found.first.fill(text)

    def done(self, step: str) -> None:
        self.steps.append(f"{step}: {self.clicks} clicks, {self.letters} letters so far")

    def button(self, page: Page, label: str) -> None:
        """Presses the button of a step, and confirms if it asks."""
        asked = page.locator("details.confirm").filter(has=page.locator("summary", has_text=label))
        if asked.count():
            self.click(asked.first.locator("summary"))
            self.click(asked.first.locator("form button"))
        else:
            self.click(page.locator("main form button, main a.btn", has_text=label))

    def task(self, page: Page, title: str, who: str = "") -> None:
        page.goto("/viec-cua-toi/")
        tasks = page.locator("li.task:not(.task-quiet)").filter(has_text=title).filter(has_text=who)
        self.click(tasks.locator("a.btn"))
