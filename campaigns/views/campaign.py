"""Pages of campaigns: the list, one campaign, its plan and its way to the end."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import redirect
from django.utils import timezone

from campaigns import actions
from campaigns.flow import CAMPAIGN_READERS as READERS
from campaigns.flow.campaign import plan_of
from campaigns.forms.campaign import (
    GoalsForm,
    PlanForm,
    ReasonForm,
    StartForm,
)
from campaigns.models import Campaign
from campaigns.papers.campaign import CRITERIA, REWARDS
from campaigns.queries import campaign as queries
from campaigns.queries import registration as registrations
from campaigns.rules import campaign as rules
from emulation.acts import who
from emulation.acts.once import once
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.communes.models import Commune
from emulation.communes.roles import COMMUNE_STAFF
from emulation.documents.forms import IssueForm
from emulation.documents.views.issue import IssuePage

EXEMPLARS = 12


def year_of(text: str) -> int | None:
    """The year of an address, or None."""
    return int(text) if text.isdecimal() and len(text) == 4 else None


class CampaignList(ListPage):
    """Campaigns by year, narrowed by how far they are."""

    who = READERS
    template_name = "campaigns/campaign_list.html"
    help = "phong-trao-thi-dua"

    def rows(self) -> QuerySet[Campaign]:
        self.seen = Campaign.objects.visible_to(self.request.user)
        self.year, self.chosen = year_of(self.request.GET.get("nam", "")), self.request.GET.get("loc", "")
        self.of_year = self.seen.of_year(self.year) if self.year else self.seen
        states = queries.FILTERS.get(self.chosen)
        rows = self.of_year.filter(state__in=states) if states else self.of_year
        return queries.with_answers(rows).for_lists().order_by("-year", "-pk")

    def content(self) -> dict[str, Any]:
        return {
            **super().content(),
            "commune": self.commune,
            "chips": queries.chips(self.of_year, self.chosen, self.year),
            "year": self.year,
            "chosen": self.chosen,
            "years": queries.years(self.seen),
            "may_cover": Coverage.who.test(self.standing, None),
            "keep": {name: value for name, value in (("nam", self.year), ("loc", self.chosen)) if value},
        }


class CampaignPage(Page):
    """One campaign: whose turn it is, what it wants, who registered, how far its goals are."""

    who = READERS
    template_name = "campaigns/campaign.html"
    help = "phong-trao-thi-dua"

    def content(self) -> dict[str, Any]:
        found = self.find(Campaign, self.kwargs["pk"], "field", "directive", "document", "commune", "created_by")
        staff = self.standing.has(*COMMUNE_STAFF)
        sheet = registrations.sheet(found)
        exemplars = queries.exemplars_of(found, self.request.user)
        return {
            "object": found,
            "staff": staff,
            "sheet": sheet,
            "tiles": registrations.tiles(sheet) if sheet.units else [],
            "mine": registrations.own_registrations(found, self.standing.unit_ids),
            "missing": list(rules.missing(plan_of(found)).values()) if found.state in Campaign.OPEN and staff else [],
            "criteria": [(label, getattr(found, name)) for name, label in CRITERIA],
            "rewards": [(label, getattr(found, name)) for name, label in REWARDS],
            "exemplars": exemplars[:EXEMPLARS],
            "exemplar_count": exemplars.count(),
            "beside": queries.all_beside(found, self.request.user),
            "entries": queries.history(found),
            "goals": [line.goal for line in sheet.goals],
        }


class Coverage(Page):
    """Which fields have a campaign this year and which have none (D11: đồng đều, sâu rộng đến tất cả các lĩnh vực)."""

    who = who.staff | who.council_member
    template_name = "campaigns/coverage.html"
    help = "phong-trao-theo-linh-vuc"

    def content(self) -> dict[str, Any]:
        year = year_of(self.request.GET.get("nam", "")) or timezone.localdate().year
        lines = queries.coverage(self.request.user, year)
        return {
            "year": year,
            "lines": lines,
            "bare": [line.field.name for line in lines if not line.campaigns],
            "general": queries.general(self.request.user, year),
            "commune": self.commune,
        }


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────
class StartCampaign(ActPage):
    """Beginning a campaign."""

    who, act, model = who.office, "campaigns.start_campaign", Commune
    form_class = StartForm
    help = "phong-trao-thi-dua"
    done = "Đã lập. Viết tiếp các mục của kế hoạch; chưa xong cũng lưu được."

    def subject(self) -> Commune:
        return self.commune

    def form_kwargs(self) -> dict[str, Any]:
        year = year_of(self.request.GET.get("nam", "")) or timezone.localdate().year
        return {"user": self.request.user, "commune": self.object, "initial": {"year": year}}

    def perform(self, form: StartForm) -> Any:
        def make() -> Campaign:
            return actions.start_campaign(by=self.request.user, commune=self.object, **form.cleaned_data)

        return redirect("campaigns:edit_campaign", once(self.once_key, self.object, Campaign, make).pk)


class OnCampaign(ActPage):
    """A form about one campaign."""

    model = Campaign
    help = "phong-trao-thi-dua"

    def subject(self) -> Campaign:
        return self.find(Campaign, self.kwargs["pk"], "commune", "directive", "field")


class EditCampaign(OnCampaign):
    who, act = who.office, "campaigns.save_campaign"
    form_class = PlanForm
    template_name = "campaigns/campaign_form.html"
    title = "Lưu kế hoạch"
    done = "Đã lưu."

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "campaign": self.object}

    def perform(self, form: PlanForm) -> Any:
        return actions.save_campaign(by=self.request.user, campaign=self.object, seen=self.seen, **form.cleaned_data)


class EditGoals(OnCampaign):
    who, act = who.office, "campaigns.save_goals"
    form_class = GoalsForm
    template_name = "campaigns/campaign_goals.html"
    title = "Lưu chỉ tiêu"
    done = "Đã lưu chỉ tiêu."

    def form_kwargs(self) -> dict[str, Any]:
        return {"campaign": self.object}

    def perform(self, form: GoalsForm) -> Any:
        return actions.save_goals(by=self.request.user, campaign=self.object, aims=form.aims(), seen=self.seen)


class SubmitCampaign(PostAct):
    who, act, model = who.office, "campaigns.submit_campaign", Campaign
    done = "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return actions.submit_campaign(by=self.request.user, campaign=self.object, seen=self.seen)


class ApproveCampaign(PostAct):
    who, act, model = who.chair, "campaigns.approve_campaign", Campaign
    done = "Đã duyệt. Văn thư sẽ lấy số và ban hành."

    def perform(self) -> Any:
        return actions.approve_campaign(by=self.request.user, campaign=self.object, seen=self.seen)


class WithReason(OnCampaign):
    """A step that asks why: `verb` names the action."""

    form_class = ReasonForm
    verb = ""

    def perform(self, form: ReasonForm) -> Any:
        action = getattr(actions, self.verb)
        return action(by=self.request.user, campaign=self.object, reason=form.cleaned_data["reason"], seen=self.seen)


class ReturnCampaign(WithReason):
    who, act, verb = who.chair, "campaigns.return_campaign", "return_campaign"
    done = "Đã trả lại Văn phòng."


class DropCampaign(WithReason):
    who, act, verb = who.office, "campaigns.drop_campaign", "drop_campaign"
    done = "Đã bỏ dự thảo."


class IssueCampaign(IssuePage, OnCampaign):
    act = "campaigns.issue_campaign"
    done = "Đã ban hành. Các đơn vị đã được mời đăng ký."

    def perform(self, form: IssueForm) -> Any:
        issued_on = form.cleaned_data["issued_on"]
        return actions.issue_campaign(by=self.request.user, campaign=self.object, issued_on=issued_on, seen=self.seen)


class PreviewCampaign(PostAct):
    who, act, model = who.staff, "campaigns.preview_campaign", Campaign

    def perform(self) -> Any:
        return actions.preview_campaign(by=self.request.user, campaign=self.object)
