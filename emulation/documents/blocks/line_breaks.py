"""Which words stay on one line: numbers with their units, references to papers, terms of the office. Pure."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import inf

from emulation.documents.blocks.metrics import KEPT_SPACE, text_width

NBSP = "\u00a0"
TextParts = Iterator[tuple[str, bool]]

REFERENCE = re.compile(r"((?<!\S)\d+/[\w/.]*-[\w-]*|(?<!\S)\d+-[A-ZĐ][\w/.-]*|\(\w{1,2}/\w{1,2}\))")
"""What style version 1 keeps on one line: "03/TTr-HĐTĐKT", "04-CT/TU", "(b/c)"."""

LONG_TERMS = (
    "Chiến sĩ thi đua cơ sở", "Chiến sĩ thi đua",
    "Lao động tiên tiến", "Gia đình văn hóa", "Ủy ban nhân dân", "Hội đồng nhân dân", "kinh tế - xã hội",
    "văn hóa - xã hội", "quốc phòng - an ninh", "quốc phòng, an ninh", "mức lương cơ sở", "Phó Chủ tịch", "người đứng đầu",
)  # fmt: skip
PAIRS = (
    "Chủ tịch", "Chiến sĩ", "thi đua", "khen thưởng", "Giấy khen", "Bằng khen", "Thư khen", "Ủy ban", "nhân dân", "Hội đồng",
    "lao động", "tiên tiến", "cơ sở", "gia đình", "văn hóa", "kinh tế", "xã hội", "quốc phòng", "an ninh", "Văn phòng",
    "Thống kê", "Tài chính", "Kế toán", "Bí thư", "Hiệu trưởng", "Trưởng thôn", "Trưởng trạm", "Ủy viên", "Thư ký",
    "Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Chỉ thị", "Công văn", "Kế hoạch", "Báo cáo", "Tờ trình",
    "Biên bản", "Đảng ủy", "Thường trực", "Chính phủ", "danh hiệu", "tập thể", "cá nhân", "hộ gia đình", "tiền thưởng",
    "kinh phí", "phong trào", "thành tích", "Mặt trận", "Tổ quốc", "Trạm Y tế", "Thủ tướng", "Bộ trưởng", "công chức",
    "viên chức", "Mầm non", "Tiểu học", "đơn vị",
)  # fmt: skip
NUMBERED = (
    "Điều", "khoản", "điểm", "Chương", "Mục", "Phần", "Phụ lục", "thôn", "tổ", "lớp", "khóa", "quý", "tháng", "năm", "ngày",
    "số", "thứ", "kỳ", "lần", "đêm", "sáng", "chiều",
)  # fmt: skip
"""Words that stay with the number after them: "Điều 3", "quý IV", "Thôn 1"."""
UNITS = (
    "triệu đồng", "nghìn đồng", "tỷ đồng", "đồng", "nghìn", "triệu", "tỷ", "m2", "m²", "m3", "m³", "km", "cm", "mm", "m", "ha",
    "kg", "g", "tấn", "tạ", "yến", "lít", "người", "hộ gia đình", "hộ", "cá nhân", "tập thể", "trường hợp", "thành viên",
    "phiếu", "phiên", "hồ sơ", "điển hình", "đơn vị", "danh hiệu", "cháu", "em", "học sinh", "buổi", "giờ", "phút", "ngày công",
    "ngày", "tuần", "lượt", "lần", "thôn", "phụ nữ", "ca", "tiết", "Giấy khen",
)  # fmt: skip
"""Words that stay with the number before them: "35 m", "16.720.000 đồng", "02 cá nhân"."""

LATER_PAIRS = ("hồ sơ", "sáng tạo")
SCHOOLS = ("THCS", "Tiểu học", "Mầm non")
NEWER_PAIRS = (
    *LATER_PAIRS, "đồng ý", "xuất sắc", "đột xuất", "cơ quan", "ban hành", "văn bản", "danh sách", "kèm theo",
)  # fmt: skip
OFFICES = ("Phòng Kinh tế", "Phòng Nội vụ", "Sở Nội vụ")
NEWER_SCHOOLS = (*SCHOOLS, "Trung học cơ sở")

LONGEST_NAME = 4
_NUMBER = r"\d(?:[\d.,/]*\d)?"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in words)


_DASH = r"(?: [-–](?= ))?"  # a dash between spaces never begins a line
_DASH_OR_MARKS = r"(?: [-–](?= )|[)”]*[.,;:]*(?!\S))?"


def _pair(pairs: tuple[str, ...]) -> str:
    return rf"(?<!\w)(?i:{_any(pairs)})(?!\w)"


def _place_name(*before: str) -> str:
    """The name of a commune, district or province of two words: "Bình Lương" after "xã"."""
    return rf"(?:{'|'.join(f'(?<={word} )' for word in before)})[A-ZÀ-Ỹ]\w* [A-ZÀ-Ỹ]\w*(?!\w)"


def _kept(terms: tuple[str, ...], pair: str, place_name: str) -> str:
    return "|".join(
        (
            r"(?:[Ss]ố )?(?<![\w/.-])\d+(?:/\d{4})?[/-][A-ZĐƯ][\w/.&-]*\w",  # số 152/2025/NĐ-CP, 04-CT/TU
            r"\(\w{1,2}/\w{1,2}\)",  # (b/c)
            r"(?<!\w)\d{4} [-–] \d{4}(?!\w)",
            rf"(?<!\w){_NUMBER} × {_NUMBER}(?!\w)",
            rf"(?<!\w)(?i:{_any(NUMBERED)}) (?:{_NUMBER}(?!\w)|[IVXLC]+(?!\w)|[a-zđ]\b)",
            rf"(?<![\w.,/]){_NUMBER} (?:{_any(UNITS)})(?!\w)",
            _pair(terms),
            pair,
            r"\S+(?= [-–] )",
            place_name,
        )
    )


_PAIR = _pair(PAIRS)
_LATER_PAIR = _pair((*PAIRS, *LATER_PAIRS))
_PLACES = ("[Xx]ã", "huyện", "tỉnh")
_UNBROKEN = tuple(re.compile(f"(?:{one}){_DASH}") for one in (_kept(LONG_TERMS, _PAIR, _place_name(*_PLACES)), _PAIR))
_SEVERAL = r"(?<!\w)(?i:khoản|điều) \d+(?:, \d+)+(?!\w)"  # khoản 5, 6


def _marked(pair: str, schools: tuple[str, ...], *first: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one style version; `first`: expressions that are looked for before all others."""
    place_name = _place_name(*_PLACES, *schools)
    terms = f"{''.join(f'{one}|' for one in first)}{_SEVERAL}|{_kept(('Thi đua - Khen thưởng', *LONG_TERMS), pair, place_name)}"
    return tuple(re.compile(rf"[(“]*(?:{one}){_DASH_OR_MARKS}") for one in (terms, pair))


