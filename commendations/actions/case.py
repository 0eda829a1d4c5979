"""Helpers of the actions on cases: a new version when only related rows change, notification of all handlers."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from commendations.models import Nomination
from commendations.queries.nomination import case_handlers
from emulation.accounts.models import User
from emulation.notices import actions as notices


def touch_subject(subject: Any) -> None:
    """Make act() raise the version although only related rows changed, so that a stale form is detected."""
    subject.updated_at = timezone.now()


def notify_case_handlers(
    case: Nomination, by: User | None, text: str, key: str, also: Iterable[int] = (), exclude: Iterable[int] = ()
) -> None:
    """Notify everybody who handled the case and `also`, but neither `exclude` nor the user who acted."""
    users = {*case_handlers(case, timezone.localdate()), *also} - {*exclude, getattr(by, "pk", None)}
    notices.notify_users(
        commune_id=case.commune_id,
        users=[user for user in users if user is not None],
        text=text,
        link=case.get_absolute_url(),
        key=f"nomination:{case.pk}:{key}:{case.version}",
    )
