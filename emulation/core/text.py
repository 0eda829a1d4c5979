"""Normalisation of Vietnamese text on input (NFC, spaces), a folded form for search, a sort key for names."""

import re
import unicodedata
from functools import lru_cache

NAME_KEY_LENGTH = 400
"""Longest `name_key`; a longer one is cut, which only loses the order of very long names."""

_BLANK_LOOKING = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻʹ′´`＇", "'"))
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u2800]+")


class _Invisible(dict[int, int | None]):
    """A translation table, filled on demand, that deletes characters which no text needs.

    These are: control and format characters (zero width, bidi), surrogates, private use, noncharacters, blank fillers.
    """

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        dropped = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} or nonchar or char in _BLANK_LOOKING
        self[code] = None if dropped and not char.isspace() else code
        return self[code]


_INVISIBLE = _Invisible()


def clean(text: str) -> str:
    """One line of text: NFC, single spaces, no invisible characters (control, zero-width, bidi). Idempotent."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text.translate(_INVISIBLE)).strip())


def clean_lines(text: str) -> str:
    """`clean` line by line: newlines stay (as \\n), at most one empty line in a row, none at the ends. Idempotent."""
    lines = "\n".join(clean(line) for line in _LINE_ENDS.split(text))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def filled_lines(text: str) -> tuple[str, ...]:
    """The lines of a text that are not blank, without surrounding spaces."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def is_reason(text: str) -> bool:
    """Whether a text can be a reason: at least three letters, not all the same, so dots, "ok" and "xxx" are none."""
    letters = [char for char in text.casefold() if char.isalpha()]
    return len(letters) >= 3 and len(set(letters)) > 1


def fold(text: str) -> str:
    """The form that searches compare: lower case, no diacritics, đ = d, so `hoa` finds Hòa, Hoà and HOÁ. Idempotent.

    i and y stay different: Quí folds to `qui`, Quý to `quy`. Apostrophes are one letter: `h'mai` finds H’Mai.
    """
    typed = text.translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", typed).casefold()).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return clean(letters.replace("đ", "d").replace("ð", "d"))


# The marks of ă â ê ô ơ ư form separate letters; the five tone marks do not and are compared after the letters.
_ALPHABET = ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m"]
_ALPHABET += ["n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z"]
_CODE = {str(digit): str(10 + digit) for digit in range(10)}
_CODE |= {letter: str(20 + place) for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = "\u0306\u0302\u031b"  # breve, circumflex, horn


def name_key(full_name: str) -> str:
    """The stored key for sorting lists of names: tên, then đệm, then họ, each by the Vietnamese alphabet.

    Within a word, letters are compared before tones (ngang, huyền, hỏi, ngã, sắc, nặng). A tone belongs to its word, not
    to one letter, so Hoá and Hóa, Thuý and Thúy, Uỷ and Ủy have the same key. i and y are two letters: Quí sorts before
    Quý. f j w z have their English places; an apostrophe is ignored (K'Sor, Ksor), a hyphen separates words. The key
    consists of digits only, so that SQLite and every PostgreSQL collation sort it in the same way.
    """
    *rest, given = _words(full_name) or [""]
    family = rest[:1]
    middle = rest[1:]
    return "".join([given, *middle, "00" if given else "", *family])[:NAME_KEY_LENGTH]


def alphabet_key(text: str) -> tuple[str, ...]:
    """The key for sorting texts word by word in the order of the Vietnamese alphabet: đ after d."""
    return tuple(_words(text))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are the same name: ignores case, spaces, Unicode form and the place of the tone mark."""
    return _words(one) == _words(other)


def _words(full_name: str) -> list[str]:
    return [code for code in map(_word_code, clean(full_name).replace("-", " ").split(" ")) if code]


@lru_cache(maxsize=4096)
def _word_code(word: str) -> str:
    """Two digits (from 10) per letter, `00`, the tones in order, `0`: so shorter words and fewer tones sort first."""
    letters: list[str] = []
    tones = ""
    for char in unicodedata.normalize("NFD", word.translate(_APOSTROPHES).lower().replace("ð", "đ")):
        if char in _TONES:
            tones += _TONES[char]
        elif char in _LETTER_MARKS and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif char.isalnum():
            letters.append(char)
    if not letters:
        return ""
    return "".join(_CODE.get(letter) or f"99{ord(letter[0]):07d}" for letter in letters) + "00" + tones + "0"
