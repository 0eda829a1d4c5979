"""`manage.py load_demo`: the demo commune and its stories, told by calling the same actions as people do.

Each story knows what it has told already, so running it again changes nothing.
"""

from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.queue import carry_out
from villages.seeds.setup import DEMO_PASSWORD, read_plan, set_up

STORIES = (
    "villages.seeds.demo",
    "campaigns.seeds.demo",
    "commendations.seeds.demo",
    "emulation.legal.seeds.demo",
    "reports.seeds.demo",
)


class Command(BaseCommand):
    help = "Nạp xã minh họa: tài khoản, người, điển hình, hồ sơ, quyết định, báo cáo. Chạy lại không làm gì thêm."

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_plan()
        foreign = Commune.objects.exclude(code=plan["code"]).exists()
        if foreign and not Commune.objects.filter(code=plan["code"]).exists():
            self.stderr.write("Cơ sở dữ liệu đã có xã thật; không nạp dữ liệu minh họa vào đây.")
            return
        call_command("sync_base", verbosity=0)
        commune = set_up(plan, password=DEMO_PASSWORD)
        for name in STORIES:
            with transaction.atomic():
                told = import_module(name).tell(commune, timezone.localdate())
            if options["verbosity"]:
                self.stdout.write(f"{name.split('.')[-3]}: {told or 'xong'}")
        # The honour roll is quick to fill and the first thing a visitor sees; papers are left to the worker.
        for job_id in Job.objects.filter(kind="portal.publish", state=Job.QUEUED).values_list("pk", flat=True):
            carry_out(job_id)
