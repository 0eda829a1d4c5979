"""A month to hang on the wall: seven columns of days. No official paper: no number, no letterhead."""

from dataclasses import dataclass

from emulation.documents.blocks.base import Block


@dataclass(frozen=True)
class PlannerDay(Block, tag="DayBox"):
    """One day: its number, whether it is off or made up for ("off", "work", "rest" or ""), a word on it, its lines.

    Each line is the icon-less text of one thing and whether it is done. No number: a box before the 1st or after the last.
    """

    number: str = ""
    mark: str = ""
    word: str = ""
    lines: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class MonthPlanner(Block, tag="Planner"):
    """The whole month: whose it is, its title, what is in it, the names of the days, weeks of seven boxes, a word at the end."""

    owner: str
    title: str
    about: str
    heads: tuple[str, ...]
    weeks: tuple[tuple[PlannerDay, ...], ...]
    warnings: tuple[str, ...] = ()
    end: str = ""

    def validate(self) -> None:
        self.require_text(title="tên lịch")
