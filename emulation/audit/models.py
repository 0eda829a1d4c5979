"""The audit log: who did what, to what, when. Append-only; each entry stores the hash of the previous one."""

from django.db import models

from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, CommuneQuerySet
from emulation.communes.roles import Role


class AuditEntryQuerySet(CommuneQuerySet):
    def visible_to(self, user):
        """The whole log for the office and the chair; other users see their own acts."""
        rows = self.of(user)
        if capacity_of(user).has(Role.office, Role.chair):
            return rows
        return rows.filter(actor_id=user.pk)


class AuditEntry(models.Model):
    """One event. The commune is the only foreign key: an entry outlives the objects that it refers to."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    act = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        db_table = "audit_entry"
        constraints = [models.UniqueConstraint(fields=["commune", "seq"], name="audit_no_fork")]
        indexes = [
            models.Index(fields=["commune", "subject_type", "subject_id", "seq"], name="audit_subject"),
            models.Index(fields=["commune", "actor_id", "-seq"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"

    @property
    def actor_name(self) -> str:
        """The name for a timeline, with whom they acted for; `actor_label` also contains the login name."""
        return f"{self.actor_label.partition(' (')[0]}{self._acted_for}"

    @property
    def actor_in_full(self) -> str:
        """The name with the login name, and with whom they acted for."""
        return f"{self.actor_label}{self._acted_for}"

    @property
    def subject_name(self) -> str:
        """What the act was about, for readers: an act on the whole commune is stored with its internal code."""
        return "cả xã" if self.subject_label == self.commune.code else self.subject_label

    @property
    def _acted_for(self) -> str:
        absent = self.facts.get("acts_for")
        return f", làm thay {absent}" if absent else ""


class AuditChainHead(models.Model):
    """The end of a commune's chain; writers lock this row, so that entries are written one after another."""

    commune = models.OneToOneField(Commune, models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "audit_head"
