"""Pages of registrations: of one unit, the table of a campaign, its workbook."""

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
    ProgressForm,
    RegisterForm,
)
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.papers.registration import XLSX_MIME, registration_workbook
from campaigns.campaigns.queries import registration as queries
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView, ReasonFormMixin

RELATED = ("campaign", "unit", "commune", "registered_by")


class RegistrationPage(PageView):
    """The registration and progress of one unit."""

    permission = permissions.staff | permissions.unit_head
    template_name = "campaigns/registration.html"
    help = "dang-ky-thi-dua"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        registration = self.get_visible_or_404(Registration, self.kwargs["pk"], *RELATED)
        return {
            **super().get_context_data(**context),
            "object": registration,
            "cells": queries.goal_cells(registration),
            "changes": queries.registration_changes(registration),
            "entries": queries.registration_history(registration),
        }


class RegistrationTablePage(PageView):
    """The table of registrations (bảng tổng hợp đăng ký): every unit of a campaign, by goal."""

    permission = permissions.staff
    template_name = "campaigns/registrations.html"
    help = "tong-hop-dang-ky"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        campaign = self.get_visible_or_404(Campaign, self.kwargs["pk"], "document")
        table = queries.registration_table(campaign)
        return {
            **super().get_context_data(**context),
            "object": campaign,
            "sheet": table,
            "tiles": queries.registration_tiles(table),
        }


class RegistrationsWorkbook(BaseView):
    """The same table as a workbook."""

    permission = permissions.staff

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        campaign = self.get_visible_or_404(Campaign, pk)
        response = HttpResponse(
            registration_workbook(campaign, queries.registration_table(campaign)), content_type=XLSX_MIME
        )
        response["Content-Disposition"] = f'attachment; filename="dang-ky-thi-dua-{campaign.year}-{campaign.pk}.xlsx"'
        return response


class RegistrationActView(ActFormView):
    """Base of the forms about one unit's registration."""

    model = Registration
    template_name = "campaigns/registration_form.html"
    help = "dang-ky-thi-dua"

    def get_object(self) -> Registration:
        return self.get_visible_or_404(Registration, self.kwargs["pk"], *RELATED)


class RegisterForCampaign(RegistrationActView):
    permission = permissions.unit_head
    act = "campaigns.register"
    form_class = RegisterForm
    success_message = "Đã đăng ký. Văn phòng đã được báo."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def form_valid(self, form: RegisterForm) -> Any:
        data = form.cleaned_data
        return register_for_campaign(
            by=self.request.user,
            registration=self.object,
            text=data["text"],
            titles=data["titles"],
            figures=form.figures(),
            seen=self.seen,
        )


class DeclineCampaign(ReasonFormMixin, RegistrationActView):
    permission = permissions.unit_head
    act = "campaigns.decline"
    reason_label = "Vì sao đơn vị không đăng ký?"
    reason_help = "Một câu ngắn."
    success_message = "Đã báo đơn vị không đăng ký."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return decline_campaign(by=self.request.user, registration=self.object, reason=reason, seen=self.seen)


class WithdrawRegistration(ActPostView):
    permission = permissions.unit_head
    act = "campaigns.take_back"
    model = Registration
    success_message = "Đã rút lại. Sửa xong hãy đăng ký lại trước hạn."

    def perform(self) -> Any:
        return withdraw_registration(by=self.request.user, registration=self.object, seen=self.seen)


class ReturnRegistration(ReasonFormMixin, RegistrationActView):
    permission = permissions.office
    act = "campaigns.return_registration"
    reason_label = "Cần sửa gì?"
    reason_help = "Đơn vị thấy lời này ngay trong bản đăng ký."
    help = "tong-hop-dang-ky"
    success_message = "Đã trả lại. Đơn vị đã được báo."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_registration(by=self.request.user, registration=self.object, reason=reason, seen=self.seen)


class ReportProgress(RegistrationActView):
    permission = permissions.unit_head
    act = "campaigns.report_progress"
    form_class = ProgressForm
    success_message = "Đã ghi kết quả."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"registration": self.object}

    def form_valid(self, form: ProgressForm) -> Any:
        data = form.cleaned_data
        return report_progress(
            by=self.request.user,
            registration=self.object,
            on=data["on"],
            figures=form.figures(),
            note=data["note"],
            seen=self.seen,
        )
