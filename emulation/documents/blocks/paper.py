"""A whole paper to Phụ lục I NĐ 30/2020/NĐ-CP: with a name (văn bản có tên loại) or a công văn."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.letterhead import Letterhead, Signature, date_or_blank, number_or_blank
from emulation.documents.blocks.text import InvalidPaper, punctuated_items

_NAMES = {"Hội", "Ủy", "Chủ", "Mặt", "Đảng", "Ban", "Chỉ"}
"""Words that begin a proper name and keep their capital inside a title."""


class PaperStatus(StrEnum):
    """draft: says DỰ THẢO; for_signature: number and day blank for the pen; issued: number and day in print."""

    draft = "draft"
    for_signature = "for_signature"
    issued = "issued"


@dataclass(frozen=True)
class Appendix(Block, tag="Appendix"):
    """A list or an annex on a new page with its own page numbers.

    label     "Phụ lục I", or empty for a plain "DANH SÁCH"
    of        whose paper it goes with: "Chủ tịch Ủy ban nhân dân xã Bình Lương"
    """

    title: str
    body: tuple[Block, ...]
    subtitle: str = ""
    label: str = ""
    of: str = ""

    def validate(self) -> None:
        self.require_text(title="tên phụ lục hoặc danh sách")


@dataclass(frozen=True)
class Paper(Block, tag="Paper"):
    """One official paper.

    kind         our code of the kind: "quyet_dinh", "cong_van", …
    doc_type     tên loại in capitals ("QUYẾT ĐỊNH"); empty makes a công văn, whose subject goes under the number as "V/v …"
    subject      trích yếu
    addressees   Kính gửi: one stands on the same line, several on lines of their own
    body         blocks, see blocks.body
    signatures   one stands at the right beside Nơi nhận; two (minutes) stand side by side, Nơi nhận under them
    recipients   Nơi nhận without dashes and marks; the last is "Lưu: VT, VP"
    note         small print after everything, such as "Dữ liệu minh họa"
    """

    kind: str
    letterhead: Letterhead
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    doc_type: str = ""
    subject: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    note: str = ""
    status: PaperStatus = PaperStatus.draft

    def validate(self) -> None:
        self.require_text(kind="loại văn bản")
        if not self.doc_type and not self.subject:
            raise InvalidPaper("Công văn phải có trích yếu.", "subject")
        if not self.body:
            raise InvalidPaper("Văn bản chưa có nội dung.", "body")
        if not 1 <= len(self.signatures) <= 2:
            raise InvalidPaper("Văn bản có một hoặc hai người ký.", "signatures")
        if (
            self.status is PaperStatus.issued
            and self.letterhead.symbol
            and not (self.letterhead.number and self.letterhead.day)
        ):
            raise InvalidPaper("Văn bản đã ban hành phải có số và ngày.", "letterhead")

    @property
    def type_name(self) -> str:
        """ "Quyết định"; "Công văn" for a paper without a name."""
        return self.doc_type[:1] + self.doc_type[1:].lower() if self.doc_type else "Công văn"

    @property
    def title(self) -> str:
        """Name and subject on one line, as registers and lists show it."""
        subject = self.subject
        first = subject.split(" ", 1)[0]
        if first[1:].islower() and first not in _NAMES:
            subject = subject[:1].lower() + subject[1:]
        return " ".join(f"{self.type_name} {subject}".split())

    @property
    def signer(self) -> str:
        """The name of the last who signs: the head, where two sign."""
        return self.signatures[-1].name

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return punctuated_items(self.recipients)

    @property
    def head(self) -> Letterhead:
        """The letterhead as its status prints it: a paper on its way to the pen has neither number nor day."""
        if self.status is PaperStatus.for_signature:
            day = self.letterhead.day
            return replace(self.letterhead, number=None, day=None, year=day.year if day else self.letterhead.year)
        return self.letterhead

    def attached_to(self, appendix: Appendix) -> str:
        """ "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026 của …)"."""
        head = self.head
        number = f" số {number_or_blank(head.number)}/{head.symbol}" if head.symbol else ""
        of = f" của {appendix.of}" if appendix.of else ""
        return f"(Kèm theo {self.type_name}{number} {date_or_blank(head.day, head.year)}{of})"

    def as_draft(self) -> Self:
        return replace(self, status=PaperStatus.draft)

    def for_signature(self) -> Self:
        """The bản trình ký."""
        return replace(self, status=PaperStatus.for_signature)

    def issued(self, day: date, number: int | None = None, symbol: str = "") -> Self:
        """The final paper with its number, symbol and day in the letterhead."""
        head = replace(self.letterhead, day=day, number=number, symbol=symbol or self.letterhead.symbol)
        return replace(self, letterhead=head, status=PaperStatus.issued)
