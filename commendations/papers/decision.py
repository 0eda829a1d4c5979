"""The decision (quyết định) that grants one award: signed CHỦ TỊCH without TM., because the chair decides alone.

With more than one recipient the list is an appendix.
"""

from dataclasses import dataclass
from datetime import date

from commendations.models import Decision
from commendations.queries.award_lines import AwardLine, nominee_counts_text
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from commendations.rules.award_names import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import format_vnd, money_in_words
from emulation.documents.blocks.body import (
    Article,
    CenteredLine,
    EnactingLine,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.letterhead import Signature, chair_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead

NOMINEE_KIND_HEADINGS = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}
ROMAN = ("I", "II", "III")


def decision_signature(decision: Decision) -> Signature:
    """CHỦ TỊCH; KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; Q. CHỦ TỊCH."""
    if decision.signer_title == Decision.ACTING:
        return Signature((Decision.ACTING,), decision.signer_name)
    return chair_signature(decision.signer_name, deputy=decision.signer_title == Decision.DEPUTY)


def decision_paper(decision: Decision, listed: list[AwardLine], on: date) -> Paper:
    """The decision with the names, money and letterhead of that day, as a draft."""
    identity = commune_identity_on(decision, on)
    award = outgoing_award_name(decision, on)
    total = sum(line.amount for line in listed)
    return Paper(
        kind="quyet_dinh",
        letterhead=committee_letterhead(decision.commune, on, "quyet_dinh"),
        doc_type="QUYẾT ĐỊNH",
        subject=decision.subject,
        body=(
            CenteredLine(f"CHỦ TỊCH {identity.issuer}"),
            *(LegalBasisLine(line) for line in decision.grounds.split("\n") if line.strip()),
            EnactingLine(),
            Article(1, _awarded(listed, award)),
            Article(2, _money(listed, total, decision.funding, award)),
            Article(3, with_end_mark(f"Quyết định này có hiệu lực kể từ ngày ký. {decision.carried_out_by}")),
        ),
        signatures=(decision_signature(decision),),
        recipients=tuple(line for line in decision.recipients.split("\n") if line.strip()),
        appendices=(_list(listed, total, identity, decision, award),) if len(listed) > 1 else (),
    )


def _awarded(listed: list[AwardLine], award: AwardName) -> str:
    lead = f"Tặng {award.quoted(*line_years(listed))} cho"
    if len(listed) == 1:
        line = listed[0]
        recipient = line.recipient[:1].lower() + line.recipient[1:]
        place = f", {line.place}," if line.place else ""
        return f"{lead} {recipient}{place} {line.deed[:1].lower() + line.deed[1:].rstrip(' .')}."
    deed = "" if award.title and len({line.deed for line in listed}) > 1 else f" {common_achievement(listed)}"
    return f"{lead} {nominee_counts_text(line.subject for line in listed)}{deed} (có danh sách kèm theo)."


def line_years(listed: list[AwardLine]) -> set[int]:
    """The years of the awards on the list."""
    return {line.year for line in listed}


def common_achievement(listed: list[AwardLine]) -> str:
    """ "đã có thành tích …" if all lines have the same achievement, otherwise only "đã có thành tích"."""
    deeds = {line.deed for line in listed}
    if len(deeds) > 1:
        return "đã có thành tích"
    deed = next(iter(deeds)).rstrip(" .")
    return deed[:1].lower() + deed[1:]


def default_decision_subject(listed: list[AwardLine]) -> str:
    """The trích yếu of a new draft: "Về việc tặng Giấy khen cho tập thể, cá nhân có thành tích …".

    For a title it names the year instead: "Về việc tặng danh hiệu “Lao động tiên tiến” năm 2026 cho cá nhân".
    """
    kinds_text = nominee_kinds_text(listed)
    award = listed[0].award
    if award.title:
        return f"Về việc tặng {award.quoted(*line_years(listed))} cho {kinds_text}"
    subject = f"Về việc tặng {award.short} cho {kinds_text} {common_achievement(listed).removeprefix('đã ')}"
    return subject if len(subject) <= 300 else f"Về việc tặng {award.short} cho {kinds_text} có thành tích"


