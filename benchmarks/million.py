"""Are the lists flat? A million nominations in PostgreSQL, a hundred thousand in SQLite: each page against a bare list.

    bin/bench million             PostgreSQL, 1,000,000 nominations, 100,000 people
    SQLITE=1 bin/bench million    SQLite, 100,000 nominations, 20,000 people
    ROWS=60000 bin/bench million  another number of nominations; 1 person to 10 (PostgreSQL) or to 5 of them (SQLite)

The unit is F: 25 rows of the same table drawn bare inside our own page (base.html), by the same user. All requests of a
round follow one another, and the figures are medians over the rounds; only the ratios are comparable between machines.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin" / "lib")]

import _rows  # noqa: E402
import servers  # noqa: E402

ON_SQLITE = bool(os.environ.get("SQLITE"))
NOMINATIONS = int(os.environ.get("ROWS", "100000" if ON_SQLITE else "1000000"))
PEOPLE = NOMINATIONS // (5 if ON_SQLITE else 10)
OTHERS = 100_000
"""Exemplars, papers, entries of the audit log."""
ROUNDS = int(os.environ.get("ROUNDS", "15"))


def set_up_django(database: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "emulation.settings",
        "DATA_DIR": tempfile.mkdtemp(prefix="sovang-bench-"),
        "DATABASE_URL": database,
        "ALLOWED_HOSTS": "testserver",
        "DEBUG": "",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("sync_base", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def bare_page() -> Any:
    """The view that draws 25 nominations bare inside our page frame."""
    from django.template import engines

    from commendations.models import Nomination
    from emulation.workflow import permissions
    from emulation.workflow.views import PageView

    template = engines["django"].from_string(
        '{% extends "base.html" %}{% block content %}<table class="list">{% for row in rows %}'
        "<tr><td>{{ row.nominee_name }}</td><td>{{ row.unit.name }}</td><td>{{ row.state }}</td>"
        "<td>{{ row.received_on|date }}</td></tr>{% endfor %}</table>{% endblock %}"
    )

    class Bare(PageView):
        permission = permissions.staff | permissions.unit_head | permissions.council_member

        def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            from django.http import HttpResponse

            rows = Nomination.objects.filter(commune=self.commune).for_lists().order_by("-state_since", "-pk")[:25]
            return HttpResponse(template.render(self.get_context_data(rows=rows), request))

    return Bare.as_view()


def fill() -> None:
    """The demo commune, with as many rows as the database is to have."""
    from django.core.management import call_command

    from villages.models import Unit

    call_command("load_demo", verbosity=0)
    units = list(Unit.objects.filter(kind="village").order_by("pk"))
    first = _rows.add_people(units[0].commune, units, PEOPLE)
    _rows.add_nominations(units, first, PEOPLE, NOMINATIONS)
    _rows.add_exemplars(units, first, PEOPLE, OTHERS)
    _rows.add_unit_nominees()
    _rows.add_entries(OTHERS)
    _rows.add_papers(OTHERS)
    _rows.execute("ANALYZE")


def add_bare_page() -> None:
    from django.urls import clear_url_caches, path

    from emulation import urls

    urls.urlpatterns.insert(0, path("khong/", bare_page()))
    clear_url_caches()


WORDS = ("nguyen thi hong yen", "thi yen", "lan", "an", "xq", "zzzz")
NOMINATION_LIST = "/khen-thuong/de-nghi/"
OTHER_LISTS = {
    "exemplars": "/thi-dua/dien-hinh/",
    "papers": "/van-ban/",
    "audit log": "/nhat-ky/",
    "people of a unit": "/don-vi/2/",
}


def pages_of(login: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The requests of one user by name; the first is the unit F."""
    from django.test import Client

    from emulation.accounts.models import User

    user = User.objects.get(username=login)
    browser = Client()
    browser.force_login(user)
    yield "bare (F)", lambda: browser.get("/khong/")
    for name, query in nomination_queries(user).items():
        yield name, lambda query=query: browser.get(NOMINATION_LIST, query)
    yield "my work", lambda: browser.get("/viec-cua-toi/")
    if login == "vanphong":
        for name, address in OTHER_LISTS.items():
            yield name, lambda address=address: browser.get(address)
            yield f"{name}, last", lambda address=address: browser.get(address, {"cuoi": "1"})
            yield f"{name}, searched", lambda address=address: browser.get(address, {"q": "nguyen thi hong"})


