"""Exemplars (điển hình) that units report in a period, and their photos."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.catalogue.models import Field
from campaigns.exemplars.models.period import Period
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanTextModelField
from emulation.core.formatting import lower_first
from emulation.core.text import fold, name_key
from emulation.legal.calendar.lateness import is_late
from emulation.workflow.models import ReturnableSubject
from villages.models import NamedNominee, Unit, exactly_one_nominee


class ExemplarQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; the head of a unit sees those of their unit; the council sees accepted ones."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        visible = Q(unit_id__in=capacity.unit_ids)
        if capacity.has(Role.council_member):
            visible |= Q(state__in=Exemplar.VALID, nothing=False)
        return rows.filter(visible)

    def sent(self) -> Self:
        """Exemplars that units have submitted, in any later state."""
        return self.exclude(state__in=[Exemplar.DRAFT, Exemplar.CANCELLED])

    def accepted(self) -> Self:
        """Exemplars that the office accepted, whatever followed: those that figures count."""
        return self.filter(state__in=Exemplar.VALID, nothing=False)

    def sent_once(self) -> Self:
        """Exemplars that units have submitted at least once, also those withdrawn to a draft; without cancelled ones."""
        return self.filter(first_sent_on__isnull=False).exclude(state=Exemplar.CANCELLED)

    def for_lists(self) -> Self:
        """With the related objects shown in lists."""
        return self.select_related("period", "unit", "person", "household", "collective", "field")


class Exemplar(ReturnableSubject, NamedNominee):
    """A unit's answer for a period: a person, household or collective as an example, or "none this time" with a reason.

    A draft may be incomplete, so the details of a new person or household are stored as typed in `new_nominee` (name,
    sex, birth_year, post, address, and `undecided` while the user has not confirmed that they are new). They are added
    to the register when the exemplar is submitted.
    """

    subject_key = "campaigns.Exemplar"

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOMINATED = "nominated"
    CANCELLED = "cancelled"
    OPEN = (DRAFT, RETURNED)
    VALID = (ACCEPTED, NOMINATED)
    PERSON = "person"
    HOUSEHOLD = "household"
    COLLECTIVE = "collective"
    NAMED_BY = NamedNominee.NAMED_BY | {"new_nominee"}
    NOMINEE_KINDS = [(PERSON, "Cá nhân"), (HOUSEHOLD, "Hộ gia đình"), (COLLECTIVE, "Tập thể")]

    period = models.ForeignKey(Period, models.PROTECT, related_name="exemplars", verbose_name="kỳ")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    nothing = models.BooleanField("kỳ này không có", default=False)
    nothing_reason = CleanTextModelField("lý do", blank=True)
    kind = models.CharField("điển hình là", max_length=10, choices=NOMINEE_KINDS, blank=True)
    new_nominee = models.JSONField("người mới, chưa có trong danh sách", default=dict, blank=True)
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lĩnh vực")
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="exemplars", verbose_name="phong trào"
    )
    deed = CleanTextModelField("việc đã làm", blank=True)
    result = CleanTextModelField("kết quả", blank=True)
    submitted_on = models.DateField("gửi ngày", null=True, blank=True)
    first_sent_on = models.DateField("gửi lần đầu", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nhập")

    objects = ExemplarQuerySet.as_manager()
    audit_private = frozenset({"new_nominee"})

    class Meta:
        ordering = ["-period__opens_on", "unit__sort", "pk"]
        indexes = [
            models.Index(fields=["commune", "period", "state"], name="exemplar_board"),
            models.Index(fields=["commune", "-state_since", "-id"], name="exemplar_by_time"),
            models.Index(fields=["commune", "nominee_key", "id"], name="exemplar_by_name"),
            models.Index(fields=["commune", "unit", "state"], name="exemplar_by_unit_state"),
        ]
        constraints = [
            exactly_one_nominee(
                "exemplar_one_nominee", unless=Q(nothing=True) | Q(state__in=["draft", "returned", "cancelled"])
            ),
            models.CheckConstraint(
                condition=Q(nothing=False) | Q(person=None, household=None, collective=None),
                name="exemplar_nothing_names_nobody",
            ),
            models.UniqueConstraint(
                fields=["period", "unit"],
                condition=Q(nothing=True) & ~Q(state="cancelled"),
                name="exemplar_one_nothing",
            ),
        ]

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.nominee_unit, str(self.period)]))
        return f"{self.nominee_name or 'Chưa ghi tên'} ({where})"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:exemplar", args=[self.pk])

    @property
    def nominee_name(self) -> str:
        """The nominee's name, including a new nominee not yet in the register."""
        if self.nothing:
            return f"{self.unit.name}: kỳ này không có"
        return super().nominee_name or str(self.new_nominee.get("name", ""))

    def nominee_words(self) -> str:
        """The folded name, also that of a new nominee."""
        return super().nominee_words() or fold(str(self.new_nominee.get("name", "")))[:250]

    @property
    def nominee_sort(self) -> str:
        """The sort key of the name, also that of a new nominee."""
        return super().nominee_sort or name_key(str(self.new_nominee.get("name", "")))[:400]

    @property
    def nominee_unit(self) -> str:
        """The unit, where the name does not say it already."""
        return "" if self.nothing else super().nominee_unit

    @property
    def is_late(self) -> bool:
        """Whether it was first submitted after the due day ("nộp muộn")."""
        return is_late(self.first_sent_on, self.period.due_on)

    @property
    def is_reopened(self) -> bool:
        """Whether it was sent in time once and is open again, returned or withdrawn: correcting it makes nothing late."""
        return self.state in self.OPEN and self.first_sent_on is not None and not self.is_late

    def due_on(self) -> date | None:
        return self.period.due_on if self.state in self.OPEN and not self.is_reopened else None

    def todo_parts(self) -> tuple[str, str]:
        deed = f": {self.deed}" if self.deed else ""
        where = ", ".join(filter(None, [self.nominee_unit, lower_first(str(self.period))]))
        return self.nominee_name or "Chưa ghi tên", f"{where}{deed}"


class ExemplarPhotoQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the exemplar see its photos."""
        return self.of(user).filter(exemplar__in=Exemplar.objects.visible_to(user))


class ExemplarPhoto(CommuneRow):
    """A photo of the deed, stored as a new JPEG without metadata (no GPS). `upload_sha256` is the hash of the uploaded file."""

    subject_key = "campaigns.ExemplarPhoto"

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    thumb_sha256 = models.CharField(max_length=64)
    upload_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ExemplarPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["exemplar", "sha256"], name="exemplar_photo_once")]

    def __str__(self) -> str:
        return f"Ảnh {self.pk}"

    @property
    def url(self) -> str:
        return reverse("campaigns:photo", args=[self.pk])

    @property
    def thumb_url(self) -> str:
        return reverse("campaigns:photo_thumb", args=[self.pk])


class ExemplarPartQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the exemplar see its parts."""
        return self.of(user).filter(exemplar__in=Exemplar.objects.visible_to(user))
