"""What the law says in a commune on a day, for the rooms above. `law()` once, then ask it as often as you like.

on.value(commune.pk, "base_salary", day)                       -> LegalValue, a row that a decision can point at
on.vote(commune.pk, "GKX", day, members=7, agree=5, against=1) -> VoteVerdict
on.price(commune.pk, "GKX", "household", day)                  -> Price

The statutes are the same for all; over them lie the values that a commune's chair approved (`LocalValue`).
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from emulation.legal import rules
from emulation.legal.law import Law
from emulation.legal.loader import shipped
from emulation.legal.models import LegalSync, LegalValue, LocalValue
from emulation.legal.rulings import held


@dataclass(frozen=True)
class _Book:
    """A law in memory with the rows that it was made of; it is the present one as long as its token is."""

    token: str
    law: Law
    rows: dict[str, LegalValue]


_general: _Book | None = None
_of_commune: dict[int | None, _Book] = {}


# By hand: a page asks for the law many times, and for Django to put this together takes ten times as long as to run it.
TOKENS = """
SELECT (SELECT token FROM legal_legalsync ORDER BY id DESC LIMIT 1), count(id), max(decided_at)
FROM legal_localvalue WHERE commune_id = %s AND state IN (%s, %s)
"""


def _tokens(commune_id: int | None) -> tuple[str | None, str]:
    """Which sync holds, and a text that is another one whenever the chair of the commune approved something; one query."""
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, [commune_id, *LocalValue.DECIDED])
        sync, count, last = cursor.fetchone()
    return sync, f"{count} {last}"


def _everywhere(token: str | None) -> _Book:
    """The statutes in memory, read afresh when another sync than this holds."""
    global _general
    if token is None:
        raise RuntimeError("no statutes in the database: run manage.py sync_legal")
    if _general is None or _general.token != token:
        versions = set(LegalSync.objects.get(token=token).versions)
        rows = {row.version: row for row in LegalValue.objects.filter(commune=None) if row.version in versions}
        statutes = replace(shipped(), values=[row.as_value() for row in rows.values()])
        _general = _Book(token, statutes.law, rows)
    return _general


def _book(commune_id: int | None) -> _Book:
    """The law of a commune in memory, read afresh when its chair approved something: one small query a call."""
    sync, ruled_upon = _tokens(commune_id)
    general = _everywhere(sync)
    token = f"{general.token} {ruled_upon}"
    known = _of_commune.get(commune_id)
    if known is None or known.token != token:
        ruled = list(LocalValue.objects.ruled(commune_id))
        local = held(general.law, [part for one in ruled for part in one.rulings()])
        rows = {row.version: row for one in ruled for row in one.values.all()}
        known = _Book(token, general.law.overlaid(local), {**general.rows, **rows})
        _of_commune[commune_id] = known
    return known


def law(commune_id: int | None) -> Law:
    """The law that holds in this commune, all days of it; for None the general one."""
    return _book(commune_id).law


def general_law() -> Law:
    """The law without what communes rule for themselves."""
    return _everywhere(_tokens(None)[0]).law


def value(commune_id: int, code: str, on: date, subject: str | None = None, kind: str | None = None) -> LegalValue:
    """The row in force that day. NoValue (a RuleBroken) for a day out of reach, UnknownCode for a wrong question."""
    book = _book(commune_id)
    return book.rows[book.law.value_on(code, on, subject, kind).version]


def vote(
    commune_id: int, award: str, on: date, *, members: int, agree: int, against: int, other: int = 0
) -> rules.VoteVerdict:
    """See `rules.vote`."""
    return rules.vote(law(commune_id), award, on, members=members, agree=agree, against=against, other=other)


def quorum(commune_id: int, on: date, *, members: int, present: int) -> rules.QuorumVerdict:
    """See `rules.quorum`."""
    return rules.quorum(law(commune_id), on, members=members, present=present)


def price(commune_id: int, award: str, subject: str, decided: date) -> rules.Price:
    """See `rules.price`."""
    return rules.price(law(commune_id), award, subject, decided)


def checklist(commune_id: int, award: str, kind: str, subject: str, received: date) -> rules.Checklist:
    """See `rules.checklist`."""
    return rules.checklist(law(commune_id), award, kind, subject, received)


def decider(commune_id: int, award: str, decided: date) -> rules.Decider:
    """See `rules.decider`."""
    return rules.decider(law(commune_id), award, decided)


def basis(commune_id: int, paper: str, issued: date) -> list[str]:
    """See `rules.basis`."""
    return rules.basis(law(commune_id), paper, issued)
