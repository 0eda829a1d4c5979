"""Parse the lines of "Nơi nhận": recipient, purpose (code), the units that they address, who must carry out. Pure.

`parse_recipient("Phòng Nội vụ (b/c)")` -> RecipientLine(…, code="b/c", kind="superior"). Common spellings are accepted:
"C/đ", "CT.UBND, các Phó.CT", a code without brackets, a leading dash, a trailing semicolon.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emulation.core.text import clean, fold

REPORT = "b/c"
COORDINATE = "p/h"
DIRECT = "c/đ"
CARRY_OUT = "t/h"
KNOW = "để biết"
CODES = {
    REPORT: "để báo cáo",
    COORDINATE: "để phối hợp",
    DIRECT: "để chỉ đạo",
    CARRY_OUT: "để thực hiện",
    KNOW: "để biết",
}

SUPERIOR = "superior"
PARTY = "party"
ORGANISATIONS = "organisations"
LEADERS = "leaders"
OFFICIALS = "officials"
SCHOOLS = "schools"
STATION = "station"
VILLAGES = "villages"
COUNCIL = "council"
ABOVE = "above"
ARCHIVE = "archive"
OTHER = "other"
KINDS = {
    SUPERIOR: "cơ quan cấp trên",
    PARTY: "Đảng ủy, HĐND",
    ORGANISATIONS: "Mặt trận, đoàn thể",
    LEADERS: "lãnh đạo UBND xã",
    OFFICIALS: "cán bộ, công chức",
    SCHOOLS: "các trường",
    STATION: "Trạm Y tế",
    VILLAGES: "các thôn",
    COUNCIL: "Hội đồng TĐKT",
    ABOVE: "như trên",
    ARCHIVE: "lưu",
    OTHER: "nơi khác",
}
UNIT_KINDS = {VILLAGES: "village", SCHOOLS: "school", STATION: "station", ORGANISATIONS: "organisation"}
"""Kinds of lines that address all units of a kind."""

_TRIM = " \t-–—•*+;,."
_BRACKETED = re.compile(r"\(([^()]*)\)\s*$")
_BARE = re.compile(
    r"(?:^|[\s,;:-])((?:b\s*/\s*c)|(?:p\s*/\s*h)|(?:c\s*/\s*[dđ])|(?:t\s*/\s*h)|(?:để biết))\s*$", re.IGNORECASE
)
_WORDS = {
    REPORT: ("b/c", "bc", "bao cao", "de bao cao", "de b/c"),
    COORDINATE: ("p/h", "ph", "phoi hop", "de phoi hop", "de p/h"),
    DIRECT: ("c/d", "cd", "chi dao", "de chi dao", "de c/d"),
    CARRY_OUT: ("t/h", "th", "thuc hien", "de thuc hien", "de t/h"),
    KNOW: ("de biet", "biet", "d/b"),
}


def _codes_by_word() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, words in _WORDS.items():
        codes.update(dict.fromkeys(words, code))
    return codes


_CODE_OF = _codes_by_word()

# The first pattern that matches decides. Texts are folded, with dots replaced by spaces.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (ARCHIVE, r"^luu\b"),
    (ABOVE, r"^nhu (?:tren|kinh gui)"),
    (SUPERIOR, r"\b(?:phong|so|bo) noi vu\b"),
    (STATION, r"\btram y te\b|\btruong tram\b"),
    (ORGANISATIONS, r"\bmttq\b|\bmat tran\b|\bdoan the\b|\bphu nu\b|\bnong dan\b|\bcuu chien binh\b|\bdoan (?:thanh nien|tncs)\b"),
    (VILLAGES, r"\btruong (?:cac )?thon\b|\b(?:cac|\d+) thon\b"),
    (SCHOOLS, r"\bhieu truong\b|\b(?:cac|nha) truong\b(?! (?:thon|tram))|\btruong (?:hoc|mam non|tieu hoc|thcs|thpt)\b"),
    (COUNCIL, r"\bhoi dong t(?:hi dua|d)|\bhd td"),
    (PARTY, r"\bdang uy\b|hdnd\b|\bhoi dong nhan dan\b"),
    (OFFICIALS, r"\bcan bo\b|\bcong chuc\b|\bcbcc\b|\bcc\b|\bbct\b"),
    (LEADERS, r"\bchu tich\b|\bct\b|\bpct\b|\blanh dao\b"),
)  # fmt: skip
_POST = re.compile(r"^(?:ong |ba |dong chi )?(?:chu tich|bi thu|hieu truong|truong(?= (?:thon|tram)))\s+")
_ALL = re.compile(r"\b(?:cac|\d+|tat ca)\s+(?:thon|truong|doan the)\b")


@dataclass(frozen=True)
class RecipientLine:
    """One parsed line: its text without dash and punctuation; the code (a key of CODES or ""); the kind (a key of KINDS)."""

    text: str
    name: str
    code: str
    kind: str


@dataclass(frozen=True)
class RecipientUnit:
    """The facts of a unit that the rule needs."""

    pk: int
    kind: str
    name: str


def parse_recipient(line: str) -> RecipientLine | None:
    """The parsed line, or None for an empty one."""
    text = clean(line).strip(_TRIM)
    if not text:
        return None
    name, code = _split_code(text)
    plain = _plain(name)
    kind = next((kind for kind, pattern in _PATTERNS if re.search(pattern, plain)), OTHER)
    return RecipientLine(text, name, code, kind)


def parse_recipients(text: str) -> list[RecipientLine]:
    """All non-empty lines of the field "Nơi nhận", in order."""
    return [line for row in text.split("\n") if (line := parse_recipient(row)) is not None]


def units_addressed(
    line: RecipientLine, units: Sequence[RecipientUnit], addressees: Iterable[RecipientLine] = ()
) -> list[int]:
    """Ids of the units that a line addresses: the unit it names, all units of the kinds it names ("Các thôn, trường
    học"), or for "Như trên" those of the addressees."""
    if line.kind == ABOVE:
        return _units_of_addressees(addressees, units)
    if line.kind == ARCHIVE:
        return []
    plain = _plain(line.name)
    if not _ALL.search(plain):
        named = [unit.pk for unit in units if _names(plain, _plain(unit.name))]
        if named:
            return named
    if line.kind not in UNIT_KINDS:
        return []
    unit_kinds = _unit_kinds_in(plain)
    return [unit.pk for unit in units if unit.kind in unit_kinds]


def is_named(unit: RecipientUnit, lines: Iterable[RecipientLine]) -> bool:
    """Whether one of the lines names this unit itself."""
    return any(_names(_plain(line.name), _plain(unit.name)) for line in lines if not _ALL.search(_plain(line.name)))


def _units_of_addressees(addressees: Iterable[RecipientLine], units: Sequence[RecipientUnit]) -> list[int]:
    found: dict[int, None] = {}  # a dict keeps the order and drops repetitions
    for line in addressees:
        if line.kind != ABOVE:
            found.update(dict.fromkeys(units_addressed(line, units)))
    return list(found)


def _unit_kinds_in(plain: str) -> set[str]:
    """The kinds of units that a folded text mentions."""
    return {UNIT_KINDS[kind] for kind, pattern in _PATTERNS if kind in UNIT_KINDS and re.search(pattern, plain)}


def must_carry_out(code: str) -> bool:
    """Whether recipients with this code have tasks: to carry out, to cooperate, or no code was written."""
    return code in (CARRY_OUT, COORDINATE, "")


def _split_code(text: str) -> tuple[str, str]:
    """Split a line into name and code."""
    if (match := _BRACKETED.search(text)) and (code := _code(match.group(1))):
        return text[: match.start()].rstrip(_TRIM), code
    if (match := _BARE.search(text)) and (code := _code(match.group(1))) and match.start():
        return text[: match.start()].rstrip(_TRIM), code
    return text, ""


def _code(text: str) -> str:
    return _CODE_OF.get(re.sub(r"\s*/\s*", "/", fold(text)).strip(_TRIM), "")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[.,;:()\-–]", " ", fold(text))).strip()


def _names(line: str, name: str) -> bool:
    """Whether the line names the unit: it contains the full name, or is the beginning of the name."""
    if not name:
        return False
    short = _POST.sub("", line)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None or (
        len(short) >= 8 and name.startswith(short)
    )
