"""Table of background jobs, the source of truth; Celery only wakes a worker up."""

from django.db import models

from emulation.communes.models import Commune, CommuneQuerySet


class JobQuerySet(CommuneQuerySet):
    def visible_to(self, user):
        """All jobs of the user's commune: a job shows only its progress."""
        return self.of(user)


class Job(models.Model):
    """One unit of background work, done once: (kind, key) is unique, and its effects have unique keys of their own.

    The lease limits how long a worker may go without reporting progress before another worker may take the job.
    Of the jobs that are due, the one with the lowest `priority` runs first, then the one that is due longest.
    """

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
    STATES = [(QUEUED, "Đang chờ"), (RUNNING, "Đang làm"), (DONE, "Đã xong"), (FAILED, "Không làm được")]

    REQUESTED = 0
    NORMAL = 1
    BULK = 2
    PRIORITIES = [(REQUESTED, "Có người đang chờ"), (NORMAL, "Bình thường"), (BULK, "Làm hàng loạt")]

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    priority = models.PositiveSmallIntegerField(choices=PRIORITIES, default=NORMAL)
    due_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="job_once")]
        indexes = [
            # Not a partial index: SQLite uses one only for values written in the query, and Django passes parameters.
            models.Index(fields=["state", "priority", "due_at"], name="job_by_priority")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def percent(self) -> int:
        """The progress, 0-100."""
        if self.state == self.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def has_failed(self) -> bool:
        return self.state == self.FAILED

    @property
    def is_over(self) -> bool:
        return self.state in (self.DONE, self.FAILED)
