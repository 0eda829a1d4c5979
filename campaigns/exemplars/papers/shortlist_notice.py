"""The shortlist notice (thông báo) as a document, with the list as an appendix."""

from collections.abc import Iterable
from datetime import date

from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.queries.shortlist import has_agreed
from emulation.core.formatting import upper_first
from emulation.documents.blocks.body import Table, TableColumn, TableRowGroup, typed_paragraphs
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import InvalidPaper, roman_numeral, with_end_mark
from emulation.documents.letterheads import committee_letterhead

COLUMNS = (
    TableColumn("Cá nhân, hộ gia đình, tập thể", 30),
    TableColumn("Đơn vị", 22),
    TableColumn("Việc làm tiêu biểu", 48),
)
KIND_TITLES = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}


def shortlist_notice_paper(notice: ShortlistNotice, entries: Iterable[ShortlistEntry], on: date) -> Paper:
    """The notice with the letterhead of that day, with the entries whose nominee consented; no private data.

    Raises InvalidPaper when there is no such entry.
    """
    rows = [entry for entry in entries if has_agreed(entry)]
    identity = notice.commune.identity_on(on)
    if not rows:
        raise InvalidPaper("Chưa ai trong danh sách đồng ý cho nêu gương nên văn bản chưa có ai.")
    return Paper(
        kind="thong_bao",
        letterhead=committee_letterhead(notice.commune, on, "thong_bao"),
        doc_type="THÔNG BÁO",
        subject=notice.subject,
        body=(*typed_paragraphs(notice.opening), *typed_paragraphs(_with_end_mark(notice.closing))),
        signatures=(committee_signature(notice.signer, deputy=notice.deputy),),
        recipients=tuple(line.strip(" -–•;.") for line in notice.recipients.split("\n") if line.strip(" -–•;.")),
        appendices=(
            Appendix(
                "DANH SÁCH",
                (Table(COLUMNS, _rows(rows, identity.name)),),
                subtitle=f"Điển hình tiên tiến {notice.period.in_words}",
                of=f"Ủy ban nhân dân {identity.name}",
            ),
        ),
    )


def _rows(entries: list[ShortlistEntry], commune: str) -> tuple[tuple[str, ...] | TableRowGroup, ...]:
    """Collectives, then households, then persons, each in the order of the list."""
    rows: list[tuple[str, ...] | TableRowGroup] = []
    by_kind = {kind: [entry for entry in entries if entry.exemplar.nominee_kind == kind] for kind in KIND_TITLES}
    kinds = [kind for kind in KIND_TITLES if by_kind[kind]]
    for place, kind in enumerate(kinds, 1):
        if len(kinds) > 1:
            rows.append(TableRowGroup(f"{roman_numeral(place)}. {KIND_TITLES[kind]}"))
        for entry in by_kind[kind]:
            # What a unit that is the collective itself belongs to is the commune.
            unit = entry.exemplar.nominee_unit or upper_first(commune)
            rows.append((entry.exemplar.nominee_name, unit, entry.gist))
    return tuple(rows)


def _with_end_mark(text: str) -> str:
    """The text with the end mark of the body on its last line: a full stop and a slash (NĐ 30)."""
    *before, last = text.strip().split("\n")
    return "\n".join([*before, with_end_mark(last)]) if last else text
