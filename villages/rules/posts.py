"""The post of a person on a day: the recorded one, as long as a role that it names is theirs; the unit in it by its name of
the day. Pure."""

import re
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


def may_name_unit(post: str) -> bool:
    """Whether a proper name or a number follows the first word: "Trưởng Thôn 1", not "Nông dân", "Trưởng thôn"."""
    return any(word[0].isupper() or word[0].isdecimal() for word in post.split()[1:])


def name_in_post(post: str, names: Iterable[str]) -> str:
    """Which of these names of a unit the post contains, the longest first, in either case; "" for none."""
    for name in sorted(names, key=len, reverse=True):
        if re.search(_whole(name), post, re.IGNORECASE):
            return name
    return ""


def with_unit_name(post: str, names: Iterable[str], name: str) -> str:
    """The post with `name` in place of the one of the unit's `names` that it contains: "Trưởng Thôn 1" is "Trưởng Thôn Mài"."""
    found = name_in_post(post, names)
    if not found or found == name:
        return post
    return re.sub(_whole(found), lambda _: name, post, flags=re.IGNORECASE)


def _whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
