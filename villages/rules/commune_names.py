"""The name of the commune inside the names of its units and of the council: what they become when it changes. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from emulation.core.text import fold


@dataclass(frozen=True)
class CommuneName:
    """A name of the commune, "xã Bình Lương", and the place in it, "Bình Lương"."""

    name: str
    place: str


def renamed_after(text: str, old: Iterable[CommuneName], new: CommuneName) -> str:
    """The name with the new name of the commune instead of one of the old ones; "" if it has none of them.

    The whole name is looked for first, then the place alone ("Trường Mầm non Bình Lương"). Capitals are kept. What goes on
    with a capital is another place: "xã Bình Lương Thượng" is not xã Bình Lương.
    """
    text = unicodedata.normalize("NFC", text)
    former = list(old)
    if _found(text, new.name):
        return ""
    pairs = [(one.name, new.name) for one in former]
    if new.place not in [one.place for one in former] and not _found(text, new.place):
        pairs += [(one.place, new.place) for one in former]
    return next(filter(None, (_replaced(text, before, after) for before, after in pairs)), "")


def _replaced(text: str, before: str, after: str) -> str:
    """The text with `after` instead of the first `before`, in its capitals; "" if it has none."""
    found = _found(text, before)
    if found is None:
        return ""
    if found.group().isupper():
        after = after.upper()
    elif text[found.start()].isupper():
        after = after[:1].upper() + after[1:]
    return f"{text[: found.start()]}{after}{text[found.end() :]}"


def _found(text: str, name: str) -> re.Match[str] | None:
    """The first place where the text has the name as whole words, with its marks or all without, and not in a longer name."""
    composed = unicodedata.normalize("NFC", name)
    spellings = f"{re.escape(composed)}|{re.escape(fold(composed))}"
    places = re.finditer(rf"(?<!\w)(?:{spellings})(?!\w)", text, re.IGNORECASE) if name else iter(())
    return next((found for found in places if not _is_in_longer_name(text, found, composed)), None)


def _is_in_longer_name(text: str, found: re.Match[str], name: str) -> bool:
    """Whether the next word goes on with a capital, or a place alone has one before it: "Bình Lương Thượng", "Tân Bình Lương"."""
    words_before = text[: found.start()].split()
    is_place = name[:1].isupper() and len(words_before) > 1
    return text[found.end() :].lstrip()[:1].isupper() or (is_place and words_before[-1].istitle())
