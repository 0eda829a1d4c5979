"""Vietnamese text in the encodings TCVN3 (ABC) and VNI, as it arrives when old files are pasted: recognised and converted.

The tables give the characters that a browser shows for the bytes (Windows-1252). TCVN3 has one character per letter and no
capital letters with tones: its capitals are another font. VNI writes most letters as a base letter and a mark.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from emulation.core.vietnamese_syllables import is_syllable

TCVN3 = "TCVN3 (ABC)"
VNI = "VNI"

_LETTERS = (
    "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị "
    "ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ"
)
_TCVN3_LETTERS = (
    "µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ "
    "ß ã á â ä « å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \u00ad õ ø ö ÷ ù ú ý û ü þ"
)
_VNI_LETTERS = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)
_TCVN3_TABLE = dict(zip(_TCVN3_LETTERS.split(" "), _LETTERS.split(" "), strict=True))
_TCVN3_TABLE |= dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True))
_VNI_LOWER = dict(zip(_VNI_LETTERS.split(" "), _LETTERS.split(" "), strict=True))
# Capital letters: base and mark in capitals; a name in lower case often has a capital base and a small mark.
_VNI_TABLE = (
    _VNI_LOWER
    | {typed.upper(): letter.upper() for typed, letter in _VNI_LOWER.items()}
    | {typed[0].upper() + typed[1:]: letter.upper() for typed, letter in _VNI_LOWER.items()}
)
_VNI_PARTS = re.compile("|".join(sorted(map(re.escape, _VNI_TABLE), key=len, reverse=True)))
_LEGACY = frozenset(_TCVN3_TABLE) | frozenset("".join(_VNI_TABLE)) - frozenset("aeouyAEOUY")
_LOST_U = re.compile(r"(?<![\u00adõøö÷ù¦])¬(?=ng|c)")
_UNITS_OF_MEASURE = frozenset(["µm", "µg", "µl", "µs"])
_WORD_BREAKS = re.compile(r"[\s\d.,;:!?()\[\]{}/\\\"'“”‘’+=<>*&%@#_|-]+")


@dataclass(frozen=True)
class LegacyText:
    """A text that was recognised: the name of its encoding, and the text in Unicode (NFC)."""

    encoding: str
    text: str


def decode_tcvn3(text: str) -> str:
    """The Unicode text. A text typed in capital letters comes out in capitals.

    Where a program has deleted U+00AD (ư) before ơ, "H¬ng", the letter is put back: no syllable has "ơng".
    """
    decoded = "".join(_TCVN3_TABLE.get(char, char) for char in _LOST_U.sub("\u00ad¬", text))
    plain = [char for char in text if char.isascii() and char.isalpha()]
    in_capitals = any(sum(map(_is_plain_capital, word)) > 1 for word in text.split())
    return decoded.upper() if in_capitals and all(map(str.isupper, plain)) else decoded


def encode_tcvn3(text: str) -> str:
    """The text in TCVN3; a capital letter with a tone, which TCVN3 does not have, is left as it is."""
    table = {letter: typed for typed, letter in _TCVN3_TABLE.items()}
    return "".join(table.get(char, char) for char in unicodedata.normalize("NFC", text))


def decode_vni(text: str) -> str:
    """The Unicode text."""
    return _VNI_PARTS.sub(lambda match: _VNI_TABLE[match[0]], text)


def encode_vni(text: str) -> str:
    """The text in VNI."""
    table = {letter: typed for typed, letter in _VNI_LOWER.items()}
    table |= {letter.upper(): typed.upper() for letter, typed in table.items()}
    return "".join(table.get(char, char) for char in unicodedata.normalize("NFC", text))


def legacy_text(text: str) -> LegacyText | None:
    """The text in Unicode if it is Vietnamese in TCVN3 or VNI; None for every other text.

    It is one when each word with a character of the encoding becomes a Vietnamese syllable, and one of them is none as
    typed. So "Lò Thanh" is Unicode, "Lª V¨n T¸m" TCVN3, "Leâ Vaên Taùm" VNI, "Müller" neither. The text is given as it
    was typed: `clean` deletes U+00AD, which is "ư" in TCVN3.
    """
    words = [word for word in _WORD_BREAKS.split(text) if not _LEGACY.isdisjoint(word)]
    if _has_other_letter(text) or not _has_plain_letter("".join(words)) or all(map(_is_unicode, words)):
        return None  # letters that neither encoding has, nothing but signs (©, ®), or Vietnamese as it is
    found = [_decoded(text, words, *encoding) for encoding in ((VNI, decode_vni), (TCVN3, decode_tcvn3))]
    if not text.lstrip().lower().startswith("ñ"):
        found.reverse()  # both fit a few short words; in VNI they begin with Đ, in TCVN3 hardly with "ủ"
    return next(filter(None, found), None)


def _decoded(text: str, words: list[str], name: str, decode: Callable[[str], str]) -> LegacyText | None:
    """The text in Unicode if all these words of it become syllables, else None."""
    if all(is_syllable(decode(word)) for word in words):
        return LegacyText(name, unicodedata.normalize("NFC", decode(text)))
    return None


def _has_other_letter(text: str) -> bool:
    return any(ord(char) > 0xFF and char.isalpha() for char in text)


def _has_plain_letter(text: str) -> bool:
    return any(char.isascii() and char.isalpha() for char in text)


def _is_unicode(word: str) -> bool:
    """Whether the word is Vietnamese, or a unit, as typed; Ð (U+00D0) is often typed for Đ, and soft hyphens are invisible."""
    return word in _UNITS_OF_MEASURE or is_syllable(word.replace("\u00ad", "").replace("Ð", "Đ"))


def _is_plain_capital(char: str) -> bool:
    return char.isascii() and char.isupper()
