"""Dated changes of a person: post and group, unit, leaving, death; each can be taken back."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from emulation.communes.capacity import capacity_of
from emulation.core.fields import CleanCharField
from villages.models.dated_changes import DatedChange, DatedChangeQuerySet
from villages.models.people import PEOPLE_READERS, Person
from villages.models.units import Unit
from villages.rules.groups import GROUPS, group_label


class PersonChangeQuerySet(DatedChangeQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; for heads those of the people of their own units."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*PEOPLE_READERS) else rows.filter(person__unit_id__in=capacity.unit_ids)


class PersonChange(DatedChange):
    """What changed about a person on a day. The columns of the person have the present values, `old_…` those before.

    POST: `post` and `group`. MOVED: `from_unit` and `to_unit`. LEFT and DIED: the person is not in the unit any more.
    """

    subject_key = "villages.PersonChange"

    POST = "post"
    MOVED = "moved"
    RETIRED = "retired"
    LEFT = "left"
    DIED = "died"
    KINDS = [
        (POST, "Chức vụ, nhóm đối tượng"),
        (MOVED, "Chuyển đơn vị"),
        (RETIRED, "Nghỉ hưu"),
        (LEFT, "Thôi việc, chuyển đi nơi khác"),
        (DIED, "Đã mất"),
    ]
    ENDINGS = (RETIRED, LEFT, DIED)
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes", verbose_name="người")
    kind = models.CharField("loại", max_length=8, choices=KINDS)
    post = CleanCharField("chức vụ, nghề nghiệp", max_length=120, blank=True)
    group = models.CharField("nhóm đối tượng", max_length=10, choices=GROUPS, blank=True)
    old_post = CleanCharField("chức vụ, nghề nghiệp trước đó", max_length=120, blank=True)
    old_group = models.CharField("nhóm đối tượng trước đó", max_length=10, choices=GROUPS, blank=True)
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PersonChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "effective_on"], condition=Q(state="in_force"), name="person_change_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="moved") | Q(from_unit__isnull=False, to_unit__isnull=False),
                name="person_change_units_of_a_move",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person.full_name}"

    def get_absolute_url(self) -> str:
        """The page of the person, which lists the changes."""
        return self.person.get_absolute_url()

    @property
    def in_words(self) -> str:
        """What changed: "Nông dân, Chưa rõ → Phó Hiệu trưởng, Lãnh đạo, quản lý", "Thôn 1 → Thôn 2"; "" if the kind is enough."""
        if self.kind == self.POST:
            return f"{_post(self.old_post, self.old_group)} → {_post(self.post, self.group)}"
        if self.from_unit and self.to_unit:
            return f"{self.from_unit.name} → {self.to_unit.name}"
        return ""


def _post(post: str, group: str) -> str:
    return f"{post or 'chưa ghi'} ({group_label(group).lower()})"
