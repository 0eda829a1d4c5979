"""A month calendar to print, with seven columns of days. Not an official paper: no number, no letterhead."""

from dataclasses import dataclass

from emulation.documents.blocks.base import Block


@dataclass(frozen=True)
class PlannerDay(Block, tag="DayBox"):
    """One day: its number, its `mark` ("off", "work", "rest" or ""), a short note (`word`), its events.

    Each of `lines` is the text of an event and whether it is done. Cells before the 1st and after the last have no number.
    """

    number: str = ""
    mark: str = ""
    word: str = ""
    lines: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class MonthPlanner(Block, tag="Planner"):
    """The month: its owner, title, introduction, weekday names, weeks of seven days, warnings, closing line."""

    owner: str
    title: str
    about: str
    heads: tuple[str, ...]
    weeks: tuple[tuple[PlannerDay, ...], ...]
    warnings: tuple[str, ...] = ()
    end: str = ""

    def validate(self) -> None:
        self.require_text(title="tên lịch")
