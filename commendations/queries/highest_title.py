"""Several titles of one recipient for one year: only the highest is paid (NĐ 152/2025 Điều 49 and its predecessors)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from commendations.models import Award, Nomination
from emulation.core.formatting import format_date, format_dong
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.money import PricedAward, has_prize_money, payable_awards, prize_money, round_prize
from villages.queries.same_people import about_nominees

RecipientKey = tuple[str, int | None]


@dataclass(frozen=True)
class Payability:
    """Why a title is not paid (`unpaid`, "" when it is) and by which article.

    `note` and `deducted` (đồng): what was paid for lower ones.
    """

    unpaid: str = ""
    citation: str = ""
    note: str = ""
    deducted: int = 0


@dataclass(frozen=True)
class _Title:
    """A granted or approved title. `nomination` is the id of its nomination if it is on the list, otherwise 0.

    `paid`: đồng paid for it; `deducted`: đồng of lower titles by which its own money was reduced.
    """

    grant: PricedAward
    nomination: int = 0
    paid: int = 0
    name: str = ""
    deducted: int = 0


def title_payability(
    law: Law,
    nominations: Sequence[Nomination],
    on: date,
    without: Collection[int] = (),
    granted: Mapping[int, Award] = MappingProxyType({}),
) -> dict[int, Payability]:
    """Whether each title on the list is paid, given the recipient's other titles of the year; by id of the nomination.

    `without`: ids of awards that are taken as cancelled; `granted`: by id of the nomination the award, where there is one
    already. Runs no query when there is no title on the list.
    """
    listed = [case for case in nominations if is_paid_title(law, case.award_code)]
    if not listed:
        return {}
    titles = _titles_by_recipient(law, listed, on, without, granted)
    payability: dict[int, Payability] = {}
    for titles_of_one in titles.values():
        payability.update(_payabilities(law, titles_of_one, on))
    return payability


def _titles_by_recipient(
    law: Law, listed: Sequence[Nomination], on: date, without: Collection[int], granted: Mapping[int, Award]
) -> dict[RecipientKey, list[_Title]]:
    """All titles of the recipients of these nominations: in the register first, then the listed ones, then other approved ones."""
    titles: dict[RecipientKey, list[_Title]] = defaultdict(list)
    for award in _registered_titles(listed, without):
        grant = _grant(law, award.award_code, award.nominee_kind, award.year, on)
        titles[award.nominee_identity].append(_Title(grant, 0, award.payable, award.award_name, award.deducted or 0))
    for case in listed:
        grant = _grant_of(law, case, on)
        again = granted.get(case.pk)
        paid = (again.payable, again.award_name) if again else (0, "")
        titles[case.nominee_identity].append(_Title(grant, case.pk, *paid))
    for case in _approved_titles(listed):
        if is_paid_title(law, case.award_code):
            titles[case.nominee_identity].append(_Title(_grant_of(law, case, on)))
    return titles


@dataclass(frozen=True)
class SupplementDue:
    """Money that is due for a title in force once other titles are cancelled: `amount` in đồng, and why, with the article."""

    award: Award
    amount: int
    reason: str

    @property
    def sentence(self) -> str:
        award = self.award
        return (
            f"{award.in_short} của {award.current_name} {self.reason}: Văn phòng xét chi lại {format_dong(self.amount)} "
            f"(mức ngày quyết định, Sổ vàng đang ghi {format_dong(award.payable)}); khoản này vào danh sách chi bổ sung"
        )


NO_HIGHER_TITLE = "không còn bị trừ vì danh hiệu cao hơn cùng năm không còn hiệu lực"
NO_LOWER_TITLE = "không còn bị đối trừ tiền của danh hiệu thấp hơn cùng năm đã hủy"


def supplements_due(cancelled: Sequence[Award], on: date) -> list[SupplementDue]:
    """What is due for other titles of the same recipients and years when these awards are cancelled."""
    fallen = [award for award in cancelled if award.is_title]
    if not fallen:
        return []
    ids = [award.pk for award in cancelled]
    return _due_without(_other_reduced_titles(fallen, ids), on, ids)


def _other_reduced_titles(titles: Sequence[Award], without: Collection[int]) -> list[Award]:
    """The titles in force of the same recipients and years that are not paid, or not in full, except those with these ids."""
    rows = Award.objects.counting().filter(about_nominees([title.nomination for title in titles]), is_title=True)
    rows = rows.filter(commune_id=titles[0].commune_id).exclude(pk__in=without)
    years = {(title.nominee_identity, title.year) for title in titles}
    found = rows.select_related("nomination__person", "person").with_standing().order_by("pk")
    return [row for row in found if (row.unpaid or row.deducted) and (row.nominee_identity, row.year) in years]


def _due_without(reduced: Sequence[Award], on: date, without: Collection[int]) -> list[SupplementDue]:
    """How much each is paid more when the awards with these ids are cancelled."""
    if not reduced:
        return []
    law = current.law_for(reduced[0].commune_id)
    granted = {award.nomination_id: award for award in reduced}
    found = title_payability(law, [award.nomination for award in reduced], on, without, granted)
    article = law.value_on("award.several", on).citation.text
    due = []
    for award in reduced:
        full = round_prize(award.raw_amount, award.rounding_rule)
        now = found.get(award.nomination_id, Payability())
        more = (0 if now.unpaid else full - min(full, now.deducted)) - award.payable
        if more > 0:
            why = NO_HIGHER_TITLE if award.unpaid else NO_LOWER_TITLE
            due.append(SupplementDue(award, more, f"{why} ({article})"))
    return due


def pay_again_words(award: Award, on: date) -> str:
    """That money of a title in force is due again although no supplement was made, before there were any; "" otherwise."""
    if not (award.counts and award.unpaid) or award.supplements.all():
        return ""
    return next((due.sentence for due in _due_without([award], on, ())), "")


def changed_money(signed: Mapping[str, Any], now: Mapping[str, Any], on: date) -> str:
    """How the money of a line differs from the bản trình ký, as a sentence; "" when it does not."""
    if now["amount"] != signed["amount"]:
        return (
            f"Tiền thưởng của {signed['name']} theo quy định ngày {format_date(on)} là {format_dong(now['amount'])}, "
            f"bản trình ký ghi {format_dong(signed['amount'])}."
        )
    deducted = signed.get("deducted", now["deducted"])  # not stored in older lists
    if deducted == now["deducted"]:
        return ""
    return (
        f"Khoản đối trừ của {signed['name']} nay là {format_dong(now['deducted'])}, bản trình ký ghi "
        f"{format_dong(deducted)}."
    )


def is_paid_title(law: Law, code: str) -> bool:
    """Whether the award is a title for which the statutes set an amount."""
    return law.award(code).genus == "title" and has_prize_money(law, code)


def _payabilities(law: Law, titles: list[_Title], on: date) -> Iterator[tuple[int, Payability]]:
    """The payability of each listed title among all titles of one recipient.

    A lower title stays paid when a higher one was reduced by its money.
    """
    verdict = payable_awards(law, [title.grant for title in titles], on)
    for title, pays, reason in zip(titles, verdict.paid, verdict.reasons, strict=True):
        if not title.nomination:
            continue
        others = [other for other in titles if other is not title and other.grant.period == title.grant.period]
        unpaid = Payability() if _is_deducted(title, others) else Payability(reason, verdict.citation)
        yield title.nomination, _paid(title, others) if pays else unpaid


def _is_deducted(title: _Title, others: Sequence[_Title]) -> bool:
    """Whether a higher title of the year was reduced by the money that was paid for this one."""
    return title.paid > 0 and any(other.deducted for other in others)


def _paid(title: _Title, others: Sequence[_Title]) -> Payability:
    """Of a title that is paid, given the others of the same year."""
    lower = [other for other in others if other.paid]
    deducted = min(title.grant.price.money.rounded, sum(other.paid for other in lower))
    return Payability(note=_deduction_note(lower), deducted=deducted)


def _deduction_note(lower: Sequence[_Title]) -> str:
    """What was already paid for lower titles of the same year and must be deducted, or ""."""
    already_paid = [
        f"đã chi {format_dong(other.paid)} của danh hiệu “{other.name}” {other.grant.period}" for other in lower
    ]
    if not already_paid:
        return ""
    return f"{'; '.join(already_paid)}, chỉ được nhận mức cao nhất: đối trừ khi chi"


def _grant(law: Law, code: str, subject: str, year: int, on: date) -> PricedAward:
    return PricedAward(code, f"năm {year}", prize_money(law, code, subject, on))


def _grant_of(law: Law, case: Nomination, on: date) -> PricedAward:
    return _grant(law, case.award_code, case.nominee_kind, case.award_year, on)


def _registered_titles(nominations: Sequence[Nomination], without: Collection[int]) -> list[Award]:
    """Titles in force in the Sổ vàng, without those with these ids."""
    rows = (
        Award.objects.counting()
        .filter(about_nominees(nominations), commune_id=nominations[0].commune_id, is_title=True)
        .exclude(nomination__in=nominations)
        .exclude(pk__in=without)
    )
    return list(
        rows.order_by("awarded_on", "pk").select_related("person").prefetch_related("supplements__answers__reversal")
    )


def _approved_titles(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Titles that the chair approved and that are not in the register yet, and those granted by a superior."""
    rows = Nomination.objects.filter(
        about_nominees(nominations), commune_id=nominations[0].commune_id, state__in=["approved", "awarded_above"]
    )
    return list(rows.exclude(pk__in=[case.pk for case in nominations]).select_related("person").order_by("pk"))
