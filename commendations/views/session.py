"""Pages of council sessions: list, schedule, cases put on and taken off, adjourning, closing. The meeting: meeting.py."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet

from commendations.actions import adjournment
from commendations.actions import session as actions
from commendations.flow.own_case import own_case_of_office
from commendations.forms.session import AddToSessionForm, AdjournSessionForm, SessionPlanForm
from commendations.models import CouncilSession, Nomination
from commendations.queries import session as queries
from commendations.views.meeting import MAX_WAITING, READERS
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, ReasonFormMixin
from emulation.workflow.workflow import state_of

NAMED_LEFT_OUT = 5


class SessionList(PagedListView):
    permission = READERS
    template_name = "commendations/session_list.html"
    help = "phien-hop-hoi-dong"
    title = "Phiên họp Hội đồng"
    columns = (
        ListColumn("Ngày họp", lambda row: row.held_on, "ngay", ("held_on",), 14),
        ListColumn("Nội dung", lambda row: row.title, width=48),
        ListColumn("Địa điểm", lambda row: row.place, width=32),
        ListColumn("Số hồ sơ", lambda row: row.cases, width=10),
        ListColumn("Thông qua", lambda row: row.passed if row.minutes_id else None, width=12),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
    )

    def get_queryset(self) -> QuerySet[CouncilSession]:
        return queries.with_case_counts(CouncilSession.objects.visible_to(self.request.user)).order_by(
            "-held_on", "-pk"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "commune": self.commune}


class PlanSession(ActFormView):
    permission = permissions.office
    act = "commendations.plan_session"
    model = Commune
    form_class = SessionPlanForm
    help = "phien-hop-hoi-dong"
    title = "Lập phiên họp Hội đồng"
    success_message = "Đã lập phiên họp, thành viên Hội đồng đã được mời. Đưa hồ sơ vào phiên ở dưới đây."

    def get_object(self) -> Commune:
        return self.commune

    def get_form_kwargs(self) -> dict[str, Any]:
        last = queries.last_session(self.commune.pk)
        return {"initial": {"place": last.place, "starts_at": last.starts_at} if last else {}}

    def form_valid(self, form: SessionPlanForm) -> Any:
        return actions.plan_session(
            by=self.request.user, commune=self.object, schedule=form.schedule(), idempotency_key=self.idempotency_key
        )


class EditSession(ActFormView):
    permission = permissions.office
    act = "commendations.edit_session"
    model = CouncilSession
    form_class = SessionPlanForm
    help = "phien-hop-hoi-dong"
    success_message = "Đã sửa lịch họp, thành viên Hội đồng đã được báo."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in SessionPlanForm.base_fields}

    def form_valid(self, form: SessionPlanForm) -> Any:
        return actions.edit_session(by=self.request.user, session=self.object, schedule=form.schedule(), seen=self.seen)


class AddToSession(ActFormView):
    """Add one complete nomination to a planned session."""

    permission = permissions.office
    act = "commendations.put_on_session"
    model = Nomination
    form_class = AddToSessionForm
    template_name = "commendations/nomination_put.html"
    help = "phien-hop-hoi-dong"
    success_message = "Đã đưa hồ sơ vào phiên họp."

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], "unit", "person", "household", "collective")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"commune_id": self.object.commune_id}

    def form_valid(self, form: AddToSessionForm) -> Any:
        session = form.cleaned_data["session"]
        actions.add_to_session(by=self.request.user, nomination=self.object, session=session, seen=self.seen)
        return session


class AddManyToSession(ActPostView):
    """Add the ticked complete nominations to this session, or all that the page listed; all or none."""

    permission = permissions.office
    act = "commendations.edit_session"
    model = CouncilSession

    def perform(self) -> Any:
        posted = self.request.POST
        values = posted["ca-danh-sach"].split() if "ca-danh-sach" in posted else posted.getlist("ho-so")
        ids = [int(value) for value in values if value.isdecimal() and len(value) < 15]
        if len(ids) > MAX_WAITING:
            raise RuleBroken(f"Mỗi lần đưa nhiều nhất {MAX_WAITING} hồ sơ vào phiên.")
        chosen = list(Nomination.objects.visible_to(self.request.user).for_lists().filter(pk__in=ids))
        cases, own, blocked = queries.cases_for_session(chosen, self.request.user)
        added = actions.add_all_to_session(by=self.request.user, nominations=cases, session=self.object)
        self.report(added, own, blocked)
        return self.object

    def report(self, added: int, own: list[Nomination], blocked: list[tuple[Nomination, str]]) -> None:
        """What was put on the session, and what was not: the user's own cases, those that wait because of their posting."""
        for case in own:
            messages.warning(self.request, f"Chưa đưa vào phiên. {own_case_of_office(case, self.request.user)}")
        if blocked:
            messages.warning(self.request, _left_out(blocked))
        if added:
            messages.success(self.request, f"Đã đưa {added} hồ sơ vào phiên họp.")
        elif not blocked and not own:
            messages.warning(self.request, "Chưa chọn hồ sơ nào.")


