"""Pages of periods: which are open, which units have answered."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.exemplars.actions.period import close_period, open_period, reopen_period
from campaigns.exemplars.forms.period import OpenPeriodForm, ReopenPeriodForm
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries import period as queries
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from villages.queries import contacts


class PeriodList(ListPage):
    """The periods of the commune with how many units answered."""

    who = who.staff
    template_name = "campaigns/period_list.html"
    help = "mo-ky-dien-hinh"

    def rows(self) -> QuerySet[Period]:
        return Period.objects.visible_to(self.request.user)

    def content(self) -> dict[str, Any]:
        content = super().content()
        return {**content, "commune": self.commune, "lines": queries.period_lines(list(content["rows"]))}


class PeriodBoardPage(Page):
    """Units and how each stands in one period."""

    who = who.staff
    template_name = "campaigns/board.html"
    help = "xem-dien-hinh-cac-don-vi"

    def content(self) -> dict[str, Any]:
        period = self.find(Period, self.kwargs["pk"], "closed_by")
        board = queries.period_board(period)
        silent = sum(not row.answered for row in board) if self.standing.has(Role.office) else 0
        return {
            "period": period,
            "silent": silent,
            "board": board,
            "tiles": queries.period_board_tiles(period, board),
            "contacts": contacts(period.commune_id, timezone.localdate()),
        }


class OpenPeriod(ActPage):
    """Opening a month or a quarter by hand."""

    who, act, model = who.office, "campaigns.open_period", Commune
    form_class = OpenPeriodForm
    help = "mo-ky-dien-hinh"
    title = "Mở kỳ điển hình"
    done = "Đã mở kỳ. Mọi đơn vị đã được báo."

    def subject(self) -> Commune:
        return self.commune

    def initial(self) -> dict[str, Any]:
        return OpenPeriodForm.next_of(timezone.localdate())

    def perform(self, form: OpenPeriodForm) -> Any:
        return open_period(by=self.request.user, commune=self.object, **form.cleaned_data)


class ClosePeriod(PostAct):
    who, act, model = who.office, "campaigns.close_period", Period
    done = "Đã chốt kỳ. Từ nay không nhắc đơn vị nào về kỳ này."

    def perform(self) -> Any:
        return close_period(by=self.request.user, period=self.object)


class ReopenPeriod(ActPage):
    """A closed period is opened again with a new day."""

    who, act, model = who.office, "campaigns.reopen_period", Period
    form_class = ReopenPeriodForm
    help = "mo-ky-dien-hinh"
    done = "Đã mở lại kỳ."

    def perform(self, form: ReopenPeriodForm) -> Any:
        return reopen_period(by=self.request.user, period=self.object, **form.cleaned_data)
