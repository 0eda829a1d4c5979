"""Charts of work under way: tasks of the user, cases by step, tasks of letters, goals of campaigns."""

from collections import Counter
from dataclasses import dataclass
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
    steps = {state.label: (code, counts[code]) for code, state in NOMINATION_STATES.items() if code in counts}
    if not steps:
        return None
    return DashboardChart(
        BarChart("ho-so", _cases_title(steps), tuple(Bar(label, count) for label, (_, count) in steps.items())),
        "Đề nghị khen thưởng theo bước hôm nay, của mọi năm; không tính hồ sơ đã xong.",
        reverse("commendations:nominations"),
        "Mở danh sách đề nghị",
        ("Bước", "Hồ sơ", "Đang ở"),
        tuple(
            FigureRow(
                label,
                (
                    FigureCell(format_vnd(count), list_url("commendations:nominations", trang_thai=code)),
                    FigureCell(WHOSE_TURN[code]),
                ),
            )
            for label, (code, count) in steps.items()
        ),
    )


def _cases_title(steps: dict[str, tuple[str, int]]) -> str:
    counts = {label: count for label, (_, count) in steps.items()}
    most = [label for label, count in counts.items() if count == max(counts.values())]
    title = f"{sum(counts.values())} hồ sơ đang giải quyết"
    return f"{title}; nhiều nhất: {lower_first(most[0])}" if len(most) == 1 else title


@dataclass(frozen=True)
class LetterDuties:
    """The tasks of a letter in all units, counted by mark."""

    letter: Letter
    marks: Counter[DutyMark]

    @property
    def bar(self) -> ProgressBar:
        number = self.letter.document.reference if self.letter.document else ""
        overdue = self.marks[DutyMark.silent]
        return ProgressBar(
            f"{number} {self.letter.subject}".strip(),
            self.marks[DutyMark.on_time] + self.marks[DutyMark.late],
            sum(self.marks.values()),
            warning=f"quá hạn, chưa báo: {overdue}" if overdue else "",
        )

    @property
    def row(self) -> FigureRow:
        board = reverse("campaigns:duty_board", args=[self.letter.pk])
        numbers = (self.bar.whole, self.marks[DutyMark.silent], self.marks[DutyMark.sent])
        others = tuple(FigureCell(format_vnd(number)) for number in numbers)
        return FigureRow(self.bar.label, (FigureCell(format_vnd(self.bar.done), board), *others))


def duties_chart(user: User, year: int, on: date) -> DashboardChart | None:
    """The tasks of the letters of the year, done of those assigned; None without letters that assign tasks.

    Letters of the year are those issued in it; of the current one also earlier letters with tasks still open.
    """
    found = _letter_duties(user, _letters_of(user, year, on), on)
    if not found:
        return None
    marks: Counter[DutyMark] = sum((one.marks for one in found), Counter())
    bars = tuple(one.bar for one in found)
    title = (
        f"Đã làm {format_vnd(sum(bar.done for bar in bars))} trong {format_vnd(sum(marks.values()))} lượt việc được giao; "
        f"{marks[DutyMark.silent]} quá hạn"
    )
    return DashboardChart(
        ProgressChart("viec-giao", title, bars),
        f"Mỗi việc tính một lượt cho mỗi đơn vị được giao; công văn ban hành năm {year} hoặc còn việc chưa xong.",
        reverse("campaigns:duty_board", args=[found[0].letter.pk]),
        "Mở bảng việc của công văn mới nhất",
        ("Công văn", "Đã làm", "Được giao", "Quá hạn", "Chờ xem"),
        tuple(one.row for one in found),
    )


def _letters_of(user: User, year: int, on: date) -> list[Letter]:
    """The latest letters of the year that assign tasks."""
    of_year = Q(issued_on__year=year)
    if year == on.year:
        of_year |= Q(pk__in=UnitDuty.objects.filter(state__in=UNFINISHED).values("letter_id"))
    issued = Letter.objects.visible_to(user).filter(of_year, state=Letter.ISSUED)
    assigning = issued.filter(pk__in=UnitDuty.objects.values("letter_id")).for_lists()
    return list(assigning.order_by("-issued_on", "-pk")[:MOST_LETTERS])


def _letter_duties(user: User, letters: list[Letter], on: date) -> list[LetterDuties]:
    marks: dict[int, Counter[DutyMark]] = {letter.pk: Counter() for letter in letters}
    for one in UnitDuty.objects.visible_to(user).filter(letter__in=letters).select_related("report"):
        marks[one.letter_id][mark_duty(duty_facts(one), on)] += 1
    return [LetterDuties(letter, marks[letter.pk]) for letter in letters]


def goals_chart(user: User, year: int) -> DashboardChart | None:
    """What units reached of the goals of the year's campaigns; rates, which do not add up, are left out."""
    rows = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False).not_cancelled()
    campaigns = list(rows.for_lists()[:MOST_CAMPAIGNS])
    lines: list[tuple[Campaign, GoalLine]] = []
    for campaign, table in zip(campaigns, registration_tables(campaigns), strict=True):
        lines += [(campaign, line) for line in filter(_adds_up, table.goals)]
    if not lines:
        return None
    return DashboardChart(
        ProgressChart(
            "chi-tieu", _goals_title([line for _, line in lines]), tuple(_goal_bar(line) for _, line in lines)
        ),
        f"Các đơn vị đã báo, so với chỉ tiêu của phong trào năm {year} (vạch đứng); không tính chỉ tiêu là tỷ lệ.",
        reverse("campaigns:campaigns"),
        "Mở danh sách phong trào",
        ("Chỉ tiêu", "Đã đạt", "Phải đạt", "Tỷ lệ"),
        tuple(_goal_row(campaign, line) for campaign, line in lines),
    )


def _adds_up(line: GoalLine) -> bool:
    return bool(line.goal.target) and not line.goal.is_rate


def _goals_title(lines: list[GoalLine]) -> str:
    return f"{sum(line.met for line in lines)} trong {len(lines)} chỉ tiêu thi đua đã đạt"


def _goal_bar(line: GoalLine) -> ProgressBar:
    goal = line.goal
    return ProgressBar(goal.text, line.reached or 0, goal.target or 0, is_goal=True, unit=goal.measure)


def _goal_row(campaign: Campaign, line: GoalLine) -> FigureRow:
    cells = (
        FigureCell(format_vnd(line.reached or 0), reverse("campaigns:registrations", args=[campaign.pk])),
        FigureCell(f"{format_vnd(line.goal.target or 0)} {line.goal.measure}".strip()),
        FigureCell(line.share),
    )
    return FigureRow(f"{campaign.name}: {line.goal.text}", cells)
