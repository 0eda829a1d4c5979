"""Pages of registrations: a unit's own, the whole table of a campaign, the table to take along."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from campaigns.campaigns.actions.registration import (
    decline_campaign,
    register_for_campaign,
    report_progress,
    return_registration,
    withdraw_registration,
)
from campaigns.campaigns.forms.registration import (
    DeclineCampaignForm,
    ProgressForm,
    RegisterForm,
    ReturnRegistrationForm,
)
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.papers.registration import XLSX_MIME, registration_workbook
from campaigns.campaigns.queries import registration as queries
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
        return {"object": found, "cells": queries.goal_cells(found), "entries": queries.registration_history(found)}


class RegistrationTablePage(Page):
    """Bảng tổng hợp đăng ký: every unit of a campaign, goal by goal."""

    who = who.staff
    template_name = "campaigns/registrations.html"
    help = "tong-hop-dang-ky"

    def content(self) -> dict[str, Any]:
        campaign = self.find(Campaign, self.kwargs["pk"], "document")
        sheet = queries.registration_table(campaign)
        return {"object": campaign, "sheet": sheet, "tiles": queries.registration_tiles(sheet)}


class RegistrationsWorkbook(Gated):
    """The same table as a workbook."""

    who = who.staff

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        campaign = self.find(Campaign, pk)
        response = HttpResponse(
            registration_workbook(campaign, queries.registration_table(campaign)), content_type=XLSX_MIME
        )
        response["Content-Disposition"] = f'attachment; filename="dang-ky-thi-dua-{campaign.year}-{campaign.pk}.xlsx"'
        return response


class RegistrationActView(ActPage):
    """A form about one unit's registration."""

    model = Registration
    template_name = "campaigns/registration_form.html"
    help = "dang-ky-thi-dua"

    def subject(self) -> Registration:
        return self.find(Registration, self.kwargs["pk"], *RELATED)


class RegisterForCampaign(RegistrationActView):
    who, act = who.unit_head, "campaigns.register"
    form_class = RegisterForm
    done = "Đã đăng ký. Văn phòng đã được báo."

    def form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def perform(self, form: RegisterForm) -> Any:
        data = form.cleaned_data
        return register_for_campaign(
            by=self.request.user,
            registration=self.object,
            text=data["text"],
            titles=data["titles"],
            figures=form.figures(),
            seen=self.seen,
        )


class DeclineCampaign(RegistrationActView):
    who, act = who.unit_head, "campaigns.decline"
    form_class = DeclineCampaignForm
    done = "Đã báo đơn vị không đăng ký."

    def perform(self, form: DeclineCampaignForm) -> Any:
        reason = form.cleaned_data["reason"]
        return decline_campaign(by=self.request.user, registration=self.object, reason=reason, seen=self.seen)


class WithdrawRegistration(PostAct):
    who, act, model = who.unit_head, "campaigns.take_back", Registration
    done = "Đã rút lại. Sửa xong hãy đăng ký lại trước hạn."

    def perform(self) -> Any:
        return withdraw_registration(by=self.request.user, registration=self.object, seen=self.seen)


class ReturnRegistration(RegistrationActView):
    who, act = who.office, "campaigns.return_registration"
    form_class = ReturnRegistrationForm
    help = "tong-hop-dang-ky"
    done = "Đã trả lại. Đơn vị đã được báo."

    def perform(self, form: ReturnRegistrationForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_registration(by=self.request.user, registration=self.object, reason=reason, seen=self.seen)


class ReportProgress(RegistrationActView):
    who, act = who.unit_head, "campaigns.report_progress"
    form_class = ProgressForm
    done = "Đã ghi kết quả."

    def form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def perform(self, form: ProgressForm) -> Any:
        data = form.cleaned_data
        return report_progress(
            by=self.request.user,
            registration=self.object,
            on=data["on"],
            figures=form.figures(),
            note=data["note"],
            seen=self.seen,
        )
