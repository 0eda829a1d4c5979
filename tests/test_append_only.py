"""No row of an append-only table can be overwritten, over any of its unique keys, and no code of the product tries to.

INSERT OR REPLACE or ON CONFLICT DO UPDATE, which `bulk_create` uses, would overwrite a row without an UPDATE.
"""

import ast
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from commendations.models import (
    Award,
    AwardCancellation,
    AwardRecovery,
    AwardRecoveryReversal,
    AwardSupplementAnswer,
    Handover,
    HandoverReversal,
    SupplementAnswerReversal,
)
from emulation.accounts.models import User
from emulation.backups.models import Restore
from emulation.communes.models import Commune
from emulation.core import append_only
from emulation.documents.models import (
    BrandingImage,
    DocumentEvent,
    DocumentFile,
    DocumentReader,
    IssuedDocument,
    NumberBook,
    NumberBookCheck,
)
from emulation.legal.models import CalendarDay, LegalValue

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).resolve().parent.parent
TABLES = append_only.guarded_tables()
MODELS = {model._meta.db_table: model for model in apps.get_models()}
Key = tuple[tuple[str, ...], models.UniqueConstraint | None]


def keys(model: type[models.Model]) -> list[Key]:
    """The columns of each unique key of the model, the primary key first, and its constraint, if there is one."""
    meta = model._meta
    found: list[Key] = [((field.column,), None) for field in meta.local_fields if field.unique]
    found += [(tuple(meta.get_field(name).column for name in names), None) for names in meta.unique_together]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert constraint.fields, "a unique constraint of expressions: extend this test"
            found.append((tuple(meta.get_field(name).column for name in constraint.fields), constraint))
    return sorted(found, key=lambda key: key[0] != (meta.pk.column,))


def cases() -> Iterator[tuple[str, Key]]:
    """Every append-only table with each of its unique keys."""
    for table in TABLES:
        for key in keys(MODELS[table]):
            yield table, key


CASES = list(cases())


@pytest.fixture
def rows(full_demo: Any) -> None:
    """At least one row for each key of each table: the demo data, and rows of kinds that the demo does not have."""
    user = User.objects.get(username="vanphong")
    document = IssuedDocument.objects.first()
    DocumentEvent.objects.create(document=document, kind=DocumentEvent.SEEN, key="seen", by=user)
    DocumentFile.objects.create(document=document, format=DocumentFile.SCAN, sha256="0" * 64, size=1)
    for reader in ({"user_id": 900}, {"unit_id": 900}, {"role": "member"}):
        DocumentReader.objects.get_or_create(document=document, **reader)
    BrandingImage.objects.create(
        commune=full_demo, kind=BrandingImage.EMBLEM, sha256="0" * 64, width=1, height=1, uploaded_by=user
    )
    restore = Restore.objects.create(
        commune=full_demo,
        restored_at=timezone.now(),
        backup_name="x",
        backup_made_at=timezone.now(),
        run_by="x",
        released_at=timezone.now(),
        released_by_id=user.pk,
    )
    check = {"commune": full_demo, "restore": restore, "book": NumberBook.objects.first(), "last_restored": 1}
    first = NumberBookCheck.objects.create(**check, last_on_paper=9, checked_by=user)
    NumberBookCheck.objects.create(**check, last_on_paper=1, corrects=first, reason="Mẫu", checked_by=user)
    ended_awards(full_demo, user)
    CalendarDay.objects.create(
        commune=full_demo, day=date(2026, 11, 2), kind=CalendarDay.ORDINARY, reason="Mẫu", created_by=user
    )