def nomination_queries(user: Any) -> dict[str, dict[str, str]]:
    """What is asked of the list of nominations, by name."""
    from commendations.models import Nomination
    from emulation.workflow.keyset import AFTER, BEFORE, LAST, encoded_place, order_of

    rows = Nomination.objects.visible_to(user).order_by("-state_since", "-pk")
    middle = encoded_place(rows[rows.count() // 2], order_of(rows) or [])
    return {
        "first": {},
        "middle, on": {AFTER: middle},
        "middle, back": {BEFORE: middle},
        "last": {LAST: "1"},
        "a state": {"trang-thai": "complete"},
        "a unit and a state": {"don-vi": "4", "trang-thai": "presented"},
        "sorted by name": {"xep": "ten"},
        **{f"search {words!r}": {"q": words} for words in WORDS},
    }


def timed(request: Callable[[], Any]) -> float:
    start = time.perf_counter()
    response = request()
    taken = time.perf_counter() - start
    assert response.status_code == 200, response.status_code
    return taken


def queries_of(request: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        request()
    return len(captured)


def measure(login: str) -> None:
    pages = list(pages_of(login))
    queries = {name: queries_of(request) for name, request in pages}
    times: dict[str, list[float]] = {name: [] for name, _ in pages}
    for _ in range(ROUNDS):
        for name, request in pages:
            times[name].append(timed(request))
    medians = {name: statistics.median(found) for name, found in times.items()}
    print(f"\n{login:<24}{'queries':>8}{'x F':>8}{'x first':>9}")
    for name, _ in pages:
        seconds = medians[name]
        print(
            f"{name:<24}{queries[name]:>8}{seconds / medians['bare (F)']:>8.2f}{seconds / medians['first']:>9.2f}",
            flush=True,
        )


NEW_INDEXES = tuple(f"nomination_{name}" for name in ("by_time", "by_unit_state", "by_award", "by_name", "copies"))
OLD_COLUMNS = ("commune_id", "unit_id", "state", "copied_from_id", "report_document_id", "request_document_id")
OLD_INDEXES = {f"old_{column}": column for column in OLD_COLUMNS}
OLD_ON_POSTGRES = {"old_state_like": "state varchar_pattern_ops"}


def measure_writes() -> None:
    """New nominations and changes of state, 5,000 each, with the indexes of today and with those of before issue 13."""
    now = median_of_writes()
    for name in NEW_INDEXES:
        _rows.execute(f"DROP INDEX {name}")
    for name, column in {**OLD_INDEXES, **({} if ON_SQLITE else OLD_ON_POSTGRES)}.items():
        _rows.execute(f"CREATE INDEX {name} ON commendations_nomination ({column})")
    before = median_of_writes()
    print("\nwrites of nominations, times those with the indexes of before")
    for name, seconds in now.items():
        print(f"{name:<24}{seconds / before[name]:>8.2f}")


def median_of_writes() -> dict[str, float]:
    """The median seconds of five by name. Both sets of indexes are rebuilt first, and nothing is left to write."""
    for statement in (
        "REINDEX TABLE commendations_nomination",
        "VACUUM ANALYZE commendations_nomination",
        "CHECKPOINT",
    ):
        if not ON_SQLITE:
            _rows.execute(statement)
    work = {"5,000 new": _rows.add_and_undo, "5,000 changed": _rows.change_and_undo}
    return {name: statistics.median(timed_write(write) for _ in range(5)) for name, write in work.items()}


def timed_write(write: Callable[[], None]) -> float:
    start = time.perf_counter()
    write()
    return time.perf_counter() - start


def main() -> None:
    with ExitStack() as stack:
        set_up_django("" if ON_SQLITE else stack.enter_context(servers.temporary_postgres()))
        fill()
        add_bare_page()
        for login in ("vanphong", "thon1", "hoidong2"):
            measure(login)
        measure_writes()


if __name__ == "__main__":
    main()
