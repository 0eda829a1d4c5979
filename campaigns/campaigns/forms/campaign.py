"""Forms of a campaign: start, plan, goals, change of days, midterm review, final review.

Nothing of a plan is required before it is submitted to the chair.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.campaigns import rules
from campaigns.campaigns.actions.campaign import MAX_GOALS, GoalInput
from campaigns.campaigns.forms.fields import FigureField, date_field, long_text_field
from campaigns.campaigns.models.campaign import UNIT_KINDS, Campaign
from campaigns.catalogue.models import Field
from campaigns.directives.models.directive import Directive
from emulation.communes.models import Commune
from emulation.core.fields import CleanTextField, ReasonField
from emulation.documents.forms import deputy_field, signer_field


def initiators(commune: Commune, chosen: str = "") -> list[tuple[str, str]]:
    """The possible initiators; the district only if the commune belongs to one, or if it was chosen before."""
    has_district = bool(commune.identity_on(timezone.localdate()).district)
    return [(code, name) for code, name in Campaign.INITIATORS if code != "district" or has_district or chosen == code]


class StartCampaignForm(forms.Form):
    """The first details of a new campaign."""

    name = CleanTextField(
        label="Tên phong trào", max_length=200, help_text="Không cần ghi chữ “phong trào”, không cần dấu ngoặc kép."
    )
    kind = forms.ChoiceField(
        label="Loại",
        choices=Campaign.KINDS,
        widget=forms.RadioSelect,
        initial=rules.REGULAR,
        help_text="Thường xuyên: cho việc hằng ngày, cả năm. Chuyên đề: cho việc trọng tâm, khó, trong một thời gian.",
    )
    initiator = forms.ChoiceField(
        label="Ai phát động?", choices=Campaign.INITIATORS, widget=forms.RadioSelect, initial=rules.COMMUNE_INITIATOR
    )
    year = forms.IntegerField(
        label="Năm bắt đầu",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
        error_messages={
            "required": "Hãy nhập mục này.",
            "invalid": "Năm gồm bốn chữ số, ví dụ 2026.",
            "min_value": "Năm phải từ 2000 đến 2100.",
            "max_value": "Năm phải từ 2000 đến 2100.",
        },
    )
    directive = forms.ModelChoiceField(
        Directive.objects.none(),
        label="Theo văn bản chỉ đạo đã ghi",
        required=False,
        empty_label="Không theo văn bản nào",
    )

    def __init__(self, *args: Any, user: Any, commune: Commune, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directive"].queryset = Directive.objects.visible_to(user)
        self.fields["initiator"].choices = initiators(commune)


class CampaignPlanForm(forms.Form):
    """The plan, one field per part."""

    name = CleanTextField(label="Tên phong trào", max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=Campaign.KINDS, widget=forms.RadioSelect)
    initiator = forms.ChoiceField(label="Ai phát động?", choices=Campaign.INITIATORS, widget=forms.RadioSelect)
    parent_name = CleanTextField(
        label="Tên phong trào cấp trên", required=False, max_length=200, help_text="Chỉ ghi khi hưởng ứng cấp trên."
    )
    parent_paper = CleanTextField(
        label="Văn bản của cấp trên", required=False, max_length=300, help_text="Loại, số, ngày, cơ quan ban hành."
    )
    directive = forms.ModelChoiceField(
        Directive.objects.none(),
        label="Theo văn bản chỉ đạo đã ghi",
        required=False,
        empty_label="Không theo văn bản nào",
    )
    field = forms.ModelChoiceField(
        Field.objects.filter(is_active=True),
        label="Lĩnh vực",
        required=False,
        empty_label="Mọi lĩnh vực (phong trào chung)",
    )
    focus = forms.ChoiceField(
        label="Vì sao chọn lĩnh vực này?", required=False, choices=[("", "Không ghi"), *Campaign.FOCUSES]
    )
    unit_kinds = forms.MultipleChoiceField(
        label="Loại đơn vị được mời đăng ký",
        choices=UNIT_KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = date_field("Từ ngày")
    ends_on = date_field("Đến ngày")
    register_by = date_field("Hạn đăng ký của các đơn vị")
    midterm_on = date_field("Ngày sơ kết", "Để trống nếu phong trào ngắn, không sơ kết.")
    final_on = date_field("Ngày tổng kết")
    grounds = long_text_field("Căn cứ", 4, "Mỗi căn cứ một dòng, bắt đầu bằng “Căn cứ”.")
    purpose = long_text_field(
        "Mục đích, yêu cầu", 6, "Mỗi đoạn một dòng; dòng bắt đầu bằng dấu gạch (-) thành một ý riêng."
    )
    scope = long_text_field("Phạm vi", 2)
    audience = long_text_field("Đối tượng", 2, "Cá nhân, tập thể, hộ gia đình nào tham gia.")
    contents = long_text_field("Nội dung thi đua", 8)
    criteria_person = long_text_field("Tiêu chí đối với cá nhân", 4)
    criteria_collective = long_text_field("Tiêu chí đối với tập thể", 4)
    criteria_household = long_text_field("Tiêu chí đối với hộ gia đình", 4)
    measures = long_text_field("Biện pháp thực hiện", 6)
    reward_forms = long_text_field("Hình thức khen thưởng", 2)
    reward_count = long_text_field("Số lượng", 2)
    reward_when = long_text_field("Thời điểm", 2)
    budget = long_text_field("Kinh phí", 2)
    assignment = long_text_field("Phân công thực hiện", 6)
    reporting = long_text_field("Chế độ báo cáo", 3)
    recipients = long_text_field(
        "Nơi nhận", 4, "Mỗi nơi một dòng, kèm mã: (b/c) báo cáo, (p/h) phối hợp, (t/h) thực hiện.", 3000
    )
    signer = signer_field()
    deputy = deputy_field()

    PARTS = (
        ("Phong trào gì?", ("name", "kind", "initiator", "parent_name", "parent_paper", "directive", "field", "focus")),
        ("Ai, khi nào?", ("unit_kinds", *Campaign.DAYS)),
        ("Thi đua việc gì?", ("grounds", "purpose", "scope", "audience", "contents", *rules.CRITERIA, "measures")),
        ("Khen thưởng, tổ chức", ("reward_forms", "reward_count", "reward_when", "budget", "assignment", "reporting")),
        ("Nơi nhận, người ký", ("recipients", "signer", "deputy")),
    )

    def __init__(self, *args: Any, user: Any, campaign: Campaign, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(campaign, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["directive"].queryset = Directive.objects.visible_to(user)
        self.fields["initiator"].choices = initiators(campaign.commune, campaign.initiator)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields grouped by heading, for the template."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    def clean(self) -> dict[str, Any]:
        days = rules.CampaignDays(**{name: self.cleaned_data.get(name) for name in Campaign.DAYS})
        for name, message in days.faults().items():
            self.add_error(name, message)
        return self.cleaned_data


class GoalsForm(forms.Form):
    """The goals of a campaign, one row each; rows without text are ignored, so clearing a row removes the goal."""

    BLANK_ROWS = 3

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = list(campaign.goals.all())
        self.size = min(MAX_GOALS, max(self._submitted_rows(), len(goals) + self.BLANK_ROWS))
        for place in range(self.size):
            goal = goals[place] if place < len(goals) else None
            for name, field in self._row().items():
                field.initial = getattr(goal, name) if goal else None
                self.fields[f"{name}_{place}"] = field

    def _submitted_rows(self) -> int:
        return sum(name.startswith("text_") for name in self.data) if self.is_bound else 0

    @staticmethod
    def _row() -> dict[str, forms.Field]:
        return {
            "text": CleanTextField(label="Chỉ tiêu", required=False, max_length=300),
            "target": FigureField(label="Phải đạt", required=False),
            "measure": CleanTextField(
                label="Đơn vị tính", required=False, max_length=40, widget=forms.TextInput(attrs={"class": "short"})
            ),
            "due_on": date_field("Thời hạn"),
            "is_rate": forms.BooleanField(label="Là tỷ lệ: không cộng các đơn vị, lấy bình quân", required=False),
        }

    def rows(self) -> list[list[forms.BoundField]]:
        """The bound fields of each row, for the template."""
        return [[self[f"{name}_{place}"] for name in self._row()] for place in range(self.size)]

    def clean(self) -> dict[str, Any]:
        for place in range(self.size):
            row = {name: self.cleaned_data.get(f"{name}_{place}") for name in ("text", "target", "measure")}
            if not row["text"] and (row["target"] is not None or row["measure"]):
                self.add_error(f"text_{place}", "Hãy ghi chỉ tiêu này là gì, hoặc xóa cả dòng.")
        return self.cleaned_data

    def goals(self) -> list[GoalInput]:
        """The rows with a text."""
        found = []
        for place in range(self.size):
            row = {name: self.cleaned_data.get(f"{name}_{place}") for name in self._row()}
            if row["text"]:
                found.append(GoalInput(**{**row, "measure": row["measure"] or ""}))
        return found


class ExtendCampaignForm(forms.Form):
    """New days of a running campaign, and the reason."""

    ends_on = date_field("Đến ngày", required=True)
    register_by = date_field("Hạn đăng ký", required=True)
    midterm_on = date_field("Ngày sơ kết")
    final_on = date_field("Ngày tổng kết", required=True)
    reason = ReasonField(label="Lý do đổi", help_text="Các đơn vị thấy lý do này ở trang phong trào.")

    def days(self, starts_on: date | None) -> rules.CampaignDays:
        given = {name: self.cleaned_data[name] for name in Campaign.DAYS if name != "starts_on"}
        return rules.CampaignDays(starts_on=starts_on, **given)


class MidtermReviewForm(forms.Form):
    """The midterm review."""

    held_on = date_field("Ngày sơ kết", required=True, initial=timezone.localdate)
    note = long_text_field(
        "Đánh giá sơ kết",
        8,
        "Làm được gì, đơn vị nào nổi bật, còn khó khăn gì. Số liệu từng chỉ tiêu tự được chốt kèm.",
        required=True,
    )


class FinalReviewForm(forms.Form):
    """The final review."""

    held_on = date_field("Ngày tổng kết", required=True, initial=timezone.localdate)
    results = long_text_field(
        "Kết quả, hiệu quả, tác dụng", 8, "Số liệu từng chỉ tiêu tự được chốt kèm.", required=True
    )
    shortcomings = long_text_field("Tồn tại, hạn chế và nguyên nhân", 6, required=True)
    lessons = long_text_field("Bài học kinh nghiệm", 6, required=True)
