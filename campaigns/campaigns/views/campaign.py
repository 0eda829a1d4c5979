"""Pages of campaigns: the list, one campaign, and the steps of its plan up to the launch."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.campaigns import rules
from campaigns.campaigns.actions.campaign import campaign_approval, save_goals
from campaigns.campaigns.flow.campaign import COVERAGE_READERS, campaign_plan
from campaigns.campaigns.forms.campaign import CampaignPlanForm, GoalsForm, StartCampaignForm
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.papers.campaign import CRITERIA, REWARDS
from campaigns.campaigns.queries import registration as registrations
from campaigns.campaigns.queries.campaign import (
    FILTERS,
    campaign_filter_chips,
    campaign_history,
    campaign_panels,
    campaign_years,
    extra_context,
    with_registration_counts,
)
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.documents.approval.views import EditPaperView, StartPaperView
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, PageView
from emulation.workflow.workflow import state_of


def parse_year(text: str) -> int | None:
    """The four-digit year in a query string, or None."""
    return int(text) if text.isdecimal() and len(text) == 4 else None


class CampaignList(PagedListView):
    """Campaigns, filtered by year and stage."""

    permission = permissions.issued_paper_readers
    template_name = "campaigns/campaign_list.html"
    help = "phong-trao-thi-dua"
    title = "Phong trào thi đua"
    columns = (
        ListColumn("Phong trào", lambda row: row.name, width=56),
        ListColumn("Năm", lambda row: str(row.years), "nam", ("year",), 12),
        ListColumn("Loại", lambda row: row.get_kind_display()),
        ListColumn("Lĩnh vực", lambda row: row.field.name if row.field else "Mọi lĩnh vực", width=28),
        ListColumn("Hạn đăng ký", lambda row: row.last_register_day, width=14),
        ListColumn("Đã đăng ký", lambda row: row.registered, width=12),
        ListColumn("Đơn vị được mời", lambda row: row.invited, width=12),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
    )

    def get_queryset(self) -> QuerySet[Campaign]:
        self.readable = Campaign.objects.visible_to(self.request.user)
        self.year = parse_year(self.request.GET.get("nam", ""))
        self.chosen = self.request.GET.get("loc", "")
        self.of_year = self.readable.of_year(self.year) if self.year else self.readable
        states = FILTERS.get(self.chosen)
        rows = self.of_year.filter(state__in=states) if states else self.of_year
        return with_registration_counts(rows).for_lists().order_by("-year", "-pk")

    def narrowed_to(self) -> str:
        chips = campaign_filter_chips(self.of_year, self.chosen, self.year)
        stage = next((chip["label"] for chip in chips if chip["active"] and self.chosen), "")
        return "; ".join(part for part in (f"năm {self.year}" if self.year else "", stage) if part)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "chips": campaign_filter_chips(self.of_year, self.chosen, self.year),
            "year": self.year,
            "chosen": self.chosen,
            "years": campaign_years(self.readable),
            "may_cover": COVERAGE_READERS.allows(self.capacity, None),
            "keep": {name: value for name, value in (("nam", self.year), ("loc", self.chosen)) if value},
        }


class CampaignPage(PageView):
    """One campaign: next step, plan, registrations, progress of its goals."""

    permission = permissions.issued_paper_readers
    template_name = "campaigns/campaign.html"
    help = "phong-trao-thi-dua"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        campaign = self.get_visible_or_404(
            Campaign, self.kwargs["pk"], "field", "directive", "document", "commune", "created_by"
        )
        staff = self.capacity.has(*COMMUNE_STAFF_ROLES)
        missing = rules.missing_plan_parts(campaign_plan(campaign)) if staff and campaign.state in Campaign.OPEN else {}
        table = registrations.registration_table(campaign)
        return {
            **super().get_context_data(**context),
            "object": campaign,
            "resubmitted": campaign_approval.changes(campaign),
            "staff": staff,
            "sheet": table,
            "tiles": registrations.registration_tiles(table) if table.units else [],
            "own_registrations": registrations.own_registrations(campaign, self.capacity.unit_ids),
            "missing": list(missing.values()),
            "criteria": [(label, getattr(campaign, name)) for name, label in CRITERIA],
            "rewards": [(label, getattr(campaign, name)) for name, label in REWARDS],
            **extra_context(campaign, self.request.user),
            "panels": campaign_panels(campaign, self.request.user),
            "entries": campaign_history(campaign),
            "goals": [line.goal for line in table.goals],
        }


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────
class StartCampaign(StartPaperView):
    form_class = StartCampaignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        year = parse_year(self.request.GET.get("nam", "")) or timezone.localdate().year
        return {"user": self.request.user, "commune": self.object, "initial": {"year": year}}


class CampaignActView(ActFormView):
    """Base of the forms about one campaign."""

    model = Campaign
    help = "phong-trao-thi-dua"

    def get_object(self) -> Campaign:
        return self.get_visible_or_404(Campaign, self.kwargs["pk"], "commune", "directive", "field")


class EditCampaign(EditPaperView):
    form_class = CampaignPlanForm
    template_name = "campaigns/campaign_form.html"
    title = "Lưu kế hoạch"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "campaign": self.object}


class EditGoals(CampaignActView):
    permission = permissions.office
    act = "campaigns.save_goals"
    form_class = GoalsForm
    template_name = "campaigns/campaign_goals.html"
    title = "Lưu chỉ tiêu"
    success_message = "Đã lưu chỉ tiêu."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"campaign": self.object}

    def form_valid(self, form: GoalsForm) -> Any:
        return save_goals(by=self.request.user, campaign=self.object, goals=form.goals(), seen=self.seen)
