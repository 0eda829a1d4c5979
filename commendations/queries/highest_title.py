"""Several titles of one recipient for one year: only the highest is paid (NĐ 152/2025 Điều 49 and its predecessors)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from commendations.models import Award, Nomination
from emulation.core.formatting import format_dong
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.money import PricedAward, has_prize_money, payable_awards, prize_money

RecipientKey = tuple[str, int | None]


@dataclass(frozen=True)
class Payability:
    """Why a title is not paid (`unpaid`, "" when it is), by which article; what was paid before for a lower one (`note`)."""

    unpaid: str = ""
    citation: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Title:
    """A title that the recipient has, or is to have; `nomination` is 0 for one whose paper is not on the list in hand."""

    grant: PricedAward
    nomination: int = 0
    paid: int = 0
    name: str = ""


def title_payability(law: Law, nominations: Sequence[Nomination], on: date) -> dict[int, Payability]:
    """By id of the nomination: what becomes of its money beside other titles of the same year. No query without a title."""
    mine = [case for case in nominations if is_paid_title(law, case.award_code)]
    if not mine:
        return {}
    listed = {case.pk for case in mine}
    held: dict[RecipientKey, list[_Title]] = defaultdict(list)
    for award in _registered_titles(mine):
        held[_recipient_key(award)].append(
            _Title(_grant(law, award.award_code, award.nominee_kind, award.year, on), 0, award.amount, award.award_name)
        )
    for case in [*mine, *(case for case in _approved_titles(mine) if is_paid_title(law, case.award_code))]:
        grant = _grant(law, case.award_code, case.nominee_kind, case.award_year, on)
        held[_recipient_key(case)].append(_Title(grant, case.pk if case.pk in listed else 0))
    return {pk: paid for titles in held.values() for pk, paid in _payabilities(law, titles, on)}


def is_paid_title(law: Law, code: str) -> bool:
    """Whether the award is a title for which the law kept here knows a sum."""
    return law.award(code).genus == "title" and has_prize_money(law, code)


def _payabilities(law: Law, titles: list[_Title], on: date) -> list[tuple[int, Payability]]:
    verdict = payable_awards(law, [title.grant for title in titles], on)
    found = []
    for title, pays, reason in zip(titles, verdict.paid, verdict.reasons, strict=True):
        if not title.nomination:
            continue
        before = [
            f"đã chi {format_dong(one.paid)} của danh hiệu {one.name} {one.grant.period}"
            for one in titles
            if pays and one.paid and one.grant.period == title.grant.period
        ]
        note = f"{'; '.join(before)}, chỉ được nhận mức cao nhất: đối trừ khi chi" if before else ""
        found.append((title.nomination, Payability(reason, "" if pays else verdict.citation, note)))
    return found


def _grant(law: Law, code: str, subject: str, year: int, on: date) -> PricedAward:
    return PricedAward(code, f"năm {year}", prize_money(law, code, subject, on))


def _recipient_key(row: Award | Nomination) -> RecipientKey:
    return row.nominee_kind, row.person_id or row.household_id or row.collective_id


def _same_recipients(nominations: Sequence[Nomination]) -> Q:
    """Rows about the same people, households, collectives."""
    ids: dict[str, set[int]] = defaultdict(set)
    for case in nominations:
        ids[f"{case.nominee_kind}_id__in"].add(_recipient_key(case)[1] or 0)
    found = Q(pk__in=[])
    for name, values in ids.items():
        found |= Q(**{name: values})
    return found


def _registered_titles(nominations: Sequence[Nomination]) -> list[Award]:
    """Titles of our own register."""
    rows = Award.objects.filter(
        _same_recipients(nominations), commune_id=nominations[0].commune_id, is_title=True
    ).exclude(nomination__in=nominations)
    return list(rows.order_by("awarded_on", "pk"))


def _approved_titles(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Titles that the chair has approved and that are not yet in the register, and those given above."""
    rows = Nomination.objects.filter(
        _same_recipients(nominations), commune_id=nominations[0].commune_id, state__in=["approved", "awarded_above"]
    )
    found = rows.exclude(pk__in=[case.pk for case in nominations]).order_by("pk")
    return list(found)
