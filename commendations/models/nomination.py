"""Nominations: one nominee proposed for one award, with the checklist of the file."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, Exemplar
from commendations.models.nomination_queryset import NominationQuerySet
from commendations.rules.award_names import DEFAULT_AWARD_CODE
from commendations.rules.wording import achievement_sentence
from emulation.communes.models import Commune
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import lower_first
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import ReturnableSubject
from villages.models import NamedNominee, Unit, exactly_one_nominee


def units_once(units: Iterable[Sequence[Unit]]) -> list[Unit]:
    """Each unit of these lists once, in their order."""
    return list({unit.pk: unit for unit in chain.from_iterable(units)}.values())


def proposers_text(units: Sequence[Unit]) -> str:
    """ "Thôn 1, cùng đề nghị: Hội Phụ nữ, Thôn 2": the unit whose case it is, then those that have joined."""
    first, *joined = [unit.name for unit in units]
    return f"{first}, cùng đề nghị: {', '.join(joined)}" if joined else first


class Nomination(ReturnableSubject, NamedNominee):
    """One nominee proposed for one award. States and steps: commendations/flow/nomination.py."""

    subject_key = "commendations.Nomination"

    DECIDED_ABOVE = ("awarded_above", "refused_above")
    ABOVE = ("proposed_up", *DECIDED_ABOVE)
    AWARDED = ("awarded", "award_cancelled")
    TAKEN_BACK = ("withdrawn", "award_cancelled")
    """States after which the exemplar and the achievement may be nominated again."""
    FREE = (*TAKEN_BACK, "failed", "refused", "refused_above")
    """States after which the nominee may be nominated again for the same award and year."""
    BEFORE_COUNCIL = ("on_session", "passed", "failed", "presented", "approved", "refused", *AWARDED, *ABOVE)
    OVER = ("withdrawn", "failed", "refused", *AWARDED, "awarded_above", "refused_above")
    SUDDEN = "DX"
    URGENT = {"kind": SUDDEN}
    KINDS = [("CT", "Khen thưởng công trạng"), ("DX", "Khen thưởng đột xuất"), ("PT", "Khen thưởng phong trào thi đua")]

    # Without indexes of their own: every list is by commune first, and the indexes below begin with these.
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="xã", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị đề nghị", db_index=False)
    state = models.CharField("trạng thái", max_length=20)
    exemplar = models.ForeignKey(
        Exemplar, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="từ điển hình"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="phong trào"
    )
    # The case that is over from which it was copied; None for copies of before it was stored.
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    award_code = models.CharField("danh hiệu, hình thức", max_length=12, default=DEFAULT_AWARD_CODE)
    # Năm xét: the year for which a title is asked; of a form the year of the achievement.
    year = models.PositiveSmallIntegerField("năm xét", null=True, blank=True)
    kind = models.CharField("loại hình khen thưởng", max_length=2, choices=KINDS, default="CT")
    field_name = CleanCharField("lĩnh vực", max_length=120, blank=True)
    # The words after "đã có thành tích" in the decision and on the certificate.
    achievement = CleanCharField("nội dung khen (ghi trên quyết định, giấy khen)", max_length=300, blank=True)
    duties = CleanTextModelField("quyền hạn, nhiệm vụ được giao", blank=True)
    deed = CleanTextModelField("thành tích đạt được", blank=True)
    past_awards = CleanTextModelField("các hình thức đã được khen thưởng", blank=True)
    period_from = models.DateField("thành tích từ ngày", null=True, blank=True)
    period_to = models.DateField("đến ngày", null=True, blank=True)
    # The hour of a sudden deed on its last day (khen thưởng đột xuất); None where it is not known.
    deed_time = models.TimeField("giờ lập thành tích", null=True, blank=True)
    # What the unit did about a remark on the file as a whole; "" again at each return.
    return_answer = CleanTextModelField("đã làm gì theo lý do trả lại", blank=True)
    # The day of the unit's minutes (biên bản họp bình xét); None leaves it blank on the paper.
    met_on = models.DateField("đơn vị họp bình xét ngày", null=True, blank=True)
    received_on = models.DateField("ngày nhận hồ sơ", null=True, blank=True)
    # The eligibility verdict when the office confirmed the file as complete, and the reason to proceed despite a warning.
    judged = models.JSONField("kết quả xét điều kiện", default=dict, blank=True)
    override_reason = CleanTextModelField("lý do vẫn xét", blank=True)
    # The superior's decision, for an award that the commune does not decide.
    outcome_no = CleanCharField("số quyết định của cấp trên", max_length=60, blank=True)
    # The group of the person on that day, as reports count it ("": unknown); null: no such award.
    outcome_group = models.CharField(
        "nhóm đối tượng khi cấp trên khen", max_length=10, null=True, blank=True, editable=False
    )
    outcome_on = models.DateField("ngày quyết định của cấp trên", null=True, blank=True)
    outcome_by = CleanCharField("cơ quan, người quyết định", max_length=160, blank=True)
    outcome_reason = CleanCharField("lý do cấp trên không khen", max_length=300, blank=True)
    # The papers frozen at submission; never looked up from the paper, so no index that every new case would pay for.
    report_document = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    request_document = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    # The award that a live case asks for (rules/same_award.py); null: over, nothing to compare yet, or another case is for it.
    live_key = models.CharField(max_length=80, null=True, editable=False)

    joint_proposals: Any  # the manager of its rows of JointProposal

    audit_private = frozenset({"judged", "override_reason"})  # both may contain restricted facts

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-state_since", "-pk"]
        constraints = [
            exactly_one_nominee("nomination_one_nominee", unless=Q(state__in=["draft", "withdrawn"])),
            models.UniqueConstraint(
                fields=["exemplar"],
                condition=~Q(state__in=["withdrawn", "award_cancelled"]),
                name="nomination_of_exemplar_once",
            ),
            models.UniqueConstraint(fields=["live_key"], name="nomination_live_once"),
            models.CheckConstraint(
                condition=Q(live_key=None)
                | ~Q(state__in=["withdrawn", "award_cancelled", "failed", "refused", "refused_above"]),
                name="nomination_key_while_live",
            ),
            models.CheckConstraint(
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=models.F("period_from")),
                name="nomination_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded_above")
                | Q(outcome_on__isnull=False) & ~Q(outcome_no="") & ~Q(outcome_by=""),
                name="nomination_awarded_above_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused_above") | ~Q(outcome_reason=""), name="nomination_refused_above_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "-state_since", "-id"], name="nomination_by_time"),
            models.Index(fields=["commune", "state", "-state_since", "-id"], name="nomination_by_state"),
            models.Index(fields=["commune", "unit", "-state_since", "-id"], name="nomination_by_unit"),
            models.Index(fields=["commune", "unit", "state"], name="nomination_by_unit_state"),
            models.Index(fields=["commune", "award_code", "-state_since", "-id"], name="nomination_by_award"),
            models.Index(fields=["commune", "nominee_key", "id"], name="nomination_by_name"),
            models.Index(fields=["copied_from"], condition=Q(copied_from__isnull=False), name="nomination_copies"),
        ]

    def __str__(self) -> str:
        return f"Đề nghị khen thưởng {self.nominee_alone or '(chưa chọn người)'}"

    def todo_parts(self) -> tuple[str, str]:
        kind = lower_first(self.get_kind_display())
        return self.nominee_name or "Chưa chọn người", ", ".join(filter(None, [self.nominee_unit, kind]))

    def todo_action(self, act: str) -> str:
        """A returned file is corrected before it is submitted again; until then the line leads to its page."""
        return "Sửa, nộp lại" if act == "commendations.submit" and self.state == "returned" else ""

    @property
    def judged_unit(self) -> Unit:
        """The unit by whose kind the law chooses awards: the nominated collective, else the proposing unit."""
        return self.collective or self.unit

    @property
    def is_live(self) -> bool:
        """Whether it is under way or was granted: no second case for the same award."""
        return self.state not in self.FREE

    @property
    def award_year(self) -> int:
        """The year of the award; derived from the dates for old rows without `year`."""
        return self.year or (self.period_to or self.received_on or timezone.localdate(self.created_at)).year

    def get_absolute_url(self) -> str:
        return reverse("commendations:nomination", args=[self.pk])

    @property
    def achievement_in_full(self) -> str:
        """ "Đã có thành tích …"."""
        return achievement_sentence(self.achievement)

    @property
    def chair_submission_item(self) -> Any:
        """Its row on a submission to the chair, or None."""
        return self.chair_submission_items.listed().first()

    @property
    def subject_person(self) -> Any:
        """The nominated person, or the head of the nominated household; None for others."""
        return self.person or (self.household.head if self.household else None)

    @property
    def proposing_units(self) -> list[Unit]:
        """Every unit that proposes the nominee, each once: the one whose case it is, then those that have joined.

        All who show or notify the units of a case read this. Rows of a list need `joint_proposals__unit` prefetched.
        """
        return units_once([[self.unit], [row.unit for row in self.joint_proposals.all() if row.is_joined]])

    @property
    def proposers(self) -> str:
        """ "Thôn 1, cùng đề nghị: Hội Phụ nữ": every unit that proposes the nominee."""
        return proposers_text(self.proposing_units)

    @property
    def is_awarded_above(self) -> bool:
        return self.state == "awarded_above"

    @property
    def is_refused_above(self) -> bool:
        return self.state == "refused_above"


class ChecklistEntry(models.Model):
    """One paper or condition required of the file by the law of the day of receipt, with its citation."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="checklist")
    code = models.CharField(max_length=40)
    label = CleanCharField("thành phần hồ sơ", max_length=300)
    citation = CleanCharField("căn cứ", max_length=300, blank=True)
    confirmed = models.BooleanField("căn cứ đã xác nhận", default=False)
    required = models.BooleanField("bắt buộc", default=True)
    met = models.BooleanField("đủ", null=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "code"], name="checklist_once")]

    def __str__(self) -> str:
        return self.label
