"""Pages of people and households: one, adding, editing, restricted facts, search by name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView
from villages.actions.households import add_household, edit_household
from villages.actions.people import (
    RowExists,
    TwinFound,
    add_person,
    edit_person,
    edit_private,
    read_private,
)
from villages.forms.people import HouseholdForm, PersonForm, PersonPrivateForm
from villages.models import Household, Person, Unit
from villages.queries.household_changes import headed_household
from villages.queries.look_alikes import merges_of
from villages.queries.people import nominee_options_context, search_nominee_options
from villages.queries.person_changes import changes_of_person, former_people, last_leaving
from villages.queries.person_work import open_rows_about
from villages.queries.record_hints import record_hints
from villages.queries.twins import mark_twins

READERS = permissions.staff | permissions.unit_head


class PersonPage(PageView):
    """The open facts of a person. Restricted facts open with a button, and each reading is logged."""

    permission = READERS
    template_name = "villages/person.html"
    help = "tim-nguoi"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = self.get_visible_or_404(Person, self.kwargs["pk"], "unit", "household")
        return {
            **super().get_context_data(**context),
            "object": person,
            "record_hints": record_hints(self.request.user, person),
            "merges": merges_of(person),
            "changes": changes_of_person(self.request.user, person),
            "left": last_leaving(person),
            "transfers": person.transfers.select_related("from_unit").order_by("-moved_on", "-pk"),
            "headed": None if person.is_active else headed_household(person),
            "open_rows": [] if person.is_active else open_rows_about(self.request.user, person),
            "appointments": person.appointments.select_related("unit")
            .prefetch_related("unit__names")
            .order_by("-starts_on"),
        }


class PersonFormView(ActFormView):
    """Base of the forms of a person: shows twins, and what was read in another way than it was typed."""

    permission = READERS
    form_class = PersonForm
    template_name = "villages/person_form.html"
    help = "tim-nguoi"

    def form_valid(self, form: PersonForm) -> Any:
        try:
            target = self.save(twins_seen=form.twins_seen, **form.cleaned_data)
        except TwinFound as found:
            form.show_twins(mark_twins(found.twins))
            raise
        for note in form.notes:
            messages.info(self.request, note)
        return target

    def save(self, **facts: Any) -> Person:
        """Calls the action with the facts of the form."""
        raise NotImplementedError


class AddPerson(PersonFormView):
    act = "villages.add_person"
    model = Unit
    success_message = "Đã thêm vào danh sách của đơn vị."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "unit": self.object}

    def save(self, **facts: Any) -> Person:
        return add_person(by=self.request.user, unit=self.object, **facts)


class EditPerson(PersonFormView):
    act = "villages.edit_person"
    model = Person
    success_message = "Đã sửa. Văn bản đã ban hành vẫn giữ cách ghi cũ."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"initial": PersonForm.initial_of(self.object), "unit": self.object.unit}

    def save(self, **facts: Any) -> Person:
        return edit_person(by=self.request.user, person=self.object, **facts)


class HouseholdFormView(ActFormView):
    """Base of the forms of a household: shows the household that is there already."""

    permission = READERS
    form_class = HouseholdForm
    template_name = "villages/person_form.html"
    help = "tim-nguoi"

    def form_valid(self, form: HouseholdForm) -> Any:
        try:
            return self.save(**form.cleaned_data)
        except RowExists as found:
            form.existing = found.row
            raise

    def save(self, **facts: Any) -> Any:
        """Calls the action with the facts of the form; returns the redirect target."""
        raise NotImplementedError


class AddHousehold(HouseholdFormView):
    act = "villages.add_household"
    model = Unit
    success_message = "Đã thêm hộ vào danh sách của thôn."

    def save(self, **facts: Any) -> str:
        add_household(by=self.request.user, unit=self.object, **facts)
        return f"{self.object.get_absolute_url()}?loai=ho"


class EditHousehold(HouseholdFormView):
    act = "villages.edit_household"
    model = Household
    success_message = "Đã sửa. Văn bản đã ban hành vẫn giữ cách ghi cũ."

    def get_initial(self) -> dict[str, Any]:
        return HouseholdForm.initial_of(self.object)

    def save(self, **facts: Any) -> Household:
        return edit_household(by=self.request.user, household=self.object, **facts)


class ReadPrivate(ActPostView):
    """Shows the restricted facts of a person to the office; each reading is logged."""

    permission = permissions.office
    act = "villages.read_private"
    model = Person

    def perform(self) -> HttpResponse:
        read_private(by=self.request.user, person=self.object)
        form = PersonPrivateForm(initial=PersonPrivateForm.initial_of(self.object))
        return self.render("villages/private.html", object=self.object, form=form, title="Thông tin hạn chế")


class EditPrivate(ActPostView):
    """Saves the restricted facts; the form is on the page ReadPrivate, so that every reading is logged."""

    permission = permissions.office
    act = "villages.edit_private"
    model = Person
    success_message = "Đã lưu thông tin hạn chế."

    def perform(self) -> Any:
        form = PersonPrivateForm(self.request.POST)
        if not form.is_valid():
            return self.render_form(form)
        try:
            edit_private(by=self.request.user, person=self.object, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return self.render_form(form, existing=getattr(broken, "row", None))
        return self.object

    def render_form(self, form: PersonPrivateForm, existing: Person | None = None) -> HttpResponse:
        """The form with its errors; `existing` has the CCCD already."""
        title = "Thông tin hạn chế"
        return self.render(
            "villages/private.html", status=422, object=self.object, form=form, existing=existing, title=title
        )


class PersonSearch(BaseView):
    """HTML fragment: people (or households) of a unit as radio buttons; search by name without diacritics."""

    permission = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        unit = request.GET.get("unit", "")
        words = request.GET.get("name", "")[:120]
        found = []
        former = []
        if unit.isdecimal() and len(unit) < 12:
            household = request.GET.get("kind") == "household"
            found = search_nominee_options(request.user, unit_id=int(unit), household=household, words=words)
            former = [] if household else former_people(request.user, int(unit), words)
        context = nominee_options_context(found, name=words, former=former)
        return self.render("villages/_person_choices.html", **context)
