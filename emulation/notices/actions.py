"""Telling people."""

from collections.abc import Iterable

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.notices.models import Notice


def tell(*, commune: Commune, users: Iterable[int], text: str, link: str, key: str) -> None:
    """Puts one message before each of these users (ids), in the caller's transaction; the same key never twice."""
    Notice.objects.bulk_create(
        [
            Notice(commune=commune, user_id=user_id, text=text[:500], link=link, key=key)
            for user_id in sorted(set(users))
        ],
        ignore_conflicts=True,
    )


def mark_read(*, by: User) -> int:
    """Marks all messages of this user read; how many there were."""
    return Notice.objects.visible_to(by).filter(read_at=None).update(read_at=timezone.now())
