"""Does the annual board scale? Its queries and time with 500 units x 36 months, relative to an empty page.

    .venv/bin/python benchmarks/board.py        (or all benchmarks: bin/bench)

Uses a temporary SQLite database. Times are medians of 7; only the ratios are comparable between machines.
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

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

from campaigns.exemplars.rules.period import month_span  # noqa: E402
from campaigns.models import Exemplar, Period  # noqa: E402
from campaigns.obligations.queries import open_obligations  # noqa: E402
from emulation.accounts.models import User  # noqa: E402
from emulation.communes.models import Commune  # noqa: E402
from villages.models import Unit  # noqa: E402
from villages.seeds.commune_setup import read_commune_plan, set_up_commune  # noqa: E402

UNITS = 500
YEARS = (2024, 2025, 2026)
EMPTY_PAGE = "an empty page (my contact)"
PAGES = {
    EMPTY_PAGE: "/tai-khoan/cua-toi/",
    "board of a year": "/thi-dua/bang-nam/?nam=2025",
    "board, last page": "/thi-dua/bang-nam/?nam=2026&trang=10",
    "periods": "/thi-dua/ky/",
    "outstanding": "/thi-dua/don-doc/",
}


def add_units(commune: Commune, units: int) -> None:
    """Adds villages up to this number, each with an answer for every month of the three years except November 2026."""
    existing = Unit.objects.filter(commune=commune).count()
    villages = Unit.objects.bulk_create(
        Unit(commune=commune, kind="village", code=f"so-{n}", name=f"Thôn số {n}", head_title="Trưởng thôn", sort=n)
        for n in range(existing, units)
    )
    head = User.objects.get(username="thon1")
    periods = list(Period.objects.filter(commune=commune).exclude(year=2026, number=11))
    answers: list[Exemplar] = []
    for unit in villages:
        answers += [
            Exemplar(
                commune=commune, unit=unit, period=period, nothing=True, nothing_reason="Chưa có", state="accepted",
                submitted_on=period.due_on, created_by=head,
            )
            for period in periods
        ]  # fmt: skip
    Exemplar.objects.bulk_create(answers)


def open_all_periods(commune: Commune) -> None:
    for year in YEARS:
        for month in range(1, 13):
            span = month_span(year, month)
            closed = span.due_on if (year, month) < (2026, 11) else None
            Period.objects.create(
                commune=commune, kind="month", year=year, number=month, opens_on=span.opens_on, due_on=span.due_on,
                closed_on=closed,
            )  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("sync_base", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    commune = set_up_commune(read_commune_plan(), password="sovang-2026")
    open_all_periods(commune)
    client = Client()
    client.force_login(User.objects.get(username="vanphong"))
    found: dict[str, list[tuple[int, float]]] = {name: [] for name in PAGES}
    for units in (20, UNITS):
        add_units(commune, units)
        for name, path in PAGES.items():
            client.get(path)  # fills the caches
            found[name].append(queries_and_seconds(lambda path=path: client.get(path)))  # type: ignore[misc]
    empty = found[EMPTY_PAGE][-1][1]
    print(f"{UNITS} units x {len(YEARS) * 12} months, {Exemplar.objects.count()} answers")
    print(f"{'page':<30}{'queries at 20 units':>22}{f'at {UNITS}':>10}{'time / empty page':>20}")
    for name, ((few, _), (many, seconds)) in found.items():
        print(f"{name:<30}{few:>22}{many:>10}{seconds / empty:>20.1f}")
    start = time.perf_counter()
    obligations = open_obligations(commune.pk, date(2026, 11, 26))
    ratio = (time.perf_counter() - start) / empty
    print(f"the {len(obligations)} open obligations of {UNITS} units, read once: {ratio:.1f} empty pages")


if __name__ == "__main__":
    main()
