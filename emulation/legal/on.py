"""What the law says in a commune on a day, for the rooms above. `law()` once, then ask it as often as you like.

on.value(commune.pk, "base_salary", day)                       -> LegalValue, a row that a decision can point at
on.vote(commune.pk, "GKX", day, members=7, agree=5, against=1) -> VoteVerdict
on.price(commune.pk, "GKX", "household", day)                  -> Price

The statutes are the same for all; over them lie the values that a commune's chair approved (`LocalValue`).
"""

from dataclasses import dataclass, replace
from datetime import date

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


def _everywhere() -> _Book:
    """The statutes in memory, read afresh when another sync holds: one small query a call."""
    global _general
    token = LegalSync.objects.order_by("-pk").values_list("token", flat=True).first()
    if token is None:
        raise RuntimeError("no statutes in the database: run manage.py sync_legal")
    if _general is None or _general.token != token:
        versions = set(LegalSync.objects.get(token=token).versions)
        rows = {row.version: row for row in LegalValue.objects.filter(commune=None) if row.version in versions}
        statutes = replace(shipped(), values=[row.as_value() for row in rows.values()])
        _general = _Book(token, statutes.law, rows)
    return _general


def _book(commune_id: int | None) -> _Book:
    """The law of a commune in memory, read afresh when its chair approved something: two small queries a call."""
    general = _everywhere()
    token = f"{general.token} {LocalValue.objects.token(commune_id)}"
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
    return _everywhere().law


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
