"""Households, people, and their restricted facts."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow, Membership
from emulation.communes.roles import Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import upper_first
from emulation.core.text import fold, name_key
from villages.models.units import Unit
from villages.rules.groups import GROUPS, group_label
from villages.rules.name_marks import MAX_MARK, marked_name
from villages.rules.people import MAX_FORM_LENGTH
from villages.rules.posts import HeldPost, may_name_unit, name_in_post, post_of_day, with_unit_name

# Council members and the superior may read cases, but not the register of people.
PEOPLE_READERS = (Role.office, Role.clerk, Role.chair, Role.vice_chair)


POSTS_OF_ROLES = {role: role.title for role in (Role.chair, Role.vice_chair, Role.clerk)}
"""The posts of new people with these roles of the commune; the other roles are no posts."""
KEPT_RECORD = Coalesce("same_as", "id")
"""The record that is kept of the person of a row of Person; it has an index."""


class NamedRowQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; rows of their own units for heads."""
        capacity = capacity_of(user)
        rows = self.of(user)
        return rows if capacity.has(*PEOPLE_READERS) else rows.filter(unit_id__in=capacity.unit_ids)

    def named_like(self, words: str) -> Self:
        """Rows whose name has, for every word, one that begins so; with or without diacritics."""
        return self.filter(*(Q(name_fold__word=word) for word in fold(words).split()))

    def in_use(self) -> Self:
        """Rows that can be chosen for new entries."""
        return self.filter(is_active=True)


class PersonQuerySet(NamedRowQuerySet):
    def unmerged(self) -> Self:
        """One record of each person: without those of which another record is kept."""
        return self.filter(Q(same_as=None) | Q(same_as=F("pk")))

    def in_use(self) -> Self:
        """People who are in their unit, each once."""
        return super().in_use().unmerged()

    def with_appointments(self) -> Self:
        """With what `post_on` reads of each person; two queries, and one for each person with a role that is a post."""
        rows = self.model._meta.get_field("appointments").related_model.objects.select_related("unit")
        roles = Membership.objects.filter(user_id=OuterRef("user_id"), role__in=POSTS_OF_ROLES)
        return self.prefetch_related("unit__names", Prefetch("appointments", rows)).annotate(
            has_role_with_post=Exists(roles)
        )

    def records_of_users(self, user_ids: Any) -> Self:
        """All records of the people who are these users (ids, or a query of them)."""
        kept = self.model._base_manager.filter(user__in=user_ids).values(kept=KEPT_RECORD)
        return self.alias(kept=KEPT_RECORD).filter(kept__in=kept)


class NamedRow(CommuneRow):
    """Base of people and households: a name with its folded form and sort key, which the actions set with `put_name`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name_key = models.CharField(max_length=400, editable=False)
    name_fold = models.CharField(max_length=250, editable=False)
    nickname = CleanCharField("tên thường gọi", max_length=60, blank=True)
    # What distinguishes it from others of the name in the unit ("sinh năm 1985"; "": nobody else has it), and whether
    # somebody of another unit has the name; both stored by `villages.actions.name_marks`.
    name_mark = models.CharField(max_length=MAX_MARK, blank=True, default="", editable=False)
    name_elsewhere = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField("còn ở đơn vị", default=True)
    # Set when a merger or split moved the row (UnitTransfer); null: the unit never changed.
    transfers: Any  # the manager of its rows of UnitTransfer
    unit_since = models.DateField("thuộc đơn vị này từ ngày", null=True, blank=True, editable=False)

    objects = NamedRowQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The mere name, as papers write it."""
        raise NotImplementedError

    @property
    def marked_name(self) -> str:
        """The name; with what distinguishes it where somebody else of the unit has it: "Lê Văn Hùng (sinh năm 1985)"."""
        return marked_name(self.name, self.name_mark)

    @property
    def name_and_nickname(self) -> str:
        """ "Lê Văn Tám (Tám Cò)", for lists and pages; papers write the mere name."""
        return f"{self.name} ({self.nickname})" if self.nickname else self.name

    def _store_folded(self, name: str) -> None:
        """Sets the folded form, which finds the nickname too, and the sort key, which does not contain it."""
        self.name_fold = fold(f"{name} {self.nickname}")[:250]
        self.name_key = name_key(name)

    def unit_on(self, on: date) -> Unit:
        """The unit to which the row belonged on that day; a query only for a row that a merger or split moved after it."""
        if self.unit_since is None or on >= self.unit_since:
            return self.unit
        moved = self.transfers.select_related("from_unit").filter(moved_on__gt=on).order_by("moved_on", "pk").first()
        return moved.from_unit if moved else self.unit


