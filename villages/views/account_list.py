"""Page of the accounts of the commune."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from emulation.accounts.models import User
from emulation.workflow.lists import ListColumn, PagedListView
from villages.flow.accounts import manager
from villages.queries import accounts as queries


class AccountList(PagedListView):
    """The accounts of the commune, with their roles of today and to come."""

    permission = manager
    template_name = "villages/account_list.html"
    help = "tai-khoan"
    title = "Tài khoản của xã"
    columns = (
        ListColumn("Họ và tên", lambda line: line.user.full_name, width=32),
        ListColumn("Tên đăng nhập", lambda line: line.user.username),
        ListColumn("Vai trò", lambda line: line.roles, width=60),
        ListColumn("Tình trạng", lambda line: line.state, width=20),
    )

    def get_queryset(self) -> Any:
        return queries.accounts_by_name(self.request.user)

    def complete_rows(self, rows: Iterable[User]) -> list[queries.AccountLine]:
        return queries.account_lines(self.commune.pk, rows)

    def search(self, rows: Any, words: str) -> Any:
        return rows.filter(Q(full_name__icontains=words) | Q(username__icontains=words.lower()))
