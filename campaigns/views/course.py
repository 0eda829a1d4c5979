"""Pages of a campaign under way: its days moved, sơ kết, tổng kết, its end."""

from typing import Any

from campaigns import actions
from campaigns.forms.campaign import ExtendForm, MidtermForm, SumUpForm
from campaigns.models import Campaign
from campaigns.views.campaign import OnCampaign, WithReason
from emulation.acts import who
from emulation.acts.web import PostAct


class ExtendCampaign(OnCampaign):
    who, act = who.office, "campaigns.extend_campaign"
    form_class = ExtendForm
    done = "Đã đổi thời hạn."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in Campaign.DAYS}

    def perform(self, form: ExtendForm) -> Any:
        days, reason = form.days(self.object.starts_on), form.cleaned_data["reason"]
        return actions.extend_campaign(
            by=self.request.user, campaign=self.object, days=days, reason=reason, seen=self.seen
        )


class HoldMidterm(OnCampaign):
    who, act = who.office, "campaigns.hold_midterm"
    form_class = MidtermForm
    help = "tong-ket-phong-trao"
    done = "Đã ghi sơ kết, số liệu lúc này được chốt kèm."

    def perform(self, form: MidtermForm) -> Any:
        return actions.hold_midterm(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class SumUp(OnCampaign):
    who, act = who.office, "campaigns.sum_up"
    form_class = SumUpForm
    help = "tong-ket-phong-trao"
    done = "Đã ghi tổng kết, số liệu lúc này được chốt kèm."

    def perform(self, form: SumUpForm) -> Any:
        return actions.sum_up(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class CloseCampaign(PostAct):
    who, act, model = who.office, "campaigns.close_campaign", Campaign
    done = "Phong trào đã kết thúc."

    def perform(self) -> Any:
        return actions.close_campaign(by=self.request.user, campaign=self.object, seen=self.seen)


class CancelCampaign(WithReason):
    who, act, verb = who.chair, "campaigns.cancel_campaign", "cancel_campaign"
    done = "Đã hủy phong trào. Các đơn vị đã được báo."
