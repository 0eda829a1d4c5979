"""Forms of the dated changes of a household."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from villages.models import KEPT_RECORD, Household, Person
from villages.queries.same_people import members_of
from villages.queries.twins import mark_twins


class HouseholdChangeForm(forms.Form):
    """The day of a change, and on what it is based."""

    effective_on = VnDateField(label="Từ ngày", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Căn cứ, ghi chú", required=False, max_length=300)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household = household
        self.fields["effective_on"].initial = timezone.localdate()


class MemberForm(HouseholdChangeForm):
    """A member of the household, and the day."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Người",
        empty_label="Chọn một người",
        error_messages={"invalid_choice": "Hãy chọn một người trong danh sách."},
    )
    field_order = ("person", "effective_on", "note")

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, household=household, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = self.people()
        labels = {person.pk: person.shown_name for person in mark_twins(field.queryset)}
        field.choices = [("", field.empty_label), *labels.items()]

    def people(self) -> QuerySet[Person]:
        """Who can be chosen."""
        return members_of(self.household).exclude(pk=self.household.head_id or 0)


class JoinForm(MemberForm):
    """Somebody of the village who is not a member, and the day."""

    def people(self) -> QuerySet[Person]:
        rows = Person.objects.in_use().filter(unit_id=self.household.unit_id)
        return rows.exclude(pk__in=self.household.members.values(kept=KEPT_RECORD))
