"""The letterhead and the signature of a paper: cells 1-4, 7, 9b of Phụ lục I NĐ 30/2020/NĐ-CP."""

import re
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import date_in_words, format_document_number
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.text import InvalidPaper

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
HANDWRITING_BLANK = "\u00a0" * 6
_SYMBOL = re.compile(r"^[A-ZĐƯ0-9][\w.Đđ&]*(?:[-/][\wĐđ.&]+)*$")
_BEFORE_PLACE = re.compile(r"\s+(?=(?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH)\s)")


def number_or_blank(number: int | None) -> str:
    """05, 12, or a blank for writing the number by hand."""
    return HANDWRITING_BLANK if number is None else format_document_number(number)


def date_or_blank(day: date | None, year: int | None = None) -> str:
    """ "ngày 05 tháng 02 năm 2026"; without a date, blanks for writing it by hand."""
    if day is not None:
        return date_in_words(day)
    return f"ngày{HANDWRITING_BLANK}tháng{HANDWRITING_BLANK}năm {year or HANDWRITING_BLANK}".rstrip()


@dataclass(frozen=True)
class Letterhead(Block, tag="Letterhead"):
    """The letterhead of a paper.

    issuer       the issuing body, in capitals; a long name is broken before "XÃ …", or at its line breaks
    parent       the superior body, in regular weight above the issuer; empty for the people's committee of a commune
    symbol       "QĐ-UBND"; empty for papers without a number
    number       None until the paper is issued
    place        "Bình Lương"; if empty, the line with place and date is left out
    day          the date on the paper; None leaves it blank (`year` is still printed)
    hand_number  "TTr": a body with number books of its own (a school, the station) writes number and symbol by hand
    Without an issuer the Quốc hiệu is centred on the page (the paper of a citizen or a unit).
    """

    issuer: str = ""
    place: str = ""
    parent: str = ""
    symbol: str = ""
    number: int | None = None
    day: date | None = None
    year: int | None = None
    hand_number: str = ""

    def validate(self) -> None:
        if self.symbol and not _SYMBOL.match(self.symbol):
            raise InvalidPaper("Ký hiệu văn bản không được có khoảng trắng, ví dụ QĐ-UBND.", "symbol")
        if self.number is not None and (self.number < 1 or not self.symbol):
            raise InvalidPaper("Số văn bản phải từ 1 và đi cùng ký hiệu.", "number")
        if self.parent and not self.issuer:
            raise InvalidPaper("Có cơ quan chủ quản thì phải có cơ quan ban hành.", "issuer")

    @property
    def issuer_lines(self) -> tuple[str, ...]:
        return _name_lines(self.issuer)

    @property
    def parent_lines(self) -> tuple[str, ...]:
        return _name_lines(self.parent)

    @property
    def number_line(self) -> str:
        """ "Số: 05/QĐ-UBND"; dots if the issuing body numbers by hand; "" for a paper without a number."""
        if self.hand_number:
            return f"Số: …………/{self.hand_number}-…………"
        return f"Số: {number_or_blank(self.number)}/{self.symbol}" if self.symbol else ""

    @property
    def date_line(self) -> str:
        """ "Bình Lương, ngày 05 tháng 02 năm 2026", or "" without a place."""
        return f"{self.place}, {date_or_blank(self.day, self.year)}" if self.place else ""


def _name_lines(name: str) -> tuple[str, ...]:
    if "\n" in name or len(name) <= 24:
        return tuple(name.split("\n"))
    return tuple(_BEFORE_PLACE.split(name, maxsplit=1))


@dataclass(frozen=True)
class Signature(Block, tag="Signature"):
    """One signature: the lines above the name ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") and the name.

    `note` is small italic text below these lines, such as "(Ký, ghi rõ họ tên)"; with a note the name may be empty, to be
    written by hand.
    """

    capacity: tuple[str, ...]
    name: str = ""
    note: str = ""

    def validate(self) -> None:
        if not any(self.capacity):
            raise InvalidPaper("Thiếu chức vụ của người ký.", "capacity")
        if not self.name and not self.note:
            raise InvalidPaper("Thiếu họ tên người ký.", "name")


def committee_signature(name: str, deputy: bool = False, post: str = "CHỦ TỊCH") -> Signature:
    """For papers of the committee: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH, or with `deputy` TM. / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    return Signature(("TM. ỦY BAN NHÂN DÂN", *_chair_posts(post, deputy)), name)


def chair_signature(name: str, deputy: bool = False, post: str = "CHỦ TỊCH") -> Signature:
    """For papers in the chair's own competence, such as an award decision: CHỦ TỊCH, or KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    return Signature(_chair_posts(post, deputy), name)


def _chair_posts(post: str, deputy: bool) -> tuple[str, ...]:
    return (f"KT. {post}", f"PHÓ {post}") if deputy else (post,)
