"""Dates, numbers and money as Vietnamese documents write them (NĐ 30/2020, Phụ lục I). Pure: no Django, no clock."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

LARGEST_NUMBER = 10**15

_BETWEEN_NUMBER_AND_WORD = re.compile(r"(?<=\w) (?=\d)|(?<=\d) (?=đồng\b)")
_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def format_date(day: date) -> str:
    """`05/02/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def month_number(month: int) -> str:
    """`02`, `3`, `12`: months 1 and 2 get a leading 0, as the decree requires."""
    return f"{month:02d}" if month < 3 else str(month)


def date_in_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 get a leading 0, as the decree requires."""
    return f"ngày {day.day:02d} tháng {month_number(day.month)} năm {day.year}"


def date_range_in_words(first: date, last: date) -> str:
    """`từ ngày 01 tháng 10 đến ngày 31 tháng 10 năm 2026`: a year that both days have is written once; one day alone as it is."""
    if first == last:
        return date_in_words(last)
    start = date_in_words(first)
    return f"từ {start.removesuffix(f' năm {last.year}')} đến {date_in_words(last)}"


def blank_date_in_words(year: int) -> str:
    """`ngày … tháng … năm 2026`, for a document whose date is filled in by hand."""
    return f"ngày … tháng … năm {year}"


def format_document_number(number: int) -> str:
    """A document number, with a leading 0 below 10: `05`."""
    return f"{number:02d}"


def format_vnd(amount: int | Decimal) -> str:
    """`1.490.000`; a fraction of a đồng (only in unrounded sums) follows a comma."""
    text = f"{amount:,f}" if isinstance(amount, Decimal) else f"{amount:,d}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def format_dong(amount: int | Decimal) -> str:
    """`1.490.000 đồng`."""
    return f"{format_vnd(amount)} đồng"


def with_money_unit(label: str, unit: str) -> str:
    """ "Tiền thưởng do xã chi (đồng)"; the label of what is counted, as it is."""
    return f"{label} ({unit})" if unit == "đồng" else label


def format_percent(share: int | float | Decimal | Fraction, places: int = 1) -> str:
    """`85,5%` from a number in percent (85.5, not 0.855), rounded half up, without trailing zeros: `80%`."""
    exact = Decimal(share.numerator) / share.denominator if isinstance(share, Fraction) else Decimal(str(share))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") + "%"


def number_in_words(number: int) -> str:
    """The number in words: 21 `hai mươi mốt`, 1.005 `một nghìn không trăm linh năm`.

    Raises ValueError if the absolute value is larger than 10^15.
    """
    if abs(number) > LARGEST_NUMBER:
        raise ValueError(f"{number} is beyond 10^15")
    if number < 0:
        return "âm " + number_in_words(-number)
    return _positive_in_words(number) if number else _DIGITS[0]


def money_in_words(amount: int) -> str:
    """`Bảy trăm sáu mươi nghìn đồng`, starting with a capital letter."""
    words = number_in_words(amount) + " đồng"
    return words[0].upper() + words[1:]


def _positive_in_words(number: int) -> str:
    """A positive number in words; the part above a thousand million is written out first and followed by `tỷ`."""
    above, rest = divmod(number, 10**9)
    parts = [_positive_in_words(above), "tỷ"] if above else []
    for unit, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, unit)
        if group:
            parts.append(_three_digits_in_words(group, after=bool(parts)))
            if name:
                parts.append(name)
    return " ".join(parts)


def _three_digits_in_words(group: int, *, after: bool) -> str:
    """1-999 in words; after a larger unit the hundreds are always written, even `không trăm`."""
    hundreds, pair = divmod(group, 100)
    tens, units = divmod(pair, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or after else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append("linh")
    if units:
        words.append(_unit_digit_in_words(units, tens))
    return " ".join(words)


def _unit_digit_in_words(units: int, tens: int) -> str:
    """The last digit, not 0: 1, 4 and 5 change their word after certain tens (`mười lăm`, `hai mươi mốt`)."""
    if units == 5 and tens >= 1:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(units, _DIGITS[units])
    return _DIGITS[units]


def upper_first(text: str) -> str:
    """The text as it begins a sentence (only the first letter changes)."""
    return text[:1].upper() + text[1:]


def listed_names(names: Iterable[str]) -> str:
    """The names in one line: "A, B", or "A, Thôn 1; B" where one of them has a comma (a name with its unit)."""
    names = list(names)
    return ("; " if any(", " in name for name in names) else ", ").join(names)


def format_names(names: Sequence[str], noun: str, most: int = 6) -> str:
    """ "Thôn 1, Thôn 2 và 7 đơn vị khác": at most `most` names, then how many more of `noun` there are."""
    if len(names) <= most:
        return listed_names(names)
    return f"{listed_names(names[: most - 1])} và {len(names) - most + 1} {noun} khác"


def keep_numbers(text: object) -> str:
    """The text in which no line parts a number from its word: "Thôn 4", "khoản 2 Điều 49", "760.000 đồng".

    HTML, whose attributes have spaces too, is returned as it is; "" for None.
    """
    text = "" if text is None else str(text)
    return text if hasattr(text, "__html__") else _BETWEEN_NUMBER_AND_WORD.sub("\u00a0", text)


def lower_first(title: str) -> str:
    """A title as it is written inside a sentence: "tháng 11/2026", "quý IV/2026" (only the first letter changes)."""
    return title[:1].lower() + title[1:]
