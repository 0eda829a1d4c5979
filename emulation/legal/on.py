"""What the law says on a day, for the rooms above. `law()` once, then ask it as often as you like.

on.value("base_salary", day)                       -> LegalValue, a row that a decision can point at
on.vote("GKX", day, members=7, agree=5, against=1) -> VoteVerdict
on.price("GKX", "household", day)                  -> Price
"""

from dataclasses import dataclass
from datetime import date

from emulation.legal import rules
from emulation.legal.law import Law
from emulation.legal.loader import shipped
from emulation.legal.models import LegalSync, LegalValue


@dataclass(frozen=True)
class _Snapshot:
    token: str
    law: Law
    rows: dict[str, LegalValue]


_snapshot: _Snapshot | None = None


def _current() -> _Snapshot:
    """The law in memory, read afresh when another sync holds: one small query a call."""
    global _snapshot
    token = LegalSync.objects.order_by("-pk").values_list("token", flat=True).first()
    if token is None:
        raise RuntimeError("no statutes in the database: run manage.py sync_legal")
    if _snapshot is None or _snapshot.token != token:
        versions = LegalSync.objects.get(token=token).versions
        rows = {row.version: row for row in LegalValue.objects.all() if row.version in set(versions)}
        _snapshot = _Snapshot(
            token, Law(shipped().codes, [row.as_value() for row in rows.values()], shipped().awards), rows
        )
    return _snapshot


def law() -> Law:
    """The law that holds now, all days of it."""
    return _current().law


def value(code: str, on: date, subject: str | None = None, kind: str | None = None) -> LegalValue:
    """The row in force that day. NoValue (a RuleBroken) for a day out of reach, UnknownCode for a wrong question."""
    current = _current()
    return current.rows[current.law.value_on(code, on, subject, kind).version]


def vote(award: str, on: date, *, members: int, agree: int, against: int, other: int = 0) -> rules.VoteVerdict:
    """See `rules.vote`."""
    return rules.vote(law(), award, on, members=members, agree=agree, against=against, other=other)


def quorum(on: date, *, members: int, present: int) -> rules.QuorumVerdict:
    """See `rules.quorum`."""
    return rules.quorum(law(), on, members=members, present=present)


def price(award: str, subject: str, decided: date) -> rules.Price:
    """See `rules.price`."""
    return rules.price(law(), award, subject, decided)


def checklist(award: str, kind: str, subject: str, received: date) -> rules.Checklist:
    """See `rules.checklist`."""
    return rules.checklist(law(), award, kind, subject, received)


def decider(award: str, decided: date) -> rules.Decider:
    """See `rules.decider`."""
    return rules.decider(law(), award, decided)


def basis(paper: str, issued: date) -> list[str]:
    """See `rules.basis`."""
    return rules.basis(law(), paper, issued)
