"""Pages of council sessions: list, schedule, and the page of the meeting with its three forms."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from commendations.actions import adjournment
from commendations.actions import session as actions
from commendations.actions.attendance import record_attendance
from commendations.actions.vote import record_block_vote, record_vote_counts
from commendations.flow.session import missing_session_parts
from commendations.forms.attendance import AttendanceForm
from commendations.forms.session import AddToSessionForm, AdjournSessionForm, MinutesForm, SessionPlanForm
from commendations.forms.vote import BlockVoteForm, VoteCountsForm
from commendations.models import ChairSubmission, CouncilSession, Nomination
from commendations.queries import catalogue
from commendations.queries import session as queries
from commendations.queries.attendance import missed_cases
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.session_cases import SessionLine, page_of_cases, session_lines
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

READERS = permissions.staff | permissions.council_member
MAX_WAITING = 300
"""Cases that wait for a session: as many are listed, and put on it at once."""
MEETING_FORMS = {
    "attend": AttendanceForm,
    "count_together": BlockVoteForm,
    "count": VoteCountsForm,
    "write_minutes": MinutesForm,
}


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


class MeetingMixin:
    """Context of the session page, with the forms of the meeting (`sheets`) that the user may fill in."""

    template = "commendations/session.html"

    def meeting_context(self: Any, session: CouncilSession, **bound: Any) -> dict[str, Any]:
        """`bound`: a form with errors that replaces the empty one, by its name in MEETING_FORMS."""
        user = self.request.user
        page = page_of_cases(session, self.request.GET.get("trang", 1))
        lines = session_lines(session, user, page)
        sheets = self.meeting_forms(session, lines, bound)
        minutes = session.minutes_id and IssuedDocument.objects.visible_to(user).filter(pk=session.minutes_id).first()
        missed = missed_cases(session)
        may_put = session.state == "planned" and bool(check_act("commendations.edit_session", session, user))
        return {
            "object": session,
            "version": session.version_of_council,
            "changes": queries.session_changes(session),
            "seats": queries.council_seats(session),
            "attendance": [
                (row, missed.in_words(row.seat_id)) for row in session.attendance.select_related("seat__person")
            ],
            "lines": lines,
            "page": page,
            "cancelled_awards": cancelled_earlier_of(line.item.nomination for line in lines if line.item),
            "put_off": queries.put_off_items(session),
            "quorum": queries.session_quorum(session),
            "waiting": list(queries.nominations_awaiting_session(session)[:MAX_WAITING]) if may_put else [],
            "may_put": may_put,
            "named": catalogue.award_names_on(session.commune_id, session.held_on) if may_put else {},
            "missing": list(missing_session_parts(session)) if session.state == "open" and sheets else [],
            "minutes": minutes,
            "presentation": ChairSubmission.objects.visible_to(user).filter(session=session).first(),
            "sheets": sheets,
        }

    def meeting_form(self: Any, name: str, session: CouncilSession, *data: Any) -> Any:
        """One form; that of the votes is for the cases of the page in the address."""
        number = self.request.GET.get("trang", 1)
        more = {"page": page_of_cases(session, number)} if name == "count" else {}
        return MEETING_FORMS[name](*data, session=session, **more)

    def meeting_forms(
        self: Any, session: CouncilSession, lines: list[SessionLine], bound: dict[str, Any]
    ) -> dict[str, Any]:
        """The forms that the user may fill in now, by name."""
        sheets = {
            name: bound.get(name) or self.meeting_form(name, session)
            for name in MEETING_FORMS
            if check_act(f"commendations.{name}", session, self.request.user)
        }
        if "count" in sheets:  # this form shows each case with the result of its saved votes
            visible = [line for line in lines if line.item]
            sheets["count"].votes = {line.item.pk: line.vote for line in visible}
            sheets["count"].about = {line.item.pk: line.about for line in visible}
        return sheets


class SessionPage(MeetingMixin, PageView):
    permission = READERS
    template_name = "commendations/session.html"
    help = "phien-hop-hoi-dong"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            **self.meeting_context(
                self.get_visible_or_404(
                    CouncilSession, self.kwargs["pk"], "version_of_council", "presider", "secretary"
                )
            ),
        }


class MeetingFormView(MeetingMixin, ActFormView):
    """One form of the meeting; its errors are shown on the session page."""

    permission = permissions.office
    model = CouncilSession
    help = "phien-hop-hoi-dong"
    anchor = ""

    @property
    def name(self) -> str:
        return self.act.rpartition(".")[2]

    def get_object(self) -> CouncilSession:
        return self.get_visible_or_404(CouncilSession, self.kwargs["pk"], "version_of_council")

    def get_form(self, *data: Any) -> Any:
        form = self.meeting_form(self.name, self.object, *data)
        form.seen = self.request.POST.get("seen", "")
        return form

    def form_valid(self, form: Any) -> Any:
        self.write(form)
        return redirect(f"{self.object.get_absolute_url()}{self.next_page(form)}#{self.anchor}")

    def next_page(self, form: Any) -> str:
        """The page of cases to show next, as a query string; "" for the first."""
        return ""

    def write(self, form: Any) -> None:
        """Call the action."""
        raise NotImplementedError

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        context = self.meeting_context(self.object, **{self.name: form if form.is_bound else None})
        return self.render(self.template, status=status, failed=form, **context)


class RecordAttendance(MeetingFormView):
    act = "commendations.attend"
    anchor = "bieu-quyet"
    success_message = "Đã ghi điểm danh."

    def write(self, form: AttendanceForm) -> None:
        record_attendance(
            by=self.request.user,
            session=self.object,
            seats=form.attendance(),
            presider_id=form.cleaned_data["presider"],
            secretary_id=form.cleaned_data["secretary"],
            seen=self.seen,
        )


class RecordVoteCounts(MeetingFormView):
    act = "commendations.count"
    anchor = "bieu-quyet"
    success_message = "Đã ghi kết quả biểu quyết."

    def write(self, form: VoteCountsForm) -> None:
        record_vote_counts(by=self.request.user, session=self.object, counts=form.counts(), seen=self.seen)

    def next_page(self, form: VoteCountsForm) -> str:
        onwards = form.page.has_next() and "next" in self.request.POST
        number = form.page.number + 1 if onwards else form.page.number
        return f"?trang={number}" if number > 1 else ""


class RecordBlockVote(MeetingFormView):
    act = "commendations.count_together"
    anchor = "bieu-quyet"

    def write(self, form: BlockVoteForm) -> None:
        count = record_block_vote(
            by=self.request.user,
            session=self.object,
            by_hand=form.votes(),
            in_writing=form.votes("written_"),
            again=form.cleaned_data.get("again", False),
            seen=self.seen,
        )
        messages.success(self.request, f"Đã ghi kết quả biểu quyết chung của {count} hồ sơ.")


class WriteMinutes(MeetingFormView):
    act = "commendations.write_minutes"
    anchor = "ket-thuc"
    success_message = "Đã lưu diễn biến và kết luận."

    def write(self, form: MinutesForm) -> None:
        actions.write_minutes(by=self.request.user, session=self.object, seen=self.seen, **form.cleaned_data)


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
        cases = list(Nomination.objects.visible_to(self.request.user).filter(pk__in=ids))
        if actions.add_all_to_session(by=self.request.user, nominations=cases, session=self.object):
            messages.success(self.request, f"Đã đưa {len(cases)} hồ sơ vào phiên họp.")
        else:
            messages.warning(self.request, "Chưa chọn hồ sơ nào.")
        return self.object


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
