"""`manage.py open_commune PLAN.toml`: creates a real commune from its plan and prints the code of a slip for each login."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.period import open_due_periods
from emulation.accounts.models import User
from emulation.accounts.passwords import one_time_password
from emulation.accounts.slips import make_slip
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.database_wait import WaitsForDatabase
from villages.models import Unit
from villages.rules.commune_plan import commune_plan_faults
from villages.seeds.commune_setup import read_commune_plan, set_up_commune


class Command(WaitsForDatabase):
    help = "Mở một xã thật theo tệp kế hoạch (TOML); in mã phiếu đặt mật khẩu của từng tài khoản, chỉ một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", type=Path, help="tệp TOML, sửa từ deploy/commune.example.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self.plan(options["plan"])
        if Commune.objects.filter(code=plan["code"]).exists():
            raise CommandError(f"Xã có mã “{plan['code']}” đã mở rồi; không in lại mã phiếu.")
        taken = User.objects.filter(username__in=[row["login"] for row in plan["logins"]])
        if names := sorted(taken.values_list("username", flat=True)):
            raise CommandError(f"Tên đăng nhập đã có người dùng: {', '.join(names)}.")
        call_command("sync_base", verbosity=0)
        with transaction.atomic():
            commune = set_up_commune({**plan, "demo": False}, password=one_time_password())
            users = User.objects.in_bulk([row["login"] for row in plan["logins"]], field_name="username")
            open_due_periods(commune=commune, on=timezone.localdate())  # the first head need not wait for the tick
            codes = {login: make_slip(user=user, commune_id=commune.pk, by=None) for login, user in users.items()}
        self.stdout.write(
            f"Phát riêng từng người. Mở {settings.SITE_URL}{reverse('accounts:slip')}, nhập tên và mã trong 72 giờ,"
        )
        self.stdout.write(
            "rồi tự đặt mật khẩu. Quá hạn: Văn phòng in phiếu ở “Tài khoản”, hoặc manage.py reset_login TÊN."
        )
        for login, code in codes.items():
            self.stdout.write(f"  {login:<14}{code:<12}{users[login].full_name}")

    def plan(self, path: Path) -> dict[str, Any]:
        try:
            plan = read_commune_plan(path)
        except FileNotFoundError:
            raise CommandError(f"Không có tệp {path}.") from None
        except tomllib.TOMLDecodeError as error:
            raise CommandError(f"Tệp {path} viết sai: {error}.") from None
        kinds = [kind for kind, _ in Unit.KINDS]
        if faults := commune_plan_faults(plan, [role.value for role in Role], kinds):
            raise CommandError("\n".join(["Tệp còn chỗ phải sửa, chưa tạo gì:", *faults]))
        return plan
