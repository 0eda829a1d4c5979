"""`manage.py open_commune PLAN.toml`: creates a real commune from its plan and prints a one-time password for each login."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from emulation.accounts.models import User
from emulation.accounts.passwords import one_time_password
from emulation.communes.models import Commune
from villages.seeds.commune_setup import read_commune_plan, set_up_commune


class Command(BaseCommand):
    help = "Mở một xã thật theo tệp kế hoạch (TOML); in mật khẩu dùng một lần của từng tài khoản, chỉ một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", type=Path, help="tệp TOML cùng dạng với villages/seeds/demo.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self.plan(options["plan"])
        if Commune.objects.filter(code=plan["code"]).exists():
            raise CommandError(f"Xã có mã “{plan['code']}” đã mở rồi; không cấp lại mật khẩu.")
        taken = User.objects.filter(username__in=[row["login"] for row in plan["logins"]])
        if names := sorted(taken.values_list("username", flat=True)):
            raise CommandError(f"Tên đăng nhập đã có người dùng: {', '.join(names)}.")
        call_command("sync_base", verbosity=0)
        with transaction.atomic():
            set_up_commune({**plan, "demo": False}, password=one_time_password())
            slips = [(row["login"], row["name"], self.own_password(row["login"])) for row in plan["logins"]]
        self.stdout.write("Phát riêng từng người; mỗi mật khẩu phải đổi ở lần đăng nhập đầu.")
        for login, name, password in slips:
            self.stdout.write(f"  {login:<14}{password:<16}{name}")

    def own_password(self, login: str) -> str:
        user = User.objects.get(username=login)
        password = one_time_password()
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        return password

    def plan(self, path: Path) -> dict[str, Any]:
        try:
            plan = read_commune_plan(path)
        except FileNotFoundError:
            raise CommandError(f"Không có tệp {path}.") from None
        except tomllib.TOMLDecodeError as error:
            raise CommandError(f"Tệp {path} viết sai: {error}.") from None
        missing = [key for key in ("code", "identities", "units", "logins", "council") if not plan.get(key)]
        if missing:
            raise CommandError(f"Kế hoạch còn thiếu: {', '.join(missing)}.")
        return plan
