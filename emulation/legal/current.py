"""What the law says in a commune on a day, for the rooms above. `law()` once, then ask it as often as you like.

on.value(commune.pk, "base_salary", day)                       -> LegalValue, a row that a decision can point at
on.vote(commune.pk, "GKX", day, members=7, agree=5, against=1) -> VoteVerdict
on.price(commune.pk, "GKX", "household", day)                  -> Price

The statutes are the same for all; over them lie the values that a commune's chair approved (`LocalValue`).
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.local_rulings import effective_values
from emulation.legal.engine.rules.council import QuorumVerdict, VoteVerdict, quorum_verdict, vote_verdict
from emulation.legal.engine.rules.money import PrizeMoney, prize_money
from emulation.legal.engine.rules.requirements import (
    Checklist,
    Decider,
    award_decider,
    file_checklist,
    legal_basis_lines,
)
from emulation.legal.models import LegalSync, LegalValue, LocalValue


@dataclass(frozen=True)
class _CachedLaw:
    """A law in memory with the rows that it was made of; it is the present one as long as its token is."""

    token: str
    law: Law
    rows: dict[str, LegalValue]


_general: _CachedLaw | None = None
_cache_by_commune: dict[int | None, _CachedLaw] = {}


# By hand: a page asks for the law many times, and for Django to put this together takes ten times as long as to run it.
TOKENS_SQL = """
SELECT (SELECT token FROM legal_legalsync ORDER BY id DESC LIMIT 1), count(id), max(decided_at)
FROM legal_localvalue WHERE commune_id = %s AND state IN (%s, %s)
"""


def _tokens(commune_id: int | None) -> tuple[str | None, str]:
    """Which sync holds, and a text that is another one whenever the chair of the commune approved something; one query."""
    with connection.cursor() as cursor:
        cursor.execute(TOKENS_SQL, [commune_id, *LocalValue.DECIDED])
        sync, count, last = cursor.fetchone()
    return sync, f"{count} {last}"


def _general_law(token: str | None) -> _CachedLaw:
    """The statutes in memory, read afresh when another sync than this holds."""
    global _general
    if token is None:
        raise RuntimeError("no statutes in the database: run manage.py sync_legal")
    if _general is None or _general.token != token:
        versions = set(LegalSync.objects.get(token=token).versions)
        rows = {row.version: row for row in LegalValue.objects.filter(commune=None) if row.version in versions}
        statutes = replace(shipped_statutes(), values=[row.as_value() for row in rows.values()])
        _general = _CachedLaw(token, statutes.law, rows)
    return _general


def _cached_law(commune_id: int | None) -> _CachedLaw:
    """The law of a commune in memory, read afresh when its chair approved something: one small query a call."""
    sync, ruled_upon = _tokens(commune_id)
    general = _general_law(sync)
    token = f"{general.token} {ruled_upon}"
    known = _cache_by_commune.get(commune_id)
    if known is None or known.token != token:
        ruled = list(LocalValue.objects.decided_in(commune_id))
        local = effective_values(general.law, [part for one in ruled for part in one.rulings()])
        rows = {row.version: row for one in ruled for row in one.values.all()}
        known = _CachedLaw(token, general.law.with_local_values(local), {**general.rows, **rows})
        _cache_by_commune[commune_id] = known
    return known


def law_for(commune_id: int | None) -> Law:
    """The law that holds in this commune, all days of it; for None the general one."""
    return _cached_law(commune_id).law


def general_law() -> Law:
    """The law without what communes rule for themselves."""
    return _general_law(_tokens(None)[0]).law


def legal_value_for(
    commune_id: int, code: str, on: date, subject: str | None = None, kind: str | None = None
) -> LegalValue:
    """The row in force that day. NoValue (a RuleBroken) for a day out of reach, UnknownCode for a wrong question."""
    book = _cached_law(commune_id)
    return book.rows[book.law.value_on(code, on, subject, kind).version]


def vote_verdict_for(
    commune_id: int, award: str, on: date, *, members: int, agree: int, against: int, other: int = 0
) -> VoteVerdict:
    """See `rules.vote`."""
    return vote_verdict(law_for(commune_id), award, on, members=members, agree=agree, against=against, other=other)


def quorum_verdict_for(commune_id: int, on: date, *, members: int, present: int) -> QuorumVerdict:
    """See `rules.quorum`."""
    return quorum_verdict(law_for(commune_id), on, members=members, present=present)


def prize_money_for(commune_id: int, award: str, subject: str, decided: date) -> PrizeMoney:
    """See `rules.price`."""
    return prize_money(law_for(commune_id), award, subject, decided)


def file_checklist_for(commune_id: int, award: str, kind: str, subject: str, received: date) -> Checklist:
    """See `rules.checklist`."""
    return file_checklist(law_for(commune_id), award, kind, subject, received)


def award_decider_for(commune_id: int, award: str, decided: date) -> Decider:
    """See `rules.decider`."""
    return award_decider(law_for(commune_id), award, decided)


def legal_basis_lines_for(commune_id: int, paper: str, issued: date) -> list[str]:
    """See `rules.basis`."""
    return legal_basis_lines(law_for(commune_id), paper, issued)
