"""`manage.py give_role LOGIN ROLE`: an existing user serves in a role of their commune, for example as a new chair."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from emulation.accounts.actions import give_role
from emulation.accounts.models import User
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.database_wait import WaitsForDatabase
from emulation.core.errors import RuleBroken

ROLES = sorted(set(Role) - UNIT_HEAD_ROLES)


class Command(WaitsForDatabase):
    help = "Giao vai trò của xã cho một tài khoản đã có, ví dụ Chủ tịch mới hoặc người được giao quyền."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="tên đăng nhập")
        parser.add_argument("role", choices=[role.value for role in ROLES], help="vai trò")
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, help="từ ngày, YYYY-MM-DD (hôm nay)")
        parser.add_argument("--instead-of", help="tên đăng nhập của người thôi giữ vai này từ ngày đó")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            membership = give_role(
                user=self.user(options["login"]),
                role=Role(options["role"]),
                starts_on=options["starts_on"] or timezone.localdate(),
                instead_of=self.user(options["instead_of"]) if options["instead_of"] else None,
            )
        except RuleBroken as broken:
            raise CommandError(broken.message) from None
        self.stdout.write(f"{options['login']}: {Role(options['role']).title} từ ngày {membership.starts_on:%d/%m/%Y}.")

    def user(self, login: str) -> User:
        user = User.objects.filter(username=login, is_active=True).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{login}”.")
        return user
