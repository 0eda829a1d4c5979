"""Pages of absences: of the head of a unit, of the holders of other roles, and the list of those to come."""

from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core.text import name_key
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PageView
from villages.actions.absences import cancel_absence, end_absence, record_absence, record_role_absence
from villages.flow.absences import absent_user, role_holder
from villages.forms.absences import AbsenceForm, RoleAbsenceForm
from villages.models import Absence, Unit
from villages.queries.absences import deputies_to_choose, holders_to_choose, listed_absences
from villages.queries.people import memberships_on, unit_head_ids
from villages.queries.role_conflicts import checking_user_ids
from villages.views.units import unit_crumbs

HELP = "bao-vang"


class AbsenceList(PageView):
    """Who is away today or later, who came back lately, and who acts for them."""

    permission = role_holder
    template_name = "villages/absences.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(listed_absences(self.request.user, today))
        return {
            **super().get_context_data(**context),
            "rows": rows,
            "commune": self.commune,
            "today": today,
        }


class RecordRoleAbsence(ActFormView):
    """The holder of a role, or the office for them, records an absence and who acts meanwhile."""

    permission = role_holder
    act = "villages.record_role_absence"
    model = Commune
    form_class = RoleAbsenceForm
    help = HELP
    title = "Báo vắng, ủy quyền"
    success_message = "Đã ghi. Người làm thay làm được việc của vai trong những ngày đó; hết đợt thì tự thôi."

    def get_object(self) -> Commune:
        return self.commune

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        holders = holders_to_choose(self.request.user, self.object, today)
        return {
            "holders": holders,
            "deputies": deputies_to_choose(self.request.user, holders, self.object, today),
            "initial": {"starts_on": today},
        }

    def form_valid(self, form: RoleAbsenceForm) -> Any:
        data = form.cleaned_data
        role, holder = form.holders[data["post"]]
        return record_role_absence(
            by=self.request.user,
            commune=self.object,
            role=role,
            holder=holder,
            deputy=form.deputies.get(data["deputy"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            note=data["note"],
        )


class RecordAbsence(ActFormView):
    """The head, or the office for them, records an absence."""

    permission = permissions.office | permissions.unit_head
    act = "villages.record_absence"
    model = Unit
    form_class = AbsenceForm
    help = HELP
    title = "Báo vắng"
    success_message = "Đã ghi. Trong những ngày đó lời nhắc đến người làm thay, không có thì đến ủy viên phụ trách."

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        heads = User.objects.filter(pk__in=unit_head_ids(self.object, today))
        serving = memberships_on(today).filter(commune_id=self.object.commune_id).values("user_id")
        colleagues = User.objects.filter(pk__in=serving, is_active=True)
        checking = checking_user_ids(self.object.commune_id, today, today)
        others = colleagues.exclude(pk__in=checking.union(head.pk for head in heads))
        deputies = sorted(others, key=lambda user: name_key(user.full_name))
        return {"heads": list(heads), "deputies": deputies, "initial": {"starts_on": today}}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=unit_crumbs(self.object, self.title), **context)

    def form_valid(self, form: AbsenceForm) -> Any:
        data = form.cleaned_data
        record_absence(
            by=self.request.user,
            unit=self.object,
            head=form.users[data["head"]],
            deputy=form.users.get(data["deputy"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            note=data["note"],
        )
        return self.object


class CancelAbsence(ActPostView):
    permission = permissions.office | permissions.unit_head | absent_user
    act = "villages.cancel_absence"
    model = Absence
    success_message = "Đã hủy: không vắng những ngày đó nữa, không ai làm thay."

    def perform(self) -> Any:
        cancel_absence(by=self.request.user, absence=self.object)
        return self.object

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return "villages:absences" if role_holder.allows(self.capacity, None) else super().get_removed_url(entry)


class EndAbsence(ActPostView):
    permission = permissions.office | permissions.unit_head | absent_user
    act = "villages.end_absence"
    model = Absence
    success_message = "Đã ghi là đã về."

    def perform(self) -> Any:
        end_absence(by=self.request.user, absence=self.object)
        return self.object

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return "villages:absences" if role_holder.allows(self.capacity, None) else super().get_removed_url(entry)
