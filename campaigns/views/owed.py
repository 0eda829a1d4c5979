"""Pages of what units owe: the list, urging all of them, the letter that urges, how the commune reminds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns import actions
from campaigns.forms.owed import PlanForm, UrgeForm
from campaigns.models import Period, Reminder
from campaigns.queries import owed as queries
from campaigns.queries import year as years
from campaigns.queries.reminder import plan_of
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page
from emulation.communes.models import Commune
from villages.models import Unit

READERS = who.staff | who.council


class OfCommune:
    """Acts whose subject is the commune itself."""

    commune: Commune

    def subject(self) -> Commune:
        return self.commune


class Owed(Page):
    """Who owes what today, in the order of urgency; the text for the Zalo group."""

    who = READERS
    template_name = "campaigns/owed.html"
    help = "don-doc"

    def content(self) -> dict[str, Any]:
        on = timezone.localdate()
        board = queries.owed(self.commune.pk, on, self.request.GET.get("viec", ""))
        return {"board": board, "commune": self.commune, "zalo": queries.zalo_text(board, on), "on": on}


class CallList(Page):
    """Whom to ring, on paper: units, who heads them, their numbers, what they owe."""

    who = READERS
    template_name = "campaigns/call_list.html"
    help = "don-doc"

    def content(self) -> dict[str, Any]:
        on = timezone.localdate()
        board = queries.owed(self.commune.pk, on, self.request.GET.get("viec", ""))
        return {"board": board, "on": on}


class Urge(OfCommune, ActPage):
    """Reminds all the silent at once, after the office has seen whom."""

    who, act, model = who.office, "campaigns.urge", Commune
    form_class = UrgeForm
    template_name = "campaigns/urge.html"
    help = "don-doc"
    title = "Nhắc các đơn vị"

    def board(self) -> Any:
        if not hasattr(self, "_board"):
            self._board = queries.owed(self.commune.pk, timezone.localdate(), self.request.GET.get("viec", ""))
        return self._board

    def extra(self) -> dict[str, Any]:
        return {"board": self.board()}

    def form_kwargs(self) -> dict[str, Any]:
        kept = {} if self.request.method == "POST" else {"initial": self.initial()}
        return {"board": self.board(), **kept}

    def initial(self) -> dict[str, Any]:
        return {"asks": [line.value for line in self.board().late_lines or self.board().lines]}

    def perform(self, form: UrgeForm) -> Any:
        heard = actions.urge(
            by=self.request.user,
            commune=self.object,
            asks=form.chosen(),
            on=timezone.localdate(),
            text=form.cleaned_data["text"],
        )
        messages.success(self.request, f"Đã nhắc {heard} người.")
        return redirect("campaigns:owed")


class StartUrging(Urge):
    """Begins the công văn đôn đốc with the chosen units."""

    act = "campaigns.start_urging"
    template_name = "campaigns/urge.html"
    title = "Soạn công văn đôn đốc"

    def perform(self, form: UrgeForm) -> Any:
        return actions.start_urging(
            by=self.request.user, commune=self.object, asks=form.chosen(), on=timezone.localdate()
        )


class ReminderList(ListPage):
    """What was reminded, to whom, when: the latest first."""

    who = READERS | who.unit_head
    template_name = "campaigns/reminder_list.html"
    help = "nhac-viec"

    def rows(self) -> Any:
        return Reminder.objects.visible_to(self.request.user).select_related("unit", "user", "by")

    def content(self) -> dict[str, Any]:
        content = super().content()
        return {
            **content,
            "lines": queries.reminder_lines(content["rows"]),
            "commune": self.commune,
            "plan": plan_of(self.commune.pk),
        }


class SetPlan(OfCommune, ActPage):
    """How many working days before and after, to whom, within which hours."""

    who, act, model = who.office, "campaigns.set_reminders", Commune
    form_class = PlanForm
    help = "nhac-viec"
    done = "Đã lưu cách nhắc việc."

    def initial(self) -> dict[str, Any]:
        return PlanForm.initial_of(plan_of(self.object.pk))

    def perform(self, form: PlanForm) -> HttpResponse:
        actions.set_plan(by=self.request.user, commune=self.object, **form.cleaned_data)
        return redirect("campaigns:reminders")


class Year(Page):
    """The board unit x month of a year; units by the page."""

    who = READERS
    template_name = "campaigns/year.html"
    help = "bang-nam"
    PAGE = 50

    def content(self) -> dict[str, Any]:
        known = years.years(self.commune.pk)
        asked = self.request.GET.get("nam", "")
        now = next((one for one in known if one <= timezone.localdate().year), None)
        year = int(asked) if asked.isdecimal() and int(asked) in known else now
        periods = years.periods_of(self.commune.pk, year) if year else []
        page = Paginator(years.asked_units(self.commune.pk, periods), self.PAGE).get_page(self.request.GET.get("trang"))
        return {
            "year": year,
            "chips": [{"label": str(one), "url": f"?nam={one}", "active": one == year} for one in known],
            "periods": periods,
            "page": page,
            "rows": years.year_rows(periods, list(page.object_list), timezone.localdate()),
            "marks": [mark for mark in years.MARKS.values() if mark.short],
            "keep": f"nam={year}&" if year else "",
        }


class YearCell(Page):
    """One unit in one period: what it sent, what it was reminded of; a silent one says why nothing is there."""

    who = READERS
    template_name = "campaigns/year_cell.html"
    help = "bang-nam"

    def content(self) -> dict[str, Any]:
        period, unit = self.find(Period, self.kwargs["period"]), self.find(Unit, self.kwargs["unit"])
        return queries.cell(period, unit, self.request.user, timezone.localdate())