class Household(NamedRow):
    """A household, named after its head."""

    subject_key = "villages.Household"

    head_name = CleanCharField("họ tên chủ hộ", max_length=120)
    # Sex and form of address on papers are theirs. Null: of the head only the name is known.
    head = models.ForeignKey(
        "villages.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chủ hộ",
        editable=False,
    )
    form_of_address = CleanCharField("cách xưng hô với chủ hộ", max_length=MAX_FORM_LENGTH, blank=True)
    address = CleanCharField("địa chỉ", max_length=200, blank=True)

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["commune", "unit", "name_key"], name="household_by_name")]

    def __str__(self) -> str:
        return f"Hộ gia đình {self.marked_name}"

    def get_absolute_url(self) -> str:
        return reverse("villages:household_evidence", args=[self.pk])

    @property
    def name(self) -> str:
        return self.head_name

    def put_name(self, name: str, nickname: str = "") -> None:
        """Sets the name and nickname, their folded form and the sort key."""
        self.head_name = name
        self.nickname = nickname
        self._store_folded(name)


class Person(NamedRow):
    """A person of a unit. Restricted facts are in PersonPrivate."""

    subject_key = "villages.Person"

    SEXES = [("nam", "Nam"), ("nu", "Nữ")]
    full_name = CleanCharField("họ và tên", max_length=120)
    sex = models.CharField("giới tính", max_length=3, choices=SEXES, blank=True)
    form_of_address = CleanCharField("cách xưng hô", max_length=MAX_FORM_LENGTH, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    # Both only where somebody else in the unit has the same name and year of birth.
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    twin_note = CleanCharField("ghi chú để phân biệt", max_length=80, blank=True)
    post = CleanCharField("chức vụ, nghề nghiệp", max_length=120, blank=True)
    joined_on = models.DateField("vào đơn vị, được tuyển dụng ngày", null=True, blank=True)
    group = models.CharField("nhóm đối tượng", max_length=10, choices=GROUPS, blank=True, default="")  # "": unknown
    # Of the last dated change of post and group (PersonChange); null: the present ones are the only ones.
    post_since = models.DateField("giữ chức vụ, nghề nghiệp này từ ngày", null=True, blank=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="members")
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="person")
    # Of records that are one person (PersonMatch): the kept one, itself included; null: no other record is this person.
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        editable=False,
        verbose_name="hồ sơ giữ lại",
    )

    changes: Any  # the manager of its rows of PersonChange
    appointments: Any  # the manager of its rows of Appointment
    has_role_with_post = True
    """Whether a membership may give them a post; set by `with_appointments`."""

    objects = PersonQuerySet.as_manager()

    audit_private = frozenset({"birth_date"})

    shown_name = ""
    """The name on a list where a twin may follow, set by `villages.queries.twins.mark_twins`."""

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index(fields=["commune", "unit", "name_key"], name="person_by_name"),
            models.Index(KEPT_RECORD, name="person_by_kept_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=1900, birth_year__lte=2100), name="person_birth_year"
            )
        ]

    def __str__(self) -> str:
        return self.marked_name

    def get_absolute_url(self) -> str:
        return reverse("villages:person", args=[self.pk])

    def post_on(self, on: date) -> str:
        """The post on that day: of a role only while it is theirs, with the name that the unit had on that day.

        Queries only for a person whose post changed after the day, for one with an account, and for a post that may name a
        unit; none for the last two if `with_appointments` read the row.
        """
        recorded = self._recorded_post(on)
        post = post_of_day(recorded, self._held_posts(recorded), on) if self.user_id else recorded
        if not may_name_unit(post):
            return post
        unit = self.unit_on(on)
        return with_unit_name(post, self._names_of(unit), unit.read_name_on(on))

    @property
    def present_post(self) -> str:
        """The post of today."""
        return self.post_on(timezone.localdate())

    @property
    def former_unit_note(self) -> str:
        """ "tên cũ Thôn 1", if the recorded post has a former name of the unit; "" where it has the present one, or none."""
        on = timezone.localdate()
        recorded = self._recorded_post(on)
        unit = self.unit_on(on)
        if not may_name_unit(recorded) or not self.post_on(on):
            return ""
        found = name_in_post(recorded, self._names_of(unit))
        return f"tên cũ {found}" if found and found != unit.read_name_on(on) else ""

    @staticmethod
    def _names_of(unit: Unit) -> set[str]:
        return {unit.name, *(row.name for row in unit.names.all())}

    def _recorded_post(self, on: date) -> str:
        if self.post_since is None or on >= self.post_since:
            return self.post
        changes = self.changes.in_force().filter(kind=self.changes.model.POST, effective_on__gt=on)
        earliest = changes.order_by("effective_on", "pk").first()
        return earliest.old_post if earliest else self.post

    def _held_posts(self, recorded: str) -> list[HeldPost]:
        """As head of units; in the role of the commune that the recorded post names, without one in any that is a post."""
        held = []
        for row in self.appointments.all():
            if row.unit_id == self.unit_id:
                row.unit = self.unit  # whose names may be read already
            held.append(row.held_post(recorded))
        titles = {role: title for role, title in POSTS_OF_ROLES.items() if recorded in ("", title)}
        if not titles or not self.has_role_with_post:
            return held
        rows = Membership.objects.filter(commune_id=self.commune_id, user_id=self.user_id, acts_for_id=None)
        days = rows.filter(role__in=titles).order_by("starts_on").values_list("role", "starts_on", "ends_on")
        return held + [HeldPost((titles[Role(role)],), starts_on, ends_on) for role, starts_on, ends_on in days]

    @property
    def kept_id(self) -> int:
        """The id of the record that is kept of this person; its own, unless it was merged into another."""
        return self.same_as_id or self.pk

    @property
    def is_merged(self) -> bool:
        """Whether another record of this person is kept."""
        return self.kept_id != self.pk

    @property
    def has_left(self) -> bool:
        """Whether the person is in no unit any more, as the kept record has it; a query for a record that was merged."""
        return not (self.same_as if self.same_as and self.is_merged else self).is_active

    @property
    def form_in_use(self) -> str:
        """How the person is addressed inside a sentence: the form that was entered, else ông or bà; "" if unknown."""
        return self.form_of_address or {"nam": "ông", "nu": "bà"}.get(self.sex, "")

    @property
    def addressed_in_sentence(self) -> str:
        """ "ông Vi Văn Thành", "Đại đức Thích Minh Tâm"; the name alone when neither form nor sex is known."""
        return f"{self.form_in_use} {self.full_name}".strip()

    @property
    def addressed(self) -> str:
        """ "Ông Vi Văn Thành", as papers write it at the start of a line."""
        return upper_first(self.addressed_in_sentence)

    @property
    def group_in_words(self) -> str:
        """The present group, "Chưa rõ" while nobody has chosen one."""
        return group_label(self.group)

    @property
    def unrecorded_facts(self) -> list[str]:
        """Which of the facts by which people are counted nobody has recorded, in words: nhóm đối tượng, giới tính, năm sinh."""
        facts = {"nhóm đối tượng": self.group, "giới tính": self.sex, "năm sinh": self.birth_year}
        return [fact for fact, value in facts.items() if not value]

    @property
    def name(self) -> str:
        return self.full_name

    def put_name(self, name: str, nickname: str = "") -> None:
        """Sets the name and nickname, their folded form and the sort key."""
        self.full_name = name
        self.nickname = nickname
        self._store_folded(name)


class PersonPrivate(models.Model):
    """Restricted facts of a person: never printed on a list of awards, never public, each reading logged."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="private")
    ethnicity = CleanCharField("dân tộc", max_length=40, blank=True)
    cccd = CleanCharField("số CCCD", max_length=12, blank=True)
    discipline = CleanTextModelField("kỷ luật", blank=True)

    audit_private = frozenset({"ethnicity", "cccd", "discipline"})

    def __str__(self) -> str:
        return f"Thông tin hạn chế của {self.person_id}"
