"""Charts of work under way: tasks of the user, cases by step, tasks of letters, goals of campaigns."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from campaigns.campaigns.queries.registration import GoalLine, registration_tables
from campaigns.directives.queries.duty import duty_facts
from campaigns.directives.rules.duty import DutyMark, mark_duty
from campaigns.models import Campaign, Letter, UnitDuty
from commendations.flow.nomination import NOMINATION_STATES, WHOSE_TURN
from commendations.models import Nomination
from emulation.accounts.models import User
from emulation.core.charts.bars import Bar, BarChart
from emulation.core.charts.progress import ProgressBar, ProgressChart
from emulation.core.formatting import format_vnd, lower_first
from reports.queries.dashboard_chart import DashboardChart, FigureCell, FigureRow, list_url
from reports.queries.todo import todo_of

UNFINISHED = (*UnitDuty.OPEN, UnitDuty.REPORTED)
MOST_LETTERS = 4
MOST_CAMPAIGNS = 3


def waiting_chart(user: User, on: date) -> DashboardChart | None:
    """What waits for the user, by kind; None when nothing does."""
    groups = todo_of(user, on).groups
    if not groups:
        return None
    total = sum(group.total for group in groups)
    url = reverse("reports:todo")
    return DashboardChart(
        BarChart("viec", f"{total} việc đang chờ bạn", tuple(Bar(group.title, group.total) for group in groups)),
        "Như trong “Việc của tôi” hôm nay.",
        url,
        "Mở Việc của tôi",
        ("Việc", "Đang chờ"),
        tuple(FigureRow(group.title, (FigureCell(format_vnd(group.total), url),)) for group in groups),
    )


def cases_chart(user: User) -> DashboardChart | None:
    """The nominations under way, by step; None without any."""
    rows = Nomination.objects.visible_to(user).filter(state__in=WHOSE_TURN)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = [code for code in NOMINATION_STATES if counts.get(code)]
    if not states:
        return None
    most = [NOMINATION_STATES[code].label for code in states if counts[code] == max(counts.values())]
    title = f"{sum(counts.values())} hồ sơ đang giải quyết"
    if len(most) == 1:
        title += f"; nhiều nhất: {lower_first(most[0])}"
    return DashboardChart(
        BarChart("ho-so", title, tuple(Bar(NOMINATION_STATES[code].label, counts[code]) for code in states)),
        "Đề nghị khen thưởng theo bước hôm nay, của mọi năm; không tính hồ sơ đã xong.",
        reverse("commendations:nominations"),
        "Mở danh sách đề nghị",
        ("Bước", "Hồ sơ", "Đang ở"),
        tuple(
            FigureRow(
                NOMINATION_STATES[code].label,
                (
                    FigureCell(str(counts[code]), list_url("commendations:nominations", trang_thai=code)),
                    FigureCell(WHOSE_TURN[code]),
                ),
            )
            for code in states
        ),
    )


def duties_chart(user: User, year: int, on: date) -> DashboardChart | None:
    """The tasks of the letters of the year, done of those assigned; None without letters that assign tasks.

    Letters of the year are those issued in it; of the current one also earlier letters with tasks still open.
    """
    of_year = Q(issued_on__year=year)
    if year == on.year:
        of_year |= Q(pk__in=UnitDuty.objects.filter(state__in=UNFINISHED).values("letter_id"))
    issued = Letter.objects.visible_to(user).filter(of_year, state=Letter.ISSUED)
    assigning = issued.filter(pk__in=UnitDuty.objects.values("letter_id")).for_lists()
    letters = list(assigning.order_by("-issued_on", "-pk")[:MOST_LETTERS])
    if not letters:
        return None
    marks: dict[int, Counter[DutyMark]] = {letter.pk: Counter() for letter in letters}
    for one in UnitDuty.objects.visible_to(user).filter(letter__in=letters).select_related("report"):
        marks[one.letter_id][mark_duty(duty_facts(one), on)] += 1
    bars = [_duty_bar(letter, marks[letter.pk]) for letter in letters]
    overdue = sum(counts[DutyMark.silent] for counts in marks.values())
    done, given = sum(bar.done for bar in bars), sum(bar.whole for bar in bars)
    rows = [
        FigureRow(
            bar.label,
            (
                FigureCell(format_vnd(bar.done), reverse("campaigns:duty_board", args=[letter.pk])),
                FigureCell(format_vnd(bar.whole)),
                FigureCell(str(marks[letter.pk][DutyMark.silent])),
                FigureCell(str(marks[letter.pk][DutyMark.sent])),
            ),
        )
        for letter, bar in zip(letters, bars, strict=True)
    ]
    return DashboardChart(
        ProgressChart("viec-giao", f"Đã làm {done} trong {given} lượt việc được giao; {overdue} quá hạn", tuple(bars)),
        f"Mỗi việc tính một lượt cho mỗi đơn vị được giao; công văn ban hành năm {year} hoặc còn việc chưa xong.",
        reverse("campaigns:duty_board", args=[letters[0].pk]),
        "Mở bảng việc của công văn mới nhất",
        ("Công văn", "Đã làm", "Được giao", "Quá hạn", "Chờ xem"),
        tuple(rows),
    )


def _duty_bar(letter: Letter, counts: Counter[DutyMark]) -> ProgressBar:
    done = counts[DutyMark.on_time] + counts[DutyMark.late]
    number = letter.document.reference if letter.document else ""
    overdue = counts[DutyMark.silent]
    warning = f"quá hạn, chưa báo: {overdue}" if overdue else ""
    return ProgressBar(f"{number} {letter.subject}".strip(), done, sum(counts.values()), warning=warning)


def goals_chart(user: User, year: int) -> DashboardChart | None:
    """What units reached of the goals of the year's campaigns; rates, which do not add up, are left out."""
    rows = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False).not_cancelled()
    campaigns = list(rows.for_lists()[:MOST_CAMPAIGNS])
    lines = [
        (campaign, line)
        for campaign, table in zip(campaigns, registration_tables(campaigns), strict=True)
        for line in _countable(table.goals)
    ]
    if not lines:
        return None
    met = sum(line.met for _, line in lines)
    bars = tuple(
        ProgressBar(line.goal.text, line.reached or 0, line.goal.target or 0, is_goal=True, unit=line.goal.measure)
        for _, line in lines
    )
    table_rows = tuple(
        FigureRow(
            f"{campaign.name}: {line.goal.text}",
            (
                FigureCell(format_vnd(line.reached or 0), reverse("campaigns:registrations", args=[campaign.pk])),
                FigureCell(f"{format_vnd(line.goal.target or 0)} {line.goal.measure}".strip()),
                FigureCell(line.share),
            ),
        )
        for campaign, line in lines
    )
    return DashboardChart(
        ProgressChart("chi-tieu", f"{met} trong {len(lines)} chỉ tiêu thi đua đã đạt", bars),
        f"Các đơn vị đã báo, so với chỉ tiêu của phong trào năm {year} (vạch đứng); không tính chỉ tiêu là tỷ lệ.",
        reverse("campaigns:campaigns"),
        "Mở danh sách phong trào",
        ("Chỉ tiêu", "Đã đạt", "Phải đạt", "Tỷ lệ"),
        table_rows,
    )


def _countable(lines: list[GoalLine]) -> list[GoalLine]:
    return [line for line in lines if line.goal.target and not line.goal.is_rate]
