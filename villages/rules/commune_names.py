"""The name of the commune inside another name ("Trạm Y tế xã Bình Lương"): found, and replaced by a new one."""

import re
import unicodedata

from emulation.core.text import fold

KINDS = (("thi", "tran"), ("dac", "khu"), ("xa",), ("phuong",))
WORD = re.compile(r"\w+")


def with_new_commune_name(text: str, old: str, new: str) -> str:
    """The text with the commune's new name in place of the old one, with its kind ("xã …") or without.

    The same text if it does not hold the old name: a longer name ("xã Bình Lương Thượng") is another commune's, and the
    new name is not replaced again. Capitals are kept; marks may be missing in the text.
    """
    composed = unicodedata.normalize("NFC", text)
    if _words(old) == _words(new):
        return text
    changed = composed
    for name, replacement in ((old, new), (_without_kind(old), _without_kind(new))):
        kept = _spans(changed, _without_kind(new)) if _is_longer(new, old) else []
        for span in reversed(_spans(changed, name)):
            if not any(new_name[0] < span[1] <= new_name[1] for new_name in kept):
                changed = changed[: span[0]] + _in_case_of(changed[slice(*span)], replacement) + changed[span[1] :]
    return text if changed == composed else changed


def _words(name: str) -> list[str]:
    return [fold(word) for word in WORD.findall(unicodedata.normalize("NFC", name))]


def _without_kind(name: str) -> str:
    """ "Bình Lương" of "xã Bình Lương"."""
    words = name.split()
    folded = tuple(fold(word) for word in words)
    count = next((len(kind) for kind in KINDS if folded[: len(kind)] == kind), 0)
    return " ".join(words[count:]) or name


def _is_longer(new: str, old: str) -> bool:
    """Whether the new name contains the old one, so that a text with the new name has the old one too."""
    return f" {' '.join(_words(_without_kind(old)))} " in f" {' '.join(_words(new))} "


def _spans(text: str, name: str) -> list[tuple[int, int]]:
    """Where the text has exactly that name: no word of a longer proper name before or after it."""
    wanted = _words(name)
    found = list(WORD.finditer(text))
    spans = []
    for first in range(len(found) - len(wanted) + 1):
        last = first + len(wanted)
        span = (found[first].start(), found[last - 1].end())
        if " ".join(wanted) == fold(" ".join(text[slice(*span)].split())):
            neighbours = [*found[max(first - 1, 0) : first], *found[last : last + 1]]
            if not any(_is_part_of_name(text, span, word, name) for word in neighbours):
                spans.append(span)
    return spans


def _is_part_of_name(text: str, span: tuple[int, int], word: re.Match[str], name: str) -> bool:
    """Whether the word next to a found name makes a longer proper name of it: "Bình Lương Thượng", "Tân Bình Lương"."""
    if word.start() >= span[1]:
        return _joined(text, span[1], word.start()) and word.group()[0].isupper()
    begins_with_kind = name != _without_kind(name)
    return not begins_with_kind and _joined(text, word.end(), span[0]) and word.group().istitle()


def _joined(text: str, start: int, end: int) -> bool:
    """Whether only spaces are between two words."""
    return not text[start:end].strip()


def _in_case_of(found: str, replacement: str) -> str:
    """The replacement with the capitals of what it replaces: "XÃ BÌNH LƯƠNG" is replaced by capitals, "Xã …" by "Xã …"."""
    if found.isupper():
        return replacement.upper()
    return replacement[:1].upper() + replacement[1:] if found[:1].isupper() else replacement
