"""The figures of a quarterly report, each with the names behind it.

A figure is plain data that can be stored as JSON: {"key", "label", "value", "year_value", "unit", "names", "ids"}. Names
are [name, unit or place, note] and contain nothing private; `ids` identify the rows behind them, in the same order, so
that a later report can say what was added or removed. `value` counts the quarter up to the count day, `year_value` the
statistical year up to the same day (None where that makes no sense).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Exemplar
from campaigns.obligations.queries import answering_units
from commendations.models import CouncilSession, Nomination
from emulation.core.formatting import format_date, format_dong
from emulation.legal import current
from emulation.workflow.workflow import flow_of
from reports.queries.granted_awards import GrantedAward
from reports.queries.report_adjustments import report_adjustments, reports_compared
from reports.queries.report_rows import ReportRows, report_rows
from reports.rules.quarters import DateRange, quarter_range
from reports.rules.report_days import count_day, statistical_year_to_date

ReportFigure = dict[str, Any]
FigureName = list[str]
GIAY_KHEN_CODE = "GKX"
UNIT_AWARDS_LABEL = "Khen thưởng"
OLD_UNIT_AWARDS_LABEL = "Giấy khen"
"""Of figures that were frozen while units had only their giấy khen counted."""
NOMINEE_LABELS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


@dataclass(frozen=True)
class _ReportRanges:
    """The days that a report counts: its quarter and the statistical year, both up to the count day."""

    quarter: DateRange
    year_to_date: DateRange

    def contains(self, day: date) -> bool:
        """Whether the day is in the quarter or in the statistical year."""
        return self.quarter.contains(day) or self.year_to_date.contains(day)

    def figure(
        self, key: str, label: str, unit: str, rows: Iterable[Any], day: str, name: Callable[[Any], FigureName]
    ) -> ReportFigure:
        """The figure of rows whose date is in the field `day`; `name` gives the name behind a row."""
        rows = list(rows)
        counted = [row for row in rows if self.quarter.contains(getattr(row, day))]
        so_far = sum(self.year_to_date.contains(getattr(row, day)) for row in rows)
        return _figure(key, label, unit, counted, name, so_far)


def quarter_figures(commune_id: int, year: int, number: int) -> dict[str, Any]:
    """All figures of the report: {"sections": [{"title", "figures"}], "by_unit", "by_field", "adjustments" …}."""
    law = current.law_for(commune_id)
    quarter = quarter_range(year, number)
    counted = DateRange(quarter.first, count_day(law, quarter))
    ranges = _ReportRanges(counted, statistical_year_to_date(law, quarter, counted.last))
    compared = reports_compared(commune_id, year, number)
    first = min([counted.first, ranges.year_to_date.first, *(report.span.first for report in compared)])
    rows = report_rows(commune_id, first, quarter.last)
    valid = _valid_exemplars(rows, counted)
    sent = [row for row in rows.exemplars if counted.contains(row.period.opens_on)]
    return {
        "sections": [
            {"title": "Điển hình tiên tiến", "figures": _exemplar_figures(commune_id, quarter, sent, valid)},
            *_sections(ranges, rows),
        ],
        "by_unit": _by_unit(commune_id, counted, sent, valid, rows.awards),
        "unit_awards_label": UNIT_AWARDS_LABEL,
        "by_field": [[name, count] for name, count in sorted(Counter(_field_name(row) for row in valid).items())],
        "adjustments": report_adjustments(compared, lambda span: _recount(rows, span)),
        "compared": [report.title for report in compared],
        "counted": [day.isoformat() for day in (counted.first, counted.last)],
        "year_counted": [day.isoformat() for day in (ranges.year_to_date.first, ranges.year_to_date.last)],
    }


def _recount(rows: ReportRows, span: DateRange) -> dict[str, ReportFigure]:
    """The figures of an earlier period as they are counted now, by key; only those that a later change adjusts."""
    ranges = _ReportRanges(span, span)
    exemplars = [_figure(*_EXEMPLARS, _valid_exemplars(rows, span), _of_exemplar)]
    found = [*exemplars, *(figure for section in _sections(ranges, rows) for figure in section["figures"])]
    return {figure["key"]: figure for figure in found if figure["key"] not in STATUS_FIGURES}


def is_current_form(counted: dict[str, Any]) -> bool:
    """Whether the figures say which days they count; those frozen before awards of all kinds were counted do not."""
    return "counted" in counted


def figures_by_section(counted: dict[str, Any]) -> Iterator[tuple[str, ReportFigure]]:
    """(title of the section, figure) for every figure of the report."""
    for section in counted["sections"]:
        for figure in section["figures"]:
            yield section["title"], figure


def figure_by_key(counted: dict[str, Any], key: str) -> ReportFigure | None:
    """The figure with this key, or None."""
    return next((figure for _, figure in figures_by_section(counted) if figure["key"] == key), None)


# ── exemplars ────────────────────────────────────────────────────────────────────────────────────
_EXEMPLARS = ("exemplars", "Điển hình được lựa chọn", "điển hình")


def _valid_exemplars(rows: ReportRows, span: DateRange) -> list[Exemplar]:
    return [
        row
        for row in rows.exemplars
        if row.state in Exemplar.VALID and not row.nothing and span.contains(row.period.opens_on)
    ]


def _exemplar_figures(
    commune_id: int, quarter: DateRange, rows: list[Exemplar], valid: list[Exemplar]
) -> list[ReportFigure]:
    units = list(answering_units(commune_id, quarter.last))
    with_exemplars = {row.unit_id for row in rows if not row.nothing}
    with_nothing = {row.unit_id for row in rows if row.nothing} - with_exemplars
    silent = {unit.pk for unit in units} - with_exemplars - with_nothing

    def of(key: str, label: str, ids: set[int]) -> ReportFigure:
        return _figure(key, label, "đơn vị", [unit for unit in units if unit.pk in ids], _of_unit)

    return [
        _figure(*_EXEMPLARS, valid, _of_exemplar),
        *(
            _figure(
                f"exemplars_{kind}",
                f"Trong đó: {word}",
                "điển hình",
                [row for row in valid if row.nominee_kind == kind],
                _of_exemplar,
            )
            for kind, word in NOMINEE_LABELS.items()
        ),
        of("units_sent", "Đơn vị đã gửi điển hình", with_exemplars),
        of("units_none", "Đơn vị báo không có điển hình", with_nothing),
        of("units_silent", "Đơn vị chưa gửi", silent),
    ]


# ── cases and awards ─────────────────────────────────────────────────────────────────────────────
STATUS_FIGURES = frozenset({"nominations_refused", "nominations_above"})
"""Figures of the state of cases, which goes on changing: a later report does not adjust them."""


def _sections(ranges: _ReportRanges, rows: ReportRows) -> list[dict[str, Any]]:
    return [
        {
            "title": "Đề nghị khen thưởng, phiên họp Hội đồng",
            "figures": _case_figures(ranges, rows.nominations, rows.sessions),
        },
        {"title": "Khen thưởng đã quyết định", "figures": _award_figures(ranges, rows.awards)},
    ]


def _case_figures(
    ranges: _ReportRanges, nominations: list[Nomination], sessions: list[CouncilSession]
) -> list[ReportFigure]:
    refused = [row for row in nominations if row.state in ("failed", "refused")]
    above = [row for row in nominations if row.state in Nomination.ABOVE]
    counted = (
        ("nominations", "Hồ sơ đề nghị đã nhận", nominations),
        ("nominations_refused", "Trong đó: Hội đồng không thông qua hoặc Chủ tịch không đồng ý", refused),
        ("nominations_above", "Trong đó: đã trình cấp trên", above),
    )
    return [
        *(ranges.figure(key, label, "hồ sơ", rows, "received_on", _of_nomination) for key, label, rows in counted),
        ranges.figure("sessions", "Phiên họp Hội đồng", "phiên", sessions, "held_on", _of_session),
    ]


def _of_nominee_kind(code: str) -> Callable[[GrantedAward], bool]:
    return lambda award: award.nominee_kind == code


def _of_kind(code: str) -> Callable[[GrantedAward], bool]:
    return lambda award: award.kind == code


# Key, label, and which awards count. Every breakdown is over all awards, those of the superior included.
AWARD_FIGURES: tuple[tuple[str, str, Callable[[GrantedAward], bool]], ...] = (
    ("granted", "Tổng số lượt khen thưởng (mọi danh hiệu, hình thức)", lambda award: True),
    *((f"granted_{code}", f"Trong đó: {word}", _of_nominee_kind(code)) for code, word in NOMINEE_LABELS.items()),
    *((f"granted_{code}", f"Trong đó: {label.lower()}", _of_kind(code)) for code, label in Nomination.KINDS),
    ("granted_direct", "Trong đó: người trực tiếp lao động, học tập", lambda award: award.direct),
    ("granted_women", "Trong đó: phụ nữ", lambda award: award.woman),
    ("granted_above", "Trong đó: cấp trên khen theo đề nghị của xã", lambda award: award.above),
)


def _award_figures(ranges: _ReportRanges, awards: list[GrantedAward]) -> list[ReportFigure]:
    def figure(key: str, label: str, unit: str, rows: Iterable[GrantedAward]) -> ReportFigure:
        return ranges.figure(key, label, unit, rows, "granted_on", _of_award)

    own = [row for row in awards if not row.above]
    titles = {row.code: row.title for row in own if row.code != GIAY_KHEN_CODE and ranges.contains(row.granted_on)}
    return [
        *(figure(key, label, "lượt", filter(counts, awards)) for key, label, counts in AWARD_FIGURES),
        figure(
            "awards",
            "Giấy khen của Chủ tịch UBND xã",
            "giấy khen",
            (row for row in own if row.code == GIAY_KHEN_CODE),
        ),
        *(
            figure(f"titles_{code}", name, "danh hiệu", (row for row in own if row.code == code))
            for code, name in sorted(titles.items())
        ),
        _money_figure(ranges, own),
    ]


def _money_figure(ranges: _ReportRanges, awards: list[GrantedAward]) -> ReportFigure:
    """Prize money of all awards of the commune, in đồng."""
    paid = ranges.figure("money", "Tiền thưởng do xã chi", "đồng", awards, "granted_on", _of_payment)
    return {
        **paid,
        "value": sum(row.amount for row in awards if ranges.quarter.contains(row.granted_on)),
        "year_value": sum(row.amount for row in awards if ranges.year_to_date.contains(row.granted_on)),
    }


# ── by unit, names ───────────────────────────────────────────────────────────────────────────────
def _by_unit(
    commune_id: int, quarter: DateRange, rows: list[Exemplar], valid: list[Exemplar], awards: list[GrantedAward]
) -> list[list[Any]]:
    """A row per unit: its name, accepted exemplars, periods answered with "none", awards of all kinds in the quarter."""
    accepted = Counter(row.unit_id for row in valid)
    none = Counter(row.unit_id for row in rows if row.nothing)
    awarded = Counter(row.unit_id for row in awards if quarter.contains(row.granted_on))
    return [
        [unit.name, accepted[unit.pk], none[unit.pk], awarded[unit.pk]]
        for unit in answering_units(commune_id, quarter.last)
    ]


def _figure(
    key: str, label: str, unit: str, rows: list[Any], name: Callable[[Any], FigureName], year_value: int | None = None
) -> ReportFigure:
    return {
        "key": key,
        "label": label,
        "value": len(rows),
        "year_value": year_value,
        "unit": unit,
        "names": [name(row) for row in rows],
        "ids": [row.ident if isinstance(row, GrantedAward) else str(row.pk) for row in rows],
    }


def _field_name(row: Exemplar) -> str:
    return row.field.name if row.field else "Chưa ghi lĩnh vực"


def _of_unit(unit: Any) -> FigureName:
    return [unit.name, unit.get_kind_display(), ""]


def _of_exemplar(row: Exemplar) -> FigureName:
    return [row.nominee_name, row.unit.name, f"{row.period}; {_field_name(row)}"]


def _of_nomination(row: Nomination) -> FigureName:
    flow = flow_of(row)
    return [row.nominee_name, row.unit.name, flow.states[row.state].label if flow else ""]


def _of_session(row: CouncilSession) -> FigureName:
    return [row.title, row.place, format_date(row.held_on)]


def _of_award(row: GrantedAward) -> FigureName:
    return [row.name, row.unit_name, row.detail]


def _of_payment(row: GrantedAward) -> FigureName:
    return [row.name, row.unit_name, format_dong(row.amount)]
