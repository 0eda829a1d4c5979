"""Several titles of one recipient for one year: only the highest is paid (NĐ 152/2025 Điều 49 and its predecessors)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from commendations.models import Award, Nomination
from emulation.core.formatting import format_dong
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.money import PricedAward, has_prize_money, payable_awards, prize_money, round_prize

RecipientKey = tuple[str, int | None]


@dataclass(frozen=True)
class Payability:
    """Why a title is not paid (`unpaid`, "" when it is) and by which article; `note`: what was paid for a lower one."""

    unpaid: str = ""
    citation: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Title:
    """A granted or approved title. `nomination` is the id of its nomination if it is on the list, otherwise 0."""

    grant: PricedAward
    nomination: int = 0
    paid: int = 0
    name: str = ""


def title_payability(
    law: Law, nominations: Sequence[Nomination], on: date, without: Collection[int] = ()
) -> dict[int, Payability]:
    """Whether each title on the list is paid, given the recipient's other titles of the year; by id of the nomination.

    `without`: ids of awards that are taken as cancelled. Runs no query when there is no title on the list.
    """
    listed = [case for case in nominations if is_paid_title(law, case.award_code)]
    if not listed:
        return {}
    titles: dict[RecipientKey, list[_Title]] = defaultdict(list)
    for award in _registered_titles(listed, without):
        grant = _grant(law, award.award_code, award.nominee_kind, award.year, on)
        titles[_recipient_key(award)].append(_Title(grant, 0, award.amount, award.award_name))
    for case in listed:
        titles[_recipient_key(case)].append(_Title(_grant_of(law, case, on), case.pk))
    for case in _approved_titles(listed):
        if is_paid_title(law, case.award_code):
            titles[_recipient_key(case)].append(_Title(_grant_of(law, case, on)))
    payability: dict[int, Payability] = {}
    for titles_of_one in titles.values():
        payability.update(_payabilities(law, titles_of_one, on))
    return payability


def titles_to_pay_again(awards: Sequence[Award], on: date) -> list[Award]:
    """Titles in force that were not paid because of these awards, and that nothing deducts once these are cancelled."""
    fallen = [award for award in awards if award.is_title]
    if not fallen:
        return []
    ids = [award.pk for award in awards]
    return _payable(_other_unpaid_titles(fallen, ids), on, without=ids)


def _other_unpaid_titles(titles: Sequence[Award], without: Collection[int]) -> list[Award]:
    """The unpaid titles in force of the same recipients and years, except those with these ids."""
    rows = Award.objects.counting().filter(
        _same_recipients([title.nomination for title in titles]), is_title=True, amount=0
    )
    rows = rows.filter(commune_id=titles[0].commune_id).exclude(pk__in=without)
    years = {(_recipient_key(title), title.year) for title in titles}
    found = rows.select_related("nomination").with_standing()
    return [award for award in found if award.unpaid and (_recipient_key(award), award.year) in years]


def _payable(unpaid: Sequence[Award], on: date, without: Collection[int] = ()) -> list[Award]:
    """Those of the unpaid titles that no other title of the year in force, or granted by a superior, deducts any more."""
    if not unpaid:
        return []
    law = current.law_for(unpaid[0].commune_id)
    found = title_payability(law, [award.nomination for award in unpaid], on, without)
    return [award for award in unpaid if not found.get(award.nomination_id, Payability()).unpaid]


def pay_again_words(award: Award, on: date) -> str:
    """That the money of a title in force is no longer deducted and what the office decides; "" for all other awards."""
    if not (award.counts and award.unpaid and _payable([award], on)):
        return ""
    return pay_again_sentence(award, on)


def pay_again_sentence(award: Award, on: date) -> str:
    """The same of a title of which it is known."""
    article = current.law_for(award.commune_id).value_on("award.several", on).citation.text
    amount = format_dong(round_prize(award.raw_amount, award.rounding_rule))
    return (
        f"{award.in_short} của {award.current_name} không còn bị trừ vì danh hiệu cao hơn cùng năm không còn hiệu lực: "
        f"Văn phòng xét chi lại {amount} (mức ngày quyết định, Sổ vàng đang ghi 0 đồng) theo {article}"
    )


def is_paid_title(law: Law, code: str) -> bool:
    """Whether the award is a title for which the statutes set an amount."""
    return law.award(code).genus == "title" and has_prize_money(law, code)


def _payabilities(law: Law, titles: list[_Title], on: date) -> Iterator[tuple[int, Payability]]:
    """The payability of each listed title among all titles of one recipient."""
    verdict = payable_awards(law, [title.grant for title in titles], on)
    for title, pays, reason in zip(titles, verdict.paid, verdict.reasons, strict=True):
        if not title.nomination:
            continue
        note = _deduction_note(title, titles) if pays else ""
        yield title.nomination, Payability(reason, "" if pays else verdict.citation, note)


def _deduction_note(title: _Title, titles: list[_Title]) -> str:
    """What was already paid for lower titles of the same year and must be deducted, or ""."""
    already_paid = [
        f"đã chi {format_dong(other.paid)} của danh hiệu “{other.name}” {other.grant.period}"
        for other in titles
        if other.paid and other.grant.period == title.grant.period
    ]
    if not already_paid:
        return ""
    return f"{'; '.join(already_paid)}, chỉ được nhận mức cao nhất: đối trừ khi chi"


def _grant(law: Law, code: str, subject: str, year: int, on: date) -> PricedAward:
    return PricedAward(code, f"năm {year}", prize_money(law, code, subject, on))


def _grant_of(law: Law, case: Nomination, on: date) -> PricedAward:
    return _grant(law, case.award_code, case.nominee_kind, case.award_year, on)


def _recipient_key(row: Award | Nomination) -> RecipientKey:
    return row.nominee_kind, row.person_id or row.household_id or row.collective_id


def _same_recipients(nominations: Sequence[Nomination]) -> Q:
    """Filter for rows about the same people, households and collectives."""
    ids: dict[str, set[int]] = defaultdict(set)
    for case in nominations:
        ids[f"{case.nominee_kind}_id__in"].add(_recipient_key(case)[1] or 0)
    recipients = Q(pk__in=[])
    for lookup, values in ids.items():
        recipients |= Q(**{lookup: values})
    return recipients


def _registered_titles(nominations: Sequence[Nomination], without: Collection[int]) -> list[Award]:
    """Titles in force in the Sổ vàng, without those with these ids."""
    rows = (
        Award.objects.counting()
        .filter(_same_recipients(nominations), commune_id=nominations[0].commune_id, is_title=True)
        .exclude(nomination__in=nominations)
        .exclude(pk__in=without)
    )
    return list(rows.order_by("awarded_on", "pk"))


def _approved_titles(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Titles that the chair approved and that are not in the register yet, and those granted by a superior."""
    rows = Nomination.objects.filter(
        _same_recipients(nominations), commune_id=nominations[0].commune_id, state__in=["approved", "awarded_above"]
    )
    return list(rows.exclude(pk__in=[case.pk for case in nominations]).order_by("pk"))
