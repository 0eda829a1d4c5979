"""The figures of a report, section by section: exemplars, cases, awards, units; with the names behind each figure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Exemplar
from commendations.models import CouncilSession, Nomination
from emulation.core.formatting import format_date, format_dong
from emulation.workflow.workflow import flow_of
from reports.queries.granted_awards import WOMAN, GrantedAward
from reports.queries.report_rows import ReportRows
from reports.queries.report_units import asked_units_of, unit_name_by
from reports.rules.quarters import DateRange
from villages.models import Unit
from villages.rules.groups import DIRECT_GROUPS

ReportFigure = dict[str, Any]
FigureName = list[str]
GIAY_KHEN_CODE = "GKX"
NOMINEE_LABELS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


@dataclass(frozen=True)
class ReportRanges:
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


# ── exemplars ────────────────────────────────────────────────────────────────────────────────────
def valid_exemplars(rows: Iterable[Exemplar], span: DateRange) -> list[Exemplar]:
    """The accepted exemplars among these rows whose period opened in these days."""
    accepted = (row for row in rows if row.state in Exemplar.VALID and not row.nothing)
    return [row for row in accepted if span.contains(row.period.opens_on)]


def exemplar_kind_figures(ranges: ReportRanges, rows: list[Exemplar]) -> list[ReportFigure]:
    """The exemplars that the office accepted: all, and by nominee."""
    valid = valid_exemplars(rows, ranges.quarter)
    so_far = valid_exemplars(rows, ranges.year_to_date)
    figures = [_figure("exemplars", "Điển hình được chấp nhận", "điển hình", valid, _of_exemplar, len(so_far))]
    for kind, word in NOMINEE_LABELS.items():
        of_kind = [row for row in valid if row.nominee_kind == kind]
        year_value = sum(row.nominee_kind == kind for row in so_far)
        label = f"Điển hình là {word}"
        figures.append(_figure(f"exemplars_{kind}", label, "điển hình", of_kind, _of_exemplar, year_value))
    return figures


def exemplar_figures(
    commune_id: int, quarter: DateRange, ranges: ReportRanges, rows: list[Exemplar]
) -> list[ReportFigure]:
    """Exemplars by nominee, and which units answered; the latter have no sum of the year."""
    units = asked_units_of(commune_id, quarter)
    sent = [row for row in rows if ranges.quarter.contains(row.period.opens_on)]
    with_exemplars = {row.unit_id for row in sent if not row.nothing}
    with_nothing = {row.unit_id for row in sent if row.nothing} - with_exemplars
    silent = {unit.pk for unit in units} - with_exemplars - with_nothing

    def of(key: str, label: str, ids: set[int]) -> ReportFigure:
        named = [unit for unit in units if unit.pk in ids]
        return _figure(key, label, "đơn vị", named, lambda unit: _of_unit(unit, quarter.last))

    return [
        *exemplar_kind_figures(ranges, rows),
        of("units_sent", "Đơn vị đã gửi điển hình", with_exemplars),
        of("units_none", "Đơn vị báo không có điển hình", with_nothing),
        of("units_silent", "Đơn vị chưa gửi", silent),
    ]


# ── cases and awards ─────────────────────────────────────────────────────────────────────────────
STATUS_FIGURES = frozenset({"nominations_refused", "nominations_above"})
"""Figures of the state of cases, which goes on changing: a later report does not adjust them."""


def case_sections(ranges: ReportRanges, rows: ReportRows) -> list[dict[str, Any]]:
    """The sections of the cases and of the awards."""
    return [
        {
            "title": "Đề nghị khen thưởng, phiên họp Hội đồng",
            "figures": _case_figures(ranges, rows.nominations, rows.sessions),
        },
        {"title": "Khen thưởng đã quyết định", "figures": _award_figures(ranges, rows.awards)},
    ]


def _case_figures(
    ranges: ReportRanges, nominations: list[Nomination], sessions: list[CouncilSession]
) -> list[ReportFigure]:
    refused = [row for row in nominations if row.state in ("failed", "refused")]
    above = [row for row in nominations if row.state in Nomination.ABOVE]
    counted = (
        ("nominations", "Hồ sơ đề nghị đã nhận", nominations),
        ("nominations_refused", "Hồ sơ Hội đồng không thông qua hoặc Chủ tịch không đồng ý", refused),
        ("nominations_above", "Hồ sơ đã trình cấp trên", above),
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
UNKNOWN_GROUP_FIGURE = "granted_group_unknown"
UNKNOWN_SEX_FIGURE = "granted_sex_unknown"
UNKNOWN_BIRTH_FIGURE = "granted_birth_unknown"
AWARD_FIGURES: tuple[tuple[str, str, Callable[[GrantedAward], bool]], ...] = (
    ("granted", "Tổng số lượt khen thưởng (mọi danh hiệu, hình thức)", lambda award: True),
    *((f"granted_{code}", f"Tặng {word}", _of_nominee_kind(code)) for code, word in NOMINEE_LABELS.items()),
    *((f"granted_{code}", label, _of_kind(code)) for code, label in Nomination.KINDS),
    ("granted_direct", "Người trực tiếp lao động, học tập được khen", lambda award: award.group in DIRECT_GROUPS),
    ("granted_women", "Phụ nữ được khen", lambda award: award.sex == WOMAN),
    ("granted_above", "Cấp trên khen theo đề nghị của xã", lambda award: award.above),
)


def _award_figures(ranges: ReportRanges, awards: list[GrantedAward]) -> list[ReportFigure]:
    def figure(key: str, label: str, unit: str, rows: Iterable[GrantedAward]) -> ReportFigure:
        return ranges.figure(key, label, unit, rows, "granted_on", _of_award)

    own = [row for row in awards if not row.above]
    figures = [figure(key, label, "lượt", filter(counts, awards)) for key, label, counts in AWARD_FIGURES]
    figures[0]["decisions"] = [row.decision for row in awards if ranges.quarter.contains(row.granted_on)]
    return [
        *figures,
        *_unknown_figures(ranges, awards),
        figure(
            "awards",
            "Giấy khen của Chủ tịch UBND xã",
            "giấy khen",
            (row for row in own if row.code == GIAY_KHEN_CODE),
        ),
        *_title_figures(ranges, own),
        _money_figure(ranges, own),
    ]


def _unknown_figures(ranges: ReportRanges, awards: list[GrantedAward]) -> list[ReportFigure]:
    """How many of the commended people have no group, no sex or no year of birth, so that shares are not known; none without them."""
    unknown = {
        (UNKNOWN_GROUP_FIGURE, "Cá nhân được khen chưa rõ nhóm đối tượng"): [row for row in awards if row.group == ""],
        (UNKNOWN_SEX_FIGURE, "Cá nhân được khen chưa rõ giới tính"): [row for row in awards if row.sex == ""],
        (UNKNOWN_BIRTH_FIGURE, "Cá nhân được khen chưa rõ năm sinh"): [row for row in awards if row.birth_unknown],
    }
    return [
        ranges.figure(key, label, "lượt", rows, "granted_on", _of_award)
        for (key, label), rows in unknown.items()
        if any(ranges.contains(row.granted_on) for row in rows)
    ]


def _title_figures(ranges: ReportRanges, own: list[GrantedAward]) -> list[ReportFigure]:
    """One figure for each title that the commune granted in the ranges."""
    titles = {row.code: row.title for row in own if row.code != GIAY_KHEN_CODE and ranges.contains(row.granted_on)}
    return [
        ranges.figure(
            f"titles_{code}", name, "danh hiệu", [row for row in own if row.code == code], "granted_on", _of_award
        )
        for code, name in sorted(titles.items())
    ]


def _money_figure(ranges: ReportRanges, awards: list[GrantedAward]) -> ReportFigure:
    """Prize money of all awards of the commune, in đồng."""
    paid = ranges.figure("money", "Tiền thưởng do xã chi", "đồng", awards, "granted_on", _of_payment)
    return {
        **paid,
        "value": sum(row.amount for row in awards if ranges.quarter.contains(row.granted_on)),
        "year_value": sum(row.amount for row in awards if ranges.year_to_date.contains(row.granted_on)),
    }


# ── names ────────────────────────────────────────────────────────────────────────────────────────
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


def field_name(row: Exemplar) -> str:
    """The field of work of an exemplar in words."""
    return row.field.name if row.field else "Chưa ghi lĩnh vực"


def _of_unit(unit: Unit, last: date) -> FigureName:
    return [unit_name_by(unit, last), unit.get_kind_display(), ""]


def _of_exemplar(row: Exemplar) -> FigureName:
    return [row.nominee_name, row.nominee_unit_label, f"{row.period}; {field_name(row)}"]


def _of_nomination(row: Nomination) -> FigureName:
    flow = flow_of(row)
    return [row.nominee_name, row.nominee_unit_label, flow.states[row.state].label if flow else ""]


def _of_session(row: CouncilSession) -> FigureName:
    return [row.title, row.place, format_date(row.held_on)]


def _of_award(row: GrantedAward) -> FigureName:
    return [row.name, row.unit_name, row.achievement]


def _of_payment(row: GrantedAward) -> FigureName:
    return [row.name, row.unit_name, format_dong(row.amount)]