def ended_awards(commune: Commune, user: User) -> None:
    """An award that was replaced by another, and one that was cancelled and recovered."""
    replaced, cancelled = Award.objects.order_by("pk")[:2]
    values = {field.attname: getattr(replaced, field.attname) for field in Award._meta.concrete_fields}
    changed = {"id": None, "decision_serial": 900, "code": "x" * 18, "certificate_id": None, "replaces_id": replaced.pk}
    Award.objects.create(**{**values, **changed})
    day = date(2026, 11, 20)
    AwardCancellation.objects.create(commune=commune, award=cancelled, amendment=None, cancelled_on=day)
    recovery = AwardRecovery.objects.create(
        commune=commune, award=cancelled, certificate=True, recovered_on=day, recorded_by=user.pk
    )
    taken_back = {"commune": commune, "reason": "Mẫu", "reversed_by": user}
    AwardRecoveryReversal.objects.create(recovery=recovery, **taken_back)
    HandoverReversal.objects.create(handover=Handover.objects.earliest("pk"), **taken_back)
    answer = AwardSupplementAnswer.objects.get(supplement__award=cancelled)  # of the fixture full_demo
    SupplementAnswerReversal.objects.create(answer=answer, **taken_back)


def row_with(model: type[models.Model], key: Key) -> models.Model:
    """A row that this key applies to."""
    columns, constraint = key
    found = model._base_manager.all()
    if constraint is not None and constraint.condition is not None:
        found = found.filter(constraint.condition)
    for column in columns:
        found = found.exclude(**{f"{_field(model, column).attname}__isnull": True})
    row = found.order_by("pk").first()
    assert row is not None, f"no row of {model._meta.label} for {columns}: add one to the fixture"
    return row


def _field(model: type[models.Model], column: str) -> Any:
    return next(field for field in model._meta.local_fields if field.column == column)


def overwriting(model: type[models.Model], row: models.Model, key: Key) -> dict[str, Any]:
    """{column: value} for a copy of the row that conflicts with it over the given key and no other."""
    changed: dict[str, Any] = {}
    for columns, _ in keys(model):
        free = [column for column in columns if column not in key[0]]
        if set(columns) == set(key[0]) or any(column in changed for column in columns) or not free:
            continue
        value = getattr(row, _field(model, free[-1]).attname)
        if isinstance(value, str) and value:
            changed[free[-1]] = uuid.uuid4().hex[: min(len(value), 12)]
        elif isinstance(value, int):
            changed[free[-1]] = value + 9000
    return changed


def insert(head: str, model: type[models.Model], row: models.Model, changed: dict[str, Any], tail: str = "") -> None:
    """Copies the row with some values changed, by the given kind of INSERT."""
    quote = connection.ops.quote_name
    columns = [field.column for field in model._meta.local_fields]
    chosen = ", ".join("%s" if column in changed else quote(column) for column in columns)
    table = quote(model._meta.db_table)
    pk = quote(model._meta.pk.column)
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{head} INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE {pk} = %s {tail}",
            [*(changed[column] for column in columns if column in changed), row.pk],
        )


