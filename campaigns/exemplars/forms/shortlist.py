"""Forms of the shortlist: exemplars to add, texts and place of an entry, confirmation of the publication."""

from typing import Any

from django import forms

from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries.shortlist import ShortlistCandidate
from emulation.core.fields import CleanAreaField, CleanTextField


class AddToShortlistForm(forms.Form):
    """The exemplars to add; the template renders the check boxes, grouped by field."""

    exemplars = forms.MultipleChoiceField(
        label="Điển hình",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy đánh dấu ít nhất một điển hình.",
            "invalid_choice": "Một điển hình vừa đánh dấu không còn chọn được. Hãy xem lại rồi đánh dấu lại.",
        },
    )
    note = CleanTextField(
        label="Ghi chú chung (không bắt buộc)",
        required=False,
        max_length=300,
        help_text="Ví dụ: họp xét ngày 30/10/2026.",
    )

    def __init__(self, *args: Any, rows: list[ShortlistCandidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if not row.chosen]
        self.fields["exemplars"].choices = [(str(row.exemplar.pk), row.exemplar.nominee_name) for row in self.rows]

    @property
    def ticked(self) -> set[str]:
        """The submitted values of the check boxes."""
        return set(self.data.getlist("exemplars")) if self.is_bound else set()

    def selected(self) -> list[ShortlistCandidate]:
        """The ticked candidates in the order of the page; only of a valid form."""
        keys = set(self.cleaned_data["exemplars"])
        return [row for row in self.rows if str(row.exemplar.pk) in keys]


class ShortlistEntryForm(forms.Form):
    """The texts and the place of an entry."""

    place = forms.IntegerField(
        label="Thứ tự trong danh sách",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
        error_messages={
            "required": "Hãy nhập một số.",
            "invalid": "Nhập một số.",
            "min_value": "Thứ tự từ 1 đến 999.",
            "max_value": "Thứ tự từ 1 đến 999.",
        },
    )
    gist = CleanAreaField(
        label="Việc làm tiêu biểu (ghi trong danh sách)", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    story = CleanAreaField(
        label="Lời đăng trên trang công khai",
        required=False,
        max_length=6000,
        help_text="Bỏ số điện thoại, năm sinh, tên người không liên quan. Chỉ đăng khi người được nêu gương đồng ý.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    note = CleanTextField(label="Ghi chú của Văn phòng", required=False, max_length=300)

    @staticmethod
    def initial_of(entry: ShortlistEntry) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in ("place", "gist", "story", "note")}


class PublishShortlistForm(forms.Form):
    """A form without fields: the page shows which entries will be published."""
