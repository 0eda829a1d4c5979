"""Who: units and their names by date, households, people, who heads what, the council and its seats."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import Role
from emulation.communes.standing import standing_of
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.text import fold, name_key

# Members of the council and the superior read cases, not the people register.
PEOPLE_READERS = (Role.office, Role.clerk, Role.chair)


class UnitQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody of the commune knows its units."""
        return self.of(user)

    def in_force(self, on: date) -> Self:
        """Units that exist on that day."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=on), Q(dissolved_on=None) | Q(dissolved_on__gt=on))


class Unit(CommuneRow):
    """A village, school, station, organisation or office of the commune; also the collective that may be commended."""

    VILLAGE, SCHOOL, STATION, ORGANISATION, OFFICE = "village", "school", "station", "organisation", "office"
    KINDS = [
        (VILLAGE, "Thôn"),
        (SCHOOL, "Trường học"),
        (STATION, "Trạm Y tế"),
        (ORGANISATION, "Mặt trận, đoàn thể"),
        (OFFICE, "Văn phòng"),
    ]
    kind = models.CharField("loại", max_length=12, choices=KINDS)
    code = models.SlugField("mã", max_length=30)
    name = CleanCharField("tên hiện nay", max_length=120)
    head_title = CleanCharField("chức danh người đứng đầu", max_length=60)
    sort = models.PositiveSmallIntegerField("thứ tự", default=0)
    founded_on = models.DateField("thành lập ngày", null=True, blank=True)
    dissolved_on = models.DateField("giải thể ngày", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "name"]
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("villages:unit", args=[self.pk])

    def name_on(self, on: date) -> str:
        """The unit's name on that day; the present name where no dated one is kept."""
        row = self.names.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).order_by("-starts_on").first()
        return row.name if row else self.name


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


class NamedQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, clerk and chair; the head of a unit sees those of his unit."""
        standing = standing_of(user)
        rows = self.of(user)
        return rows if standing.has(*PEOPLE_READERS) else rows.filter(unit_id__in=standing.unit_ids)

    def named_like(self, words: str) -> Self:
        """Rows whose folded name holds every word asked for, with or without marks."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(name_fold__contains=word)
        return rows


class Named(CommuneRow):
    """Base of people and households: a name with its folded and sorting forms, kept by the actions through `put_name`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name_key = models.CharField(max_length=400, editable=False)
    name_fold = models.CharField(max_length=250, editable=False)
    is_active = models.BooleanField("còn ở đơn vị", default=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True


class Household(Named):
    """A household, known by its head."""

    head_name = CleanCharField("họ tên chủ hộ", max_length=120)
    address = CleanCharField("địa chỉ", max_length=200, blank=True)

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["commune", "unit", "name_key"], name="household_by_name")]

    def __str__(self) -> str:
        return f"Hộ gia đình {self.head_name}"

    def put_name(self, name: str) -> None:
        """Sets the name and the two forms made of it."""
        self.head_name, self.name_fold, self.name_key = name, fold(name)[:250], name_key(name)


class Person(Named):
    """A person of a unit. What is private stands in PersonPrivate."""

    SEXES = [("nam", "Nam"), ("nu", "Nữ")]
    GROUPS = [
        ("direct", "Người trực tiếp lao động, học tập"),
        ("official", "Cán bộ, công chức, viên chức"),
        ("leader", "Lãnh đạo, quản lý"),
        ("business", "Doanh nhân"),
        ("other", "Khác"),
    ]
    full_name = CleanCharField("họ và tên", max_length=120)
    sex = models.CharField("giới tính", max_length=3, choices=SEXES, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    post = CleanCharField("chức vụ, nghề nghiệp", max_length=120, blank=True)
    group = models.CharField("nhóm đối tượng", max_length=10, choices=GROUPS, default="direct")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="members")
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="person")

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["commune", "unit", "name_key"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=1900, birth_year__lte=2100), name="person_birth_year"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("villages:person", args=[self.pk])

    @property
    def honorific(self) -> str:
        """Ông or Bà; Ông/Bà where the sex is not known."""
        return {"nam": "Ông", "nu": "Bà"}.get(self.sex, "Ông/Bà")

    def put_name(self, name: str) -> None:
        """Sets the name and the two forms made of it."""
        self.full_name, self.name_fold, self.name_key = name, fold(name)[:250], name_key(name)


class PersonPrivate(models.Model):
    """What is restricted: never printed on a praise list, never shown to the public, each read logged."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="private")
    ethnicity = CleanCharField("dân tộc", max_length=40, blank=True)
    cccd = CleanCharField("số CCCD", max_length=12, blank=True)
    discipline = CleanTextModelField("kỷ luật", blank=True)

    audit_private = frozenset({"ethnicity", "cccd", "discipline"})

    def __str__(self) -> str:
        return f"Thông tin hạn chế của {self.person_id}"