def _left_out(blocked: list[tuple[Nomination, str]]) -> str:
    """Which cases wait because of their posting, the first with the reason."""
    named = "; ".join(f"{case.nominee_alone} ({reason.rstrip('.')})" for case, reason in blocked[:NAMED_LEFT_OUT])
    more = f"; và {len(blocked) - NAMED_LEFT_OUT} hồ sơ nữa" if len(blocked) > NAMED_LEFT_OUT else ""
    return f"Chưa đưa {len(blocked)} hồ sơ vì niêm yết: {named}{more}."


class RemoveFromSession(ActPostView):
    permission = permissions.office
    act = "commendations.take_off_session"
    model = Nomination
    success_message = "Đã rút hồ sơ khỏi phiên họp; hồ sơ chờ phiên khác."

    def perform(self) -> Any:
        item = self.object.items.filter(session__state__in=CouncilSession.LIVE).select_related("session").first()
        actions.remove_from_session(by=self.request.user, nomination=self.object, seen=self.seen)
        return item.session if item else self.object


class OpenSession(ActPostView):
    permission = permissions.office | permissions.chair
    act = "commendations.open_session"
    model = CouncilSession
    success_message = "Phiên họp đã khai mạc. Bắt đầu bằng điểm danh."

    def perform(self) -> Any:
        return actions.open_session(by=self.request.user, session=self.object, seen=self.seen)


class PreviewMinutes(ActPostView):
    permission = permissions.office
    act = "commendations.preview_minutes"
    model = CouncilSession

    def perform(self) -> Any:
        return actions.preview_minutes(by=self.request.user, session=self.object)


class CloseSession(ActPostView):
    permission = permissions.office
    act = "commendations.close_session"
    model = CouncilSession
    success_message = "Phiên họp đã kết thúc. Biên bản đã lấy số, có thể in để ký."

    def perform(self) -> Any:
        return actions.close_session(by=self.request.user, session=self.object, seen=self.seen)


class PutOffCase(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "commendations.put_off"
    model = Nomination
    help = "phien-hop-hoi-dong"
    title = "Để lại, chưa xét"
    reason_label = "Vì sao chưa xét?"
    reason_help = "Biên bản ghi lý do này; hồ sơ chờ phiên khác. Đơn vị đề nghị được báo."
    success_message = "Đã để lại; hồ sơ chờ phiên khác."

    def form_valid(self, form: ReasonForm) -> Any:
        return adjournment.put_off_case(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class ResumeCase(ActPostView):
    permission = permissions.office
    act = "commendations.resume"
    model = Nomination
    success_message = "Đã đưa lại vào phiên họp."

    def perform(self) -> Any:
        return adjournment.resume_case(by=self.request.user, nomination=self.object)


class AdjournSession(ActFormView):
    permission = permissions.office | permissions.chair
    act = "commendations.adjourn_session"
    model = CouncilSession
    form_class = AdjournSessionForm
    help = "phien-hop-hoi-dong"
    title = "Hoãn, họp lại ngày khác"
    success_message = "Đã hoãn. Thành viên Hội đồng được mời họp lại."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("starts_at", "place", "title")}

    def form_valid(self, form: AdjournSessionForm) -> Any:
        return adjournment.adjourn_session(
            by=self.request.user,
            session=self.object,
            schedule=form.schedule(),
            reason=form.cleaned_data["reason"],
            seen=self.seen,
        )


class CancelSession(ReasonFormMixin, ActFormView):
    permission = permissions.office | permissions.chair
    act = "commendations.cancel_session"
    model = CouncilSession
    help = "phien-hop-hoi-dong"
    success_message = "Đã hủy phiên họp; hồ sơ trở về chờ phiên khác."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.cancel_session(
            by=self.request.user, session=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
