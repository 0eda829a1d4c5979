"""The law of a commune, read from the database and cached in memory: the entry point for the apps above.

law_for(commune.pk)                                                        -> Law, for many look-ups in a row
legal_value_for(commune.pk, "base_salary", day)                            -> LegalValue, a row for a foreign key
vote_verdict_for(commune.pk, "GKX", day, members=7, agree=5, against=1)    -> VoteVerdict
prize_money_for(commune.pk, "GKX", "household", day)                       -> PrizeMoney

The statutes are the same for all communes; local values that a commune's chair approved (`LocalValue`) override them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db import connection

from emulation.core.formatting import date_in_words, lower_first
from emulation.core.reading_once import once
from emulation.legal.engine.law import Citation, Law
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.local_rulings import LocalRuling, effective_values
from emulation.legal.engine.rules.basis import basis_lines_with_article, citation_in_full, instrument_faults
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
    """A law in memory with the rows it was built from; it is current as long as the token in the database is the same."""

    token: str
    law: Law
    rows: dict[str, LegalValue]


_general: _CachedLaw | None = None
_cache_by_commune: dict[int | None, _CachedLaw] = {}


# Raw SQL: a page reads the law many times, and building this query with the ORM takes ten times as long as running it.
TOKENS_SQL = """
SELECT (SELECT token FROM legal_legalsync ORDER BY id DESC LIMIT 1), count(id), max(decided_at)
FROM legal_localvalue WHERE commune_id = %s AND state IN (%s, %s)
"""


def _tokens(commune_id: int | None) -> tuple[str | None, str]:
    """Token of the latest sync, and a text that changes with each approval by the commune's chair; one query."""
    return once(("law", commune_id), partial(_read_tokens, commune_id))


def _read_tokens(commune_id: int | None) -> tuple[str | None, str]:
    with connection.cursor() as cursor:
        cursor.execute(TOKENS_SQL, [commune_id, *LocalValue.DECIDED])
        sync_token, count, last = cursor.fetchone()
    return sync_token, f"{count} {last}"


def _general_law(token: str | None) -> _CachedLaw:
    """The statutes in memory, read again after a new sync. RuntimeError when the database has no statutes."""
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
    """The law of a commune in memory, read again after each approval by its chair; one small query a call."""
    sync_token, local_token = _tokens(commune_id)
    general = _general_law(sync_token)
    token = f"{general.token} {local_token}"
    cached = _cache_by_commune.get(commune_id)
    if cached is None or cached.token != token:
        cached = _read_law(commune_id, general, token)
        _cache_by_commune[commune_id] = cached
    return cached


def _read_law(commune_id: int | None, general: _CachedLaw, token: str) -> _CachedLaw:
    rulings: list[LocalRuling] = []
    rows = dict(general.rows)
    for local_value in LocalValue.objects.decided_in(commune_id):
        rulings += local_value.rulings()
        rows.update({row.version: row for row in local_value.values.all()})
    law = general.law.with_local_values(effective_values(general.law, rulings))
    return _CachedLaw(token, law, rows)


def law_for(commune_id: int | None) -> Law:
    """The law in force in this commune, for all days; the general law for None."""
    return _cached_law(commune_id).law


def general_law() -> Law:
    """The law without local values."""
    return _general_law(_tokens(None)[0]).law


def legal_value_for(
    commune_id: int, code: str, on: date, subject: str | None = None, kind: str | None = None
) -> LegalValue:
    """The row in force that day. NoValue (a RuleBroken) when the statutes do not cover the day, UnknownCode for a wrong question."""
    cached = _cached_law(commune_id)
    return cached.rows[cached.law.value_on(code, on, subject, kind).version]


def vote_verdict_for(
    commune_id: int, award: str, on: date, *, members: int, agree: int, against: int, other: int = 0
) -> VoteVerdict:
    """See `rules.council.vote_verdict`."""
    return vote_verdict(law_for(commune_id), award, on, members=members, agree=agree, against=against, other=other)


def quorum_verdict_for(commune_id: int, on: date, *, members: int, present: int) -> QuorumVerdict:
    """See `rules.council.quorum_verdict`."""
    return quorum_verdict(law_for(commune_id), on, members=members, present=present)


def prize_money_for(commune_id: int, award: str, subject: str, decided: date) -> PrizeMoney:
    """See `rules.money.prize_money`."""
    return prize_money(law_for(commune_id), award, subject, decided)


