"""Giấy khen: A4 landscape, with the lines and colours of NĐ 98/2023 Điều 104."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.letterhead import Signature, date_or_blank, number_or_blank
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.blocks.text import InvalidPaper

MAX_CERTIFICATE_TEXT = {"recipient": 120, "about": 160, "achievement": 400, "post": 100}
"""The most characters that fit on the page in the smallest font size."""


@dataclass(frozen=True)
class Certificate(Block, tag="Certificate"):
    """One giấy khen.

    post             line 3, red: "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"
    recipient        "Ông Nguyễn Văn An", "Tập thể Thôn 2", "Gia đình bà Lò Thị Hoa"
    about            post and unit, or address; may have a line break
    achievement      "Đã có thành tích xuất sắc trong …"
    serial           "Số sổ vàng": the serial number within the decision
    signature        the same signature as on the decision
    year             printed in a draft that has no date yet
    emblem, border   SHA-256 of images uploaded by the office; without them: a blank space, a plain frame
    code             verification code in small print; `verify_url` adds its address and QR code
    """

    post: str
    recipient: str
    achievement: str
    signature: Signature
    place: str
    about: str = ""
    form: str = "GIẤY KHEN"
    verb: str = "TẶNG"
    decision_symbol: str = "QĐ-UBND"
    decision_number: int | None = None
    decision_day: date | None = None
    year: int | None = None
    serial: int | None = None
    emblem: str = ""
    border: str = ""
    code: str = ""
    verify_url: str = ""
    note: str = ""
    kind: str = "giay_khen"
    status: PaperStatus = PaperStatus.draft

    def validate(self) -> None:
        self.require_text(
            post="chức vụ người quyết định",
            recipient="tên người được khen",
            achievement="thành tích",
            place="địa danh",
        )
        for field, max_length in MAX_CERTIFICATE_TEXT.items():
            if len(getattr(self, field)) > max_length:
                raise InvalidPaper(f"Nội dung in trên giấy khen quá dài (tối đa {max_length} ký tự).", field)
        for sha in (self.emblem, self.border):
            if sha and (len(sha) != 64 or set(sha) - set("0123456789abcdef")):
                raise InvalidPaper("Ảnh quốc huy hoặc viền không hợp lệ.")
        if self.status is PaperStatus.issued and not (self.decision_number and self.decision_day and self.serial):
            raise InvalidPaper("Giấy khen phải có số, ngày quyết định và số sổ vàng.")

    @property
    def title(self) -> str:
        return f"{self.form[:1]}{self.form[1:].lower()}: {' '.join(self.recipient.split())}"

    @property
    def type_name(self) -> str:
        return self.form[:1] + self.form[1:].lower()

    @property
    def signer(self) -> str:
        return self.signature.name

    @property
    def decision_line(self) -> str:
        blank = self.status is PaperStatus.for_signature
        number, day = (None, None) if blank else (self.decision_number, self.decision_day)
        return f"Quyết định số: {number_or_blank(number)}/{self.decision_symbol} {date_or_blank(day, self._year)}"

    @property
    def serial_line(self) -> str:
        return f"Số sổ vàng: {number_or_blank(self.serial)}"

    @property
    def date_line(self) -> str:
        day = None if self.status is PaperStatus.for_signature else self.decision_day
        return f"{self.place}, {date_or_blank(day, self._year)}"

    @property
    def _year(self) -> int | None:
        return self.decision_day.year if self.decision_day else self.year

    def as_draft(self) -> Self:
        return replace(self, status=PaperStatus.draft)

    def for_signature(self) -> Self:
        return replace(self, status=PaperStatus.for_signature)

    def issued(self, day: date, number: int, serial: int) -> Self:
        """The final giấy khen, with the number and date of its decision and its serial number within it."""
        return replace(self, decision_day=day, decision_number=number, serial=serial, status=PaperStatus.issued)
