"""Backups that were made, restores, and the result of the last check of the stored files."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from emulation.communes.models import Commune, CommuneQuerySet, CommuneRow


class Backup(models.Model):
    """One backup of the whole installation; `verified_at` is set once the archive has been read back without a fault."""

    name = models.CharField("tệp", max_length=100, unique=True)
    made_at = models.DateTimeField("lúc")
    size = models.PositiveBigIntegerField("dung lượng")
    tables = models.PositiveIntegerField("số bảng")
    table_rows = models.PositiveBigIntegerField("số dòng")
    files = models.PositiveIntegerField("số tệp")
    is_encrypted = models.BooleanField("mã hóa")
    verified_at = models.DateTimeField("đọc lại lúc", null=True)

    def __str__(self) -> str:
        return self.name


class RestoreQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All restores of the user's commune."""
        return self.of(user)

    def pending(self) -> Self:
        """Restores after which e-mails and reminders still wait for the administrator."""
        return self.filter(released_at=None)


class Restore(CommuneRow):
    """One restore, for each commune in the database. E-mails and reminders wait until an administrator releases them.

    `reminders_sent_until`: reminders planned up to this day count as sent. `released_by_id` is not a foreign key: the
    accounts app is above this one.
    """

    subject_key = "backups.Restore"

    restored_at = models.DateTimeField("khôi phục lúc")
    backup_name = models.CharField("từ bản sao", max_length=200)
    backup_made_at = models.DateTimeField("bản sao lúc")
    run_by = models.CharField("người chạy", max_length=200)
    released_at = models.DateTimeField("cho gửi lại lúc", null=True)
    released_by_id = models.BigIntegerField("người cho gửi lại", null=True)
    reminders_sent_until = models.DateField("coi như đã nhắc đến ngày", null=True)

    objects = RestoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by_id=None)
                | Q(released_at__isnull=False, released_by_id__isnull=False),
                name="restore_released_by",
            )
        ]
        indexes = [models.Index(fields=["commune", "-id"], name="restore_newest")]

    def __str__(self) -> str:
        return f"Khôi phục từ {self.backup_name}"


class FileCheck(models.Model):
    """The last check of the stored files; only the newest row is kept."""

    checked_at = models.DateTimeField("lúc")
    files = models.PositiveIntegerField("số tệp")


class FileFault(models.Model):
    """A stored file that the last check found missing or damaged."""

    MISSING = "missing"
    DAMAGED = "damaged"
    KINDS = [(MISSING, "đã mất"), (DAMAGED, "bị hỏng")]

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="+", null=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField("tệp", max_length=300)
    can_be_made_again = models.BooleanField("tạo lại được")
    found_at = models.DateTimeField("thấy lúc")

    def __str__(self) -> str:
        return self.name
