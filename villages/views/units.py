"""Pages about units, people and households."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import ActPage, Gated, ListPage, Page, PostAct
from villages import actions, queries
from villages.forms.people import HouseholdForm, PersonForm, PrivateForm
from villages.models import Absence, Household, Person, Unit

READERS = who.staff | who.unit_head


class UnitList(Page):
    """The units of the commune, who heads them and how to reach him."""

    who = READERS
    template_name = "villages/unit_list.html"
    help = "tim-nguoi"

    def content(self) -> dict[str, Any]:
        today = timezone.localdate()
        units = Unit.objects.visible_to(self.request.user).in_force(today)
        heads = queries.contacts(self.commune.pk, today)
        people = queries.people_counts(self.request.user)
        charges = queries.charges(self.commune.pk, today)
        lines = []
        for unit in units:
            own = heads.get(unit.pk, [])
            phones = [head.user.phone for head in own if head.user.phone]
            lines.append((unit, own, phones, people.get(unit.pk), charges.get(unit.pk, "")))
        return {"commune": self.commune, "lines": lines}


class UnitPage(ListPage):
    """A unit: its people, or with `?loai=ho` its households; found by name without marks."""

    who = READERS
    template_name = "villages/unit.html"
    help = "tim-nguoi"

    @property
    def households(self) -> bool:
        return self.request.GET.get("loai") == "ho"

    def rows(self) -> QuerySet[Any]:
        self.unit = self.find(Unit, self.kwargs["pk"])
        model: Any = Household if self.households else Person
        return model.objects.visible_to(self.request.user).filter(unit=self.unit, is_active=True)

    def search(self, rows: Any, words: str) -> Any:
        return rows.named_like(words)

    def content(self) -> dict[str, Any]:
        content = super().content()
        user, unit = self.request.user, self.unit
        counts = [
            model.objects.visible_to(user).filter(unit=unit, is_active=True).count() for model in (Person, Household)
        ]
        chips = [
            {"label": "Người", "url": "?", "active": not self.households, "count": counts[0]},
            {"label": "Hộ gia đình", "url": "?loai=ho", "active": self.households, "count": counts[1]},
        ]
        return {
            **content,
            "object": unit,
            "households": self.households,
            "chips": chips if unit.kind == Unit.VILLAGE else chips[:1],
            "keep": {"loai": "ho"} if self.households else {},
            "heads": queries.contacts(unit.commune_id, timezone.localdate()).get(unit.pk, []),
            "absences": Absence.objects.visible_to(user).filter(unit=unit, ends_on__gte=timezone.localdate()),
            "may_read": self.standing.heads(unit.pk) or who.staff.test(self.standing, unit),
        }


class PersonPage(Page):
    """A person: what everybody who works with him may know. The restricted facts stand behind a logged button."""

    who = READERS
    template_name = "villages/person.html"
    help = "tim-nguoi"

    def content(self) -> dict[str, Any]:
        person = self.find(Person, self.kwargs["pk"], "unit", "household")
        return {"object": person, "appointments": person.appointments.select_related("unit").order_by("-starts_on")}


class AddPerson(ActPage):
    who, act, model = READERS, "villages.add_person", Unit
    form_class = PersonForm
    help = "tim-nguoi"
    done = "Đã thêm vào danh sách của đơn vị."

    def perform(self, form: PersonForm) -> Any:
        return actions.add_person(by=self.request.user, unit=self.object, **form.cleaned_data)


class EditPerson(ActPage):
    who, act, model = READERS, "villages.edit_person", Person
    form_class = PersonForm
    help = "tim-nguoi"
    done = "Đã sửa. Văn bản đã ban hành vẫn giữ cách ghi cũ."

    def initial(self) -> dict[str, Any]:
        return PersonForm.initial_of(self.object)

    def perform(self, form: PersonForm) -> Any:
        return actions.edit_person(by=self.request.user, person=self.object, **form.cleaned_data)


class AddHousehold(ActPage):
    who, act, model = READERS, "villages.add_household", Unit
    form_class = HouseholdForm
    help = "tim-nguoi"
    done = "Đã thêm hộ vào danh sách của thôn."

    def perform(self, form: HouseholdForm) -> Any:
        actions.add_household(by=self.request.user, unit=self.object, **form.cleaned_data)
        return f"{self.object.get_absolute_url()}?loai=ho"


class ReadPrivate(PostAct):
    """Opens the restricted facts of a person for the office; each reading is in the trail."""

    who, act, model = who.office, "villages.read_private", Person

    def perform(self) -> HttpResponse:
        actions.read_private(by=self.request.user, person=self.object)
        form = PrivateForm(initial=PrivateForm.initial_of(self.object))
        return self.render("villages/private.html", object=self.object, form=form, title="Thông tin hạn chế")


class EditPrivate(PostAct):
    """Keeps the restricted facts; the form comes from ReadPrivate, so that nobody reads them unlogged."""

    who, act, model = who.office, "villages.edit_private", Person
    done = "Đã lưu thông tin hạn chế."

    def perform(self) -> Any:
        form = PrivateForm(self.request.POST)
        if not form.is_valid():
            return self.render(
                "villages/private.html", status=422, object=self.object, form=form, title="Thông tin hạn chế"
            )
        actions.edit_private(by=self.request.user, person=self.object, **form.cleaned_data)
        return self.object


class PersonSearch(Gated):
    """A fragment of HTML: people (or households) of a unit by name without marks, as radio buttons."""

    who = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        unit = request.GET.get("unit", "")
        words = request.GET.get("name", "")[:120]
        found = []
        if unit.isdecimal() and len(unit) < 12:
            household = request.GET.get("kind") == "household"
            found = queries.choices_like(request.user, unit_id=int(unit), household=household, words=words)
        return self.render("villages/choices.html", **queries.choices_context(found, name=words))
