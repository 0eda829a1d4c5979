"""The form of a new council: the decision, its days, one line for each seat."""

from typing import Any

from django import forms

from emulation.core.fields import CleanTextField, VnDateField
from villages.models import CouncilVersion, Person, Seat
from villages.rules.council import NewSeat

BLANK_SEATS = 4


class CouncilForm(forms.Form):
    """Begins with the seats of the present council; a seat without a person is left out."""

    name = CleanTextField(label="Tên Hội đồng", max_length=160)
    decision_no = CleanTextField(label="Quyết định số", max_length=60)
    decision_date = VnDateField(label="Ngày quyết định")
    starts_on = VnDateField(label="Hội đồng làm việc từ ngày", help_text="Hội đồng trước thôi hết ngày hôm trước.")
    ends_on = VnDateField(label="Đến hết ngày", required=False, help_text="Hết nhiệm kỳ, nếu quyết định có ghi.")
    term = CleanTextField(label="Nhiệm kỳ", required=False, max_length=40)

    def __init__(self, *args: Any, people: list[Person], present: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "để trống"),
            *((str(one.pk), f"{one.full_name}, {one.post or one.unit.name}") for one in people),
        ]
        self.places = range(1, len(present) + BLANK_SEATS + 1)
        for place in self.places:
            seat = present[place - 1] if place <= len(present) else None
            self._add_seat(place, seat, choices)

    def _add_seat(self, place: int, seat: Seat | None, choices: list[tuple[str, str]]) -> None:
        known = {key for key, _ in choices}
        person = str(seat.person_id) if seat and str(seat.person_id) in known else ""
        self.fields[f"person_{place}"] = forms.ChoiceField(
            label=f"Thành viên {place}", required=False, choices=choices, initial=person
        )
        self.fields[f"role_{place}"] = forms.ChoiceField(
            label=f"Vai trò của thành viên {place}",
            required=False,
            choices=Seat.ROLES,
            initial=seat.role if seat else Seat.MEMBER,
        )
        self.fields[f"position_{place}"] = CleanTextField(
            label=f"Chức vụ của thành viên {place}",
            required=False,
            max_length=120,
            initial=seat.position if seat else "",
        )

    def seats(self) -> tuple[NewSeat, ...]:
        """The seats that have a person, in their order."""
        data = self.cleaned_data
        return tuple(
            NewSeat(int(data[f"person_{place}"]), data[f"role_{place}"], data[f"position_{place}"])
            for place in self.places
            if data[f"person_{place}"]
        )

    @staticmethod
    def first_values(version: CouncilVersion | None) -> dict[str, Any]:
        """What a new form takes over from the present council."""
        return {"name": version.name, "term": version.term} if version else {}
