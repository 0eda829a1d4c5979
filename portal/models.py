"""The honour roll: public copies of issued awards, without a foreign key to any person."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from commendations.models import Award, AwardCancellation, AwardCorrection
from commendations.rules.wording import achievement_sentence
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField
from emulation.core.text import fold


class HonourEntryQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Every entry: the honour roll is public."""
        return self.all()

    def counting(self) -> Self:
        """Entries whose award is in force, each as corrected last."""
        return self.with_standing().filter(cancelled=False, replaced=False).exclude(superseded=True)

    def with_standing(self) -> Self:
        """Annotates `cancelled` and `replaced` (what happened to the award) and `superseded` (a corrected sheet was printed).

        Read from the awards themselves: nothing that was taken back is shown until a job has run.
        """
        printed = AwardCorrection.objects.filter(award=OuterRef("award_id"), certificate__isnull=False)
        return self.annotate(
            cancelled=Exists(AwardCancellation.objects.filter(award=OuterRef("award_id"))),
            replaced=Exists(Award.objects.filter(replaces=OuterRef("award_id"))),
            valid_code=Coalesce(Subquery(printed.order_by("-pk").values("certificate__code")[:1]), F("code")),
        ).annotate(superseded=Case(When(valid_code=F("code"), then=Value(False)), default=Value(True)))

    def like(self, words: str) -> Self:
        """Entries whose search text contains every word, typed with or without diacritics."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search__contains=word)
        return rows


class HonourEntry(CommuneRow):
    """One published award. The job "portal.publish" creates one entry per verification code."""

    subject_key = "portal.HonourEntry"

    code = models.CharField("mã xác minh", max_length=40, unique=True)
    name = CleanCharField("người, tập thể được khen", max_length=200)
    unit_name = CleanCharField("đơn vị", max_length=120)
    award_title = CleanCharField("danh hiệu, hình thức khen thưởng", max_length=120)
    achievement = CleanCharField("thành tích", max_length=300)
    field_name = CleanCharField("lĩnh vực", max_length=120, blank=True)
    decider = CleanCharField("người quyết định", max_length=160)
    decision_number = models.CharField("số quyết định", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    decision_serial = models.PositiveSmallIntegerField("số sổ vàng")
    decision_document = models.BigIntegerField(db_index=True)
    # No foreign key: the public copy outlives every change of the tables of awards.
    award_id = models.BigIntegerField(db_index=True, null=True)
    year = models.PositiveSmallIntegerField("năm")
    search = models.CharField(max_length=800, editable=False)
    published_at = models.DateTimeField(auto_now_add=True)

    objects = HonourEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-decision_date", "-decision_document", "decision_serial"]
        indexes = [
            models.Index(fields=["commune", "-decision_date", "-decision_document"], name="honour_newest"),
            models.Index(fields=["commune", "year", "unit_name"], name="honour_by_year_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name} - {self.award_title}"

    @property
    def achievement_in_full(self) -> str:
        """ "Đã có thành tích …"."""
        return achievement_sentence(self.achievement)

    @property
    def is_form(self) -> bool:
        """Whether the award is a giấy khen, which the recipient has on paper."""
        return self.award_title.startswith("Giấy khen")

    def get_absolute_url(self) -> str:
        return reverse("portal:entry", args=[self.code])
