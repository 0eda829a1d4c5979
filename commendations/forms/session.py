"""Forms of a session: schedule, attendance, votes, minutes."""

from collections.abc import Iterator
from typing import Any

from django import forms

from commendations.actions.session import ItemVoteCount, SeatAttendance, SessionSchedule
from commendations.forms.nomination import textarea_field
from commendations.models import Attendance, CouncilSession, SessionItem
from commendations.queries.session import council_seats, planned_sessions, session_items, sort_items_by_award
from commendations.rules.vote_tally import VoteTally
from emulation.core.fields import REQUIRED_MESSAGE, CleanTextField, VnDateField, VnDateInput
from villages.models import Seat


def time_of_day_field(label: str, required: bool = True, help_text: str = "") -> forms.TimeField:
    """A time of day typed as 14:00, 14h30 or 14 giờ 30."""
    return forms.TimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TimeInput(
            attrs={"class": "shorter", "placeholder": "14:00", "autocomplete": "off", "maxlength": 12}
        ),
        error_messages={"required": REQUIRED_MESSAGE, "invalid": "Nhập giờ và phút, ví dụ 14:00."},
    )


class SessionPlanForm(forms.Form):
    """Day, starting time, place and title of a session."""

    held_on = VnDateField(label="Ngày họp", widget=VnDateInput(attrs={"class": "short"}))
    starts_at = time_of_day_field("Giờ bắt đầu")
    place = CleanTextField(label="Địa điểm", max_length=200)
    title = CleanTextField(label="Nội dung phiên họp", max_length=200, initial="Xét đề nghị khen thưởng")

    def schedule(self) -> SessionSchedule:
        return SessionSchedule(**self.cleaned_data)


class AttendanceForm(forms.Form):
    """Attendance of every seat: present, absent, or absent with a written opinion; the presider and the secretary."""

    HERE = "here"
    AWAY = "away"
    WROTE = "wrote"
    CHOICES = [(HERE, "Có mặt"), (AWAY, "Vắng"), (WROTE, "Vắng, có ý kiến bằng văn bản")]

    def __init__(self, *args: Any, session: CouncilSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = council_seats(session)
        saved = {row.seat_id: row for row in session.attendance.all()}
        for seat in self.seats:
            self._add_seat_fields(seat, saved.get(seat.pk))
        people = [(seat.pk, f"{seat.person.full_name} ({seat.get_role_display()})") for seat in self.seats]
        for name, label, seat_id in (
            ("presider", "Chủ trì", session.presider_id),
            ("secretary", "Thư ký", session.secretary_id),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=[("", "Chọn người"), *people],
                coerce=int,
                initial=seat_id,
                error_messages={"required": REQUIRED_MESSAGE},
            )

    def _add_seat_fields(self, seat: Seat, saved: Attendance | None) -> None:
        self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
            label=seat.person.full_name,
            choices=self.CHOICES,
            initial=self._choice_of(saved),
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"reason_{seat.pk}"] = CleanTextField(
            label=f"Lý do vắng của {seat.person.full_name}",
            required=False,
            max_length=200,
            initial=saved.absence_reason if saved else "",
            widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Lý do, nếu vắng"}),
        )

    def _choice_of(self, saved: Attendance | None) -> str:
        """The choice of a saved row; present while nothing is saved."""
        if saved is None or saved.present:
            return self.HERE
        return self.WROTE if saved.wrote_opinion else self.AWAY

    def lines(self) -> Iterator[tuple[Any, Any, Any]]:
        """(seat, attendance field, reason field) for the page."""
        for seat in self.seats:
            yield seat, self[f"seat_{seat.pk}"], self[f"reason_{seat.pk}"]

    def attendance(self) -> dict[int, SeatAttendance]:
        data = self.cleaned_data
        return {
            seat.pk: SeatAttendance(
                present=data[f"seat_{seat.pk}"] == self.HERE,
                reason=data[f"reason_{seat.pk}"],
                wrote=data[f"seat_{seat.pk}"] == self.WROTE,
            )
            for seat in self.seats
        }


