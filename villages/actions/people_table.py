"""A value for each person of a unit, entered in one table: what the page showed, and the rows that cannot be saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emulation.core.errors import RuleBroken

NOT_IN_UNIT = "Người này không còn ở đơn vị."


@dataclass(frozen=True)
class EnteredValue:
    """The value chosen for a person, and the recorded value that the page showed ("": none)."""

    value: str
    seen: str = ""


class TableRowsBroken(RuleBroken):
    """Some rows of the table cannot be saved: `rows` is the reason by person id, `now` the recorded value by person id."""

    def __init__(self, rows: Mapping[int, str], now: Mapping[int, str]) -> None:
        super().__init__("Chưa lưu dòng nào. Xem lại những dòng có báo lỗi rồi bấm lưu lại.")
        self.rows = rows
        self.now = now


def changed_by_other_fault(label: str) -> str:
    """What a row shows whose recorded value somebody else has changed to `label` meanwhile."""
    return f"Trong lúc bạn nhập, người khác đã ghi “{label}”. Bấm lưu lại để giữ kết quả bạn chọn."


def changed_values(
    entered: Mapping[int, EnteredValue], now: Mapping[int, str], fault_of: Callable[[int, EnteredValue], str]
) -> dict[int, str]:
    """The values that differ from the page and from the record (`now`), by person id; TableRowsBroken for those with a fault."""
    changed = {pk: row.value for pk, row in entered.items() if row.value not in (row.seen, now[pk])}
    faults = {pk: fault_of(pk, entered[pk]) for pk in changed}
    broken = {pk: fault for pk, fault in faults.items() if fault}
    if broken:
        raise TableRowsBroken(broken, now)
    return changed
