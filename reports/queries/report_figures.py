"""The figures of a quarterly report, each with the names behind it.

A figure is plain data that can be stored as JSON: {"key", "label", "value", "year_value", "unit", "names"}. Names are
[name, unit or place, note] and contain nothing private. `value` counts the quarter, `year_value` the statistical year up
to the end of the quarter (None where that makes no sense). The number of queries does not depend on the number of rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Exemplar, Period
from campaigns.obligations.queries import answering_units
from commendations.models import Award, CouncilSession, Nomination
from emulation.core.formatting import format_date, format_dong
from emulation.workflow.workflow import flow_of
from reports.rules import quarters

ReportFigure = dict[str, Any]
FigureName = list[str]
DIRECT_WORKER_GROUP = "direct"
GIAY_KHEN_CODE = "GKX"
"""The award that the figures about giấy khen count; every other award has a figure of its own."""


@dataclass(frozen=True)
class _ReportRanges:
    """The dates that a report counts: the quarter, and the statistical year up to the end of the quarter."""

    quarter: quarters.DateRange
    year_to_date: quarters.DateRange

    @property
    def whole(self) -> tuple[date, date]:
        """First and last day of both ranges together."""
        return min(self.quarter.first, self.year_to_date.first), self.quarter.last

    def figure(
        self, key: str, label: str, unit: str, rows: Iterable[Any], day: str, name: Callable[[Any], FigureName]
    ) -> ReportFigure:
        """The figure of rows whose date is in the field `day`; `name` gives the name behind a row."""
        dated = [(getattr(row, day), row) for row in rows]
        names = [name(row) for on, row in dated if self.quarter.contains(on)]
        return _figure(key, label, unit, names, sum(self.year_to_date.contains(on) for on, _ in dated))


def quarter_figures(commune_id: int, year: int, number: int) -> dict[str, Any]:
    """All figures of the report: {"sections": [{"title", "figures"}], "by_unit": […], "by_field": […]}."""
    ranges = _ReportRanges(quarters.quarter_range(year, number), quarters.statistical_year_to_date(year, number))
    exemplars = _exemplars(commune_id, year, number)
    valid = [row for row in exemplars if row.state in Exemplar.VALID and not row.nothing]
    nominations = list(
        Nomination.objects.filter(commune_id=commune_id, received_on__range=ranges.whole)
        .select_related("unit", "person", "household", "collective")
        .order_by("received_on", "pk")
    )
    awards = list(
        Award.objects.filter(commune_id=commune_id, awarded_on__range=ranges.whole)
        .counting()
        .with_standing()
        .select_related("unit", "decision__document")
        .order_by("awarded_on", "decision_id", "decision_serial")
    )
    sessions = list(
        CouncilSession.objects.filter(commune_id=commune_id, state="closed", held_on__range=ranges.whole).order_by(
            "held_on", "pk"
        )
    )
    return {
        "sections": [
            {
                "title": "Điển hình tiên tiến",
                "figures": _exemplar_figures(commune_id, ranges.quarter, exemplars, valid),
            },
            {
                "title": "Đề nghị khen thưởng, phiên họp Hội đồng",
                "figures": _case_figures(ranges, nominations, sessions),
            },
            {"title": "Khen thưởng đã quyết định", "figures": _award_figures(ranges, awards)},
        ],
        "by_unit": _by_unit(commune_id, ranges.quarter, exemplars, valid, awards),
        "by_field": [[name, count] for name, count in sorted(Counter(_field_name(row) for row in valid).items())],
    }


def figures_by_section(counted: dict[str, Any]) -> Iterator[tuple[str, ReportFigure]]:
    """(title of the section, figure) for every figure of the report."""
    for section in counted["sections"]:
        for figure in section["figures"]:
            yield section["title"], figure


def figure_by_key(counted: dict[str, Any], key: str) -> ReportFigure | None:
    """The figure with this key, or None."""
    return next((figure for _, figure in figures_by_section(counted) if figure["key"] == key), None)


def _exemplars(commune_id: int, year: int, number: int) -> list[Exemplar]:
    months = Period.objects.filter(
        commune_id=commune_id, kind=Period.MONTH, year=year, number__in=quarters.quarter_months(number)
    )
    quarter = Period.objects.filter(commune_id=commune_id, kind=Period.QUARTER, year=year, number=number)
    rows = Exemplar.objects.filter(period__in=[*months, *quarter]).sent()
    return list(
        rows.select_related("unit", "field", "period", "person", "household", "collective").order_by("unit__sort", "pk")
    )


def _exemplar_figures(
    commune_id: int, quarter: quarters.DateRange, rows: list[Exemplar], valid: list[Exemplar]
) -> list[ReportFigure]:
    units = list(answering_units(commune_id, quarter.last))
    with_exemplars = {row.unit_id for row in rows if not row.nothing}
    with_nothing = {row.unit_id for row in rows if row.nothing} - with_exemplars
    silent = {unit.pk for unit in units} - with_exemplars - with_nothing

    def of(ids: set[int]) -> list[FigureName]:
        return [[unit.name, unit.get_kind_display(), ""] for unit in units if unit.pk in ids]

    return [
        _figure("exemplars", "Điển hình được chấp nhận", "điển hình", [_of_exemplar(row) for row in valid]),
        *_by_nominee("exemplars", "Điển hình là", "điển hình", valid, _of_exemplar),
        _figure("units_sent", "Đơn vị đã gửi điển hình", "đơn vị", of(with_exemplars)),
        _figure("units_none", "Đơn vị báo không có điển hình", "đơn vị", of(with_nothing)),
        _figure("units_silent", "Đơn vị chưa gửi", "đơn vị", of(silent)),
    ]


def _case_figures(
    ranges: _ReportRanges, nominations: list[Nomination], sessions: list[CouncilSession]
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


def _is_kind(code: str) -> Callable[[Award], bool]:
    return lambda award: award.kind == code


# Key, label, and which giấy khen count.
GIAY_KHEN_FIGURES: tuple[tuple[str, str, Callable[[Award], bool]], ...] = (
    ("awards", "Giấy khen của Chủ tịch UBND xã", lambda award: True),
    ("awards_person", "Tặng cá nhân", lambda award: award.person_id is not None),
    ("awards_household", "Tặng hộ gia đình", lambda award: award.household_id is not None),
    ("awards_collective", "Tặng tập thể", lambda award: award.collective_id is not None),
    *((f"awards_{code}", label, _is_kind(code)) for code, label in Nomination.KINDS),
    (
        "awards_direct",
        "Người trực tiếp lao động, học tập",
        lambda award: award.person_id is not None and award.group == DIRECT_WORKER_GROUP,
    ),
    ("awards_women", "Phụ nữ", lambda award: award.sex == "nu"),
)


def _award_figures(ranges: _ReportRanges, awards: list[Award]) -> list[ReportFigure]:
    def figure(key: str, label: str, unit: str, rows: Iterable[Award]) -> ReportFigure:
        return ranges.figure(key, label, unit, rows, "awarded_on", _of_award)

    giay_khen = [row for row in awards if row.award_code == GIAY_KHEN_CODE]
    titles = {row.award_code: row.award_name for row in awards if row.award_code != GIAY_KHEN_CODE}
    figures = [figure(key, label, "giấy khen", filter(counts, giay_khen)) for key, label, counts in GIAY_KHEN_FIGURES]
    figures[0]["decisions"] = [_decision_of(row) for row in giay_khen if ranges.quarter.contains(row.awarded_on)]
    return [
        *figures,
        *(
            figure(f"titles_{code}", name, "danh hiệu", (row for row in awards if row.award_code == code))
            for code, name in sorted(titles.items())
        ),
        _money_figure(ranges, awards),
    ]


def _money_figure(ranges: _ReportRanges, awards: list[Award]) -> ReportFigure:
    """Prize money of all awards, in đồng."""
    paid = [row for row in awards if ranges.quarter.contains(row.awarded_on)]
    names = [[row.current_name, row.unit.name, format_dong(row.amount)] for row in paid]
    return {
        **_figure("money", "Tiền thưởng", "đồng", names),
        "value": sum(row.amount for row in paid),
        "year_value": sum(row.amount for row in awards if ranges.year_to_date.contains(row.awarded_on)),
    }


def _by_nominee(
    key: str, label: str, unit: str, rows: list[Any], name: Callable[[Any], FigureName]
) -> list[ReportFigure]:
    words = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
    return [
        _figure(f"{key}_{kind}", f"{label} {word}", unit, [name(row) for row in rows if row.nominee_kind == kind])
        for kind, word in words.items()
    ]


def _by_unit(
    commune_id: int, quarter: quarters.DateRange, rows: list[Exemplar], valid: list[Exemplar], awards: list[Award]
) -> list[list[Any]]:
    """A row per unit: its name, accepted exemplars, periods answered with "none", giấy khen in the quarter."""
    accepted = Counter(row.unit_id for row in valid)
    none = Counter(row.unit_id for row in rows if row.nothing)
    giay_khen = [row for row in awards if row.award_code == GIAY_KHEN_CODE and quarter.contains(row.awarded_on)]
    awarded = Counter(row.unit_id for row in giay_khen)
    return [
        [unit.name, accepted[unit.pk], none[unit.pk], awarded[unit.pk]]
        for unit in answering_units(commune_id, quarter.last)
    ]


def _figure(key: str, label: str, unit: str, names: list[FigureName], year_value: int | None = None) -> ReportFigure:
    return {"key": key, "label": label, "value": len(names), "year_value": year_value, "unit": unit, "names": names}


def _field_name(row: Exemplar) -> str:
    return row.field.name if row.field else "Chưa ghi lĩnh vực"


def _of_exemplar(row: Exemplar) -> FigureName:
    return [row.nominee_name, row.unit.name, f"{row.period}; {_field_name(row)}"]


def _of_nomination(row: Nomination) -> FigureName:
    flow = flow_of(row)
    return [row.nominee_name, row.unit.name, flow.states[row.state].label if flow else ""]


def _of_session(row: CouncilSession) -> FigureName:
    return [row.title, row.place, format_date(row.held_on)]


def _decision_of(row: Award) -> str:
    """ "01/QĐ-UBND ngày 30/10/2026": for the list of those who received a giấy khen, in the order of its names."""
    document = row.decision.document
    return f"{document.reference} ngày {format_date(document.issued_on)}" if document else ""


def _of_award(row: Award) -> FigureName:
    return [row.current_name, row.unit.name, row.word("achievement")]