class VoteCountsForm(forms.Form):
    """The votes on every case of a session, in one form."""

    def __init__(self, *args: Any, session: CouncilSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = sort_items_by_award(session, session_items(session))
        seats = [(seat.pk, seat.person.full_name) for seat in council_seats(session)]
        for item in self.items:
            self._add_count_fields(item)
            self._add_recusal_fields(item, seats)
            self.fields[f"note_{item.pk}"] = CleanTextField(
                label="Ghi chú, ý kiến riêng",
                required=False,
                max_length=300,
                initial=item.note,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def _add_count_fields(self, item: SessionItem) -> None:
        for name, label in (("agree", "Đồng ý"), ("against", "Không đồng ý"), ("other", "Ý kiến khác")):
            self.fields[f"{name}_{item.pk}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=200,
                initial=getattr(item, name),
                widget=forms.TextInput(
                    attrs={"class": "form-control", "inputmode": "numeric", "maxlength": 3, "autocomplete": "off"}
                ),
                error_messages={"invalid": "Nhập số người, ví dụ 5.", "min_value": "Số người không thể nhỏ hơn 0."},
            )

    def _add_recusal_fields(self, item: SessionItem, seats: list[tuple[int, str]]) -> None:
        recused = [seat.pk for seat in item.recused.all()]
        self.fields[f"recused_{item.pk}"] = forms.TypedMultipleChoiceField(
            label="Không tham gia biểu quyết (có liên quan)",
            required=False,
            coerce=int,
            choices=seats,
            initial=recused,
            widget=forms.CheckboxSelectMultiple,
        )
        if recused:
            self.fields[f"lift_reason_{item.pk}"] = CleanTextField(
                label="Bỏ đánh dấu ai thì ghi lý do cho người đó tham gia biểu quyết",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        for item in self.items:
            agree, *others = (self.cleaned_data.get(f"{name}_{item.pk}") for name in ("agree", "against", "other"))
            partly_filled = agree is None and any(value is not None for value in others)
            if partly_filled and f"agree_{item.pk}" not in self.errors:
                self.add_error(f"agree_{item.pk}", "Hãy nhập số người đồng ý (không ai thì nhập 0).")
        return self.cleaned_data

    def lines(self) -> Iterator[tuple[SessionItem, list[Any], Any, Any, Any]]:
        """(item, three count fields, recusal field, lift reason field or None, note field) for the page."""
        for item in self.items:
            numbers = [self[f"{name}_{item.pk}"] for name in ("agree", "against", "other")]
            reason_name = f"lift_reason_{item.pk}"
            lift_reason = self[reason_name] if reason_name in self.fields else None
            yield item, numbers, self[f"recused_{item.pk}"], lift_reason, self[f"note_{item.pk}"]

    def counts(self) -> dict[int, ItemVoteCount]:
        return {item.pk: self._vote_count(item) for item in self.items}

    def _vote_count(self, item: SessionItem) -> ItemVoteCount:
        agree, against, other, recused, note = (
            self.cleaned_data[f"{name}_{item.pk}"] for name in ("agree", "against", "other", "recused", "note")
        )
        tally = None if agree is None else VoteTally(agree, against or 0, other or 0)
        return ItemVoteCount(tally, frozenset(recused), note, self.cleaned_data.get(f"lift_reason_{item.pk}", ""))


class MinutesForm(forms.Form):
    """Discussion, conclusion and closing time."""

    discussion = textarea_field("Ý kiến thảo luận", 5, 8000, "Ai có ý kiến gì; ý kiến khác với số đông cũng ghi lại.")
    conclusion = textarea_field(
        "Kết luận của người chủ trì",
        4,
        4000,
        "Danh sách đạt, không đạt tự được ghi vào biên bản theo kết quả biểu quyết.",
    )
    ends_at = time_of_day_field("Giờ kết thúc", required=False, help_text="Ghi khi phiên họp xong.")

    def __init__(self, *args: Any, session: CouncilSession, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(session, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)


class AddToSessionForm(forms.Form):
    """Choose the planned session for a complete nomination."""

    session = forms.ModelChoiceField(
        CouncilSession.objects.none(),
        label="Phiên họp",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn phiên họp.", "invalid_choice": "Phiên họp này không còn nhận hồ sơ."},
    )

    def __init__(self, *args: Any, commune_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = planned_sessions(commune_id)  # type: ignore[attr-defined]
