"""`manage.py verify_audit`: proves every commune's trail, or says what is wrong and exits with 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.audit.log import chain_faults
from emulation.communes.models import Commune


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký của từng xã."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [f"{commune}: {fault}" for commune in Commune.objects.all() for fault in chain_faults(commune.pk)]
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write("Nhật ký nguyên vẹn.")
