"""Pages of a running campaign: change of days, midterm review (sơ kết), final review (tổng kết), closing."""

from typing import Any

from campaigns.campaigns.actions.campaign_progress import (
    close_campaign,
    extend_campaign,
    record_final_review,
    record_midterm_review,
)
from campaigns.campaigns.forms.campaign import ExtendCampaignForm, FinalReviewForm, MidtermReviewForm
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.views.campaign import CampaignActView
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView


class ExtendCampaign(CampaignActView):
    permission = permissions.office
    act = "campaigns.extend_campaign"
    form_class = ExtendCampaignForm
    success_message = "Đã đổi thời hạn."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in Campaign.DAYS}

    def form_valid(self, form: ExtendCampaignForm) -> Any:
        days = form.days(self.object.starts_on)
        reason = form.cleaned_data["reason"]
        return extend_campaign(by=self.request.user, campaign=self.object, days=days, reason=reason, seen=self.seen)


class RecordMidtermReview(CampaignActView):
    permission = permissions.office
    act = "campaigns.hold_midterm"
    form_class = MidtermReviewForm
    help = "tong-ket-phong-trao"
    success_message = "Đã ghi sơ kết, số liệu lúc này được chốt kèm."

    def form_valid(self, form: MidtermReviewForm) -> Any:
        return record_midterm_review(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class RecordFinalReview(CampaignActView):
    permission = permissions.office
    act = "campaigns.sum_up"
    form_class = FinalReviewForm
    help = "tong-ket-phong-trao"
    success_message = "Đã ghi tổng kết, số liệu lúc này được chốt kèm."

    def form_valid(self, form: FinalReviewForm) -> Any:
        return record_final_review(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class CloseCampaign(ActPostView):
    permission = permissions.office
    act = "campaigns.close_campaign"
    model = Campaign
    success_message = "Phong trào đã kết thúc."

    def perform(self) -> Any:
        return close_campaign(by=self.request.user, campaign=self.object, seen=self.seen)
