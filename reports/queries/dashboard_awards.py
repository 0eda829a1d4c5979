"""Charts of the awards of a year: kinds, money, units, people who work directly. Counted as the golden register counts."""

from collections import Counter
from datetime import date

from django.db.models import Count

from campaigns.obligations.queries import answering_units
from commendations.models import Award
from commendations.models.award import AwardQuerySet
from commendations.queries.award import awards_in_register, filter_register, register_rows, register_totals
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.core.charts.bars import Bar, BarChart
from emulation.core.charts.progress import ProgressBar, ProgressChart
from emulation.core.formatting import format_dong, format_names, format_vnd, upper_first
from reports.queries.dashboard_chart import DashboardChart, FigureCell, FigureRow, list_url
from villages.rules.groups import DIRECT, DIRECT_GROUPS, DIRECT_LABEL, UNKNOWN_FILTER

IN_FORCE = "in_force"
ENDED_RULE = "tính theo năm của danh hiệu, thành tích; không tính lượt đã hủy bỏ, được thay thế"


def _register_url(year: int, **query: str | int) -> str:
    return list_url("commendations:register", nam=year, **query, tinh_trang=IN_FORCE)


def award_kinds_chart(user: User, year: int) -> DashboardChart | None:
    """The awards by title or form, of this year and the one before; None without any."""
    years = (year, year - 1)
    visible = Award.objects.visible_to(user).filter(year__in=years)
    counts = _counts_by_kind(visible)
    names = {code: name for code, name in awards_in_register(visible) if code in counts}
    if not names:
        return None
    totals: Counter[int] = sum(counts.values(), Counter())
    return DashboardChart(
        BarChart(
            "danh-hieu",
            f"{format_vnd(totals[year])} lượt khen thưởng; năm trước {format_vnd(totals[year - 1])}",
            tuple(Bar(name, counts[code][year], counts[code][year - 1]) for code, name in names.items()),
            (f"năm {year}", f"năm {year - 1}"),
        ),
        f"Danh hiệu, hình thức do xã quyết định; {ENDED_RULE}.",
        _register_url(year),
        "Mở Sổ vàng",
        ("Danh hiệu, hình thức", *(f"Năm {of}" for of in years)),
        tuple(_kind_row(code, name, {of: counts[code][of] for of in years}) for code, name in names.items()),
    )


def _counts_by_kind(awards: AwardQuerySet) -> dict[str, Counter[int]]:
    """{award code: {year: number of awards}}, only those in force."""
    counts: dict[str, Counter[int]] = {}
    rows = awards.counting().order_by().values_list("award_code", "year").annotate(Count("pk"))
    for code, year, count in rows:
        counts.setdefault(code, Counter())[year] = count
    return counts


def _kind_row(code: str, name: str, counts: dict[int, int]) -> FigureRow:
    cells = (FigureCell(format_vnd(count), _register_url(of, danh_hieu=code)) for of, count in counts.items())
    return FigureRow(name, tuple(cells))


def award_money_chart(user: User, year: int) -> DashboardChart | None:
    """The prize money of this year and the one before, in đồng; None when nothing was paid."""
    register = register_rows(user)
    totals = {of: register_totals(filter_register(register, year=of)) for of in (year, year - 1)}
    if not any(total.money for total in totals.values()):
        return None
    rows = [
        FigureRow(
            f"Năm {of}",
            (
                FigureCell(format_vnd(total.awards), _register_url(of)),
                FigureCell(format_vnd(total.decisions)),
                FigureCell(format_vnd(total.money), _register_url(of)),
            ),
        )
        for of, total in totals.items()
    ]
    bars = tuple(Bar(f"Năm {of}", total.money) for of, total in totals.items())
    return DashboardChart(
        BarChart("tien-thuong", f"Tiền thưởng năm {year}: {format_dong(totals[year].money)}", bars),
        f"{upper_first(ENDED_RULE)}. Chương trình không ghi số dư của Quỹ nên không so với Quỹ.",
        _register_url(year),
        "Mở Sổ vàng",
        ("Năm", "Lượt khen", "Quyết định", "Tiền thưởng (đồng)"),
        tuple(rows),
    )


def unit_awards_chart(user: User, year: int, on: date) -> DashboardChart | None:
    """The awards of each unit, also those without any; None when nobody was commended in the year."""
    awards = Award.objects.visible_to(user).counting().filter(year=year)
    counts: Counter[int] = Counter(dict(awards.order_by().values_list("unit_id").annotate(Count("pk"))))
    if not counts:
        return None
    names = dict(awards.order_by().values_list("unit_id", "unit__name"))
    asked = answering_units(capacity_of(user).commune_id or 0, min(on, date(year, 12, 31)))
    names |= dict(asked.values_list("pk", "name"))
    ordered = sorted(names, key=lambda pk: -counts[pk])
    return DashboardChart(
        BarChart(
            "don-vi",
            _units_title([names[pk] for pk in ordered if not counts[pk]]),
            tuple(Bar(names[pk], counts[pk]) for pk in ordered),
        ),
        f"Lượt khen thưởng của {len(names)} đơn vị năm {year}; {ENDED_RULE}.",
        _register_url(year),
        "Mở Sổ vàng",
        ("Đơn vị", "Lượt khen"),
        tuple(
            FigureRow(names[pk], (FigureCell(format_vnd(counts[pk]), _register_url(year, don_vi=pk)),))
            for pk in ordered
        ),
    )


def _units_title(without: list[str]) -> str:
    if not without:
        return "Đơn vị nào cũng có người được khen"
    return f"Chưa có ai được khen: {format_names(without, 'đơn vị', 3)}"


def direct_workers_chart(user: User, year: int) -> DashboardChart | None:
    """How many of the commended people work directly, of how many the group is unknown; None without a commended person."""
    people = Award.objects.visible_to(user).counting().filter(year=year, person__isnull=False)
    total = people.count()
    if not total:
        return None
    direct = people.filter(group__in=DIRECT_GROUPS).count()
    unknown = people.filter(group="").count()
    bar = ProgressBar(DIRECT_LABEL, direct, total)
    share = f"; {unknown} người chưa rõ nhóm đối tượng" if unknown else ""
    title = f"{direct} trong {total} cá nhân được khen ({bar.share}) là người trực tiếp lao động{share}"
    counts = [(DIRECT_LABEL, direct, {"nhom": DIRECT}), ("Mọi cá nhân được khen", total, {})]
    if unknown:
        counts.insert(1, ("Chưa rõ nhóm đối tượng", unknown, {"nhom": UNKNOWN_FILTER}))
    rows = tuple(
        FigureRow(label, (FigureCell(format_vnd(count), _register_url(year, loai="person", **query)),))
        for label, count, query in counts
    )
    return DashboardChart(
        ProgressChart("truc-tiep", title, (bar,)),
        f"Lượt khen thưởng cho cá nhân năm {year}; {ENDED_RULE}. Không có chỉ tiêu về tỷ lệ này.",
        _register_url(year, loai="person"),
        "Mở Sổ vàng",
        ("Nhóm", "Lượt khen"),
        rows,
    )
