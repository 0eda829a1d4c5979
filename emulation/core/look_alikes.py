"""Letters of other alphabets that look like Vietnamese ones, and the letters that were meant. Pure."""

import unicodedata
from collections.abc import Iterator
from string import ascii_letters

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсух", "ABESIJKMHOPCTYXaesijopcyx", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον", "ABEZHIKMNOPTYXov", strict=True))
_OTHERS = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "Ǎ": "Ă", "ǎ": "ă", "ı": "i"}
_OTHERS |= {chr(ord(letter) + 0xFEE0): letter for letter in ascii_letters}  # full width, as a Chinese keyboard types
LOOK_ALIKES = _CYRILLIC | _GREEK | _OTHERS


def without_look_alikes(text: str) -> str:
    """The text with Vietnamese letters instead of those that look like them. A text without a Latin letter is left alone.

    Only whole words change: of a word with another letter of its own alphabet ("Анна") nothing is replaced.
    """
    if not any(_is_latin(char) and char not in LOOK_ALIKES for char in text):
        return text
    return unicodedata.normalize("NFC", " ".join(map(_word, unicodedata.normalize("NFC", text).split(" "))))


def look_alikes_in(text: str) -> list[str]:
    """The letters that `without_look_alikes` replaces, each once, with what they are: "а (chữ Nga) → a"."""
    typed = unicodedata.normalize("NFC", text)
    replaced = without_look_alikes(typed)
    if typed == replaced:
        return []
    return list(
        dict.fromkeys(f"“{char}” ({_alphabet(char)}) thay bằng “{LOOK_ALIKES[char]}”" for char in _replaced(typed))
    )


def _replaced(typed: str) -> Iterator[str]:
    for word in typed.split(" "):
        if _word(word) != word:
            yield from (char for char in unicodedata.normalize("NFD", word) if char in LOOK_ALIKES)
            yield from (char for char in word if char in _OTHERS)


def _word(word: str) -> str:
    """The word in Latin letters, unless it has a letter that looks like none of them."""
    parts = [_OTHERS.get(char, char) for char in word]
    letters = [LOOK_ALIKES.get(char, char) for char in unicodedata.normalize("NFD", "".join(parts))]
    if all(_is_latin(char) or not char.isalpha() for char in letters):
        return unicodedata.normalize("NFC", "".join(letters))
    return word


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")


def _alphabet(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith("CYRILLIC"):
        return "chữ Nga"
    return "chữ Hy Lạp" if name.startswith("GREEK") else f"mã U+{ord(char):04X}"
