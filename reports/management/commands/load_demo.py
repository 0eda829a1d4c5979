"""`manage.py load_demo`: creates the demo commune and its data by calling the actions that the views call.

Each app skips what it has created before, so running the command again changes nothing.
"""

from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from campaigns.models import Period
from campaigns.seeds.demo import campaigns_story
from commendations.seeds.demo import commendations_story
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.legal.seeds.demo import play_legal_demo
from reports.seeds.demo import reports_story
from reports.seeds.year import EXTRA_YEAR, merge_demo_villages, play_demo_year, year_story
from villages.seeds.commune_setup import DEMO_PASSWORD, FIRST_DAY, read_commune_plan, set_up_commune
from villages.seeds.demo import villages_story
from villages.seeds.demo_actors import DemoChanged
from villages.seeds.demo_clock import Story, demo_clock, play_story, together


def _legal_story(commune: Commune, on: date) -> Story:
    yield on
    return play_legal_demo(commune, on)


STORIES = {
    "villages": villages_story,
    "campaigns": campaigns_story,
    "commendations": commendations_story,
    "legal": _legal_story,
    "reports": reports_story,
}
"""Played together, each act on its day; on one day in this order."""


class Command(BaseCommand):
    help = "Nạp xã minh họa: tài khoản, người, điển hình, hồ sơ, quyết định, báo cáo. Chạy lại không làm gì thêm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--year", action="store_true", help="thêm trọn một năm trước: tháng, phong trào, đề nghị, quyết định"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_commune_plan()
        has_real_commune = Commune.objects.exclude(code=plan["code"]).exists()
        if has_real_commune and not Commune.objects.filter(code=plan["code"]).exists():
            self.stderr.write("Cơ sở dữ liệu đã có xã thật; không nạp dữ liệu minh họa vào đây.")
            return
        call_command("sync_base", verbosity=0)
        with demo_clock() as clock:
            clock.go(FIRST_DAY)
            commune = set_up_commune(plan, password=DEMO_PASSWORD)
        summaries = _play(commune, with_year=options["year"])
        if options["verbosity"]:
            for name, summary in summaries.items():
                self.stdout.write(f"{name}: {summary or 'xong'}")
        # The queue begins now: its age is watched, and a job of 2021 would look stuck.
        waiting = Job.objects.filter(state=Job.QUEUED)
        waiting.update(created_at=timezone.now(), due_at=timezone.now())
        waiting.filter(kind="documents.render").update(priority=Job.BULK)  # nobody waits for the files of the demo
        # The start page needs the honour roll, and these jobs are quick; the worker renders the documents.
        for job_id in Job.objects.filter(kind="portal.publish", state=Job.QUEUED).values_list("pk", flat=True):
            run_job(job_id)


def _play(commune: Commune, *, with_year: bool) -> dict[str, str]:
    """The demo, with the extra year in the order of days where nothing was loaded before. Returns summaries by name."""
    today = timezone.localdate()
    stories = {name: story(commune, today) for name, story in STORIES.items()}
    year_in_order = with_year and not Period.objects.filter(commune=commune).exists()
    if year_in_order:
        stories[str(EXTRA_YEAR)] = year_story(commune, EXTRA_YEAR)
    with transaction.atomic():
        summaries = dict(zip(stories, play_story(together(*stories.values())), strict=True))
        if year_in_order:
            summaries["merger"] = merge_demo_villages(commune)
    if with_year and not year_in_order:
        summaries[str(EXTRA_YEAR)] = _play_year(commune) or "đã có"
    return summaries


def _play_year(commune: Commune) -> str:
    """The extra year after the loaded demo, all or nothing. Raises CommandError when users changed what it is made from."""
    try:
        with transaction.atomic():
            return play_demo_year(commune, EXTRA_YEAR)
    except (DemoChanged, NotAllowed, RuleBroken) as broken:
        raise CommandError(
            f"Không thêm được năm {EXTRA_YEAR}: {broken}. Dữ liệu minh họa đã được sửa sau khi nạp; chưa có gì thay đổi. "
            "Muốn có thêm năm này thì nạp vào một thư mục dữ liệu mới (DATA_DIR khác)."
        ) from broken
