"""Campaigns (phong trào thi đua) with their plan and goals. States and steps: campaigns/campaigns/flow/campaign.py."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaigns.campaigns import rules
from campaigns.catalogue.models import Field
from campaigns.directives.models.directive import Directive
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date
from emulation.documents.approval.models import ApprovalSubject, IssuedToCommuneQuerySet
from villages.models import Unit

UNIT_KINDS = [(code, name) for code, name in Unit.KINDS if code != Unit.OFFICE]


class CampaignQuerySet(IssuedToCommuneQuerySet):
    def running(self) -> Self:
        """Launched, before the final review."""
        return self.filter(state__in=Campaign.RUNNING)

    def of_year(self, year: int) -> Self:
        """Campaigns of a year, including those of several years that overlap it."""
        return self.filter(Q(year=year) | Q(starts_on__year__lte=year, ends_on__year__gte=year))

    def for_lists(self) -> Self:
        """With the related objects shown in lists, without the long texts."""
        return self.select_related("field", "document").defer(
            *Campaign.TEXTS, *Campaign.OUTCOMES, "document__html", "document__blocks"
        )


class Campaign(ApprovalSubject):
    """A campaign of the commune, its own or in response to one of a higher level. In the texts each line is a paragraph.

    `unit_kinds`: the kinds of units that are invited to register. The figures are stored at the midterm review
    (`midterm_figures`) and at the final review (`final_figures`).
    """

    subject_key = "campaigns.Campaign"

    UNDER_WAY = "running"
    MIDTERM = "midterm"
    SUMMED = "summed"
    CLOSED = "closed"
    RUNNING = (UNDER_WAY, MIDTERM)
    DONE = (SUMMED, CLOSED)
    OVER = (*DONE, ApprovalSubject.CANCELLED)
    KINDS = [(rules.REGULAR, "Thi đua thường xuyên"), (rules.THEMATIC, "Thi đua theo chuyên đề")]
    INITIATORS = [
        (rules.COMMUNE_INITIATOR, "Xã tự phát động"),
        ("central", "Hưởng ứng phong trào do trung ương phát động"),
        ("province", "Hưởng ứng phong trào do tỉnh phát động"),
        ("district", "Hưởng ứng phong trào do huyện phát động"),
    ]
    FOCUSES = [
        ("hard", "Lĩnh vực khó"),
        ("key", "Lĩnh vực trọng tâm"),
        ("weak", "Mặt còn hạn chế, yếu kém"),
    ]
    DAYS = ("starts_on", "ends_on", "register_by", "midterm_on", "final_on")
    TEXTS = (
        "grounds", "purpose", "scope", "audience", "contents", *rules.CRITERIA, "measures", "reward_forms", "reward_count",
        "reward_when", "budget", "assignment", "reporting", "recipients",
    )  # fmt: skip
    EDITABLE = (
        "name", "kind", "initiator", "parent_name", "parent_paper", "directive", "field", "focus", "unit_kinds", *DAYS, *TEXTS,
        "signer", "deputy",
    )  # fmt: skip
    OUTCOMES = ("midterm_note", "results", "shortcomings", "lessons", "midterm_figures", "final_figures")

    name = CleanCharField("tên phong trào", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=KINDS)
    year = models.PositiveSmallIntegerField("năm")
    initiator = models.CharField("ai phát động", max_length=10, choices=INITIATORS, default=rules.COMMUNE_INITIATOR)
    parent_name = CleanCharField("phong trào cấp trên", max_length=200, blank=True)
    parent_paper = CleanCharField("văn bản của cấp trên", max_length=300, blank=True)
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name="văn bản chỉ đạo"
    )
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lĩnh vực")
    focus = models.CharField("vì sao chọn lĩnh vực này", max_length=8, choices=FOCUSES, blank=True)
    unit_kinds = models.JSONField("loại đơn vị tham gia", default=list, blank=True)

    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    register_by = models.DateField("hạn đăng ký", null=True, blank=True)
    # The last day to register: `register_by`, moved when it is a day off. Set when units are invited.
    register_until = models.DateField("đăng ký đến hết ngày", null=True, blank=True)
    midterm_on = models.DateField("ngày sơ kết", null=True, blank=True)
    final_on = models.DateField("ngày tổng kết", null=True, blank=True)

    grounds = CleanTextModelField("căn cứ", blank=True)
    purpose = CleanTextModelField("mục đích, yêu cầu", blank=True)
    scope = CleanTextModelField("phạm vi", blank=True)
    audience = CleanTextModelField("đối tượng", blank=True)
    contents = CleanTextModelField("nội dung thi đua", blank=True)
    criteria_person = CleanTextModelField("tiêu chí đối với cá nhân", blank=True)
    criteria_collective = CleanTextModelField("tiêu chí đối với tập thể", blank=True)
    criteria_household = CleanTextModelField("tiêu chí đối với hộ gia đình", blank=True)
    measures = CleanTextModelField("biện pháp thực hiện", blank=True)
    reward_forms = CleanTextModelField("hình thức khen thưởng", blank=True)
    reward_count = CleanTextModelField("số lượng khen thưởng", blank=True)
    reward_when = CleanTextModelField("thời điểm khen thưởng", blank=True)
    budget = CleanTextModelField("kinh phí", blank=True)
    assignment = CleanTextModelField("phân công thực hiện", blank=True)
    reporting = CleanTextModelField("chế độ báo cáo", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)
    midterm_held_on = models.DateField("đã sơ kết ngày", null=True, blank=True)
    midterm_note = CleanTextModelField("đánh giá sơ kết", blank=True)
    midterm_figures = models.JSONField("số liệu sơ kết", default=list, blank=True)
    final_held_on = models.DateField("đã tổng kết ngày", null=True, blank=True)
    results = CleanTextModelField("kết quả, hiệu quả, tác dụng", blank=True)
    shortcomings = CleanTextModelField("tồn tại, hạn chế và nguyên nhân", blank=True)
    lessons = CleanTextModelField("bài học kinh nghiệm", blank=True)
    final_figures = models.JSONField("số liệu tổng kết", default=list, blank=True)
    cancel_reason = CleanTextModelField("lý do hủy", blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["commune", "-year", "-id"], name="campaign_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="campaign_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned", "approved", "cancelled"])
                | Q(document__isnull=False, starts_on__isnull=False, ends_on__isnull=False, register_by__isnull=False),
                name="campaign_launched_with_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"Phong trào thi đua “{self.name}”"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])

    @property
    def is_response(self) -> bool:
        """Whether it responds to a campaign of the central government, the province or the district."""
        return self.initiator != rules.COMMUNE_INITIATOR

    @property
    def last_register_day(self) -> date | None:
        """The last day on which a registration is in time; campaigns launched earlier have only the day of their plan."""
        return self.register_until or self.register_by

    @property
    def register_day_note(self) -> str:
        """ "kế hoạch ghi 28/02/2026, là ngày nghỉ", why the last day is another than that of the plan; "" if it is the same."""
        if self.register_by is None or self.last_register_day == self.register_by:
            return ""
        return f"kế hoạch ghi {format_date(self.register_by)}, là ngày nghỉ"

    @property
    def days(self) -> rules.CampaignDays:
        return rules.CampaignDays(**{name: getattr(self, name) for name in self.DAYS})

    @property
    def years(self) -> str:
        """ "2026", or "2026-2030" for several years."""
        last = self.ends_on.year if self.ends_on else self.year
        return f"{self.year}-{last}" if last > self.year else str(self.year)

    @property
    def unit_kind_names(self) -> list[str]:
        return [name for code, name in UNIT_KINDS if code in self.unit_kinds]

    def due_on(self) -> date | None:
        """The day of the next review, while the campaign is running."""
        return {self.UNDER_WAY: self.midterm_on or self.final_on, self.MIDTERM: self.final_on}.get(self.state)

    def todo_parts(self) -> tuple[str, str]:
        return self.name, self.years


class GoalQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.of(user).filter(campaign__in=Campaign.objects.visible_to(user))


class Goal(CommuneRow):
    """A goal (chỉ tiêu): what to reach, the target figure, the due day. Rates of units are averaged, not added up."""

    subject_key = "campaigns.Goal"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="goals")
    text = CleanCharField("chỉ tiêu", max_length=300)
    target = models.DecimalField("con số phải đạt", max_digits=14, decimal_places=2, null=True, blank=True)
    measure = CleanCharField("đơn vị tính", max_length=40, blank=True)
    is_rate = models.BooleanField("là tỷ lệ", default=False)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target=None) | Q(target__gte=0), name="goal_target_not_negative")
        ]

    def __str__(self) -> str:
        return self.text
