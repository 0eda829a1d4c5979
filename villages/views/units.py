"""Pages of units: their list, one with its people or households."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from emulation.communes.capacity import capacity_of
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.whole_lists import WholeListView
from villages.models import Absence, Household, Person, Unit
from villages.queries.acting_heads import acting_until
from villages.queries.collectives import collectives_of_units
from villages.queries.contacts import liaison_names, unit_contacts
from villages.queries.people import (
    coming_heads,
    may_read_unit,
    people_counts_by_unit,
)
from villages.queries.twins import mark_twins
from villages.queries.unit_changes import closed_units, unit_history
from villages.rules.accounts import HEAD_ROLES

READERS = permissions.staff | permissions.unit_head


def unit_crumbs(unit: Unit, title: str) -> list[tuple[str, str]]:
    """The way back of a form about a unit: the units, the unit, the title of the form."""
    return [("Đơn vị, người, hộ", reverse("villages:units")), (unit.name, unit.get_absolute_url()), (title, "")]


@dataclass(frozen=True)
class UnitLine:
    """A unit with its heads, the one to come, their phone numbers, the number of its people (None: not theirs to see), the liaison."""

    unit: Unit
    heads: list[Any]
    coming: Any
    may_be_headed: bool
    phones: list[str]
    people: int | None
    liaison: str


class UnitList(WholeListView):
    """The units of the commune, their heads, phone numbers and council liaisons."""

    permission = READERS
    template_name = "villages/unit_list.html"
    help = "tim-nguoi"
    title = "Đơn vị của xã"
    columns = (
        ListColumn("Đơn vị", lambda line: line.unit.name, width=36),
        ListColumn("Loại", lambda line: line.unit.get_kind_display(), width=18),
        ListColumn("Người đứng đầu", lambda line: ", ".join(head.name for head in line.heads), width=28),
        ListColumn("Điện thoại", lambda line: ", ".join(line.phones), width=18),
        ListColumn("Ủy viên phụ trách", lambda line: line.liaison, width=28),
        ListColumn("Số người", lambda line: line.people, width=10),
    )

    def get_rows(self) -> list[UnitLine]:
        today = timezone.localdate()
        units = Unit.objects.visible_to(self.request.user).in_force(today)
        contacts = unit_contacts(self.commune.pk, today)
        people = people_counts_by_unit(self.request.user)
        liaisons = liaison_names(self.commune.pk, today)
        coming = coming_heads(self.commune.pk, today)
        lines = []
        own = capacity_of(self.request.user).unit_ids
        for unit in sorted(units, key=lambda unit: unit.pk not in own):  # a head finds the own unit first
            heads = contacts.get(unit.pk, [])
            phones = [head.user.phone for head in heads if head.user.phone]
            may_be_headed = unit.kind in HEAD_ROLES
            liaison = liaisons.get(unit.pk, "")
            lines.append(
                UnitLine(unit, heads, coming.get(unit.pk), may_be_headed, phones, people.get(unit.pk), liaison)
            )
        return lines

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "closed": closed_units(self.request.user, today),
            "collectives": collectives_of_units(self.request.user),
        }


HOUSEHOLD_COLUMNS = (
    ListColumn("Chủ hộ", lambda row: row.name_and_nickname, "ten", ("name_key",), 32),
    ListColumn("Địa chỉ", lambda row: row.address, width=40),
)
PERSON_COLUMNS = (
    ListColumn("Họ và tên", lambda row: row.name_and_nickname, "ten", ("name_key",), 32),
    ListColumn("Năm sinh", lambda row: str(row.birth_year or ""), width=10),
    ListColumn("Giới tính", lambda row: row.get_sex_display(), width=10),
    ListColumn("Nghề nghiệp, chức vụ", lambda row: row.present_post, width=32),
)


HOUSEHOLDS = "ho"
LEFT = "da-roi"
CHIP_LABELS = {"": "Người", HOUSEHOLDS: "Hộ gia đình", LEFT: "Không còn ở đơn vị"}
LIST_TITLES = {"": "Người của", HOUSEHOLDS: "Hộ gia đình của", LEFT: "Người không còn ở"}


class UnitPage(PagedListView):
    """A unit: its people, with `?loai=ho` its households, with `?loai=da-roi` who left; search by name without diacritics."""

    permission = READERS
    template_name = "villages/unit.html"
    help = "tim-nguoi"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{LIST_TITLES[self.shown]} {self.unit.name}"

    @property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]
        return HOUSEHOLD_COLUMNS if self.households else PERSON_COLUMNS

    @property
    def shown(self) -> str:
        """Which list: "" (people), HOUSEHOLDS or LEFT."""
        return self.choice_of("loai", LIST_TITLES)

    @property
    def households(self) -> bool:
        return self.shown == HOUSEHOLDS

    def get_queryset(self) -> QuerySet[Any]:
        self.unit = self.get_visible_or_404(Unit, self.kwargs["pk"])
        model: Any = Household if self.households else Person
        rows = model.objects.visible_to(self.request.user).filter(unit=self.unit)
        if not self.households:
            rows = rows.with_appointments()
        return rows.filter(is_active=False) if self.shown == LEFT else rows.in_use()

    def search(self, rows: Any, words: str) -> Any:
        return rows.named_like(words)

    def chips(self, user: Any) -> list[dict[str, Any]]:
        """The lists of the unit that are not empty, with their numbers; households of a village always."""
        people = Person.objects.visible_to(user).filter(unit=self.unit)
        households = Household.objects.visible_to(user).in_use().filter(unit=self.unit)
        left = people.filter(is_active=False).count()
        numbers = {"": people.in_use().count()}
        if self.unit.kind == Unit.VILLAGE:
            numbers[HOUSEHOLDS] = households.count()
        if left:
            numbers[LEFT] = left
        return [
            {
                "label": CHIP_LABELS[key],
                "url": f"?loai={key}" if key else "?",
                "active": key == self.shown,
                "count": count,
            }
            for key, count in numbers.items()
        ]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        user = self.request.user
        unit = self.unit
        chips = self.chips(user)
        return {
            **content,
            "rows": content["rows"] if self.households else mark_twins(content["rows"]),
            "object": unit,
            "households": self.households,
            "chips": chips,
            "keep": {"loai": self.shown} if self.shown else {},
            "heads": unit_contacts(unit.commune_id, timezone.localdate()).get(unit.pk, []),
            "coming_heads": coming_heads(unit.commune_id, timezone.localdate()).get(unit.pk, []),
            "acting_until": acting_until(unit, timezone.localdate()),
            "absences": Absence.objects.visible_to(user).filter(unit=unit, ends_on__gte=timezone.localdate()),
            "may_read": may_read_unit(user, unit),
            "collectives": collectives_of_units(user, [unit]),
            **unit_history(user, unit),
        }
