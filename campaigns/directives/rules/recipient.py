"""The lines of "Nơi nhận" read: to whom each goes and what for. Pure.

`read("Phòng Nội vụ (b/c)")` -> Line(text, code="b/c", kind="superior"). Tolerant of how offices write: "C/đ", "CT.UBND,
các Phó.CT", a code without brackets, a dash before and a semicolon after.
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
"""Lines that stand for all units of a kind."""

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
_CODE_OF = {word: code for code, words in _WORDS.items() for word in words}

# In this order: the first that fits wins. Texts are folded, dots have become spaces.
_SIGNS: tuple[tuple[str, str], ...] = (
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
    """One line: its text as it prints, without dash and punctuation; the code (a key of CODES or ""); the kind (a key of KINDS)."""

    text: str
    name: str
    code: str
    kind: str


@dataclass(frozen=True)
class RecipientUnit:
    """What the rule knows of a unit."""

    pk: int
    kind: str
    name: str


def parse_recipient(line: str) -> RecipientLine | None:
    """The line read, or None when there is nothing in it."""
    text = clean(line).strip(_TRIM)
    if not text:
        return None
    name, code = _parted(text)
    plain = _plain(name)
    kind = next((kind for kind, sign in _SIGNS if re.search(sign, plain)), OTHER)
    return RecipientLine(text, name, code, kind)


def parse_recipients(text: str) -> list[RecipientLine]:
    """All lines of the field "Nơi nhận", in their order."""
    return [line for row in text.split("\n") if (line := parse_recipient(row)) is not None]


def units_addressed(
    line: RecipientLine, units: Sequence[RecipientUnit], addressees: Iterable[RecipientLine] = ()
) -> list[int]:
    """Ids of the units for whom a line stands: the one it names, all of the kinds that it names ("Các thôn, trường
    học"), or with "Như trên" those addressed."""
    if line.kind == ABOVE:
        found = [pk for one in addressees if one.kind != ABOVE for pk in units_addressed(one, units)]
        return list(dict.fromkeys(found))
    if line.kind == ARCHIVE:
        return []
    plain = _plain(line.name)
    if not _ALL.search(plain):
        named = [unit.pk for unit in units if _names(plain, _plain(unit.name))]
        if named:
            return named
    if line.kind not in UNIT_KINDS:
        return []
    wanted = {UNIT_KINDS[kind] for kind, sign in _SIGNS if kind in UNIT_KINDS and re.search(sign, plain)}
    return [unit.pk for unit in units if unit.kind in wanted]


def must_carry_out(code: str) -> bool:
    """Whether who stands in a line with this code has something to do: to carry out, to join in, or nothing was written."""
    return code in (CARRY_OUT, COORDINATE, "")


def _parted(text: str) -> tuple[str, str]:
    """The name and the code of a line."""
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
    """Whether the line names the unit: its whole name stands in it, or the line is the first part of the name."""
    if not name:
        return False
    short = _POST.sub("", line)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None or (
        len(short) >= 8 and name.startswith(short)
    )
