"""The page of a council session, and the forms of the meeting on it: attendance, votes, minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from commendations.actions import session as actions
from commendations.actions.attendance import record_attendance
from commendations.actions.vote import record_block_vote, record_vote_counts
from commendations.flow.session import missing_session_parts
from commendations.forms.attendance import AttendanceForm
from commendations.forms.block_vote import BlockVoteForm
from commendations.forms.session import MinutesForm
from commendations.forms.vote import VoteCountsForm
from commendations.models import ChairSubmission, CouncilSession
from commendations.queries import catalogue
from commendations.queries import session as queries
from commendations.queries.attendance import missed_cases
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.other_deeds import case_doubts
from commendations.queries.session_cases import SessionLine, page_of_cases, session_lines
from emulation.documents.models import IssuedDocument
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.views import ActFormView, PageView

READERS = permissions.staff | permissions.council_member
MAX_WAITING = 300
"""Cases that wait for a session: as many are listed, and put on it at once."""
ASK_TO_CLOSE = "ket-thuc"
"""In the address of the session: the question whether to close it is open, because the minutes were sent with that button."""
MEETING_FORMS = {
    "attend": AttendanceForm,
    "count_together": BlockVoteForm,
    "count": VoteCountsForm,
    "write_minutes": MinutesForm,
}


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
            **case_doubts([line.item.nomination for line in lines if line.item], user),
            "put_off": queries.put_off_items(session),
            "quorum": queries.session_quorum(session),
            **self.waiting_cases(session),
            "missing": list(missing_session_parts(session)) if session.state == "open" and sheets else [],
            "asks_to_close": ASK_TO_CLOSE in self.request.GET,
            "minutes": minutes,
            "presentation": ChairSubmission.objects.visible_to(user).filter(session=session).first(),
            "sheets": sheets,
        }

    def waiting_cases(self: Any, session: CouncilSession) -> dict[str, Any]:
        """The complete cases for who may put them on the planned session."""
        may_put = session.state == "planned" and check_act("commendations.edit_session", session, self.request.user)
        if not may_put:
            return {"waiting": [], "may_put": False, "named": {}}
        return {
            "waiting": list(queries.nominations_awaiting_session(session)[:MAX_WAITING]),
            "may_put": True,
            "named": catalogue.award_names_on(session.commune_id, session.held_on),
        }

    def meeting_form(self: Any, name: str, session: CouncilSession, *data: Any) -> Any:
        """One form; that of the votes is for the cases of the page in the address."""
        number = self.request.GET.get("trang", 1)
        more: dict[str, Any] = {"user": self.request.user} if name in ("count", "count_together") else {}
        if name == "count":
            more["page"] = page_of_cases(session, number)
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

    def next_page(self, form: MinutesForm) -> str:
        return f"?{ASK_TO_CLOSE}=1" if self.request.POST.get("do") == "close" else ""
