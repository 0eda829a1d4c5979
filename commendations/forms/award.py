"""Forms of the handover and the recovery of an award."""

from collections.abc import Sequence
from typing import Any

from django import forms

from commendations.actions.award_recovery import BulkRecovery
from commendations.models import Award
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from emulation.core.formatting import format_dong, lower_first


class AwardHandoverForm(forms.Form):
    received_by = CleanTextField(
        label="Người nhận", max_length=120, help_text="Người nhận thay thì ghi rõ ở ô ghi chú."
    )
    received_on = VnDateField(label="Ngày nhận", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)
    again = forms.BooleanField(label="Vẫn ghi thêm: lần ghi trước sai, vì sao thì ghi ở ô ghi chú", required=False)

    def __init__(self, *args: Any, handed: str = "", **kwargs: Any) -> None:
        """`handed`: what was recorded before of the same certificate, "" for nothing."""
        super().__init__(*args, **kwargs)
        if handed:
            self.fields["again"].help_text = f"Sổ vàng đã ghi: {handed}."
        else:
            del self.fields["again"]


class AwardHandoversForm(forms.Form):
    """The handover of several awards on one day: a tick box "award_12" and a receiver "received_by_12" for each."""

    received_on = VnDateField(label="Ngày nhận", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú chung", max_length=200, required=False)

    def __init__(self, *args: Any, awards: Sequence[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.awards = awards
        for award in awards:
            again = " (trao giấy khen, bằng cấp lại, thu bản cũ)" if award.is_to_hand_again else ""
            label = f"{award.decision_serial:02d}. {award.current_name}{again}"
            self.fields[f"award_{award.pk}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"received_by_{award.pk}"] = CleanTextField(
                label=f"Người nhận của {award.current_name}",
                max_length=120,
                required=False,
                initial=_usual_receiver(award),
            )
        self.order_fields([name for name in self.fields if name not in ("received_on", "note")])

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The tick box and the receiver of each award."""
        return [(self[f"award_{award.pk}"], self[f"received_by_{award.pk}"]) for award in self.awards]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The other bound fields."""
        return [self["received_on"], self["note"]]

    def clean(self) -> dict[str, Any]:
        """The data. Refused, at the first box, when no box is ticked."""
        _refuse_no_tick(self, [f"award_{award.pk}" for award in self.awards])
        return self.cleaned_data

    def chosen(self) -> dict[str, Any]:
        """The arguments of `record_award_handovers`."""
        data = self.cleaned_data
        received = {award.pk: data[f"received_by_{award.pk}"] for award in self.awards if data[f"award_{award.pk}"]}
        return {"received": received, "received_on": data["received_on"], "note": data["note"]}


def _refuse_no_tick(form: forms.Form, boxes: Sequence[str]) -> None:
    """Adds to the first box, in the name of all of them, that somebody is to be chosen, when nobody is."""
    if boxes and not any(form.cleaned_data.get(name) for name in boxes):
        first: Any = form.fields[boxes[0]]
        first.group_label = "Những ai?"
        form.add_error(boxes[0], "Hãy chọn ít nhất một người.")


def _usual_receiver(award: Award) -> str:
    """The person, or the head of the household; a collective has no name of its own to propose."""
    if award.household is not None:
        return award.household.head_name
    return award.word("name") if award.person_id else ""


WHAT_CAME_BACK = {
    "all": ("Giấy khen, bằng và tiền thưởng còn phải thu", BulkRecovery(certificate=True, money=True)),
    "certificate": ("Chỉ giấy khen, bằng", BulkRecovery(certificate=True)),
    "money": ("Chỉ tiền thưởng còn phải thu", BulkRecovery(money=True)),
    "nothing": ("Chưa trao gì nên không phải thu hồi", BulkRecovery(not_handed=True)),
}


class AwardRecoveriesForm(forms.Form):
    """The same recovery of several awards: a tick box for each, named "award_12"."""

    what = forms.ChoiceField(
        label="Những người được chọn đã nộp lại gì?",
        choices=[(name, label) for name, (label, _) in WHAT_CAME_BACK.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn những người đó đã nộp lại gì, hoặc chưa trao gì."},
    )
    recovered_on = VnDateField(label="Ngày thu hồi", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú chung", max_length=200, required=False)

    def __init__(self, *args: Any, awards: Sequence[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award_fields = {f"award_{award.pk}": award for award in awards}
        for name, award in self.award_fields.items():
            label = f"{award.decision_serial:02d}. {award.current_name}: {lower_first(award.recovery_words)}"
            self.fields[name] = forms.BooleanField(label=label, required=False)
        self.order_fields(list(self.award_fields))

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The bound tick boxes, for the template."""
        return [self[name] for name in self.award_fields]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The other bound fields."""
        return [self[name] for name in ("what", "recovered_on", "note")]

    def clean(self) -> dict[str, Any]:
        """The data. Refused, at the first box, when no box is ticked."""
        _refuse_no_tick(self, list(self.award_fields))
        return self.cleaned_data

    def chosen(self) -> dict[str, Any]:
        """The arguments of `record_award_recoveries`."""
        awards = [award.pk for name, award in self.award_fields.items() if self.cleaned_data[name]]
        _, what = WHAT_CAME_BACK[self.cleaned_data["what"]]
        return {
            "awards": awards,
            "what": what,
            "recovered_on": self.cleaned_data["recovered_on"],
            "note": self.cleaned_data["note"],
        }


class AwardRecoveryForm(forms.Form):
    """What came back; only the fields of what may still come back."""

    certificate = forms.BooleanField(label="Đã thu hồi giấy khen, bằng", required=False)
    amount = forms.IntegerField(
        label="Số tiền đã thu hồi (đồng)",
        min_value=0,
        max_value=1_000_000_000,
        required=False,
        help_text="Ghi số, ví dụ 760000. Không thu tiền thì để trống.",
    )
    not_handed = forms.BooleanField(label="Chưa trao gì nên không phải thu hồi", required=False)
    recovered_on = VnDateField(label="Ngày thu hồi", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = {
            "certificate": award.has_certificate_to_recover,
            "amount": award.money_left_to_recover > 0,
            "not_handed": not (award.counts or award.handovers_in_force or award.recoveries_in_force),
        }
        for name in [name for name, is_possible in possible.items() if not is_possible]:
            del self.fields[name]
        if "amount" in self.fields:
            self.fields["amount"].help_text += f" Còn phải thu {format_dong(award.money_left_to_recover)}."

    def clean_amount(self) -> int:
        return self.cleaned_data["amount"] or 0
