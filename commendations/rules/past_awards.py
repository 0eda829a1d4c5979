"""Parse past awards, typed one per line, into the two tables of a báo cáo thành tích. Pure."""

import re
from dataclasses import dataclass

from emulation.core.formatting import month_number

TITLE_WORDS = (
    "lao động tiên tiến",
    "chiến sĩ thi đua",
    "chiến sĩ tiên tiến",
    "lao động xuất sắc",
    "gia đình văn hóa",
    "thôn văn hóa",
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_LEADING_YEAR = re.compile(r"^\s*(?:năm\s+)?((?:19|20)\d\d)\b[\s:;,|.-]*", re.IGNORECASE)


def _with_leading_zeros(day: re.Match[str]) -> str:
    return f"{int(day[1]):02d}/{month_number(int(day[2]))}/{day[3]}"


@dataclass(frozen=True)
class PastAwardLine:
    """One past award: year, name, decision (number, day, issuing body)."""

    year: str
    name: str
    decision: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is a danh hiệu thi đua rather than a hình thức khen thưởng."""
        return any(title in self.name.lower() for title in TITLE_WORDS)

    @property
    def names_issuer(self) -> bool:
        """Whether the decision names the body that issued it: "… của Chủ tịch Ủy ban nhân dân xã"."""
        return " của " in self.decision

    @property
    def number_and_day(self) -> str:
        """The decision without the body that issued it, for comparison: "ngày 18/8/2025" and "ngày 18/08/2025" are one day."""
        return _LEADING_ZERO.sub("", self.decision.partition(" của ")[0])

    @property
    def row(self) -> tuple[str, str, str]:
        """The cells of a table; numbers of days as in the decree: "14/6/2024", "05/02/2026"."""
        return self.year, self.name, _DAY.sub(_with_leading_zeros, self.decision)


def parse_past_award(line: str) -> PastAwardLine:
    """`2024; Giấy khen; Quyết định số 12/QĐ-UBND …` with any usual punctuation; missing parts are ""."""
    parts = [part.strip() for part in re.split(r"\s*[;|]\s*", line) if part.strip()]
    leading_year = _LEADING_YEAR.match(parts[0]) if parts else None
    if leading_year:
        year = leading_year.group(1)
        rest = parts[0][leading_year.end() :].strip()
        parts = [rest, *parts[1:]] if rest else parts[1:]
    else:
        any_year = _YEAR.search(line)
        year = any_year.group(0) if any_year else ""
    name, *more = parts or [""]
    return PastAwardLine(year, name, "; ".join(more))


def past_award_tables(
    text: str, registered: tuple[PastAwardLine, ...] = ()
) -> tuple[list[PastAwardLine], list[PastAwardLine]]:
    """(danh hiệu thi đua, hình thức khen thưởng), by year. `registered` are awards of the Sổ vàng; typed duplicates win."""
    rows = [parse_past_award(line) for line in text.splitlines() if line.strip()]
    typed = {row.number_and_day for row in rows if row.decision}
    rows += [award for award in registered if award.number_and_day not in typed]
    rows.sort(key=lambda row: row.year)
    return [row for row in rows if row.is_title], [row for row in rows if not row.is_title]
