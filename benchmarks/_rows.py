"""Many rows in a database, for benchmarks/million.py: copied by SQL from one row of each kind."""

from itertools import product
from typing import Any

SURNAMES = "Nguyễn Lê Vi Lò Hà Phạm Trần Bùi Quách Lương Cầm Ngân"
MIDDLES = "Thị Văn Hồng Đức Minh Thanh Quang Xuân Thị Thu Văn Hữu Ngọc"
GIVEN = "An Anh Yến Lan Thanh Hoa Bình Dũng Hùng Lụa Sơn Tâm Thảo Tuấn Vân Xuyến Quý Hạnh Nga Oanh Phượng Mai Kiên Đạt"
AWARDS = ("GKX", "GKX", "LDTT", "CSTDCS")
OVER = ("awarded", "awarded", "awarded", "refused", "failed", "withdrawn")
OPEN = ("draft", "submitted", "returned", "complete", "on_session", "passed", "presented")
OPEN_SHARE = 50
"""One case in this many is open."""


def execute(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def copy_rows(template: Any, count: int, **values: str) -> None:
    """Copies a row `count` times; `values` are SQL expressions of n = 1…count for the columns that differ."""
    model = type(template)
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(values.get(name, f't."{name}"') for name in columns)
    numbers = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count})"
    table = model._meta.db_table
    execute(f"{numbers} INSERT INTO {table} ({names}) SELECT {chosen} FROM s, {table} t WHERE t.id = {template.pk}")


def minutes_after(day: str) -> str:
    """The moment n minutes after the day, as SQL."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"timestamptz '{day} 00:00+07' + n * interval '1 minute'"
    return f"datetime('{day}', n || ' minutes')"


def cycle(values: Any, number: str) -> str:
    """The value at number modulo their count, as SQL."""
    whens = " ".join(f"WHEN {place} THEN {value!r}" for place, value in enumerate(values))
    return f"CASE ({number}) % {len(values)} {whens} END"


def add_people(commune: Any, units: list[Any], count: int) -> int:
    """Adds people whose names repeat as those of a commune do; returns the first primary key."""
    from django.db.models import Max

    from emulation.core.text import fold, name_key
    from villages.models import Person

    names = [" ".join(words) for words in product(SURNAMES.split(), MIDDLES.split(), GIVEN.split())]
    stored = [(name, fold(name), name_key(name)) for name in names]

    def named(number: int) -> Person:
        name, folded, key = stored[number % len(stored)]
        unit = units[number % len(units)]
        return Person(commune=commune, unit=unit, full_name=name, name_fold=folded, name_key=key)

    before = Person.objects.aggregate(last=Max("pk"))["last"] or 0
    Person.objects.bulk_create((named(number) for number in range(count)), batch_size=2000)
    return int(before) + 1


def add_nominations(units: list[Any], first_person: int, people: int, count: int) -> None:
    """Adds nominations of these people, one in OPEN_SHARE open; the last unit has none that is open."""
    from commendations.models import Nomination
    from villages.models import Person

    template = Nomination.objects.create(
        commune=units[0].commune, unit=units[0], person=Person.objects.get(pk=first_person), state="awarded",
        achievement="có thành tích", deed="Việc tốt", year=2026,
    )  # fmt: skip
    person = f"((CAST(n AS bigint) * 7919) % {people})"
    is_open = f"n % {OPEN_SHARE} = 0 AND {person} % {len(units)} <> {len(units) - 1}"
    copy_rows(
        template,
        count,
        person_id=f"{first_person} + {person}",
        unit_id=cycle([unit.pk for unit in units], person),
        state=f"CASE WHEN {is_open} THEN {cycle(OPEN, f'n / {OPEN_SHARE}')} ELSE {cycle(OVER, 'n')} END",
        state_since=minutes_after("2020-01-01"),
        award_code=cycle(AWARDS, "n"),
        nominee_fold=f"(SELECT name_fold FROM villages_person WHERE id = {first_person} + {person})",
        nominee_key=f"(SELECT name_key FROM villages_person WHERE id = {first_person} + {person})",
    )


def add_exemplars(units: list[Any], first_person: int, people: int, count: int) -> None:
    """Adds accepted exemplars of these people, in all periods."""
    from campaigns.models import Exemplar, Period

    template = Exemplar.objects.filter(state="accepted").exclude(person=None).order_by("-pk")[0]
    person = f"((CAST(n AS bigint) * 7919) % {people})"
    copy_rows(
        template,
        count,
        period_id=cycle(list(Period.objects.values_list("pk", flat=True)), "n"),
        person_id=f"{first_person} + {person}",
        unit_id=cycle([unit.pk for unit in units], person),
        state_since=minutes_after("2020-01-01"),
        nominee_fold=f"(SELECT name_fold FROM villages_person WHERE id = {first_person} + {person})",
        nominee_key=f"(SELECT name_key FROM villages_person WHERE id = {first_person} + {person})",
    )


def add_unit_nominees() -> None:
    """The people of the nominations and exemplars, as nominees of the units."""
    for table in ("commendations_nomination", "campaigns_exemplar"):
        execute(
            f"INSERT INTO villages_unitnominee (unit_id, person_id) SELECT DISTINCT unit_id, person_id FROM {table}"
            " WHERE person_id IS NOT NULL ON CONFLICT DO NOTHING"
        )


def add_entries(count: int) -> None:
    """Adds entries to the audit log, outside its chain of hashes."""
    from emulation.audit.models import AuditEntry

    last = AuditEntry.objects.order_by("-seq")[0]
    copy_rows(last, count, seq=f"{last.seq} + n", at=minutes_after("2020-01-01"))


def add_papers(count: int) -> None:
    """Adds papers without a number."""
    from emulation.documents.models import IssuedDocument

    template = IssuedDocument.objects.filter(number=None).order_by("-pk").first()
    assert template is not None
    copy_rows(template, count, key="'bench:' || n", code="'B' || n")


def add_and_undo() -> None:
    """Adds 5,000 nominations and takes them back."""
    from django.db import transaction

    from commendations.models import Nomination

    template = Nomination.objects.filter(exemplar=None).order_by("-pk")[0]
    with transaction.atomic():
        copy_rows(template, 5000, state_since=minutes_after("2026-01-01"))
        transaction.set_rollback(True)


def change_and_undo() -> None:
    """Changes the state of 5,000 nominations and takes it back."""
    from django.db import transaction
    from django.utils import timezone

    from commendations.models import Nomination

    ids = list(Nomination.objects.filter(exemplar=None).order_by("-pk").values_list("pk", flat=True)[:5000])
    with transaction.atomic():
        Nomination.objects.filter(pk__in=ids).update(state="withdrawn", state_since=timezone.now())
        transaction.set_rollback(True)
