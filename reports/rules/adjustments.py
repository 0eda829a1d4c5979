"""What changed in a figure since it was reported ("điều chỉnh"). Pure: figures are the plain data of stored reports."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TITLE_PREFIX = "titles_"
"""Keys of figures that exist only while there is such an award; an absent one is zero."""


@dataclass(frozen=True)
class ReportedFigure:
    """What was reported last about a figure: its value, and the names behind it by id (None: the report stored no ids)."""

    label: str
    unit: str
    value: int
    names: Mapping[str, list[str]] | None

    @classmethod
    def of(cls, figure: Mapping[str, Any]) -> "ReportedFigure":
        """The figure as a report states it."""
        return cls(figure["label"], figure["unit"], figure["value"], names_by_id(figure))

    def after(self, line: Mapping[str, Any]) -> "ReportedFigure":
        """The same after an adjustment of it was reported."""
        names = None
        if self.names is not None:
            removed = {ident for ident, *_ in line["removed"]}
            names = {ident: name for ident, name in self.names.items() if ident not in removed}
            names |= {ident: name for ident, *name in line["added"]}
        return ReportedFigure(self.label, self.unit, line["now"], names)


def names_by_id(figure: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """The names behind a figure by the id of their row; None for figures that were stored without ids."""
    return dict(zip(figure["ids"], figure["names"], strict=True)) if "ids" in figure else None


def adjustment_lines(
    reported: Mapping[str, ReportedFigure], now: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The figures whose value or names differ, in the order of `now`.

    Each line is {"key", "label", "unit", "reported", "now", "added", "removed"}; added and removed are [id, *name]. A figure
    that the earlier report did not have is left out, unless it is of a title.
    """
    lines = []
    for key in _keys(reported, now):
        before = reported.get(key) or ReportedFigure.of({**now[key], "value": 0, "names": [], "ids": []})
        figure = now.get(key) or {"value": 0, "names": [], "ids": []}
        line = _line(key, before, figure)
        if line["reported"] != line["now"] or line["added"] or line["removed"]:
            lines.append(line)
    return lines


def _keys(reported: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    gone = [key for key in reported if key not in now and key.startswith(TITLE_PREFIX)]
    return [key for key in now if key in reported or key.startswith(TITLE_PREFIX)] + gone


def _line(key: str, before: ReportedFigure, figure: Mapping[str, Any]) -> dict[str, Any]:
    names = names_by_id(figure) or {}
    reported_names = names if before.names is None else before.names
    return {
        "key": key,
        "label": before.label,
        "unit": before.unit,
        "reported": before.value,
        "now": figure["value"],
        "added": [[ident, *name] for ident, name in names.items() if ident not in reported_names],
        "removed": [[ident, *name] for ident, name in reported_names.items() if ident not in names],
    }


def format_change(change: int) -> str:
    """ "+2", "-1", "0" of a change of names only."""
    return f"{change:+,}".replace(",", ".") if change else "0"


def adjusted_names(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Who was added and removed, "Quý III năm 2026, bớt: Lê Văn An (Thôn 1), 02 lượt, đã hủy bỏ theo …", each once for a period.

    Several lines may name the same award, so the number is that of the line that names it most often.
    """
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found |= Counter(_added_and_removed(line))
    counted = {who: f"{number:02d} lượt" if number > 1 else "" for who, number in found.items()}
    return [", ".join(filter(None, (text, times, reason))) for (text, reason), times in counted.items()]


def _added_and_removed(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each name with its place and period, and why it no longer counts ("": not known)."""
    period = f"{line['period'][:1].upper()}{line['period'][1:]}"
    reasons = line.get("reasons", {})  # reports frozen before have none
    for word, names in (("thêm", line["added"]), ("bớt", line["removed"])):
        for ident, name, place, *_note in names:
            yield f"{period}, {word}: {name if place in name else f'{name} ({place})'}", reasons.get(ident, "")