_MARKED = _marked(_LATER_PAIR, SCHOOLS)

_LETTERS = [chr(code) for code in range(ord("A"), ord("ỹ") + 1)]
_CAPITALS = "".join(letter for letter in _LETTERS if letter.isupper())
_SMALL = "".join(letter for letter in _LETTERS if letter.islower())
_BEFORE_A_NAME = ("^", r"(?<=\n)", "(?<=[Hh]ộ gia đình )")
_FULL_NAME = rf"[{_CAPITALS}][{_SMALL}]*(?: [{_CAPITALS}][{_SMALL}]*){{1,3}}(?=[,;:\n]|$| [(])"
_PERSON = rf"(?:(?<!\w)(?:[Ôô]ng|[Bb]à) |{'|'.join(_BEFORE_A_NAME)}){_FULL_NAME}"
_ADDRESSED = rf"(?<!\w)(?:[Ôô]ng|[Bb]à) [{_CAPITALS}]\w*"  # "ông Vi" of a name in the middle of a sentence
_DAY_AND_MONTH = r"(?<!\w)[Nn]gày \d{1,2} tháng \d{1,2}(?!\w)"
_DAY_OR_MONTH = r"(?<!\w)(?:[Nn]gày|[Tt]háng) \d{1,2}(?!\w)"
# Before the pair "Trưởng thôn", which would leave the number behind.
_HEAD_OF_VILLAGE = rf"(?<!\w)(?i:trưởng thôn) {_NUMBER}(?!\w)"
_VILLAGE = rf"(?<!\w)(?i:thôn) {_NUMBER}(?!\w)"  # "Thôn 1" where "Trưởng Thôn 1" is too wide
_COMMUNE = r"(?<!\w)[Xx]ã [A-ZÀ-Ỹ]\w* [A-ZÀ-Ỹ]\w*(?!\w)"  # "xã Bình Lương" with its first word
_NUMBER_OF_PAPER = r"(?<![\w/.-])\d+(?:/\d{4})?[/-][A-ZĐƯ][\w/.&-]*\w"  # without "số", which may end the line before


