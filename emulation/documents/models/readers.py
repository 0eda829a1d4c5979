"""Who else may read a paper: one person, the head of a unit, or all who hold a role."""

from typing import Any

from django.db import models
from django.db.models import Q

from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF, Role
from emulation.communes.standing import standing_of


class Reader(models.Model):
    """Exactly one of the three is set. `user_id` and `unit_id` are plain numbers: their rooms stand above."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.title) for role in Role])

    class Meta:
        abstract = True


def exactly_one() -> Q:
    return (
        Q(user_id__isnull=False, unit_id=None, role="")
        | Q(user_id=None, unit_id__isnull=False, role="")
        | (Q(user_id=None, unit_id=None) & ~Q(role=""))
    )


class PaperQuerySet(CommuneQuerySet):
    """Office, clerk and chair read every paper of their commune, others what was given to them (`readers`)."""

    def visible_to(self, user: Any) -> Any:
        rows, standing = self.of(user), standing_of(user)
        if standing.has(*COMMUNE_STAFF):
            return rows
        given = Q(readers__user_id=standing.user_id)
        given |= Q(readers__unit_id__in=standing.unit_ids) | Q(readers__role__in=standing.roles)
        return rows.filter(pk__in=self.model._base_manager.filter(self.own(standing.user_id) | given).values("pk"))

    def own(self, user_id: int | None) -> Q:
        """What a person reads because he made it."""
        return Q(pk__in=[])


PaperManager = models.Manager.from_queryset(PaperQuerySet)
