"""Pages of the council's versions: the list, one version with its seats, a new one, taking it back."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn
from emulation.workflow.views import ActFormView, ReasonFormMixin
from emulation.workflow.whole_lists import WholeListView
from villages.actions.council import NewCouncil, preview_council, renew_council, take_back_council
from villages.forms.council import CouncilForm
from villages.models import CouncilVersion, Seat
from villages.queries.council import CouncilPreview, changes_of, latest_council, possible_members
from villages.queries.people import with_seat_counts
from villages.views.unit_change_forms import form_fingerprint

RECORDED = "Đã ghi. Từ ngày đó thành viên mới xem và biểu quyết được, người thôi không xem được nữa."
READERS = permissions.staff | permissions.unit_head | permissions.council


class CouncilList(WholeListView):
    """The present council and its earlier versions."""

    permission = READERS
    template_name = "villages/council_list.html"
    help = "hoi-dong"
    title = "Hội đồng Thi đua - Khen thưởng"
    columns = (
        ListColumn("Quyết định", lambda row: row.decision_no),
        ListColumn("Ngày", lambda row: row.decision_date, width=14),
        ListColumn("Nhiệm kỳ", lambda row: row.term),
        ListColumn("Hiệu lực từ", lambda row: row.starts_on, width=14),
        ListColumn("Đến", lambda row: row.ends_on, width=14),
        ListColumn("Số thành viên", lambda row: row.size, width=12),
    )

    def get_rows(self) -> list[CouncilVersion]:
        return list(with_seat_counts(CouncilVersion.objects.visible_to(self.request.user)))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(commune=self.commune, **context)


class CouncilPage(WholeListView):
    """One version of the council, with its seats."""

    permission = READERS
    template_name = "villages/council.html"
    help = "hoi-dong"
    title = "Thành viên Hội đồng"
    columns = (
        ListColumn("Thành viên", lambda row: row.person.full_name, width=32),
        ListColumn("Vai trò trong Hội đồng", lambda row: row.get_role_display(), width=28),
        ListColumn("Chức vụ", lambda row: row.position, width=40),
    )

    @cached_property
    def version(self) -> CouncilVersion:
        return self.get_visible_or_404(CouncilVersion, self.kwargs["pk"])

    def get_rows(self) -> list[Seat]:
        return list(self.version.seats.select_related("person"))

    def narrowed_to(self) -> str:
        return f"Quyết định {self.version.decision_no} ngày {format_date(self.version.decision_date)}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(object=self.version, changes=changes_of(self.version), **context)


class RenewCouncil(ActFormView):
    """A new council from a day by a decision: the form begins with the latest one, a preview comes before it is recorded."""

    permission = permissions.office
    act = "villages.renew_council"
    model = Commune
    form_class = CouncilForm
    template_name = "villages/council_form.html"
    help = "hoi-dong"
    preview: CouncilPreview | None = None
    previewed = ""
    title = "Kiện toàn Hội đồng"

    def get_object(self) -> Commune:
        return self.commune

    def get_form_kwargs(self) -> dict[str, Any]:
        latest = latest_council(self.object.pk)
        identity = self.object.identities.order_by("-starts_on").filter(starts_on__lte=timezone.localdate()).first()
        return {
            "people": possible_members(self.object.pk),
            "present": list(latest.seats.select_related("person")) if latest else [],
            "initial": CouncilForm.first_values(latest, identity.name if identity else ""),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(preview=self.preview, previewed=self.previewed, **context)

    def form_valid(self, form: CouncilForm) -> Any:
        data = form.cleaned_data
        names = ("name", "decision_no", "decision_date", "starts_on", "ends_on", "term")
        council = NewCouncil(seats=form.seats(), **{name: data[name] for name in names})
        typed = form_fingerprint(self.request.POST)
        if self.request.POST.get("do") != "confirm" or self.request.POST.get("previewed") != typed:
            self.preview = preview_council(self.object, council)
            self.previewed = typed
            return self.render_form(form)
        version = renew_council(by=self.request.user, commune=self.object, council=council)
        messages.success(self.request, RECORDED)
        return version


class TakeBackCouncil(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.take_back_council"
    model = CouncilVersion
    help = "hoi-dong"
    title = "Rút lại Hội đồng chưa đến ngày"
    reason_label = "Vì sao rút lại?"
    success_message = "Đã rút; Hội đồng trước tiếp tục."

    def form_valid(self, form: forms.Form) -> Any:
        take_back_council(by=self.request.user, version=self.object, reason=form.cleaned_data["reason"])
        return reverse("villages:councils")

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return "villages:councils"
