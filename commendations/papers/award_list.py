"""Lists of nominees on decisions and tờ trình: their columns and rows, grouped by kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from commendations.queries.award_lines import AwardLine, nominee_names_heading
from emulation.core.formatting import format_vnd
from emulation.documents.blocks.body import TableColumn, TableRowGroup, TextAlign

NOMINEE_KIND_HEADINGS = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}
ROMAN = ("I", "II", "III")


def nominee_kinds_text(listed: list[AwardLine]) -> str:
    """ "tập thể, hộ gia đình, cá nhân": the kinds of nominees on the list."""
    kinds = {line.subject for line in listed}
    return ", ".join(title.lower() for kind, title in NOMINEE_KIND_HEADINGS.items() if kind in kinds)


def nominee_columns(kinds: Iterable[str], name_width: int, place_width: int) -> tuple[TableColumn, TableColumn]:
    """The columns of the names and of the posts and units; of addresses when none of the nominees is a person."""
    listed = set(kinds)
    place = "Chức vụ, đơn vị" if "person" in listed else "Địa chỉ"
    return TableColumn(nominee_names_heading(listed), name_width), TableColumn(place, place_width)


@dataclass(frozen=True)
class ListColumns:
    """Columns of a list of nominees of these `kinds`; optional are the deed (not for titles), the year and the money."""

    kinds: frozenset[str]
    deed: bool = True
    year: bool = False
    money: bool = True

    @property
    def heads(self) -> tuple[TableColumn, ...]:
        extra_width = 0 if self.deed else 16
        return (
            *nominee_columns(self.kinds, 25 + extra_width, 23 + extra_width),
            *((TableColumn("Thành tích", 32),) if self.deed else ()),
            *((TableColumn("Năm", 10, TextAlign.center),) if self.year else ()),
            *((TableColumn("Tiền thưởng (đồng)", 15, TextAlign.right),) if self.money else ()),
        )

    def row(self, line: AwardLine) -> tuple[str, ...]:
        return (
            line.listed_name,
            line.place_in_list,
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
