"""Units of the commune and their names by date."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField


class UnitQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows of the commune: every user may see its units."""
        return self.of(user)

    def in_force(self, on: date) -> Self:
        """Units that exist on that day."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=on), Q(dissolved_on=None) | Q(dissolved_on__gt=on))

    def within(self, unit: "Unit") -> Self:
        """The collectives for which this unit answers: those of its own; of the office those of the commune itself."""
        rows = self.filter(kind=Unit.COLLECTIVE, commune_id=unit.commune_id)
        return rows.filter(Q(parent=unit) | Q(parent=None)) if unit.kind == Unit.OFFICE else rows.filter(parent=unit)


class UnitManager(models.Manager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """The units that have duties: every list, figure, reminder, choice. Without collectives, which are only commended."""

    def get_queryset(self) -> UnitQuerySet:
        rows: UnitQuerySet = super().get_queryset()
        return rows.exclude(kind=Unit.COLLECTIVE)


class Unit(CommuneRow):
    """A village, school, station, organisation or office of the commune: it has a head, answers periods, is counted.

    Each may be commended as a collective. A collective that is no unit (tổ, chi hội, lớp, doanh nghiệp, hợp tác xã) is a
    row of the kind `COLLECTIVE`, which `objects` does not give (`villages.models.Collective`, `Unit.with_collectives`).
    """

    subject_key = "villages.Unit"

    VILLAGE = "village"
    SCHOOL = "school"
    STATION = "station"
    ORGANISATION = "organisation"
    OFFICE = "office"
    KINDS = [
        (VILLAGE, "Thôn"),
        (SCHOOL, "Trường học"),
        (STATION, "Trạm Y tế"),
        (ORGANISATION, "Mặt trận, đoàn thể"),
        (OFFICE, "Văn phòng"),
    ]
    """The kinds of units that have duties."""
    COLLECTIVE = "collective"
    COLLECTIVE_KINDS = [
        ("group", "Tổ"),
        ("chapter", "Chi hội"),
        ("class", "Lớp"),
        ("enterprise", "Doanh nghiệp"),
        ("cooperative", "Hợp tác xã"),
    ]
    kind = models.CharField("loại", max_length=12, choices=[*KINDS, (COLLECTIVE, "Tập thể khác")])
    code = models.SlugField("mã", max_length=30)
    name = CleanCharField("tên hiện nay", max_length=120)
    head_title = CleanCharField("chức danh người đứng đầu", max_length=60)
    sort = models.PositiveSmallIntegerField("thứ tự", default=0)
    founded_on = models.DateField("thành lập ngày", null=True, blank=True)
    dissolved_on = models.DateField("giải thể ngày", null=True, blank=True)
    # Of a collective only: what it is, and the unit that it belongs to (null: the commune itself).
    collective_kind = models.CharField("là", max_length=12, choices=COLLECTIVE_KINDS, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thuộc đơn vị", editable=False
    )

    objects = UnitManager()
    with_collectives = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "name"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "code"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(kind="collective") & ~Q(collective_kind="")
                | ~Q(kind="collective") & Q(collective_kind="", parent=None),
                name="unit_collective_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("villages:collective" if self.is_collective else "villages:unit", args=[self.pk])

    @property
    def is_collective(self) -> bool:
        """Whether it is a collective that is no unit."""
        return self.kind == Unit.COLLECTIVE

    @property
    def kind_in_words(self) -> str:
        """ "Thôn"; "Chi hội" of a collective."""
        return self.get_collective_kind_display() if self.is_collective else self.get_kind_display()

    @property
    def head_unit_id(self) -> int | None:
        """The id of the unit whose head answers for this one: its own; of a collective that of the unit it belongs to."""
        return self.parent_id if self.is_collective else self.pk

    @property
    def head_post(self) -> str:
        """The head's title and the unit's name, without repeating common words: "Trưởng Thôn 2"."""
        return self.head_post_under(self.name)

    @property
    def head_posts(self) -> tuple[str, ...]:
        """The post of the head under each name that the unit has or had, that of today first; no query if `names` are read."""
        names = dict.fromkeys([self.name, *(row.name for row in self.names.all())])
        return tuple(self.head_post_under(name) for name in names)

    def head_post_under(self, unit_name: str) -> str:
        """As `head_post`, under another name of the unit."""
        title = self.head_title.split()
        name = unit_name.split()
        lower_title = self.head_title.lower().split()
        lower_name = unit_name.lower().split()
        # Number of words at the end of the title that the name begins with.
        common = next((n for n in range(len(title) - 1, 0, -1) if lower_title[-n:] == lower_name[:n]), 0)
        return " ".join([*title[: len(title) - common], *name])

    def name_on(self, on: date) -> str:
        """The unit's name on that day; the present name when there is no dated one."""
        row = self.names.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).order_by("-starts_on").first()
        return row.name if row else self.name

    def read_name_on(self, on: date) -> str:
        """The same, from its prefetched names."""
        dated = [row for row in self.names.all() if row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)]
        return max(dated, key=lambda row: row.starts_on).name if dated else self.name


class UnitName(models.Model):
    """A name that a unit had from a day to a day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = CleanCharField("tên", max_length=120)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="unit_name_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name
