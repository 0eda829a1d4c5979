"""Pages of registrations: a unit's own, the whole table of a campaign, the table to take along."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from campaigns import actions
from campaigns.forms.registration import DeclineForm, ProgressForm, RegisterForm, ReturnForm
from campaigns.models import Campaign, Registration
from campaigns.papers.registrations import MIME, workbook
from campaigns.queries import registration as queries
from emulation.acts import who
from emulation.acts.web import ActPage, Gated, Page, PostAct

RELATED = ("campaign", "unit", "commune", "registered_by")


class RegistrationPage(Page):
    """What one unit registered and how far it is."""

    who = who.staff | who.unit_head
    template_name = "campaigns/registration.html"
    help = "dang-ky-thi-dua"

    def content(self) -> dict[str, Any]:
        found = self.find(Registration, self.kwargs["pk"], *RELATED)
        return {"object": found, "cells": queries.unit_cells(found), "entries": queries.history(found)}


class Registrations(Page):
    """Bảng tổng hợp đăng ký: every unit of a campaign, goal by goal."""

    who = who.staff
    template_name = "campaigns/registrations.html"
    help = "tong-hop-dang-ky"

    def content(self) -> dict[str, Any]:
        campaign = self.find(Campaign, self.kwargs["pk"], "document")
        sheet = queries.sheet(campaign)
        return {"object": campaign, "sheet": sheet, "tiles": queries.tiles(sheet)}


class RegistrationsWorkbook(Gated):
    """The same table as a workbook."""

    who = who.staff

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        campaign = self.find(Campaign, pk)
        response = HttpResponse(workbook(campaign, queries.sheet(campaign)), content_type=MIME)
        response["Content-Disposition"] = f'attachment; filename="dang-ky-thi-dua-{campaign.year}-{campaign.pk}.xlsx"'
        return response


class OnRegistration(ActPage):
    """A form about one unit's registration."""

    model = Registration
    template_name = "campaigns/registration_form.html"
    help = "dang-ky-thi-dua"

    def subject(self) -> Registration:
        return self.find(Registration, self.kwargs["pk"], *RELATED)


class Register(OnRegistration):
    who, act = who.unit_head, "campaigns.register"
    form_class = RegisterForm
    done = "Đã đăng ký. Văn phòng đã được báo."

    def form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def perform(self, form: RegisterForm) -> Any:
        data = form.cleaned_data
        return actions.register(
            by=self.request.user,
            registration=self.object,
            text=data["text"],
            titles=data["titles"],
            figures=form.figures(),
            seen=self.seen,
        )


class Decline(OnRegistration):
    who, act = who.unit_head, "campaigns.decline"
    form_class = DeclineForm
    done = "Đã báo đơn vị không đăng ký."

    def perform(self, form: DeclineForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.decline(by=self.request.user, registration=self.object, reason=reason, seen=self.seen)


class TakeBack(PostAct):
    who, act, model = who.unit_head, "campaigns.take_back", Registration
    done = "Đã rút lại. Sửa xong hãy đăng ký lại trước hạn."

    def perform(self) -> Any:
        return actions.take_back(by=self.request.user, registration=self.object, seen=self.seen)


class ReturnRegistration(OnRegistration):
    who, act = who.office, "campaigns.return_registration"
    form_class = ReturnForm
    help = "tong-hop-dang-ky"
    done = "Đã trả lại. Đơn vị đã được báo."

    def perform(self, form: ReturnForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_registration(
            by=self.request.user, registration=self.object, reason=reason, seen=self.seen
        )


class ReportProgress(OnRegistration):
    who, act = who.unit_head, "campaigns.report_progress"
    form_class = ProgressForm
    done = "Đã ghi kết quả."

    def form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def perform(self, form: ProgressForm) -> Any:
        data = form.cleaned_data
        return actions.report_progress(
            by=self.request.user,
            registration=self.object,
            on=data["on"],
            figures=form.figures(),
            note=data["note"],
            seen=self.seen,
        )
