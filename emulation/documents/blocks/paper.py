"""A complete paper by Phụ lục I NĐ 30/2020/NĐ-CP: one with a type name (văn bản có tên loại) or a công văn."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.letterhead import Letterhead, Signature, date_or_blank, number_or_blank
from emulation.documents.blocks.text import InvalidPaper, punctuated_items

_NAMES = {"Hội", "Ủy", "Chủ", "Mặt", "Đảng", "Ban", "Chỉ"}
"""First words of proper names, which stay capitalised inside a title."""


class PaperStatus(StrEnum):
    """draft: watermark DỰ THẢO; for_signature: number and date left blank, to be written by hand; issued: both printed."""

    draft = "draft"
    for_signature = "for_signature"
    issued = "issued"


@dataclass(frozen=True)
class Appendix(Block, tag="Appendix"):
    """A list or an annex, on a new page with its own page numbers.

    label     "Phụ lục I"; empty for a simple "DANH SÁCH"
    of        the issuer of the paper: "Chủ tịch Ủy ban nhân dân xã Bình Lương"
    wide      on A4 landscape
    """

    title: str
    body: tuple[Block, ...]
    subtitle: str = ""
    label: str = ""
    of: str = ""
    wide: bool = False

    def validate(self) -> None:
        self.require_text(title="tên phụ lục hoặc danh sách")


@dataclass(frozen=True)
class Paper(Block, tag="Paper"):
    """One official paper.

    kind         the program's code of the kind: "quyet_dinh", "cong_van", …
    doc_type     tên loại in capitals ("QUYẾT ĐỊNH"); empty for a công văn, with the subject below the number as "V/v …"
    subject      trích yếu
    addressees   Kính gửi: a single one is on the same line, several have a line each
    body         blocks, see blocks.body
    signatures   one is printed to the right of Nơi nhận; two (minutes) next to each other, with Nơi nhận below
    recipients   Nơi nhận without dashes and punctuation; the last is "Lưu: VT, VP"
    note         small print at the end, such as "Dữ liệu minh họa"
    one_page     whether the text before the appendices is set closer if it does not fit one page
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
    one_page: bool = False

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
        """ "Quyết định"; "Công văn" for a paper without a type name."""
        return self.doc_type[:1] + self.doc_type[1:].lower() if self.doc_type else "Công văn"

    @property
    def title(self) -> str:
        """Type name and subject on one line, for registers and lists."""
        subject = self.subject
        first = subject.split(" ", 1)[0]
        if first[1:].islower() and first not in _NAMES:
            subject = subject[:1].lower() + subject[1:]
        return " ".join(f"{self.type_name} {subject}".split())

    @property
    def signer(self) -> str:
        """The name in the last signature, which is that of the higher-ranking person if there are two."""
        return self.signatures[-1].name

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return punctuated_items(self.recipients)

    @property
    def head(self) -> Letterhead:
        """The letterhead as printed: without number and date if the paper awaits signature."""
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
        """The version for signature (bản trình ký)."""
        return replace(self, status=PaperStatus.for_signature)

    def issued(self, day: date, number: int | None = None, symbol: str = "") -> Self:
        """The final paper, with number, symbol and date in the letterhead."""
        head = replace(self.letterhead, day=day, number=number, symbol=symbol or self.letterhead.symbol)
        return replace(self, letterhead=head, status=PaperStatus.issued)
