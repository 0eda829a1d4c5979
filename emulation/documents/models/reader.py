"""Additional readers of a paper: one user, the head of a unit, or all users with a role."""

from typing import Any

from django.db import models
from django.db.models import Q

from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role


class AbstractReader(models.Model):
    """Exactly one of the three is set. `unit_id` is not a foreign key: the villages app is above this one."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.title) for role in Role])

    class Meta:
        abstract = True


def reader_constraints(name: str, to: str) -> list[models.BaseConstraint]:
    """The constraints of a reader table with the foreign key `to`: exactly one kind of reader per row, each reader once."""
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
    """Office, clerk and chair read every paper of their commune; other users those that list them in `readers`."""

    def visible_to(self, user: Any) -> Any:
        rows = self.of(user)
        capacity = capacity_of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        as_reader = Q(readers__user_id=capacity.user_id)
        as_reader |= Q(readers__unit_id__in=capacity.unit_ids) | Q(readers__role__in=capacity.roles)
        # A subquery instead of a join: a user may match several reader rows of one paper.
        return rows.filter(pk__in=self.model._base_manager.filter(self.own(capacity.user_id) | as_reader).values("pk"))

    def own(self, user_id: int | None) -> Q:
        """The condition for papers that this user made; none by default."""
        return Q(pk__in=[])


PaperManager = models.Manager.from_queryset(PaperQuerySet)
