"""Do lists scale? Queries and time of each list page with 3, 300 and 3,000 rows, as ratios.

    .venv/bin/python benchmarks/lists.py

Uses a temporary SQLite database. Times are medians of 7; only the ratios are comparable between machines.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from _timing import queries_and_seconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "emulation.settings",
    "DATA_DIR": tempfile.mkdtemp(prefix="sovang-bench-"),
    "DATABASE_URL": "",
    "ALLOWED_HOSTS": "testserver",
    "DEBUG": "",
}

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from campaigns.models import Exemplar, Field, Period  # noqa: E402
from commendations.models import Nomination  # noqa: E402
from emulation.accounts.models import User  # noqa: E402
from emulation.communes.models import Commune  # noqa: E402
from emulation.core.text import fold, name_key  # noqa: E402
from villages.models import Person, Unit  # noqa: E402
from villages.seeds.commune_setup import read_commune_plan, set_up_commune  # noqa: E402

SIZES = (3, 300, 3000)
PAGES = {
    "people of a unit": ("vanphong", "/don-vi/{unit}/"),
    "exemplars": ("vanphong", "/thi-dua/dien-hinh/"),
    "nominations": ("vanphong", "/khen-thuong/de-nghi/"),
    "my work": ("vanphong", "/viec-cua-toi/"),
    "audit log": ("vanphong", "/nhat-ky/"),
}


def add_people_of(commune: Commune, unit: Unit, count: int) -> list[Person]:
    names = [f"Lê Thị Số {number}" for number in range(Person.objects.count(), Person.objects.count() + count)]
    return Person.objects.bulk_create(
        Person(commune=commune, unit=unit, full_name=name, name_fold=fold(name), name_key=name_key(name))
        for name in names
    )


def add_list_rows(commune: Commune, unit: Unit, period: Period, count: int) -> None:
    """Adds `count` people, each with an exemplar and a nomination waiting for the office."""
    field = Field.objects.first()
    head = User.objects.get(username="thon1")
    for person in add_people_of(commune, unit, count):
        shared: dict[str, Any] = {"commune": commune, "unit": unit, "person": person, "state": "submitted"}
        Exemplar.objects.create(period=period, field=field, deed="Việc tốt", created_by=head, **shared)
        Nomination.objects.create(achievement="có thành tích", deed="Việc tốt", **shared)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("sync_base", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    commune = set_up_commune(read_commune_plan(), password="bench")
    unit = Unit.objects.get(code="thon1")
    today = django.utils.timezone.localdate()
    period = Period.objects.create(
        commune=commune, kind="month", year=today.year, number=today.month, opens_on=today, due_on=today
    )
    found: dict[str, list[tuple[int, float]]] = {name: [] for name in PAGES}
    existing = 0
    for size in SIZES:
        add_list_rows(commune, unit, period, size - existing)
        existing = size
        for name, (login, path) in PAGES.items():
            browser = Client()
            browser.force_login(User.objects.get(username=login))
            found[name].append(queries_and_seconds(lambda b=browser, p=path: b.get(p.format(unit=unit.pk))))
    print(f"{'page':<20}{'queries at 3 / 300 / 3000':>28}{'time 300:3':>12}{'time 3000:300':>15}")
    for name, ((q1, t1), (q2, t2), (q3, t3)) in found.items():
        print(f"{name:<20}{f'{q1} / {q2} / {q3}':>28}{t2 / t1:>12.2f}{t3 / t2:>15.2f}")


if __name__ == "__main__":
    main()
