"""Pages of a campaign under way: its days moved, sơ kết, tổng kết, its end."""

from typing import Any

from campaigns.campaigns.actions.campaign_progress import (
    cancel_campaign,
    close_campaign,
    extend_campaign,
    record_final_review,
    record_midterm_review,
)
from campaigns.campaigns.forms.campaign import ExtendCampaignForm, FinalReviewForm, MidtermReviewForm
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.views.campaign import CampaignActView, CampaignReasonView
from emulation.acts import who
from emulation.acts.web import PostAct


class ExtendCampaign(CampaignActView):
    who, act = who.office, "campaigns.extend_campaign"
    form_class = ExtendCampaignForm
    done = "Đã đổi thời hạn."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in Campaign.DAYS}

    def perform(self, form: ExtendCampaignForm) -> Any:
        days, reason = form.days(self.object.starts_on), form.cleaned_data["reason"]
        return extend_campaign(by=self.request.user, campaign=self.object, days=days, reason=reason, seen=self.seen)


class RecordMidtermReview(CampaignActView):
    who, act = who.office, "campaigns.hold_midterm"
    form_class = MidtermReviewForm
    help = "tong-ket-phong-trao"
    done = "Đã ghi sơ kết, số liệu lúc này được chốt kèm."

    def perform(self, form: MidtermReviewForm) -> Any:
        return record_midterm_review(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class RecordFinalReview(CampaignActView):
    who, act = who.office, "campaigns.sum_up"
    form_class = FinalReviewForm
    help = "tong-ket-phong-trao"
    done = "Đã ghi tổng kết, số liệu lúc này được chốt kèm."

    def perform(self, form: FinalReviewForm) -> Any:
        return record_final_review(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class CloseCampaign(PostAct):
    who, act, model = who.office, "campaigns.close_campaign", Campaign
    done = "Phong trào đã kết thúc."

    def perform(self) -> Any:
        return close_campaign(by=self.request.user, campaign=self.object, seen=self.seen)


class CancelCampaign(CampaignReasonView):
    who, act = who.chair, "campaigns.cancel_campaign"
    action = staticmethod(cancel_campaign)
    done = "Đã hủy phong trào. Các đơn vị đã được báo."