def _newest(*first: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of style version 5; `first`: expressions that are looked for before all others."""
    pair = rf"(?!{_HEAD_OF_VILLAGE})(?:{_pair((*PAIRS, *NEWER_PAIRS))})|{_VILLAGE}|{_DAY_OR_MONTH}|{_NUMBER_OF_PAPER}"
    later = (_ADDRESSED, _DAY_AND_MONTH, _HEAD_OF_VILLAGE, _COMMUNE, _pair(OFFICES))
    return (*_marked(pair, NEWER_SCHOOLS, *first, *later), re.compile(_NUMBER_OF_PAPER))


_NAMED = _newest(_PERSON)
_LOOSER = _newest()


def unbroken_parts(text: str, limit: float = inf, bold: bool = True) -> TextParts:
    """The text in parts, each with whether it stays on one line. Joined, the parts are the text.

    A phrase wider than `limit` (em: the width of the column) is kept together pair by pair only; up to style version 4 the
    phrase is measured in bold letters, whatever `bold`.
    """
    yield from _parts(text, _UNBROKEN, limit)


def unbroken_parts_with_marks(text: str, limit: float = inf, bold: bool = True) -> TextParts:
    """As `unbroken_parts`, from style version 3 on: brackets, quotation marks and punctuation stay with the part they touch.

    It keeps some more together: "Thi đua - Khen thưởng", "hồ sơ", "khoản 5, 6", "Bình Lương" after "Tiểu học".
    """
    yield from _parts(text, _MARKED, limit)


def unbroken_parts_with_names(text: str, limit: float = inf, bold: bool = True) -> TextParts:
    """As `unbroken_parts_with_marks`, from style version 5 on: the name of a person stays on one line too.

    It keeps some more together: "ngày 31 tháng 12" ("năm 2026" may begin a line), "đồng ý", "xuất sắc", "Bình Lương" after
    "Trung học cơ sở". A phrase is measured in the letters in which it is printed, `bold` or not.
    """
    yield from _parts(text, _NAMED, limit, bold)


def looser_parts(text: str, limit: float = inf, bold: bool = True) -> TextParts:
    """As `unbroken_parts_with_names`, but of a name only "ông Lê" stays together.

    For a justified paragraph whose lines whole names would stretch too much.
    """
    yield from _parts(text, _LOOSER, limit, bold)


def _parts(text: str, patterns: tuple[re.Pattern[str], ...], limit: float, bold: bool = True) -> TextParts:
    if not patterns:
        yield text, False
        return
    end = 0
    for match in patterns[0].finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        if text_width(match[0], bold) <= limit:
            yield match[0], True
        else:
            yield from _parts(match[0], patterns[1:], limit, bold)
        end = match.end()
    if end < len(text):
        yield text[end:], False


def reference_parts(text: str, limit: float = inf, bold: bool = True) -> TextParts:
    """As `unbroken_parts`, for papers of style version 1, which keep only references together."""
    for place, part in enumerate(REFERENCE.split(text)):
        yield part, bool(place % 2)


def with_kept_spaces(text: str, parts: Callable[[str, float, bool], TextParts] = unbroken_parts) -> str:
    """The text for `balanced_lines`: KEPT_SPACE instead of the spaces inside the `parts` that stay on one line."""
    return "".join(part.replace(" ", KEPT_SPACE) if kept else part for part, kept in parts(text, inf, True))


def with_kept_names(text: str) -> str:
    """The text with KEPT_SPACE between words with capital letters: "Bình Lương", "Vi Văn Chiến"; at most four a name."""
    words = text.split(" ")
    kept = words[0]
    length = 1
    for before, word in pairwise(words):
        length = length + 1 if length < LONGEST_NAME and _is_name(before) and _is_name(word) else 1
        kept += (KEPT_SPACE if length > 1 and before[-1:].isalnum() else " ") + word
    return kept


def _is_name(word: str) -> bool:
    return word.split(KEPT_SPACE)[-1].lstrip("“(")[:1].isupper()
