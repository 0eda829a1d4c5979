"""Directives that wait for a user follow the role by which they handle them: handed over, they wait for the successor."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from campaigns.directives.models.directive import Handling
from campaigns.directives.queries.directive import handling_successor, waiting_for_leavers
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.notices.actions import notify_users
from villages.actions.account_roles import handover_followers


@handover_followers.register("campaigns.handlings")
def pass_on_handlings(commune: Commune, on: date) -> int:
    """Passes on the directives of those who no longer handle any that day to who took their role over.

    What has no successor waits for the office. Returns how many were passed on.
    """
    passed = [_pass_on(handling, on) for handling in waiting_for_leavers(commune.pk, on)]
    return sum(passed)


@transaction.atomic
def _pass_on(handling: Handling, on: date) -> bool:
    locked = Handling.objects.select_for_update().select_related("directive", "assignee").get(pk=handling.pk)
    successor = handling_successor(locked, on)
    if not locked.is_waiting or successor is None:
        return False
    leaver = locked.assignee
    if locked.directive.handlings.filter(assignee=successor, state=Handling.WAITING).exists():
        locked.state = Handling.RECALLED  # the successor has the same directive already
    else:
        locked.assignee = successor
    locked.version += 1
    locked.save(update_fields=["assignee", "state", "version", "updated_at"])
    record_entry(
        commune_id=locked.commune_id,
        actor=None,
        act="campaigns.pass_on_handling",
        label=f"Văn bản chờ {leaver.full_name} xử lý chuyển theo vai cho {successor.full_name}",
        subject=locked,
        facts={"from": leaver.username, "to": successor.username},
    )
    _notify(locked, [successor], f"Theo vai nhận từ {leaver.full_name}, xử lý")
    return True


def _notify(handling: Handling, users: Iterable[User], what: str) -> None:
    notify_users(
        commune_id=handling.commune_id,
        users=[user.pk for user in users],
        text=f"{what}: {handling.directive.symbol}",
        link=handling.get_absolute_url(),
        key=f"handling:{handling.pk}:passed:{handling.version}",
    )
