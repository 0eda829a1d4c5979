"""Căn cứ lines of a paper: with an article of the law, and those that cite an instrument which is not in force. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from emulation.core.formatting import date_in_words, format_date
from emulation.legal.engine.law import ONE_DAY, Citation, Law
from emulation.legal.engine.loader import StatuteInstrument

_PLACE = re.compile(r"^(?:(?:điểm|khoản|Điều) \S+,? )+")
_NUMBER = re.compile(r"(?<![\w/])\d+/(?:\d{4}/)?[A-ZĐ]+[\w-]*")


def basis_lines_with_article(law: Law, paper: str, issued: date, citation: Citation) -> list[str]:
    """The căn cứ lines of a paper on that day, the law of `citation` with its article: "Căn cứ Điều 93 Luật … ngày …".

    An instrument that is not among them is a line of its own, at the end.
    """
    lines = [line["text"] for line in law.value_on("basis", issued, kind=paper).content]
    named = next((place for place, text in enumerate(lines) if text.startswith(f"{citation.name} ngày")), None)
    if named is None:
        lines.append(citation.text)
    else:
        lines[named] = f"{citation.place} {lines[named]}".lstrip()
    return [f"Căn cứ {text.rstrip(' ;.')}" for text in lines]


def citation_in_full(citation: str, instruments: Iterable[StatuteInstrument]) -> str:
    """A citation that ends with the number of an instrument, with its day, issuer and subject (trích yếu) as on a căn cứ line.

    "Điều 7 Nghị định số 86/2023/NĐ-CP" becomes "Điều 7 Nghị định số 86/2023/NĐ-CP ngày 07 tháng 12 năm 2023 của Chính phủ quy
    định …". The citation as it is if the line of the instrument is not known.
    """
    for one in instruments:
        short = one.basis.partition(" ngày ")[0]
        if one.number and one.basis and citation.endswith(short):
            return f"{citation.removesuffix(short)}{one.basis}"
    return citation


def instrument_faults(lines: Iterable[str], instruments: Iterable[StatuteInstrument], on: date) -> list[str]:
    """A sentence for each instrument that a "Căn cứ …" line cites and that is not in force on that day, with its name."""
    known = list(instruments)
    cited = chain.from_iterable(_cited(line) for line in lines)
    return list(chain.from_iterable(_faults(one, known, on) for one in cited))


def _cited(line: str) -> list[str]:
    """The instruments of a line, one a text: a law and those that amend it are separated by semicolons."""
    text = line.strip().rstrip(" ;.")
    if not text.startswith("Căn cứ "):
        return []
    return [_PLACE.sub("", part.strip()) for part in text.removeprefix("Căn cứ ").split(";") if part.strip()]


def _faults(cited: str, instruments: list[StatuteInstrument], on: date) -> Iterator[str]:
    for one in instruments:
        if not _names(cited, one):
            continue
        if one.start and on < one.start:
            since = f"đến ngày {format_date(one.start)} mới có hiệu lực"
        elif one.end and on > one.end:
            since = f"hết hiệu lực từ ngày {format_date(one.end + ONE_DAY)}"
        else:
            continue
        yield f"Căn cứ “{_short(cited)}” {since}, không nêu được trong văn bản ngày {format_date(on)}."


def _names(cited: str, one: StatuteInstrument) -> bool:
    """Whether the text begins with this instrument: its number is the first one, or it has the name and the day of a law."""
    number = _NUMBER.search(cited)
    if number and number[0] == one.number:
        return True
    days = (date_in_words(one.signed), f"ngày {format_date(one.signed)}") if one.signed else ()
    return one.name.startswith("Luật") and any(cited.startswith(f"{one.name} {day}") for day in days)


def _short(cited: str) -> str:
    """The instrument without its issuer and trích yếu."""
    number = _NUMBER.search(cited)
    return cited[: number.end()] if number else cited