class Appointment(CommuneRow):
    """A person heads a unit from a day to a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = CleanCharField("chức vụ", max_length=80)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="appointment_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"


class CouncilVersionQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody of the commune knows the council."""
        return self.of(user)

    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class CouncilVersion(CommuneRow):
    """The council as one decision made it; old versions stay for old minutes."""

    name = CleanCharField("tên", max_length=160, default="Hội đồng Thi đua - Khen thưởng")
    decision_no = CleanCharField("quyết định số", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    term = CleanCharField("nhiệm kỳ", max_length=40, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = CouncilVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="council_dates_in_order"
            ),
            models.UniqueConstraint(fields=["commune", "starts_on"], name="council_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (QĐ {self.decision_no})"

    def get_absolute_url(self) -> str:
        return reverse("villages:council", args=[self.pk])


class Seat(CommuneRow):
    """A member of one version of the council."""

    CHAIR, VICE, STANDING, SECRETARY, MEMBER = "chair", "vice", "standing", "secretary", "member"
    ROLES = [
        (CHAIR, "Chủ tịch Hội đồng"),
        (VICE, "Phó Chủ tịch Hội đồng"),
        (STANDING, "Ủy viên thường trực"),
        (SECRETARY, "Thư ký"),
        (MEMBER, "Ủy viên"),
    ]
    version = models.ForeignKey(CouncilVersion, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField("vai trò", max_length=10, choices=ROLES)
    position = CleanCharField("chức vụ", max_length=120)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="seat_one_person_once"),
            models.UniqueConstraint(fields=["version"], condition=Q(role="chair"), name="seat_one_chair"),
        ]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_role_display()}"


class Nominee(models.Model):
    """Mixin: whom it is about, exactly one of a person, a household, a collective (or nobody yet, in a draft)."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cá nhân")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ gia đình"
    )
    collective = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tập thể"
    )

    class Meta:
        abstract = True

    @property
    def nominee_kind(self) -> str:
        """ "person", "household", "collective", or "" when nobody is named yet."""
        if self.person_id:
            return "person"
        if self.household_id:
            return "household"
        return "collective" if self.collective_id else ""

    @property
    def nominee_name(self) -> str:
        """The name as it stands on lists, without Ông or Bà."""
        if self.person_id:
            return self.person.full_name
        if self.household_id:
            return f"Hộ gia đình {self.household.head_name}"
        return self.collective.name if self.collective_id else ""

    @property
    def nominee_sort(self) -> str:
        """The sort key of the name."""
        if self.person_id:
            return self.person.name_key
        if self.household_id:
            return self.household.name_key
        return name_key(self.collective.name) if self.collective_id else ""


def exactly_one_nominee(name: str, unless: Q | None = None) -> models.CheckConstraint:
    """The constraint that goes with Nominee: exactly one of the three is set, unless `unless` holds."""
    one = (
        Q(person__isnull=False, household__isnull=True, collective__isnull=True)
        | Q(person__isnull=True, household__isnull=False, collective__isnull=True)
        | Q(person__isnull=True, household__isnull=True, collective__isnull=False)
    )
    return models.CheckConstraint(condition=one | unless if unless is not None else one, name=name)
