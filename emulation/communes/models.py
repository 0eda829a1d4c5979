"""Communes, their dated identities (names), and memberships of users."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role


class Commune(models.Model):
    """A commune; stays the same row when its name changes. Every row of the project belongs to a commune."""

    subject_key = "communes.Commune"

    code = models.SlugField("mã", max_length=32, unique=True)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.code

    def identity_on(self, on: date) -> "CommuneIdentity":
        """The name, place name and superior in force on that day. Raises CommuneIdentity.DoesNotExist."""
        return self.identities.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).latest("starts_on")


class CommuneIdentity(models.Model):
    """The names of a commune on documents between two dates; letterheads use the identity on the date of issue."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="identities")
    name = models.CharField("tên", max_length=120)  # xã Bình Lương
    place_name = models.CharField("địa danh", max_length=80)  # Bình Lương
    issuer = models.CharField("cơ quan ban hành", max_length=160)  # ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG
    issuer_short = models.CharField("tên gọi tắt", max_length=80)  # UBND xã Bình Lương
    letterhead_parent = models.CharField("cơ quan chủ quản", max_length=160, blank=True)
    superior_office = models.CharField("cơ quan cấp trên nhận báo cáo", max_length=160)
    district = models.CharField("huyện", max_length=80, blank=True)
    province = models.CharField("tỉnh", max_length=80)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    # What ordered it ("Nghị quyết số 05/NQ-HĐND ngày …"); empty in rows of before it was asked for.
    paper = models.CharField("văn bản quyết định", max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="identity_dates_in_order"
            ),
            models.UniqueConstraint(fields=["commune", "starts_on"], name="identity_one_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a user in a commune, for a unit or for the whole commune, between two dates.

    `user_id` and `unit_id` are not foreign keys: this app must not import accounts and villages, which are above it.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="memberships")
    user_id = models.BigIntegerField(db_index=True)
    role = models.CharField("vai trò", max_length=20, choices=[(role.value, role.title) for role in Role])
    unit_id = models.BigIntegerField(null=True, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    # Who gave the role on the screen, and when; empty for those of the set-up, of the operator and of absences.
    given_by_id = models.BigIntegerField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    # The user for whom this one acts on these days (absence); empty for a role of one's own, and for deputies of before
    # it was recorded.
    acts_for_id = models.BigIntegerField(null=True, blank=True)
    # The user from whom the role was handed over on the screen; what waits for them follows it.
    handed_over_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="membership_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["commune", "user_id", "role", "unit_id", "starts_on"], name="membership_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["commune", "user_id", "role", "starts_on"],
                condition=Q(unit_id=None),
                name="membership_once_in_the_commune",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class UnitSuccession(models.Model):
    """From a day on, the head of `successor_id` acts for the closed unit `unit_id`: reads its rows, finishes its work.

    Like `Membership` with plain ids. A unit has one successor; chains (1 → 7 → 9) are followed.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="successions")
    unit_id = models.BigIntegerField(unique=True)
    successor_id = models.BigIntegerField(db_index=True)
    starts_on = models.DateField("từ ngày")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(unit_id=models.F("successor_id")), name="succession_by_another_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.successor_id}"


class CommuneQuerySet(models.QuerySet):
    """Base of every `visible_to`: users of other communes get no rows."""

    def of(self, user: Any) -> Self:
        """Rows of the commune in which the user serves today; none for other users."""
        capacity = capacity_of(user)
        return self.filter(commune_id=capacity.commune_id) if capacity.commune_id else self.none()

    def visible_to(self, user: Any) -> Self:
        """Rows that this user may see; every model defines it."""
        raise NotImplementedError(f"{self.model.__name__} does not define visible_to")


class CommuneRow(models.Model):
    """Base of every row that belongs to a commune.

    `subject_key` names the model in audit entries; stored entries must stay valid when a model is renamed.
    """

    subject_key: ClassVar[str]

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="xã")

    objects = CommuneQuerySet.as_manager()

    class Meta:
        abstract = True
