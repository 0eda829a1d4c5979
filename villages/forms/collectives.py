"""Forms of a collective that is no unit."""

from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from emulation.core.look_alikes import look_alikes_in, without_look_alikes
from villages.forms.people import CERTIFICATE_HINT
from villages.forms.typed_names import TypedNameMixin
from villages.models import Collective, Person, Unit
from villages.queries.collectives import collectives_to_choose
from villages.queries.people import MAX_OPTIONS, people_named
from villages.rules.typed_names import look_alike_sentence


class CollectiveNameMixin(TypedNameMixin):
    """The name of a collective, which may be pasted in an old encoding; it is not the name of a person."""

    name_field = "name"
    text_fields = ("name",)

    def reads_name(self) -> bool:
        return False

    def checks_name(self) -> bool:
        return True

    def read_typed(self) -> None:
        super().read_typed()
        typed = self.data.get(self.name_field, "")
        found = [] if self.is_kept(self.name_field) else look_alikes_in(typed)
        if found:
            self._propose(self.name_field, without_look_alikes(typed), typed)
            self.suggestions.append(look_alike_sentence(found))


class CollectiveForm(CollectiveNameMixin):
    """The name of a collective, and what it is."""

    name = CleanTextField(
        label="Tên tập thể",
        max_length=120,
        help_text=f"Ghi như sẽ in, ví dụ: Tổ liên gia số 3; Chi hội Nông dân Thôn 2; Lớp 5A. {CERTIFICATE_HINT}",
    )
    kind = forms.ChoiceField(
        label="Loại tập thể",
        choices=Unit.COLLECTIVE_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một loại."},
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


class RenameCollectiveForm(CollectiveNameMixin):
    """A new name and its first day."""

    name = CleanTextField(label="Tên mới", max_length=120)
    starts_on = VnDateField(label="Từ ngày", widget=VnDateInput(attrs={"class": "short"}))


LEADER_POSTS = {
    "group": "Tổ trưởng",
    "chapter": "Chi hội trưởng",
    "class": "Giáo viên chủ nhiệm",
    "enterprise": "Giám đốc",
    "cooperative": "Giám đốc",
}


class CollectiveLeaderForm(forms.Form):
    """Who leads the collective, found by name among the people whom the user may see, and since when."""

    name = CleanTextField(
        label="Họ và tên",
        max_length=120,
        help_text="Gõ tên, không cần dấu. Người này đã có trong danh sách người của đơn vị.",
    )
    person = forms.TypedChoiceField(
        label="Người nào?", required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    post = CleanTextField(label="Chức vụ", max_length=80)
    starts_on = VnDateField(label="Từ ngày", widget=VnDateInput(attrs={"class": "short"}))

    def __init__(self, *args: Any, user: Any, collective: Collective, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "post": LEADER_POSTS.get(collective.collective_kind, ""),
            "starts_on": timezone.localdate(),
        }
        super().__init__(*args, **kwargs)
        words = str(self.data.get("name", ""))[:120]
        self.found: dict[int, Person] = {}
        if words.strip():
            self.found = {person.pk: person for person in people_named(user, words, MAX_OPTIONS)}
        if len(self.found) > 1:
            field: Any = self.fields["person"]
            field.choices = [(pk, f"{person.shown_name}, {person.unit.name}") for pk, person in self.found.items()]
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """The person instead of the name; an error of the name where nobody or more than one has it."""
        data: dict[str, Any] = super().clean() or {}
        if not data.pop("name", ""):
            return data
        people = [self.found[pk] for pk in [data.pop("person", None)] if pk] or list(self.found.values())
        if len(people) == 1:
            data["person"] = people[0]
        elif people:
            self.add_error("name", "Có nhiều người tên như vậy: chọn một người bên dưới, hoặc gõ đủ họ tên.")
        else:
            self.add_error("name", "Chưa có ai tên này trong danh sách: thêm người ở trang của đơn vị trước.")
        return data


class EndLeaderForm(forms.Form):
    """The day from which somebody no longer leads the collective."""

    ends_on = VnDateField(
        label="Thôi từ ngày",
        widget=VnDateInput(attrs={"class": "short"}),
        help_text="Có người thay thì không cần: ghi người đứng đầu mới là người trước tự thôi.",
    )


class EndCollectiveForm(forms.Form):
    """The day from which it does not exist."""

    ends_on = VnDateField(
        label="Không còn từ ngày",
        widget=VnDateInput(attrs={"class": "short"}),
        help_text="Giải thể, sáp nhập, ngừng hoạt động. Khen thưởng đã có giữ nguyên; ghi nhầm thì khôi phục được.",
    )


class CollectiveChoiceMixin(forms.Form):
    """Which collective of a unit is meant: asked only in a unit that has others than itself."""

    collective = forms.TypedChoiceField(label="Tập thể nào?", required=False, coerce=int, empty_value=None)

    def offer_collectives(self, unit: Unit, present: Unit | None) -> bool:
        """Whether there is a choice: the unit, its collectives in use, and `present`, which was chosen before."""
        offered = [unit, *collectives_to_choose(unit, timezone.localdate()), *([present] if present else [])]
        self.collectives: dict[int, Unit] = {row.pk: row for row in offered}
        if len(self.collectives) == 1:
            del self.fields["collective"]
            return False
        labels = {unit.pk: f"Cả đơn vị: {unit.name}"}
        field: Any = self.fields["collective"]
        field.choices = [(pk, labels.get(pk, row.name)) for pk, row in self.collectives.items()]
        field.initial = (present or unit).pk
        return True

    def chosen_collective(self, unchanged: int | None) -> Unit | None:
        """The one chosen; that with the key `unchanged` where the form does not ask or the answer has an error."""
        return self.collectives.get(self.cleaned_data.get("collective", unchanged))
