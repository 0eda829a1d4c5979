"""Form of the attendance of a session: each seat present, partly or absent; missed cases, presider, secretary."""

from collections.abc import Iterator
from typing import Any

from django import forms

from commendations.actions.attendance import SeatAttendance
from commendations.models import Attendance, CouncilSession
from commendations.queries.attendance import missed_cases
from commendations.queries.session import council_seats, usual_officers
from commendations.rules.attendance import format_case_numbers, parse_case_numbers
from emulation.core.errors import RuleBroken
from emulation.core.fields import CleanTextField
from villages.models import Seat


class AttendanceForm(forms.Form):
    """Attendance of every seat, which cases a member missed, the presider and the secretary."""

    HERE = "here"
    PART = "part"
    PART_WROTE = "part_wrote"
    AWAY = "away"
    WROTE = "wrote"
    CHOICES = [
        (HERE, "Có mặt"),
        (PART, "Đến sau hoặc về trước"),
        (PART_WROTE, "Đến sau, về trước, có văn bản"),
        (AWAY, "Vắng"),
        (WROTE, "Vắng, có ý kiến bằng văn bản"),
    ]

    def __init__(self, *args: Any, session: CouncilSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = council_seats(session)
        self.missed = missed_cases(session)
        saved = {row.seat_id: row for row in session.attendance.all()}
        for seat in self.seats:
            self._add_seat_fields(seat, saved.get(seat.pk))
        presider, secretary = (
            (session.presider_id, session.secretary_id) if saved else usual_officers(session, self.seats)
        )
        people = [(seat.pk, f"{seat.person.full_name} ({seat.get_role_display()})") for seat in self.seats]
        for name, label, seat_id in (
            ("presider", "Chủ trì", presider),
            ("secretary", "Thư ký", secretary),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=[("", "Chọn người"), *people],
                coerce=int,
                initial=seat_id,
            )

    def _add_seat_fields(self, seat: Seat, saved: Attendance | None) -> None:
        name = seat.person.full_name
        self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
            label=name,
            choices=self.CHOICES,
            initial=self._choice_of(seat, saved),
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"reason_{seat.pk}"] = CleanTextField(
            label=f"Lý do vắng của {name}",
            required=False,
            max_length=200,
            initial=saved.absence_reason if saved else "",
            widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Lý do, nếu vắng"}),
        )
        self.fields[f"missed_{seat.pk}"] = CleanTextField(
            label=f"Hồ sơ {name} không có mặt khi xét",
            required=False,
            max_length=60,
            initial=format_case_numbers(self.missed.numbers(seat.pk)),
            widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Ví dụ 1-3", "autocomplete": "off"}),
        )

    def _choice_of(self, seat: Seat, saved: Attendance | None) -> str:
        """The choice of a saved row; present while nothing is saved."""
        if saved is None or saved.present:
            absences = self.missed.of_seat(seat.pk)
            if not absences:
                return self.HERE
            return self.PART_WROTE if absences[0].wrote_opinion else self.PART
        return self.WROTE if saved.wrote_opinion else self.AWAY

    def clean(self) -> dict[str, Any]:
        for seat in self.seats:
            name = f"missed_{seat.pk}"
            typed = self.cleaned_data.get(name, "")
            if self.cleaned_data.get(f"seat_{seat.pk}") not in (self.PART, self.PART_WROTE):
                typed = ""
            elif not typed:
                self.add_error(name, "Hãy ghi số thứ tự hồ sơ không có mặt khi xét, ví dụ 1-3.")
            try:
                self.cleaned_data[name] = parse_case_numbers(typed, self.missed.cases) if typed else frozenset()
            except RuleBroken as broken:
                self.add_error(name, broken.message)
        return self.cleaned_data

    def lines(self) -> Iterator[tuple[Any, Any, Any, Any]]:
        """(seat, attendance field, reason field, missed cases field) for the page."""
        for seat in self.seats:
            yield seat, self[f"seat_{seat.pk}"], self[f"reason_{seat.pk}"], self[f"missed_{seat.pk}"]

    def attendance(self) -> dict[int, SeatAttendance]:
        data = self.cleaned_data
        return {
            seat.pk: SeatAttendance(
                present=data[f"seat_{seat.pk}"] in (self.HERE, self.PART, self.PART_WROTE),
                reason=data[f"reason_{seat.pk}"],
                wrote=data[f"seat_{seat.pk}"] in (self.WROTE, self.PART_WROTE),
                missed=data[f"missed_{seat.pk}"],
            )
            for seat in self.seats
        }
