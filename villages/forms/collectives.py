"""Forms of a collective that is no unit."""

from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import REQUIRED_MESSAGE, CleanTextField, VnDateField, VnDateInput
from villages.forms.people import CERTIFICATE_HINT
from villages.models import Collective, Unit


class CollectiveForm(forms.Form):
    """The name of a collective, and what it is."""

    name = CleanTextField(
        label="Tên tập thể",
        max_length=120,
        help_text=f"Ghi như sẽ in, ví dụ: Tổ liên gia số 3; Chi hội Nông dân Thôn 2; Lớp 5A. {CERTIFICATE_HINT}",
    )
    kind = forms.ChoiceField(
        label="Là",
        choices=Unit.COLLECTIVE_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED_MESSAGE},
    )


class EditCollectiveForm(CollectiveForm):
    """Corrects it; only the office (`units`) also the unit that it belongs to."""

    parent = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Thuộc đơn vị",
        required=False,
        empty_label="Không thuộc đơn vị nào: của xã",
    )

    def __init__(self, *args: Any, collective: Collective, by_office: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": collective.name,
            "kind": collective.collective_kind,
            "parent": collective.parent_id,
        }
        super().__init__(*args, **kwargs)
        self.collective = collective
        if not by_office:
            del self.fields["parent"]
            return
        parent: Any = self.fields["parent"]
        units = Unit.objects.filter(commune_id=collective.commune_id)
        parent.queryset = units.in_force(timezone.localdate()) | units.filter(pk=collective.parent_id)

    def facts(self) -> dict[str, Any]:
        """Arguments of `edit_collective`; the unit stays where the form does not ask for it."""
        return {"parent": self.collective.parent, **self.cleaned_data}


class RenameCollectiveForm(forms.Form):
    """A new name and its first day."""

    name = CleanTextField(label="Tên mới", max_length=120)
    starts_on = VnDateField(label="Từ ngày", widget=VnDateInput(attrs={"class": "short"}))


class EndCollectiveForm(forms.Form):
    """The day from which it does not exist."""

    ends_on = VnDateField(
        label="Không còn từ ngày",
        widget=VnDateInput(attrs={"class": "short"}),
        help_text="Giải thể, sáp nhập, ngừng hoạt động. Khen thưởng đã có giữ nguyên; ghi nhầm thì khôi phục được.",
    )
