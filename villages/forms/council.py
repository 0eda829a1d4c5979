"""The form of a new council: the decision, its days, the present members to keep or leave out, new members."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField
from villages.models import CouncilVersion, Person, Seat
from villages.rules.council import NewSeat

BLANK_SEATS = 4
FIRST_SEATS = 12
"""Lines of the first council, which has no members to begin with."""
FIRST_ROLES = {Seat.CHAIR: 0, Seat.VICE: 1}  # decisions name them first; the others keep their places


@dataclass(frozen=True)
class SeatLine:
    """One line of the form: the bound fields of a seat; `keep` of a present member, `person` of a new one.

    `gone`: why a present member cannot stay, "" if they can. `is_open`: role and post are shown at once.
    """

    keep: Any
    person: Any
    role: Any
    position: Any
    gone: str = ""
    is_open: bool = False


class CouncilForm(forms.Form):
    """Begins with the members of the present council, all kept; role and post of each may change; some lines for new ones."""

    name = CleanTextField(label="Tên Hội đồng", max_length=160)
    decision_no = CleanTextField(label="Quyết định số", max_length=60)
    decision_date = VnDateField(label="Ngày quyết định")
    starts_on = VnDateField(label="Hội đồng làm việc từ ngày", help_text="Hội đồng trước thôi hết ngày hôm trước.")
    ends_on = VnDateField(label="Đến hết ngày", required=False, help_text="Hết nhiệm kỳ, nếu quyết định có ghi.")
    term = CleanTextField(label="Nhiệm kỳ", required=False, max_length=40)

    def __init__(self, *args: Any, people: list[Person], present: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not present:
            self.fields["starts_on"].help_text = "Ngày ghi trong quyết định."
        self.people = {str(one.pk): one for one in people}
        self.present = present
        self.places = range(1, len(present) + (BLANK_SEATS if present else FIRST_SEATS) + 1)
        for place, seat in enumerate(present, 1):
            self._add_present(place, seat)
        choices = self._newcomer_choices()
        for place in self.places[len(present) :]:
            self._add_new(place, place - len(present), choices)

    def _newcomer_choices(self) -> list[tuple[str, str]]:
        members = {str(seat.person_id) for seat in self.present}
        others = {key: one for key, one in self.people.items() if key not in members}
        named = [(key, f"{one.full_name}, {one.present_post or one.unit.name}") for key, one in others.items()]
        return [("", "để trống"), *named]

    def _add_present(self, place: int, seat: Seat) -> None:
        if str(seat.person_id) in self.people:
            label = f"{seat.person.full_name}, {seat.get_role_display()}"
            self.fields[f"keep_{place}"] = forms.BooleanField(label=label, required=False, initial=True)
        self._add_role(place, f"của {seat.person.full_name}", seat.role, seat.position)

    def _add_new(self, place: int, number: int, choices: list[tuple[str, str]]) -> None:
        self.fields[f"person_{place}"] = forms.ChoiceField(
            label=f"Thành viên mới {number}", required=False, choices=choices
        )
        self._add_role(place, f"của thành viên mới {number}", Seat.MEMBER, "")

    def _add_role(self, place: int, whose: str, role: str, position: str) -> None:
        self.fields[f"role_{place}"] = forms.ChoiceField(
            label=f"Vai trò {whose}", required=False, choices=Seat.ROLES, initial=role
        )
        self.fields[f"position_{place}"] = CleanTextField(
            label=f"Chức vụ {whose}",
            required=False,
            max_length=120,
            initial=position,
            help_text="" if position else "Để trống thì lấy chức vụ đang ghi ở danh sách người.",
        )

    @property
    def decision_fields(self) -> list[Any]:
        """The fields of the decision."""
        return [self[name] for name in ("decision_no", "decision_date", "starts_on", "name", "term", "ends_on")]

    @property
    def lines(self) -> Iterator[SeatLine]:
        """The lines of the present members, then those for new ones."""
        for place in self.places:
            names = {"keep": f"keep_{place}", "person": f"person_{place}", "role": f"role_{place}"}
            fields = {kind: self[name] if name in self.fields else None for kind, name in names.items()}
            position = self[f"position_{place}"]
            is_present = place <= len(self.present)
            gone = is_present and fields["keep"] is None
            changed = {f"role_{place}", f"position_{place}"} & set(self.changed_data) if self.is_bound else set()
            yield SeatLine(
                **fields,
                position=position,
                gone=f"{self.present[place - 1].person.full_name} không còn trong danh sách." if gone else "",
                is_open=bool(changed or position.errors),
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        for place in self.places[len(self.present) :]:
            person = self.people.get(self.cleaned_data.get(f"person_{place}", ""))
            position = f"position_{place}"
            if person and not self.cleaned_data.get(position):
                post = person.post_on(self.cleaned_data.get("starts_on") or timezone.localdate())
                self.cleaned_data[position] = post
                if not post:
                    self.add_error(position, f"Hãy ghi chức vụ của {person.full_name}.")
        return self.cleaned_data

    def seats(self) -> tuple[NewSeat, ...]:
        """The seats that stay and those that come: chair and vice chairs first, the others in their order."""
        found = [
            NewSeat(person, self.cleaned_data[f"role_{place}"], self.cleaned_data[f"position_{place}"])
            for place in self.places
            if (person := self._person_at(place))
        ]
        return tuple(sorted(found, key=lambda seat: FIRST_ROLES.get(seat.role, len(FIRST_ROLES))))

    def _person_at(self, place: int) -> int:
        """The id of the person at this place of a valid form, 0 for nobody."""
        if place <= len(self.present):
            return self.present[place - 1].person_id if self.cleaned_data.get(f"keep_{place}") else 0
        return int(self.cleaned_data[f"person_{place}"] or 0)

    @staticmethod
    def first_values(version: CouncilVersion | None, commune_name: str) -> dict[str, Any]:
        """What a new form takes over from the present council; of the first one the usual name with that of the commune."""
        if version is None:
            return {"name": f"Hội đồng Thi đua - Khen thưởng {commune_name}".strip()}
        return {"name": version.name, "term": version.term}
