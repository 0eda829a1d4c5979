"""Notifications of one day grouped for reading: those about one case, and those of one act on many cases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone

from emulation.notices.models import Notification

BULK = 4  # so many cases with the same news on one day are one line


@dataclass(frozen=True)
class NoticeGroup:
    """Notifications that are shown as one line: the newest, and the others under it, newest first."""

    newest: Notification
    others: list[Notification]
    is_bulk: bool = False

    @property
    def unread(self) -> int:
        """How many of them are unread."""
        return sum(notice.read_at is None for notice in (self.newest, *self.others))


def group_notices(notices: Iterable[Notification]) -> list[NoticeGroup]:
    """The groups in the order of their newest notification; `notices` are newest first."""
    by_case: dict[tuple[date, str], list[Notification]] = {}
    for notice in notices:
        by_case.setdefault((_day(notice), notice.link or notice.key), []).append(notice)
    by_news: dict[tuple[date, str], list[list[Notification]]] = {}
    for case in by_case.values():
        by_news.setdefault((_day(case[0]), _kind(case[0])), []).append(case)
    groups = chain.from_iterable(map(_groups, by_news.values()))
    return sorted(groups, key=lambda group: (group.newest.created_at, group.newest.pk), reverse=True)


def _groups(cases: list[list[Notification]]) -> list[NoticeGroup]:
    """Of the cases with the same news: one group for many, else one for each."""
    if len(cases) < BULK:
        return [NoticeGroup(case[0], case[1:]) for case in cases]
    newest, *others = chain.from_iterable(cases)
    return [NoticeGroup(newest, others, is_bulk=True)]


def _day(notice: Notification) -> date:
    return timezone.localdate(notice.created_at)


def _kind(notice: Notification) -> str:
    """The key without the numbers of its case: "nomination:#:decided:#"."""
    return re.sub(r"\d+", "#", notice.key)
