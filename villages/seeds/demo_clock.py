"""The clock of the demo: stories of the apps played together, each act on its day.

A story is a generator that yields the day on which it goes on, and returns a summary. It writes nothing before its first
day. While it is played Django's clock shows that day, so rows, states, notices and audit entries carry it.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import heappop, heappush
from typing import Any, TypeAlias, TypeVar

from django.utils import timezone

Story: TypeAlias = Generator[date, None, str]
Summary = TypeVar("Summary")
OPENS_AT = time(8, 0)
STEP = timedelta(seconds=1)


class DemoClock:
    """The time in the demo: from eight o'clock of its day, a second later at each look; never back, never after the real time."""

    def __init__(self) -> None:
        self._moment: datetime | None = None

    def go(self, day: date) -> None:
        """Go on to that day; stays where it is on an earlier day."""
        morning = timezone.make_aware(datetime.combine(day, OPENS_AT))
        self._moment = max(self._moment, morning) if self._moment else morning

    def now(self, tz: tzinfo | None) -> datetime:
        real = datetime.now(UTC)
        if self._moment is None:
            return real.astimezone(tz)
        self._moment += STEP
        return min(self._moment, real).astimezone(tz)


class _EveryDatetime(type):
    """`isinstance` of the replaced class is true for every datetime."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, datetime)


@contextmanager
def demo_clock() -> Iterator[DemoClock]:
    """Set Django's clock (`timezone.now`, also where it is a default of a column) inside the block."""
    clock = DemoClock()

    class PlayedDatetime(datetime, metaclass=_EveryDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return clock.now(tz)

    module: Any = timezone
    module.datetime = PlayedDatetime
    try:
        yield clock
    finally:
        module.datetime = datetime


def together(*stories: Story) -> Generator[date, None, list[str]]:
    """The stories as one, in the order of their days, on one day in the order given. Returns their summaries."""
    summaries = [""] * len(stories)
    waiting: list[tuple[date, int]] = []

    def resume(place: int) -> None:
        try:
            heappush(waiting, (next(stories[place]), place))
        except StopIteration as end:
            summaries[place] = end.value or ""

    for place in range(len(stories)):
        resume(place)
    while waiting:
        day, place = heappop(waiting)
        yield day
        resume(place)
    return summaries


def play_story(story: Generator[date, None, Summary]) -> Summary:
    """Play a story to its end with the clock on its days. Returns its summary."""
    with demo_clock() as clock:
        while True:
            try:
                day = next(story)
            except StopIteration as end:
                summary: Summary = end.value
                return summary
            clock.go(day)