def file_checklist_for(commune_id: int, award: str, kind: str, subject: str, received: date) -> Checklist:
    """See `rules.requirements.file_checklist`."""
    return file_checklist(law_for(commune_id), award, kind, subject, received)


def award_decider_for(commune_id: int, award: str, decided: date) -> Decider:
    """See `rules.requirements.award_decider`."""
    return award_decider(law_for(commune_id), award, decided)


@dataclass(frozen=True)
class CommuneOffices:
    """The commune's bodies that its papers name.

    awards     the unit for thi đua, khen thưởng: "Phòng Văn hóa - Xã hội"
    accounts   who pays the money, inside a sentence: "công chức Tài chính - Kế toán", "Phòng Kinh tế"
    file       the unit after "Lưu: VT, "
    """

    awards: str
    accounts: str
    file: str

    @property
    def file_line(self) -> str:
        """The last line of Nơi nhận: "Lưu: VT, VHXH"."""
        return f"Lưu: VT, {self.file}"

    @property
    def named(self) -> tuple[str, ...]:
        """What papers name of these bodies, the longer words before those that they contain."""
        return self.awards_head, self.awards, self.accounts, self.file_line

    @property
    def awards_head(self) -> str:
        """Who proposes for that unit, inside a sentence: "Trưởng phòng Văn hóa - Xã hội", "công chức Văn phòng - Thống kê"."""
        if self.awards.startswith("Phòng "):
            return f"Trưởng {lower_first(self.awards)}"
        if self.awards.startswith("Văn phòng "):  # "Văn phòng - Thống kê" was a post of one công chức, without a head
            return f"{'công chức' if ' - ' in self.awards else 'Chánh'} {self.awards}"
        return self.awards


def commune_offices_for(commune_id: int, on: date) -> CommuneOffices:
    """The bodies of the commune that papers of that day name; NoValue before 01/7/2018."""
    law = law_for(commune_id)
    return CommuneOffices(*(str(law.value_on(f"office.{code}", on).content) for code in ("awards", "accounts", "file")))


LEFT_OUT = "không"
"""The local value of a line that papers of the commune do not have."""
_FRONT = re.compile("MTTQ|Mặt trận", re.IGNORECASE)


def organisation_signature_lines(commune_id: int, organisation: str, on: date) -> tuple[str, ...]:
    """What the signature of this organisation begins with: "TM. BAN THƯỜNG VỤ"; () where the local value is "không"."""
    code = "signature.front" if _FRONT.search(organisation) else "signature.union"
    value = law_for(commune_id).find(code, on)
    line = str(value.content) if value else LEFT_OUT
    return () if line.lower() == LEFT_OUT else (line.upper(),)


_LAW_BY_NUMBER = re.compile(r"(Luật [^;:()]*?) số (\d+/\d{4}/QH\d+)")


def cited_by_day(citation: str) -> str:
    """The citation as papers write it: a Luật by its day, "Điều 24 Luật … ngày 15 tháng 6 năm 2022", not by its number.

    A Luật that the statutes do not have keeps its number.
    """
    signed = {one.number: one.signed for one in shipped_statutes().instruments if one.signed}

    def by_day(match: re.Match[str]) -> str:
        day = signed.get(match[2])
        return f"{match[1]} {date_in_words(day)}" if day else match[0]

    return _LAW_BY_NUMBER.sub(by_day, citation)


def legal_basis_lines_for(commune_id: int, paper: str, issued: date) -> list[str]:
    """See `rules.requirements.legal_basis_lines`."""
    return legal_basis_lines(law_for(commune_id), paper, issued)


def basis_lines_with_article_for(commune_id: int, paper: str, issued: date, citation: Citation) -> list[str]:
    """See `rules.basis.basis_lines_with_article`."""
    return basis_lines_with_article(law_for(commune_id), paper, issued, citation)


def citation_on_paper(citation: str) -> str:
    """See `rules.basis.citation_in_full`; the instruments of this release."""
    return citation_in_full(citation, shipped_statutes().instruments)


def instrument_faults_on(lines: Iterable[str], on: date) -> list[str]:
    """See `rules.basis.instrument_faults`; the instruments of this release."""
    return instrument_faults(lines, shipped_statutes().instruments, on)
