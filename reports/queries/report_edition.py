"""The differences between a report that is made again and the edition that was sent before."""

from collections.abc import Iterator
from typing import Any

from emulation.core.formatting import format_vnd
from emulation.documents.models import IssuedDocument
from emulation.workflow.differences import Difference, differences
from reports.models import PeriodReport
from reports.queries.report_figures import figures_by_section

TEXTS = {"assessment": "Đánh giá chung", "shortcomings": "Tồn tại, hạn chế", "plan": "Phương hướng quý sau"}
MAX_NAMES = 20


def edition_changes(report: PeriodReport, counted: dict[str, Any]) -> list[Difference] | None:
    """The parts that differ; `counted` are the report's figures. None for a report that was never made again.

    A figure with the same number but other names is a difference too: it lists the names that left and that came.
    """
    sent = report.sent_edition
    if not sent:
        return None
    texts = differences(
        {label: sent[name] for name, label in TEXTS.items()},
        {label: getattr(report, name) for name, label in TEXTS.items()},
    )
    return [*texts, *_figure_changes(sent["figures"] or {"sections": []}, counted)]


def earlier_papers(report: PeriodReport, user: Any) -> list[IssuedDocument]:
    """The papers of the editions that were sent before this one and that the user may read, newest first."""
    document = report.document
    if document is None or report.edition == 1:
        return []
    editions = IssuedDocument.objects.visible_to(user).filter(
        commune_id=report.commune_id, key__startswith=f"{document.key.rpartition(':')[0]}:"
    )
    return list(editions.defer("html", "blocks").exclude(pk=document.pk).order_by("-pk"))


def _figure_changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    before = {figure["key"]: figure for _, figure in figures_by_section(old)}
    after = {figure["key"]: (section, figure) for section, figure in figures_by_section(new)}
    for key, (section, figure) in after.items():
        was = before.get(key)
        label = f"{section}: {figure['label']}"
        yield from differences({label: figure_in_words(was) if was else ""}, {label: figure_in_words(figure)})
        if was and (change := _names_changed(f"{label}: những tên khác nhau", was, figure)):
            yield change


def figure_in_words(figure: dict[str, Any]) -> str:
    """ "26 điển hình; lũy kế 105"."""
    number = f"{format_vnd(figure['value'])} {figure['unit']}"
    year = figure["year_value"]
    return number if year is None else f"{number}; lũy kế {format_vnd(year)}"


def _names_changed(label: str, old: dict[str, Any], new: dict[str, Any]) -> Difference | None:
    """The names that only the old figure has, and those that only the new one has; None when they are the same."""
    gone = _name_list(old["names"], new["names"])
    come = _name_list(new["names"], old["names"])
    if not gone and not come:
        return None
    left = f"chỉ bản trước có: {gone}" if gone else "mọi tên vẫn còn"
    return Difference(label, left, f"thêm: {come}" if come else "không thêm tên nào")


def _name_list(names: list[list[str]], others: list[list[str]]) -> str:
    known = {tuple(other[:2]) for other in others}
    found = [
        name[0] if name[1] in name[0] else f"{name[0]} ({name[1]})" for name in names if tuple(name[:2]) not in known
    ]
    more = f" và {len(found) - MAX_NAMES} tên khác" if len(found) > MAX_NAMES else ""
    return ", ".join(found[:MAX_NAMES]) + more
