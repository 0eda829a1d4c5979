"""The post of a person on a day: the recorded one, as long as a role that it names is theirs. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emulation.core.text import fold


@dataclass(frozen=True)
class HeldPost:
    """A post from a day to a day (None: without end), by all the names under which it is recorded; the first is written."""

    names: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None

    def is_held(self, on: date) -> bool:
        """Whether it is held on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def is_named(self, post: str) -> bool:
        """Whether the recorded post is this one."""
        return fold(post) in map(fold, self.names)


def post_of_day(recorded: str, held: Iterable[HeldPost], on: date) -> str:
    """The recorded post; "" before and after the days on which it was held, if they are known; without a recorded post the
    one that is held that day."""
    posts = [post for post in held if not recorded or post.is_named(recorded)]
    if recorded and not posts:
        return recorded
    of_the_day = next((post for post in posts if post.is_held(on)), None)
    return (recorded or of_the_day.names[0]) if of_the_day else ""
