"""Who else may read a paper: one person, the head of a unit, or all who hold a role."""

from typing import Any

from django.db import models
from django.db.models import Q

from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role


class AbstractReader(models.Model):
    """Exactly one of the three is set. `user_id` and `unit_id` are plain numbers: their rooms stand above."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.title) for role in Role])

    class Meta:
        abstract = True


def reader_constraints(name: str, to: str) -> list[models.BaseConstraint]:
    """The constraints of a table of readers of `to`: one kind of reader a row, each once."""
    return [
        models.CheckConstraint(condition=_exactly_one(), name=f"{name}_one"),
        models.UniqueConstraint(fields=[to, "user_id"], condition=Q(user_id__isnull=False), name=f"{name}_user_once"),
        models.UniqueConstraint(fields=[to, "unit_id"], condition=Q(unit_id__isnull=False), name=f"{name}_unit_once"),
        models.UniqueConstraint(fields=[to, "role"], condition=~Q(role=""), name=f"{name}_role_once"),
    ]


def _exactly_one() -> Q:
    return (
        Q(user_id__isnull=False, unit_id=None, role="")
        | Q(user_id=None, unit_id__isnull=False, role="")
        | (Q(user_id=None, unit_id=None) & ~Q(role=""))
    )


class PaperQuerySet(CommuneQuerySet):
    """Office, clerk and chair read every paper of their commune, others what was given to them (`readers`)."""

    def visible_to(self, user: Any) -> Any:
        rows, capacity = self.of(user), capacity_of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        given = Q(readers__user_id=capacity.user_id)
        given |= Q(readers__unit_id__in=capacity.unit_ids) | Q(readers__role__in=capacity.roles)
        return rows.filter(pk__in=self.model._base_manager.filter(self.own(capacity.user_id) | given).values("pk"))

    def own(self, user_id: int | None) -> Q:
        """What a person reads because he made it."""
        return Q(pk__in=[])


PaperManager = models.Manager.from_queryset(PaperQuerySet)
