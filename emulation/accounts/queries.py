"""The chair's name on a day."""

from datetime import date

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role


def chair_name(commune_id: int, on: date) -> str:
    """The full name of the commune's chair on that day, or ""."""
    user = User.objects.filter(pk__in=role_holder_ids(commune_id, Role.chair, on=on)).order_by("pk").first()
    return user.full_name if user else ""