def nominee_kinds_text(listed: list[AwardLine]) -> str:
    """ "tập thể, hộ gia đình, cá nhân": the kinds of nominees on the list."""
    kinds = {line.subject for line in listed}
    return ", ".join(title.lower() for kind, title in NOMINEE_KIND_HEADINGS.items() if kind in kinds)


def _money(listed: list[AwardLine], total: int, funding: str, award: AwardName) -> str:
    if not total:
        return "; ".join(dict.fromkeys(line.sum_explanation for line in listed)) + "."
    source = funding[:1].lower() + funding[1:].rstrip(" .")
    if len(listed) == 1:
        lead = f"Tiền thưởng kèm theo {award.in_short()}: "
    else:
        lead = "Mức tiền thưởng của từng trường hợp theo danh sách. Tổng số tiền thưởng: "
    return f"{lead}{format_vnd(total)} đồng ({money_in_words(total).lower()}). Nguồn kinh phí: {source}."


def _list(
    listed: list[AwardLine], total: int, identity: CommuneIdentity, decision: Decision, award: AwardName
) -> Appendix:
    kinds_text = nominee_kinds_text(listed)
    years = line_years(listed)
    columns = ListColumns(deed=not award.title, year=award.title and len(years) > 1, money=bool(total))
    rows = list_rows(listed, columns, decision.list_order == Decision.BY_NAME)
    money_notes = []
    if total:
        money_notes.append(Paragraph(f"{money_in_words(total)}.", lead="Bằng chữ:"))
        money_notes += [Paragraph(f"{line.name}: {line.sum_explanation}.") for line in listed if line.payability.unpaid]
    name = award.quoted(*years) if award.title else award.short
    return Appendix(
        "DANH SÁCH",
        (Table(columns.heads, rows, total=columns.total(total)), *money_notes),
        subtitle=f"{kinds_text[:1].upper()}{kinds_text[1:]} được tặng {name}",
        of=f"Chủ tịch Ủy ban nhân dân {identity.name}",
    )


@dataclass(frozen=True)
class ListColumns:
    """Optional columns of a list: the deed (not for titles), the year (if there are several), the money."""

    deed: bool = True
    year: bool = False
    money: bool = True

    @property
    def heads(self) -> tuple[TableColumn, ...]:
        extra_width = 0 if self.deed else 16
        return (
            TableColumn("Họ và tên, tên hộ, tập thể", 25 + extra_width),
            TableColumn("Chức vụ, đơn vị", 23 + extra_width),
            *((TableColumn("Thành tích", 32),) if self.deed else ()),
            *((TableColumn("Năm", 10, TextAlign.center),) if self.year else ()),
            *((TableColumn("Tiền thưởng (đồng)", 15, TextAlign.right),) if self.money else ()),
        )

    def row(self, line: AwardLine) -> tuple[str, ...]:
        return (
            line.name,
            line.place,
            *((line.deed,) if self.deed else ()),
            *((str(line.year),) if self.year else ()),
            *((format_vnd(line.amount),) if self.money else ()),
        )

    def total(self, amount: int) -> tuple[str, ...]:
        """The total row; () for a list without money."""
        return ("Tổng cộng", *("" for _ in self.heads[1:-1]), format_vnd(amount)) if self.money else ()


def list_rows(
    listed: list[AwardLine], columns: ListColumns, grouped: bool
) -> tuple[tuple[str, ...] | TableRowGroup, ...]:
    """The lines; if `grouped` and there are several kinds of nominees, each kind under its own heading."""
    kinds = list(dict.fromkeys(line.subject for line in listed))
    rows: list[tuple[str, ...] | TableRowGroup] = []
    heading_of = ""
    for line in listed:
        if grouped and len(kinds) > 1 and line.subject != heading_of:
            heading_of = line.subject
            rows.append(TableRowGroup(f"{ROMAN[kinds.index(heading_of)]}. {NOMINEE_KIND_HEADINGS[heading_of]}"))
        rows.append(columns.row(line))
    return tuple(rows)
