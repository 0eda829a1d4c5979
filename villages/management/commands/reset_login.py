"""`manage.py reset_login LOGIN`: prints a slip on the server, where nobody is left who could ask or confirm on the screen."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from emulation.accounts.models import User
from emulation.core.database_wait import WaitsForDatabase
from emulation.core.errors import RuleBroken
from villages.actions.accounts import reset_by_operator


class Command(WaitsForDatabase):
    help = "In mã đặt mật khẩu cho một tài khoản, khi trong xã không còn ai cấp lại hoặc xác nhận được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="tên đăng nhập")
        parser.add_argument(
            "--without-second-step", action="store_true", help="gỡ luôn xác nhận hai bước (mất điện thoại, mất mã)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["login"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['login']}”.")
        try:
            code = reset_by_operator(user=user, without_second_step=options["without_second_step"])
        except RuleBroken as broken:
            raise CommandError(broken.message) from None
        self.stdout.write(f"{user}: mã {code}, dùng một lần trong 72 giờ ở trang đăng nhập (nhập vào ô mật khẩu).")
