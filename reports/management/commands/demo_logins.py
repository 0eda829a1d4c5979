"""`manage.py demo_logins`: prints one demo login per role; bin/serve calls it after loading the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from emulation.accounts.models import User
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from villages.seeds.commune_setup import DEMO_PASSWORD


class Command(BaseCommand):
    help = "In một tài khoản minh họa cho mỗi vai trò."

    def handle(self, *args: Any, **options: Any) -> None:
        commune = Commune.objects.filter(is_demo=True).first()
        if commune is None:
            return
        names = dict(User.objects.values_list("pk", "username"))
        first: dict[str, str] = {}
        for role, user_id in (
            Membership.objects.filter(commune=commune, ends_on=None).order_by("pk").values_list("role", "user_id")
        ):
            first.setdefault(role, names[user_id])
        self.stdout.write(f"Tài khoản minh họa (mật khẩu chung: {DEMO_PASSWORD}):")
        for role in Role:
            if role in first:
                self.stdout.write(f"  {first[role]:<12} {role.title}")
