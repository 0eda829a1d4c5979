"""Forms of directives, their scans and assignments, and of recipient lines."""

from typing import Any

from django import forms
from django.utils import timezone

from campaigns.directives.actions.directive import MAX_SCANS
from campaigns.directives.forms.uploads import PaperFilesField
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.queries.directive import directive_handler_users
from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField
from emulation.core.formatting import format_date
from emulation.core.images import MAX_IMAGE_PIXELS

SCANS_HELP = (
    "PDF hoặc ảnh chụp từng trang (JPEG, PNG), mỗi tệp nhiều nhất 12 MB, "
    f"mỗi ảnh nhiều nhất {MAX_IMAGE_PIXELS // 1_000_000} triệu điểm ảnh. Chọn được nhiều tệp."
)


class DirectiveChoiceField(forms.ModelChoiceField):
    """Choice of a registered directive, shown with symbol, day, issuer and the beginning of its subject."""

    def label_from_instance(self, obj: Any) -> str:
        subject = obj.subject if len(obj.subject) <= 60 else f"{obj.subject[:60]}…"
        return f"{obj.symbol}, {format_date(obj.issued_on)}, {obj.issuer}: {subject}"


class DirectiveForm(forms.Form):
    """A directive. When similar ones are registered (`alike`), the user must confirm that it is a different one."""

    symbol = CleanTextField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ 1757/UBND-NV.")
    different = forms.BooleanField(label="Tôi đã xem: đây là văn bản khác", required=False)
    issued_on = VnDateField(label="Ngày văn bản")
    issuer = CleanTextField(label="Cơ quan gửi", max_length=160)
    subject = CleanAreaField(label="Trích yếu", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    received_on = VnDateField(label="Ngày đến", initial=timezone.localdate)
    urgency = forms.ChoiceField(label="Độ khẩn", required=False, choices=Directive.URGENCIES)
    answer_due_on = VnDateField(
        label="Hạn trả lời", required=False, help_text="Để trống nếu văn bản không yêu cầu trả lời."
    )
    carries_out = DirectiveChoiceField(
        Directive.objects.none(),
        label="Văn bản này thực hiện văn bản nào?",
        required=False,
        empty_label="Không, hoặc chưa có trong sổ",
        help_text="Văn bản của cấp cao hơn phải được ghi vào sổ trước.",
        error_messages={"invalid_choice": "Văn bản này không có trong sổ. Hãy chọn lại."},
    )
    scans = PaperFilesField(label="Bản chụp, bản quét", most=MAX_SCANS, required=False, help_text=SCANS_HELP)

    def __init__(self, *args: Any, user: Any, alike: bool, directive: Directive | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Directive.objects.visible_to(user).defer("outline")
        self.fields["carries_out"].queryset = rows.exclude(pk=directive.pk) if directive else rows
        if not alike:
            del self.fields["different"]
        if directive is not None:
            del self.fields["scans"]

    @staticmethod
    def initial_of(directive: Directive) -> dict[str, Any]:
        names = ("symbol", "issued_on", "issuer", "subject", "received_on", "urgency", "answer_due_on")
        return {**{name: getattr(directive, name) for name in names}, "carries_out": directive.carries_out_id}


class ScanForm(forms.Form):
    """More scans of a directive."""

    scans = PaperFilesField(label="Bản chụp, bản quét", most=MAX_SCANS, required=True, help_text=SCANS_HELP)


class HandlerChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class RouteDirectiveForm(forms.Form):
    """The user to whom a directive is assigned."""

    to = HandlerChoiceField(
        None,
        label="Ai xử lý?",
        empty_label="Chọn người",
        error_messages={"required": "Hãy chọn người xử lý.", "invalid_choice": "Hãy chọn một người trong danh sách."},
    )
    note = CleanAreaField(
        label="Ý kiến chuyển", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: tham mưu công văn triển khai trước ngày 15.",
    )  # fmt: skip

    def __init__(self, *args: Any, commune_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = directive_handler_users(commune_id, timezone.localdate())


class FinishHandlingForm(forms.Form):
    """How an assigned directive was handled."""

    result = CleanAreaField(
        label="Đã xử lý thế nào?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReceivedForm(forms.Form):
    """On which day and how a recipient without an account received the letter."""

    received_on = VnDateField(label="Ngày nhận", initial=timezone.localdate)
    how = forms.ChoiceField(
        label="Nhận bằng cách nào?",
        widget=forms.RadioSelect,
        choices=[choice for choice in LetterRecipient.HOW if choice[0] != "app"],
        initial="paper",
        error_messages={"required": "Hãy chọn cách nhận.", "invalid_choice": "Hãy chọn cách nhận."},
    )
    note = CleanTextField(label="Ghi chú", required=False, max_length=200, help_text="Ví dụ ai ký nhận.")
