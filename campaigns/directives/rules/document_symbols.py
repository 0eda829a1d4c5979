"""Normalize symbols of documents: 1757/UBND-NV is typed with spaces, in lower case, with any kind of dash. Pure."""

import re

from emulation.core.text import fold

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d_-]+")
_PREFIX = re.compile(r"^(?:so[:.]?)+(?=\d)")
LONGEST = 80
TYPES = {
    "qd": "Quyết định", "ct": "Chỉ thị", "kh": "Kế hoạch", "hd": "Hướng dẫn", "tb": "Thông báo", "nq": "Nghị quyết",
    "bc": "Báo cáo", "ttr": "Tờ trình", "ctr": "Chương trình", "cd": "Công điện", "kl": "Kết luận", "qc": "Quy chế",
}  # fmt: skip
"""Type of a document by the first letters of its symbol (Phụ lục III NĐ 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW)."""


def symbol_key(symbol: str) -> str:
    """The symbol normalized for comparison: no spaces, diacritics or case, one kind of dash, no leading "số". Idempotent."""
    plain = re.sub(r"\s+", "", fold(symbol)).replace("\\", "/").replace("\u2044", "/")
    return _DASHES.sub("-", _PREFIX.sub("", plain))[:LONGEST]


def document_type(symbol: str) -> str:
    """ "Chỉ thị" for 04-CT/TU, "Kế hoạch" for 130/KH-UBND; "Công văn" for a symbol without a type."""
    letters = re.findall(r"[a-z]+", symbol_key(symbol))
    return next((TYPES[part] for part in letters if part in TYPES), "Công văn")


def issuer_key(issuer: str) -> str:
    """The issuer normalized for comparison."""
    return fold(issuer)[:160]
