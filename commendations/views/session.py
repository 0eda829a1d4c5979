"""Pages of council sessions: the list, the plan, and the one page on which the meeting is held."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from commendations.actions import session as actions
from commendations.flow.session import unfinished
from commendations.forms.nomination import PutForm, ReasonForm
from commendations.forms.session import AttendForm, CountForm, MinutesForm, PlanForm
from commendations.models import CouncilSession, Nomination, Presentation
from commendations.queries import catalogue
from commendations.queries import session as queries
from emulation.acts import who
from emulation.acts.gate import verdict
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.communes.models import Commune
from emulation.documents.models import IssuedDocument

READERS = who.staff | who.council_member
SHEETS = {"attend": AttendForm, "count": CountForm, "write_minutes": MinutesForm}


class SessionList(ListPage):
    who = READERS
    template_name = "commendations/session_list.html"
    help = "phien-hop-hoi-dong"

    def rows(self) -> QuerySet[CouncilSession]:
        return queries.for_lists(CouncilSession.objects.visible_to(self.request.user)).order_by("-held_on", "-pk")

    def content(self) -> dict[str, Any]:
        return {**super().content(), "commune": self.commune}


class Meeting:
    """The page of a session, with the three sheets of the meeting for whoever may fill them in."""

    template = "commendations/session.html"

    def meeting(self: Any, session: CouncilSession, **bound: Any) -> dict[str, Any]:
        user = self.request.user
        sheets = {}
        for name, form_class in SHEETS.items():
            if verdict(f"commendations.{name}", session, user):
                sheets[name] = bound.get(name) or form_class(session=session)
        minutes = session.minutes_id and IssuedDocument.objects.visible_to(user).filter(pk=session.minutes_id).first()
        lines = queries.agenda(session, user)
        if "count" in sheets:  # the sheet shows each case with what its saved numbers come to
            sheets["count"].votes = {line.item.pk: line.vote for line in lines if line.item}
            sheets["count"].about = {line.item.pk: line.about for line in lines if line.item}
        may_put = session.state == "planned" and bool(verdict("commendations.edit_session", session, user))
        return {
            "object": session,
            "version": session.version_of_council,
            "seats": queries.seats_of(session),
            "attendance": list(session.attendance.select_related("seat__person")),
            "lines": lines,
            "quorum": queries.quorum_of(session),
            "waiting": list(queries.waiting(session)[:100]) if may_put else [],
            "may_put": may_put,
            "named": catalogue.names(session.commune_id, session.held_on) if may_put else {},
            "missing": list(unfinished(session)) if session.state == "open" and sheets else [],
            "minutes": minutes,
            "presentation": Presentation.objects.visible_to(user).filter(session=session).first(),
            "sheets": sheets,
        }


class SessionPage(Meeting, Page):
    who = READERS
    template_name = "commendations/session.html"
    help = "phien-hop-hoi-dong"

    def content(self) -> dict[str, Any]:
        return self.meeting(self.find(CouncilSession, self.kwargs["pk"], "version_of_council", "presider", "secretary"))


class Sheet(Meeting, ActPage):
    """One sheet of the meeting; what is wrong in it is shown on the page of the meeting."""

    who, model = who.office, CouncilSession
    help = "phien-hop-hoi-dong"
    anchor = ""

    @property
    def name(self) -> str:
        return self.act.rpartition(".")[2]

    def subject(self) -> CouncilSession:
        return self.find(CouncilSession, self.kwargs["pk"], "version_of_council")

    def form(self, *data: Any) -> Any:
        form = SHEETS[self.name](*data, session=self.object)
        form.seen = self.request.POST.get("seen", "")
        return form

    def perform(self, form: Any) -> Any:
        self.write(form)
        return redirect(f"{self.object.get_absolute_url()}#{self.anchor}")

    def write(self, form: Any) -> None:
        """Calls the action."""
        raise NotImplementedError

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        context = self.meeting(self.object, **{self.name: form if form.is_bound else None})
        return self.render(self.template, status=status, failed=form, **context)


class Attend(Sheet):
    act, anchor = "commendations.attend", "bieu-quyet"
    done = "Đã ghi điểm danh."

    def write(self, form: AttendForm) -> None:
        actions.attend(
            by=self.request.user,
            session=self.object,
            seats=form.found(),
            presider_id=form.cleaned_data["presider"],
            secretary_id=form.cleaned_data["secretary"],
            seen=self.seen,
        )


class Count(Sheet):
    act, anchor = "commendations.count", "bieu-quyet"
    done = "Đã ghi kết quả biểu quyết."

    def write(self, form: CountForm) -> None:
        actions.count(by=self.request.user, session=self.object, counts=form.counts(), seen=self.seen)


class WriteMinutes(Sheet):
    act, anchor = "commendations.write_minutes", "ket-thuc"
    done = "Đã lưu diễn biến và kết luận."

    def write(self, form: MinutesForm) -> None:
        actions.write_minutes(by=self.request.user, session=self.object, seen=self.seen, **form.cleaned_data)


class Plan(ActPage):
    who, act, model = who.office, "commendations.plan_session", Commune
    form_class = PlanForm
    help = "phien-hop-hoi-dong"
    title = "Lập phiên họp Hội đồng"
    done = "Đã lập phiên họp, thành viên Hội đồng đã được mời. Đưa hồ sơ vào phiên ở dưới đây."

    def subject(self) -> Commune:
        return self.commune

    def perform(self, form: PlanForm) -> Any:
        return actions.plan(by=self.request.user, commune=self.object, when=form.when(), once_key=self.once_key)


class Edit(ActPage):
    who, act, model = who.office, "commendations.edit_session", CouncilSession
    form_class = PlanForm
    help = "phien-hop-hoi-dong"
    done = "Đã sửa lịch họp, thành viên Hội đồng đã được báo."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in PlanForm.base_fields}

    def perform(self, form: PlanForm) -> Any:
        return actions.edit(by=self.request.user, session=self.object, when=form.when(), seen=self.seen)


class Put(ActPage):
    """One complete file before a planned session."""

    who, act, model = who.office, "commendations.put_on_session", Nomination
    form_class = PutForm
    template_name = "commendations/nomination_put.html"
    help = "phien-hop-hoi-dong"
    done = "Đã đưa hồ sơ vào phiên họp."

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], "unit", "person", "household", "collective")

    def form_kwargs(self) -> dict[str, Any]:
        return {"commune_id": self.object.commune_id}

    def perform(self, form: PutForm) -> Any:
        session = form.cleaned_data["session"]
        actions.put_on_session(by=self.request.user, nomination=self.object, session=session, seen=self.seen)
        return session


class PutMany(PostAct):
    """The ticked complete files before this session, all or none."""

    who, act, model = who.office, "commendations.edit_session", CouncilSession

    def perform(self) -> Any:
        picked = [int(value) for value in self.request.POST.getlist("ho-so") if value.isdecimal() and len(value) < 15]
        cases = list(Nomination.objects.visible_to(self.request.user).filter(pk__in=picked[:200]))
        if actions.put_all(by=self.request.user, nominations=cases, session=self.object):
            messages.success(self.request, f"Đã đưa {len(cases)} hồ sơ vào phiên họp.")
        else:
            messages.warning(self.request, "Chưa chọn hồ sơ nào.")
        return self.object


class TakeOff(PostAct):
    who, act, model = who.office, "commendations.take_off_session", Nomination
    done = "Đã rút hồ sơ khỏi phiên họp; hồ sơ chờ phiên khác."

    def perform(self) -> Any:
        item = self.object.items.filter(session__state__in=CouncilSession.LIVE).select_related("session").first()
        actions.take_off_session(by=self.request.user, nomination=self.object, seen=self.seen)
        return item.session if item else self.object


class Open(PostAct):
    who, act, model = who.office | who.chair, "commendations.open_session", CouncilSession
    done = "Phiên họp đã khai mạc. Bắt đầu bằng điểm danh."

    def perform(self) -> Any:
        return actions.open_session(by=self.request.user, session=self.object, seen=self.seen)


class PreviewMinutes(PostAct):
    who, act, model = who.office, "commendations.preview_minutes", CouncilSession

    def perform(self) -> Any:
        return actions.preview_minutes(by=self.request.user, session=self.object)


class Close(PostAct):
    who, act, model = who.office, "commendations.close_session", CouncilSession
    done = "Phiên họp đã kết thúc. Biên bản đã lấy số, có thể in để ký."

    def perform(self) -> Any:
        return actions.close(by=self.request.user, session=self.object, seen=self.seen)


class Cancel(ActPage):
    who, act, model = who.office | who.chair, "commendations.cancel_session", CouncilSession
    form_class = ReasonForm
    help = "phien-hop-hoi-dong"
    done = "Đã hủy phiên họp; hồ sơ trở về chờ phiên khác."

    def perform(self, form: ReasonForm) -> Any:
        return actions.cancel(
            by=self.request.user, session=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
