"""Form in which a unit writes an exemplar."""

from datetime import date
from typing import Any

from django import forms

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.queries.campaign import open_campaigns
from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import ExemplarContent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.rules.exemplar import MAX_PHOTOS
from emulation.core.fields import CleanAreaField, CleanTextField
from emulation.core.images import MAX_IMAGE_BYTES
from emulation.core.text import clean
from emulation.core.uploads import MultipleFileField, MultipleFileInput
from villages.forms.collectives import CollectiveChoiceMixin
from villages.forms.people import BirthYearField, TwinFieldsMixin, birth_date_field, nickname_field, twin_note_field
from villages.models import Household, Person, Unit
from villages.queries.people import NEW_PERSON, nominee_option, nominee_options_context, search_nominee_options
from villages.queries.person_changes import former_people
from villages.queries.same_people import nominee_to_choose
from villages.rules.people import MAX_FORM_LENGTH

NEW_NOMINEE_FIELDS = (
    *("name", "sex", "birth_year", "birth_date", "post", "address", "form_of_address", "nickname", "twin_note"),
)
"""What is stored about a new person or household until the exemplar is submitted."""


class ExemplarForm(CollectiveChoiceMixin, TwinFieldsMixin):
    """An exemplar: nominee, field, deed, result, photos. Nothing is required to save a draft."""

    name_field = "name"
    text_fields = ("post", "address", "nickname", "twin_note", "deed", "result")
    twin_fields = ("birth_date", "twin_note", "form_of_address", "nickname")

    keeps_files = True  # photos are stored with the draft, whatever else is missing
    kind = forms.ChoiceField(label="Điển hình là", required=False, widget=forms.RadioSelect)
    name = CleanTextField(
        label="Họ và tên",
        required=False,
        max_length=120,
        help_text="Gõ tên, không cần dấu, rồi chọn đúng người.",
    )
    pick = forms.CharField(required=False, max_length=20)
    sex = forms.ChoiceField(label="Giới tính", required=False, choices=[("", "Chưa rõ"), *Person.SEXES])
    birth_year = BirthYearField()
    birth_date = birth_date_field()
    form_of_address = CleanTextField(
        label="Cách xưng hô",
        required=False,
        max_length=MAX_FORM_LENGTH,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    nickname = nickname_field()
    twin_note = twin_note_field()
    post = CleanTextField(label="Nghề nghiệp, chức vụ", required=False, max_length=120)
    address = CleanTextField(label="Địa chỉ, xóm", required=False, max_length=200)
    field = forms.ModelChoiceField(
        Field.objects.filter(is_active=True), label="Lĩnh vực", required=False, widget=forms.RadioSelect
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label="Thuộc phong trào thi đua nào?",
        required=False,
        empty_label="Không thuộc phong trào nào",
    )
    deed = CleanAreaField(
        label="Đã làm gì?",
        required=False,
        max_length=4000,
        help_text="Kể như nói chuyện: việc gì, ở đâu, khi nào, cùng ai.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    result = CleanAreaField(
        label="Kết quả thế nào?",
        required=False,
        max_length=2000,
        help_text="Có con số thì ghi con số: bao nhiêu mét đường, bao nhiêu hộ, bao nhiêu đồng.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = MultipleFileField(
        label="Ảnh",
        required=False,
        help_text="Nhiều nhất 3 ảnh. Vị trí chụp được xóa khỏi ảnh khi gửi.",
        widget=MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/*", "multiple": True}),
    )

    def __init__(self, *args: Any, unit: Unit, user: Any, exemplar: Exemplar | None = None, **kwargs: Any) -> None:
        self.unit = unit
        self.user = user
        self.exemplar = exemplar
        self.chosen: Person | Household | None = None
        kwargs["initial"] = self._initial(exemplar) if exemplar is not None else {"kind": Exemplar.PERSON}
        if exemplar is not None:
            self.chosen = exemplar.person or exemplar.household
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = open_campaigns(unit.commune_id, exemplar.campaign_id if exemplar else None)
        if not self.fields["campaign"].queryset.exists():
            del self.fields["campaign"]  # no campaign to choose from
        kinds = dict(Exemplar.NOMINEE_KINDS)
        kinds[Exemplar.COLLECTIVE] = f"Tập thể {unit.name}"
        if unit.kind != Unit.VILLAGE:
            kinds.pop(Exemplar.HOUSEHOLD)
        self.fields["kind"].choices = list(kinds.items())
        if self.offer_collectives(unit, exemplar.collective if exemplar else None):
            kinds[Exemplar.COLLECTIVE] = "Tập thể"
            self.fields["kind"].choices = list(kinds.items())
        if exemplar is not None:
            self._pin_return_notes(exemplar)

    def _pin_return_notes(self, exemplar: Exemplar) -> None:
        """Attach each return reason to its field; the page hides the name of a collective."""
        for name, reason in exemplar.return_notes.items():
            place = "kind" if name == "name" and exemplar.kind == Exemplar.COLLECTIVE else name
            if place in self.fields:
                self.fields[place].return_note = reason

    @staticmethod
    def _initial(exemplar: Exemplar) -> dict[str, Any]:
        typed = dict(exemplar.new_nominee)
        undecided = typed.pop("undecided", False)
        if day := typed.get("birth_date"):
            typed["birth_date"] = date.fromisoformat(day)
        chosen = exemplar.person or exemplar.household
        if chosen is not None:
            typed = {"name": getattr(chosen, "full_name", "") or getattr(chosen, "head_name", "")}
        return {
            **typed,
            "pick": _initial_pick(chosen, is_new=bool(typed) and not undecided),
            "kind": exemplar.kind,
            "field": exemplar.field_id,
            "campaign": exemplar.campaign_id,
            "deed": exemplar.deed,
            "result": exemplar.result,
        }

    def clean_photo(self) -> list[Any]:
        """The photos within the limits of size and number; the others are rejected unread, each with its file name."""
        accepted = []
        for file in self.cleaned_data["photo"]:
            if file.size > MAX_IMAGE_BYTES:
                self.add_error("photo", _too_large_message(file))
            elif len(accepted) == MAX_PHOTOS:
                self.add_error("photo", f"{file.name[:80]}: Mỗi điển hình có nhiều nhất {MAX_PHOTOS} ảnh.")
            else:
                accepted.append(file)
        return accepted

    def reads_name(self) -> bool:
        """Whether a new person or household is entered; otherwise the name is what was searched for."""
        is_new = self.data.get("pick", "") in ("", NEW_PERSON) and self.data.get("kind") != Exemplar.COLLECTIVE
        return is_new and self.data.get("do") != "find"

    def is_kept(self, field: str) -> bool:
        """Whether the field stays as it is. A name in the draft may be words of a search: it stays only if that was chosen."""
        if field != "name":
            return super().is_kept(field)
        draft = self.exemplar.new_nominee if self.exemplar else {}
        return self.keeps_typed or (bool(draft.get("as_typed")) and draft["name"] == clean(self.data.get("name", "")))

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind = self.cleaned_data.get("kind", "")
        pick = self.cleaned_data.get("pick", "")
        model: Any = {"p": Person, "h": Household}.get(pick[:1])
        self.chosen = None
        if model and pick[2:].isdecimal() and kind in ("", _kind_of(model)):
            old = self.exemplar
            present = (old.person or old.household) if old else None
            self.chosen = nominee_to_choose(self.user, self.unit, model, int(pick[2:]), present)
            if self.chosen is None:
                self.add_error("name", "Người vừa chọn không có trong danh sách của đơn vị. Hãy tìm và chọn lại.")
            elif not kind:
                self.cleaned_data["kind"] = _kind_of(model)
        return self.cleaned_data

    def content(self) -> ExemplarContent:
        """The content to save: valid fields as typed, the others unchanged."""
        old = self.exemplar or Exemplar()

        def value(name: str, unchanged: Any) -> Any:
            return self.cleaned_data.get(name, unchanged)

        typed = {name: value(name, old.new_nominee.get(name)) for name in NEW_NOMINEE_FIELDS}
        if isinstance(typed["birth_date"], date):
            typed["birth_date"] = typed["birth_date"].isoformat()
        typed |= {"twins_seen": self.twins_seen, "as_typed": self.is_kept("name")}
        if self.cleaned_data.get("pick") != NEW_PERSON:
            typed = {"name": typed["name"], "undecided": True} if typed["name"] else {}
        return ExemplarContent(
            kind=value("kind", old.kind),
            person=self.chosen if isinstance(self.chosen, Person) else None,
            household=self.chosen if isinstance(self.chosen, Household) else None,
            collective=self.chosen_collective(old.collective_id),
            new_nominee={} if not typed.get("name") else typed,
            field=value("field", old.field),
            campaign=value("campaign", old.campaign),
            deed=value("deed", old.deed),
            result=value("result", old.result),
        )

    def choices(self) -> dict[str, Any]:
        """Context of the list below the name: people found, the chosen one, whether to offer "add"."""
        name = str(self["name"].value() or "")
        picked = str(self["pick"].value() or "")
        household = self["kind"].value() == Exemplar.HOUSEHOLD
        found = search_nominee_options(self.user, unit_id=self.unit.pk, household=household, words=name[:120])
        former = [] if household else former_people(self.user, self.unit.pk, name[:120])
        if self.chosen is not None and nominee_option(self.chosen).value not in [option.value for option in found]:
            found.insert(0, nominee_option(self.chosen))
        return nominee_options_context(found, name=name, picked=picked, former=former)


def _initial_pick(chosen: Person | Household | None, *, is_new: bool) -> str:
    """The value of the hidden field `pick`: a registered nominee, a new person, or nothing chosen."""
    if chosen is not None:
        return nominee_option(chosen).value
    return NEW_PERSON if is_new else ""


def _too_large_message(file: Any) -> str:
    return (
        f"{file.name[:80]}: ảnh nặng {file.size / 1024 / 1024:.0f} MB, nhiều nhất là {MAX_IMAGE_BYTES // 1024 // 1024} MB. "
        "Hãy chọn ảnh nhẹ hơn."
    )


def _kind_of(model: Any) -> str:
    return Exemplar.HOUSEHOLD if model is Household else Exemplar.PERSON