def contents(model: type[models.Model]) -> list[Any]:
    """Every value of every row, as SQL text."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    pk = quote(model._meta.pk.column)
    columns = [quote(field.column) for field in model._meta.local_fields]
    written = [f"quote({column})" if connection.vendor == "sqlite" else f"{column}::text" for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(written)} FROM {table} ORDER BY {pk}")
        return cursor.fetchall()


def target(model: type[models.Model], key: Key) -> str:
    """The conflict target of an INSERT that names this key."""
    columns, constraint = key
    sql = f"({', '.join(map(connection.ops.quote_name, columns))})"
    if constraint is not None and constraint.condition is not None:
        sql += f" WHERE {constraint._get_condition_sql(model, connection.schema_editor())}"
    return sql


@pytest.mark.parametrize(("table", "key"), CASES, ids=[f"{table}-{'-'.join(key[0])}" for table, key in CASES])
def test_no_row_is_overwritten_over_a_unique_key(table: str, key: Key, rows: None) -> None:
    model = MODELS[table]
    row = row_with(model, key)
    changed = overwriting(model, row, key)
    before = contents(model)
    column = connection.ops.quote_name(model._meta.local_fields[-1].column)
    update = f"ON CONFLICT {target(model, key)} DO UPDATE SET {column} = excluded.{column}"
    if connection.vendor == "sqlite":
        attempts = [("INSERT OR REPLACE", ""), ("REPLACE", ""), ("INSERT OR IGNORE", ""), ("INSERT", update)]
        with append_only.triggers_disabled(), transaction.atomic():
            insert("INSERT OR REPLACE", model, row, changed)
            assert len(contents(model)) == len(before), "without the trigger the row is replaced"
            transaction.set_rollback(True)
    else:
        attempts = [("INSERT", update)]
    for head, tail in attempts:
        with pytest.raises(DatabaseError, match=f"append-only table {table}"), transaction.atomic():
            insert(head, model, row, changed, tail)
        assert contents(model) == before
    with pytest.raises(IntegrityError), transaction.atomic():  # what get_or_create and the idempotency keys rely on
        insert("INSERT", model, row, changed)
    assert contents(model) == before


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_neither_changed_nor_deleted(table: str, rows: None) -> None:
    model = MODELS[table]
    before = contents(model)
    quote = connection.ops.quote_name
    pk = quote(model._meta.pk.column)
    last = quote(model._meta.local_fields[-1].column)
    attempts = [f"UPDATE {quote(table)} SET {last} = {last}", f"DELETE FROM {quote(table)}"]
    if connection.vendor == "sqlite":
        attempts.append(f"UPDATE OR REPLACE {quote(table)} SET {pk} = (SELECT max({pk}) FROM {quote(table)})")
    else:
        attempts.append(f"TRUNCATE {quote(table)} CASCADE")
    if connection.vendor == "postgresql":  # TRUNCATE is refused while deferred foreign keys of new rows are unchecked
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
            connection.cursor().execute(attempt)
    assert contents(model) == before


@pytest.mark.parametrize("table", TABLES)
def test_a_new_row_is_still_added(table: str, rows: None) -> None:
    model = MODELS[table]
    row = model._base_manager.order_by("pk").first()
    assert row is not None
    with transaction.atomic():
        insert("INSERT", model, row, overwriting(model, row, ((), None)))
        assert model._base_manager.count() == len(contents(model)) > 0
        transaction.set_rollback(True)  # its foreign keys refer to rows that do not exist


def test_bulk_create_cannot_overwrite(rows: None) -> None:
    value = LegalValue.objects.first()
    handover = Handover.objects.first()
    event = DocumentEvent.objects.first()
    assert value and handover and event
    before = [contents(model) for model in (LegalValue, Handover, DocumentEvent)]
    value.pk = None
    value.code = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalValue.objects.bulk_create(
            [value], update_conflicts=True, unique_fields=["version"], update_fields=["code"]
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Handover.objects.update_or_create(pk=handover.pk, defaults={"received_by": "Người khác"})
    assert DocumentEvent.objects.get_or_create(document=event.document, key=event.key)[0] == event
    assert [contents(model) for model in (LegalValue, Handover, DocumentEvent)] == before


def test_syncing_the_law_again_adds_nothing(full_demo: Any) -> None:
    before = contents(LegalValue)
    call_command("sync_base", verbosity=0)
    assert contents(LegalValue) == before


# ── the code of the product ──────────────────────────────────────────────────────────────────────


def product_calls() -> Iterator[tuple[str, ast.Call]]:
    """(file:line, call) for every call in the code of the product."""
    for app in ("emulation", "villages", "campaigns", "commendations", "reports", "portal"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "tests" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.Call):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def may_overwrite(call: ast.Call) -> bool:
    """Whether the call can change or silently skip existing rows."""
    if any(word.arg in ("ignore_conflicts", "update_conflicts") for word in call.keywords):
        return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("update_or_create", "bulk_update")


def test_no_code_overwrites_rows_of_these_tables() -> None:
    names = {MODELS[table].__name__ for table in TABLES}
    calls = [(place, call) for place, call in product_calls() if may_overwrite(call)]
    assert len(calls) >= 5, "such calls are no longer found"
    wrong = [
        place
        for place, call in calls
        if names & {node.id for node in ast.walk(call.func) if isinstance(node, ast.Name)}
    ]
    assert not wrong
