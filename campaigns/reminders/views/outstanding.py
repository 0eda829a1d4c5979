"""Pages of outstanding obligations: the list, manual reminders, the reminder letter, the reminder plan."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.obligations.queries import reminder_plan_of
from campaigns.reminders.actions.reminder import send_manual_reminders, set_reminder_plan
from campaigns.reminders.actions.reminder_letter import start_reminder_letter
from campaigns.reminders.forms import ManualReminderForm, ReminderPlanForm
from campaigns.reminders.models import Reminder
from campaigns.reminders.queries import outstanding as queries
from campaigns.reminders.queries.outstanding_items import OutstandingItem
from campaigns.reminders.queries.sendings import reminders_by_sending
from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, PageView
from emulation.workflow.whole_lists import WholeListView

READERS = permissions.staff | permissions.council


class CommuneActView:
    """Mixin for acts whose subject is the commune itself."""

    commune: Commune

    def get_object(self) -> Commune:
        return self.commune


class OutstandingPage(WholeListView):
    """The open obligations of today, the most urgent first, and the text for the Zalo group."""

    permission = READERS
    template_name = "campaigns/outstanding.html"
    help = "don-doc"
    title = "Việc các đơn vị còn nợ"
    columns = (
        ListColumn("Đơn vị", lambda item: item.unit_name, width=32),
        ListColumn("Việc còn nợ", lambda item: item.ask.short_title, width=32),
        ListColumn("Hạn", lambda item: item.ask.due_on, width=12),
        ListColumn("Quá hạn", lambda item: "quá hạn" if item.late else "", width=10),
        ListColumn("Liên hệ", lambda item: ", ".join(person.full_name for person in item.people), width=24),
        ListColumn("Điện thoại", lambda item: ", ".join(one.phone for one in item.people if one.phone), width=16),
        ListColumn("Phụ trách", lambda item: item.charge.full_name if item.charge else "", width=24),
        ListColumn("Nhắc gần nhất", lambda item: item.last_in_words, width=24),
    )

    @cached_property
    def board(self) -> queries.OutstandingBoard:
        return queries.outstanding(self.commune.pk, timezone.localdate(), self.request.GET.get("viec", ""))

    def get_rows(self) -> list[OutstandingItem]:
        return self.board.lines

    def narrowed_to(self) -> str:
        return next((chip["label"] for chip in self.board.chips if chip["active"] and self.board.chosen), "")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        on = timezone.localdate()
        zalo = queries.zalo_text(self.board, on)
        return super().get_context_data(board=self.board, commune=self.commune, zalo=zalo, on=on, **context)


class CallList(PageView):
    """A list to print: units, their heads, telephone numbers and open obligations."""

    permission = READERS
    template_name = "campaigns/call_list.html"
    help = "don-doc"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        on = timezone.localdate()
        board = queries.outstanding(self.commune.pk, on, self.request.GET.get("viec", ""))
        return {**super().get_context_data(**context), "board": board, "on": on}


class SendManualReminders(CommuneActView, ActFormView):
    """Send reminders to all units that have not answered, after a preview of the recipients."""

    permission = permissions.office
    act = "campaigns.urge"
    model = Commune
    form_class = ManualReminderForm
    template_name = "campaigns/urge.html"
    help = "don-doc"
    title = "Nhắc các đơn vị"
    writes_letter: ClassVar[bool] = False

    def board(self) -> Any:
        if not hasattr(self, "_board"):
            self._board = queries.outstanding(self.commune.pk, timezone.localdate(), self.request.GET.get("viec", ""))
        return self._board

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "board": self.board(), "writes_letter": self.writes_letter}

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {} if self.request.method == "POST" else {"initial": self.get_initial()}
        return {"board": self.board(), **initial}

    def get_initial(self) -> dict[str, Any]:
        """The lines of the unit of `?don-vi=`, else those that are late, else all; none twice a day."""
        board = self.board()
        unit = [line for line in board.lines if str(line.unit.pk) == self.request.GET.get("don-vi")]
        lines = unit or board.late_lines or board.lines
        return {"asks": [line.value for line in lines if self.writes_letter or not line.is_reminded_today]}

    def form_valid(self, form: ManualReminderForm) -> Any:
        recipients = send_manual_reminders(
            by=self.request.user,
            commune=self.object,
            obligations=form.selected_obligations(),
            on=timezone.localdate(),
            text=form.cleaned_data["text"],
        )
        messages.success(self.request, f"Đã nhắc {recipients} người.")
        return redirect("campaigns:outstanding")


class StartReminderLetter(SendManualReminders):
    """Start the công văn đôn đốc to the selected units."""

    act = "campaigns.start_urging"
    template_name = "campaigns/urge.html"
    title = "Soạn công văn đôn đốc"
    writes_letter = True

    def form_valid(self, form: ManualReminderForm) -> Any:
        obligations = form.selected_obligations()
        return start_reminder_letter(
            by=self.request.user, commune=self.object, obligations=obligations, on=timezone.localdate()
        )


class ReminderList(PagedListView):
    """The reminders that were sent, the latest first."""

    permission = READERS | permissions.unit_head
    template_name = "campaigns/reminder_list.html"
    help = "nhac-viec"
    title = "Đã nhắc những gì, nhắc ai"
    columns = (
        ListColumn("Ngày", lambda row: row.sent_on, width=14),
        ListColumn("Đơn vị", lambda row: row.unit.name),
        ListColumn("Việc", lambda row: row.title, width=48),
        ListColumn("Hạn", lambda row: row.due_on, width=14),
        ListColumn("Lượt", lambda row: queries.stage_name(row.stage)),
        ListColumn("Gửi đến", lambda row: row.user.full_name if row.user else "không gọi được ai", width=28),
    )

    def get_queryset(self) -> Any:
        return Reminder.objects.visible_to(self.request.user).select_related("unit", "user", "by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        return {
            **content,
            "lines": reminders_by_sending(content["rows"]),
            "commune": self.commune,
            "plan": reminder_plan_of(self.commune.pk),
        }


class SetReminderPlan(CommuneActView, ActFormView):
    """Change the reminder plan: working days before and after the due day, levels, hours."""

    permission = permissions.office
    act = "campaigns.set_reminders"
    model = Commune
    form_class = ReminderPlanForm
    help = "nhac-viec"
    success_message = "Đã lưu cách nhắc việc."

    def get_initial(self) -> dict[str, Any]:
        return ReminderPlanForm.initial_of(reminder_plan_of(self.object.pk))

    def form_valid(self, form: ReminderPlanForm) -> HttpResponse:
        set_reminder_plan(by=self.request.user, commune=self.object, **form.cleaned_data)
        return redirect("campaigns:reminders")
