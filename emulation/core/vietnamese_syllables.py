"""Whether a word is written as a Vietnamese syllable: onset, rime and tone. For the recognition of encodings."""

import unicodedata
from itertools import product

ONSETS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu"),
    *("r", "s", "t", "th", "tr", "v", "x"),
)
_OPEN = "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iêu iu oa oai oao oay oe oeo oi ôi ơi ua ui uây uê uôi uơ uy"
_OPEN += " uya uyu ưa ưi ươi ươu ưu yêu"
_NASAL = (
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng oam oan oang oanh oăn oăng oăm oen"
)
_NASAL += (
    " om on ong oong ôm ôn ông ơm ơn uân uâng uên uênh um un ung uôm uôn uông uyên uyn uynh ưm ưn ưng ươm ươn ương"
)
_NASAL += " yêm yên yêng yn ynh ym"
_STOPPED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat oăc oăt oet oc ooc op ot"
)
_STOPPED += " ôc ôp ôt ơp ơt uc up ut uât uêch uôc uôp uôt uych uyt uyêt ưc ưt ưp ươc ươp ươt yêt yêp yt"
OPEN_RIMES = tuple(dict.fromkeys((*_OPEN.split(" "), *_NASAL.split(" "))))
STOPPED_RIMES = tuple(_STOPPED.split(" "))
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_TONE_MARKS = frozenset(TONES[1:])
_STOPPED_TONES = frozenset(TONES[4:])
_OPEN_WORDS = frozenset(map("".join, product(ONSETS, OPEN_RIMES)))
_STOPPED_WORDS = frozenset(map("".join, product(ONSETS, STOPPED_RIMES)))


def is_syllable(word: str) -> bool:
    """Whether the word is a Vietnamese syllable, in any case of letters; the place of the tone mark does not matter."""
    parts = [_without_tone(char) for char in unicodedata.normalize("NFC", word.lower())]
    letters = "".join(letter for letter, _ in parts)
    tones = "".join(tone for _, tone in parts)
    if len(tones) > 1:
        return False
    if letters in _STOPPED_WORDS:
        return tones in _STOPPED_TONES
    return letters in _OPEN_WORDS or letters == "gi"


def _without_tone(char: str) -> tuple[str, str]:
    """A vowel and its tone mark; any other letter as it is (ñ has no tone)."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in _TONE_MARKS)
    vowel = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_MARKS))
    return (vowel, tone) if vowel in _VOWELS else (char, "")
