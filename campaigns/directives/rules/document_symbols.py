"""Normalize symbols of documents: 1757/UBND-NV is typed with spaces, in lower case, with any kind of dash. Pure."""

import re

from emulation.core.text import fold

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d_-]+")
_PREFIX = re.compile(r"^(?:so[:.]?)+(?=\d)")
LONGEST = 80


def symbol_key(symbol: str) -> str:
    """The symbol normalized for comparison: no spaces, diacritics or case, one kind of dash, no leading "số". Idempotent."""
    plain = re.sub(r"\s+", "", fold(symbol)).replace("\\", "/").replace("\u2044", "/")
    return _DASHES.sub("-", _PREFIX.sub("", plain))[:LONGEST]


def issuer_key(issuer: str) -> str:
    """The issuer normalized for comparison."""
    return fold(issuer)[:160]
