"""`manage.py verify_audit`: checks every commune's audit log; prints the faults and exits with 1 if there are any."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.audit.log import chain_faults
from emulation.communes.models import Commune


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký của từng xã."

    def handle(self, *args: Any, **options: Any) -> None:
        faults: list[str] = []
        for commune in Commune.objects.all():
            faults += [f"{commune}: {fault}" for fault in chain_faults(commune.pk)]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Nhật ký nguyên vẹn.")
