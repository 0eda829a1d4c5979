"""Directives from above and the letter by which the commune carries one out."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.urls import reverse

from campaigns.models.keys import KeyField
from campaigns.rules.duties import is_late
from campaigns.rules.symbols import LONGEST
from emulation.accounts.models import User
from emulation.acts.models import Subject
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF, UNIT_HEADS, Role
from emulation.communes.standing import standing_of
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from villages.models import Unit


class DirectiveQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair handle incoming papers; a council member sees those that were put into his hands."""
        standing, rows = standing_of(user), self.of(user)
        if standing.has(*COMMUNE_STAFF):
            return rows
        if standing.has(Role.council_member):
            return rows.filter(pk__in=rows.filter(handlings__assignee_id=standing.user_id).values("pk"))
        return rows.none()


class Directive(CommuneRow):
    """An incoming paper from above that the commune must carry out; it may itself carry out a paper from higher up."""

    URGENCIES = [("", "Thường"), ("urgent", "Khẩn"), ("very_urgent", "Thượng khẩn"), ("express", "Hỏa tốc")]

    symbol = CleanCharField("số, ký hiệu", max_length=60)
    symbol_key = KeyField(source="symbol", max_length=LONGEST)
    issued_on = models.DateField("ngày văn bản")
    issuer = CleanCharField("cơ quan gửi", max_length=160)
    issuer_key = KeyField(source="issuer", max_length=160)
    subject = CleanTextModelField("trích yếu")
    received_on = models.DateField("ngày đến")
    urgency = models.CharField("độ khẩn", max_length=12, choices=URGENCIES, blank=True, default="")
    answer_due_on = models.DateField("hạn trả lời", null=True, blank=True)
    carries_out = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_out_by", verbose_name="thực hiện văn bản"
    )
    outline = models.JSONField("khung công văn triển khai", default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "symbol_key", "issued_on", "issuer_key"], name="directive_once"),
            models.CheckConstraint(
                condition=models.Q(received_on__gte=models.F("issued_on")), name="directive_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(carries_out=None) | ~models.Q(carries_out=models.F("pk")),
                name="directive_not_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} của {self.issuer}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:directive", args=[self.pk])

    @property
    def current_handlings(self) -> list[Any]:
        """Who handles or handled the paper, without the assignments that were taken back."""
        return [handling for handling in self.handlings.all() if not handling.is_recalled]


class LetterQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, clerk and chair; the others of the commune see what was issued."""
        standing = standing_of(user)
        rows = self.of(user)
        if standing.has(*COMMUNE_STAFF):
            return rows
        readers = standing.has(*UNIT_HEADS, Role.council_member, Role.superior)
        return rows.filter(state=Letter.ISSUED) if readers else rows.none()


class Letter(Subject):
    """The commune's công văn, most often one that carries out a directive: opening, four groups of tasks, closing, addressees, recipients.

    Addressees and recipients stand one a line; in a group of tasks a line that begins with "-" becomes a dash of its own.
    """

    DRAFT, SUBMITTED, RETURNED, APPROVED, ISSUED = "draft", "submitted", "returned", "approved", "issued"
    OPEN = (DRAFT, RETURNED)
    GROUPS = (
        ("tasks_1", "Nhóm việc 1"),
        ("tasks_2", "Nhóm việc 2"),
        ("tasks_3", "Nhóm việc 3"),
        ("tasks_4", "Nhóm việc 4"),
    )
    TEXTS = ("addressees", "opening", *(name for name, _ in GROUPS), "closing", "recipients")

    directive = models.OneToOneField(
        Directive, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name="văn bản chỉ đạo"
    )  # none: a letter of the commune's own, such as one that urges (công văn đôn đốc)
    subject = CleanTextModelField("trích yếu")
    addressees = CleanTextModelField("kính gửi", blank=True)
    opening = CleanTextModelField("mở đầu", blank=True)
    tasks_1 = CleanTextModelField("nhóm việc 1", blank=True)
    tasks_2 = CleanTextModelField("nhóm việc 2", blank=True)
    tasks_3 = CleanTextModelField("nhóm việc 3", blank=True)
    tasks_4 = CleanTextModelField("nhóm việc 4", blank=True)
    closing = CleanTextModelField("kết", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)
    signer = CleanCharField("người ký", max_length=120, blank=True)
    deputy = models.BooleanField("Phó Chủ tịch ký thay", default=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Công văn: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:letter", args=[self.pk])


class LetterReceiptQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The head of a unit sees his unit's; the office, clerk and chair see who has acknowledged."""
        standing = standing_of(user)
        rows = self.of(user)
        return rows if standing.has(*COMMUNE_STAFF) else rows.filter(unit_id__in=standing.unit_ids)

    def for_lists(self) -> Self:
        """With the letter and its number, without the text of the paper, and the day of the first task still to report."""
        duties = apps.get_model("campaigns.UnitDuty")
        waiting = duties.objects.filter(receipt=models.OuterRef("pk"), state__in=duties.OPEN, due_day__isnull=False)
        rows = self.select_related("unit", "letter__document").annotate(
            first_due=models.Subquery(waiting.order_by("due_day").values("due_day")[:1])
        )
        return rows.defer("letter__document__html", "letter__document__blocks")


class LetterReceipt(Subject):
    """A unit is asked to acknowledge an issued letter."""

    WAITING, RECEIVED = "waiting", "received"
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.ForeignKey(
        "campaigns.LetterRecipient", models.PROTECT, null=True, blank=True, related_name="receipts"
    )  # the line of "Nơi nhận" through which the unit was reached; none for letters from before lines were read
    due_day = models.DateField("hạn xác nhận", null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField("ngày nhận", null=True, blank=True)

    objects = LetterReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["unit__sort", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "unit"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.unit.name} nhận {self.letter}"

    def get_absolute_url(self) -> str:
        return self.letter.get_absolute_url()

    @property
    def is_late(self) -> bool:
        """Acknowledged after the day it was due."""
        return is_late(self.received_on, self.due_day)

    def due_on(self) -> date | None:
        """The day to acknowledge by; once that is done, the day of the first task still to report (of rows `for_lists`)."""
        return self.due_day if self.state == self.WAITING else getattr(self, "first_due", None)

    def todo_text(self) -> str:
        paper = f"Công văn số {self.letter.document.reference}" if self.letter.document else str(self.letter)
        return f"{paper} – {self.unit.name}"
