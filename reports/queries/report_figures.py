"""The figures of a quarter's report, each with the names behind it.

A figure is counted from rows, as plain data that can be frozen: {"key", "label", "value", "year_value", "unit", "names"};
names are [name, where, note] and say nothing private. `value` is the quarter's, `year_value` that of the statistical
year so far (None where it makes no sense). A fixed number of queries, however many rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
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
"""Figures about giấy khen count this one; every other award of the register has a figure of its own."""


def quarter_figures(commune_id: int, year: int, number: int) -> dict[str, Any]:
    """Everything the report counts: {"sections": [{"title", "figures"}], "by_unit": […], "by_field": […]}."""
    span, so_far = quarters.quarter_range(year, number), quarters.statistical_year_to_date(year, number)
    exemplars = _exemplars(commune_id, year, number)
    valid = [row for row in exemplars if row.state in Exemplar.VALID and not row.nothing]
    nominations = list(
        Nomination.objects.filter(commune_id=commune_id, received_on__range=(min(span.first, so_far.first), span.last))
        .select_related("unit", "person", "household", "collective")
        .order_by("received_on", "pk")
    )
    awards = list(
        Award.objects.filter(commune_id=commune_id, awarded_on__range=(min(span.first, so_far.first), span.last))
        .select_related("unit")
        .order_by("awarded_on", "decision_id", "decision_serial")
    )
    sessions = list(
        CouncilSession.objects.filter(
            commune_id=commune_id, state="closed", held_on__range=(min(span.first, so_far.first), span.last)
        ).order_by("held_on", "pk")
    )
    return {
        "sections": [
            {"title": "Điển hình tiên tiến", "figures": _movement(commune_id, span, exemplars, valid)},
            {
                "title": "Đề nghị khen thưởng, phiên họp Hội đồng",
                "figures": _cases(span, so_far, nominations, sessions),
            },
            {"title": "Khen thưởng đã quyết định", "figures": _awards(span, so_far, awards)},
        ],
        "by_unit": _by_unit(commune_id, span, exemplars, valid, awards),
        "by_field": [[name, count] for name, count in sorted(Counter(_field(row) for row in valid).items())],
    }


def figure_by_key(counted: dict[str, Any], key: str) -> ReportFigure | None:
    """The figure of a key, or None."""
    return next((figure for part in counted["sections"] for figure in part["figures"] if figure["key"] == key), None)


def _exemplars(commune_id: int, year: int, number: int) -> list[Exemplar]:
    months = Period.objects.filter(
        commune_id=commune_id, kind=Period.MONTH, year=year, number__in=quarters.quarter_months(number)
    )
    quarter = Period.objects.filter(commune_id=commune_id, kind=Period.QUARTER, year=year, number=number)
    rows = Exemplar.objects.filter(period__in=[*months, *quarter]).sent()
    return list(
        rows.select_related("unit", "field", "period", "person", "household", "collective").order_by("unit__sort", "pk")
    )


def _movement(
    commune_id: int, span: quarters.DateRange, rows: list[Exemplar], valid: list[Exemplar]
) -> list[ReportFigure]:
    units = list(answering_units(commune_id, span.last))
    named = {row.unit_id for row in rows if not row.nothing}
    none = {row.unit_id for row in rows if row.nothing} - named
    silent = [unit for unit in units if unit.pk not in named | none]

    def of(ids: set[int]) -> list[FigureName]:
        return [[unit.name, unit.get_kind_display(), ""] for unit in units if unit.pk in ids]

    return [
        _figure("exemplars", "Điển hình được chấp nhận", "điển hình", [_of_exemplar(row) for row in valid]),
        *_by_nominee("exemplars", "Điển hình là", "điển hình", valid, _of_exemplar),
        _figure("units_sent", "Đơn vị đã gửi điển hình", "đơn vị", of(named)),
        _figure("units_none", "Đơn vị báo không có điển hình", "đơn vị", of(none)),
        _figure(
            "units_silent", "Đơn vị chưa gửi", "đơn vị", [[unit.name, unit.get_kind_display(), ""] for unit in silent]
        ),
    ]


def _cases(
    span: quarters.DateRange, so_far: quarters.DateRange, nominations: list[Nomination], sessions: list[CouncilSession]
) -> list[ReportFigure]:
    def both(
        key: str, label: str, unit: str, rows: Iterable[Any], day: str, name: Callable[[Any], FigureName]
    ) -> ReportFigure:
        rows = list(rows)
        return _figure(
            key,
            label,
            unit,
            [name(row) for row in rows if span.contains(getattr(row, day))],
            sum(so_far.contains(getattr(row, day)) for row in rows),
        )

    refused = ("failed", "refused")
    return [
        both("nominations", "Hồ sơ đề nghị đã nhận", "hồ sơ", nominations, "received_on", _of_nomination),
        both(
            "nominations_refused",
            "Hồ sơ Hội đồng không thông qua hoặc Chủ tịch không đồng ý",
            "hồ sơ",
            (row for row in nominations if row.state in refused),
            "received_on",
            _of_nomination,
        ),
        both(
            "nominations_above",
            "Hồ sơ đã trình cấp trên",
            "hồ sơ",
            (row for row in nominations if row.state in Nomination.ABOVE),
            "received_on",
            _of_nomination,
        ),
        both("sessions", "Phiên họp Hội đồng", "phiên", sessions, "held_on", _of_session),
    ]


def _awards(span: quarters.DateRange, so_far: quarters.DateRange, given: list[Award]) -> list[ReportFigure]:
    def both(key: str, label: str, rows: Iterable[Award], unit: str = "giấy khen") -> ReportFigure:
        rows = list(rows)
        now = [_of_award(row) for row in rows if span.contains(row.awarded_on)]
        return _figure(key, label, unit, now, sum(so_far.contains(row.awarded_on) for row in rows))

    kinds = dict(Nomination.KINDS)
    awards = [row for row in given if row.award_code == GIAY_KHEN_CODE]
    others = {row.award_code: row.award_name for row in given if row.award_code != GIAY_KHEN_CODE}
    money = [row for row in given if span.contains(row.awarded_on)]
    return [
        both("awards", "Giấy khen của Chủ tịch UBND xã", awards),
        both("awards_person", "Tặng cá nhân", (row for row in awards if row.person_id)),
        both("awards_household", "Tặng hộ gia đình", (row for row in awards if row.household_id)),
        both("awards_collective", "Tặng tập thể", (row for row in awards if row.collective_id)),
        *(both(f"awards_{code}", label, (row for row in awards if row.kind == code)) for code, label in kinds.items()),
        both(
            "awards_direct",
            "Người trực tiếp lao động, học tập",
            (row for row in awards if row.person_id and row.group == DIRECT_WORKER_GROUP),
        ),
        both("awards_women", "Phụ nữ", (row for row in awards if row.sex == "nu")),
        *(
            both(f"titles_{code}", name, (row for row in given if row.award_code == code), "danh hiệu")
            for code, name in sorted(others.items())
        ),
        {
            **_figure(
                "money", "Tiền thưởng", "đồng", [[row.name, row.unit.name, format_dong(row.amount)] for row in money]
            ),
            "value": sum(row.amount for row in money),
            "year_value": sum(row.amount for row in given if so_far.contains(row.awarded_on)),
        },
    ]


def _by_nominee(
    key: str, label: str, unit: str, rows: list[Any], name: Callable[[Any], FigureName]
) -> list[ReportFigure]:
    words = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
    return [
        _figure(f"{key}_{kind}", f"{label} {word}", unit, [name(row) for row in rows if row.nominee_kind == kind])
        for kind, word in words.items()
    ]


def _by_unit(
    commune_id: int, span: quarters.DateRange, rows: list[Exemplar], valid: list[Exemplar], awards: list[Award]
) -> list[list[Any]]:
    """Unit, exemplars accepted, periods answered with "none", giấy khen in the quarter."""
    accepted = Counter(row.unit_id for row in valid)
    none = Counter(row.unit_id for row in rows if row.nothing)
    given = Counter(row.unit_id for row in awards if row.award_code == GIAY_KHEN_CODE and span.contains(row.awarded_on))
    return [
        [unit.name, accepted[unit.pk], none[unit.pk], given[unit.pk]] for unit in answering_units(commune_id, span.last)
    ]


def _figure(key: str, label: str, unit: str, names: list[FigureName], year_value: int | None = None) -> ReportFigure:
    return {"key": key, "label": label, "value": len(names), "year_value": year_value, "unit": unit, "names": names}


def _field(row: Exemplar) -> str:
    return row.field.name if row.field else "Chưa ghi lĩnh vực"


def _of_exemplar(row: Exemplar) -> FigureName:
    return [row.nominee_name, row.unit.name, f"{row.period}; {_field(row)}"]


def _of_nomination(row: Nomination) -> FigureName:
    flow = flow_of(row)
    return [row.nominee_name, row.unit.name, flow.states[row.state].label if flow else ""]


def _of_session(row: CouncilSession) -> FigureName:
    return [row.title, row.place, format_date(row.held_on)]


def _of_award(row: Award) -> FigureName:
    return [row.name, row.unit.name, row.achievement]
