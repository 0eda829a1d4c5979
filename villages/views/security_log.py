"""The security log of the administrator: entries of the audit log about accounts, without cases."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.workflow import permissions
from emulation.workflow.day_filter import bounds_of_day, day_filter
from emulation.workflow.lists import ListColumn, ListFilter, PagedListView
from villages.queries.accounts import (
    accounts_by_name,
    entries_of_account,
    names_by_login,
    security_details,
    security_entries,
    security_kinds,
)


class SecurityLog(PagedListView):
    """Sign-ins, failures, resets, requests, changes of roles; the newest first, filtered by account, kind and day."""

    permission = permissions.administrator
    template_name = "villages/security_log.html"
    help = "nhat-ky-an-toan"
    title = "Nhật ký an toàn"

    @property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]
        names = self.names()
        return (
            ListColumn("Việc", lambda row: row.label, width=40),
            ListColumn("Nội dung", lambda row: security_details(row, names), width=48),
            ListColumn("Về", lambda row: row.subject_name, width=48),
            ListColumn("Người làm", lambda row: row.actor_in_full, width=28),
            ListColumn("Lúc", lambda row: timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M"), width=18),
        )

    def get_queryset(self) -> Any:
        rows = security_entries(self.request.user)
        if kind := self.choice_of("viec", security_kinds()):
            rows = rows.filter(act=kind)
        account = self.accounts().get(self.choice_of("tai-khoan", self.accounts()))
        if account:
            rows = entries_of_account(rows, account)
        _, day = day_filter(self.request)
        if day:
            rows = rows.filter(at__range=bounds_of_day(day))
        return rows

    def accounts(self) -> dict[str, User]:
        """The accounts of the commune by login name, in the order of their owners' names."""
        if not hasattr(self, "_accounts"):
            self._accounts = {user.username: user for user in accounts_by_name(self.request.user)}
        return self._accounts

    def names(self) -> dict[str, str]:
        """The owners of the accounts by login name."""
        return names_by_login(self.accounts().values())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "names": self.names()}

    def search(self, rows: Any, words: str) -> Any:
        return rows.filter(
            Q(subject_label__icontains=words) | Q(actor_label__icontains=words) | Q(label__icontains=words)
        )

    def filters(self) -> list[ListFilter]:
        names = {login: str(user) for login, user in self.accounts().items()}
        kinds = security_kinds()
        return [
            ListFilter("tai-khoan", "Tài khoản", names, self.choice_of("tai-khoan", names)),
            ListFilter("viec", "Việc", kinds, self.choice_of("viec", kinds)),
            day_filter(self.request)[0],
        ]
