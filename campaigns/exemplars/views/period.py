"""Pages of periods: the list, the units of one period, open, close and reopen."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.exemplars.actions.period import close_period, open_period, reopen_period
from campaigns.exemplars.forms.period import OpenPeriodForm, ReopenPeriodForm
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries import period as queries
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView
from villages.queries.contacts import contacts_of_asked_units


class PeriodList(PagedListView):
    """The periods of the commune with the numbers of answers."""

    permission = permissions.staff
    template_name = "campaigns/period_list.html"
    help = "mo-ky-dien-hinh"
    title = "Kỳ điển hình"
    columns = (
        ListColumn("Kỳ", lambda line: str(line["period"]), width=24),
        ListColumn("Hạn gửi", lambda line: line["period"].due_on, width=14),
        ListColumn("Đơn vị đã trả lời", lambda line: line["units"], width=18),
        ListColumn("Chờ xem", lambda line: line["waiting"], width=12),
        ListColumn("Đã chấp nhận", lambda line: line["accepted"], width=14),
    )

    def get_queryset(self) -> QuerySet[Period]:
        return Period.objects.visible_to(self.request.user)

    def lines(self) -> Iterator[list[Any]]:
        """The cells of all periods, with the numbers of all counted at once."""
        for line in queries.period_lines(list(self.all_rows())):
            yield [column.value(line) for column in self.columns]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        return {**content, "commune": self.commune, "lines": queries.period_lines(list(content["rows"]))}


class PeriodBoardPage(PageView):
    """The units with their answers in one period."""

    permission = permissions.staff
    template_name = "campaigns/board.html"
    help = "xem-dien-hinh-cac-don-vi"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        period = self.get_visible_or_404(Period, self.kwargs["pk"], "closed_by")
        board = queries.period_board(period)
        today = timezone.localdate()
        silent = sum(not row.answered for row in board) if self.capacity.has(Role.office) else 0
        return {
            **super().get_context_data(**context),
            "period": period,
            "silent": silent,
            "needs_reminder": bool(silent) and not period.closed_on and today > period.due_on,
            "board": [(row, row.status(period, today)) for row in board],
            "tiles": queries.period_board_tiles(period, board),
            "contacts": contacts_of_asked_units(period.commune_id, today),
        }


class OpenPeriod(ActFormView):
    """Open a month or a quarter manually."""

    permission = permissions.office
    act = "campaigns.open_period"
    model = Commune
    form_class = OpenPeriodForm
    help = "mo-ky-dien-hinh"
    title = "Mở kỳ điển hình"
    success_message = "Đã mở kỳ. Mọi đơn vị đã được báo."

    def get_object(self) -> Commune:
        return self.commune

    def get_initial(self) -> dict[str, Any]:
        return OpenPeriodForm.next_of(timezone.localdate())

    def form_valid(self, form: OpenPeriodForm) -> Any:
        return open_period(by=self.request.user, commune=self.object, **form.cleaned_data)


class ClosePeriod(ActPostView):
    permission = permissions.office
    act = "campaigns.close_period"
    model = Period
    success_message = "Đã chốt kỳ. Từ nay không nhắc đơn vị nào về kỳ này."

    def perform(self) -> Any:
        return close_period(by=self.request.user, period=self.object)


class ReopenPeriod(ActFormView):
    """Reopen a closed period with a new due day."""

    permission = permissions.office
    act = "campaigns.reopen_period"
    model = Period
    form_class = ReopenPeriodForm
    help = "mo-ky-dien-hinh"
    success_message = "Đã mở lại kỳ."

    def form_valid(self, form: ReopenPeriodForm) -> Any:
        return reopen_period(by=self.request.user, period=self.object, **form.cleaned_data)
