"""Amendments: the awards of a decision and their words in force, what an amendment changes, the lines of its paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q

from campaigns.models import ShortlistEntry
from commendations.models import Amendment, Award, Decision, Nomination
from commendations.models.handover import prefetch_handovers
from commendations.models.nomination import units_once
from commendations.queries.award_lines import (
    AwardLine,
    award_lines,
    certificate_recipient,
    nominee_list_name,
    with_line_relations,
)
from commendations.queries.decision import commune_identity_on, statutory_basis_lines
from commendations.queries.handovers import received_by
from commendations.queries.highest_title import supplements_due
from commendations.queries.nomination import requested_award
from commendations.queries.public_stories import published_stories_of
from commendations.queries.resting_cases import cases_resting_on
from commendations.rules.amendment import Words, changed_words
from emulation.core.formatting import format_dong, lower_first
from emulation.documents.blocks.certificate import Certificate
from emulation.legal import current
from emulation.legal.engine.law import NoValue
from villages.models import Initiative
from villages.queries.same_people import about_nominee


def awards_in_force(decision: Decision) -> list[Award]:
    """The counting awards of the decision with their words in force, in the order of the register."""
    rows = decision.awards.counting().with_standing().select_related("person", "household", "collective", "unit")
    return list(rows.order_by("decision_serial"))


def awards_of(amendment: Amendment) -> list[Award]:
    """The awards that the amendment is about, in the order of the register, whatever their standing."""
    rows = (
        Award.objects.filter(pk__in=amendment.award_ids)
        .with_standing()
        .prefetch_related("recoveries__reversal", prefetch_handovers(), "nomination__joint_proposals__unit")
    )
    related = ("nomination", "person", "household", "collective", "unit", "replaced_by__replaced_by")
    return list(rows.select_related(*related).order_by("decision_serial", "pk"))


def words_in_force(award: Award) -> dict[str, str]:
    """The words of an award by `Amendment.WORDS`, corrections included; `recipient` is "" without a certificate."""
    certificate = award.current_certificate
    paper = certificate.paper if certificate else None
    return {
        "name": award.word("name"),
        "recipient": paper.recipient if isinstance(paper, Certificate) else "",
        "place": award.current_place,
        "achievement": award.word("achievement"),
    }


def addressed_recipient(award: Award, on: date, words: Words | None = None) -> str:
    """ "Ông Quách Công Định": the line of the certificate in force, or of `words`; without one as it would be printed."""
    printed = words or words_in_force(award)
    if recipient := printed["recipient"]:
        return recipient
    case = award.nomination
    return certificate_recipient(case, on).replace(nominee_list_name(case, on), printed["name"])


@dataclass(frozen=True)
class ChangedWord:
    """One word that an amendment changes: `label` names it."""

    award: Award
    field: str
    label: str
    old: str
    new: str


def changed_words_of(amendment: Amendment) -> list[ChangedWord]:
    """What a correction or replacement changes; of an issued correction what it changed."""
    if amendment.is_issued and amendment.kind == Amendment.CORRECTION:
        rows = amendment.corrections.select_related("award").order_by("award__decision_serial", "pk")
        return [ChangedWord(row.award, row.field, row.label, row.old, row.new) for row in rows]
    if amendment.is_issued or amendment.is_cancellation:
        return []
    words = {line["award"]: line for line in amendment.lines}
    return list(chain.from_iterable(_changes(award, words[award.pk]) for award in awards_of(amendment)))


def _changes(award: Award, words: dict[str, str]) -> list[ChangedWord]:
    changes = changed_words(words_in_force(award), words)
    return [ChangedWord(award, field, Amendment.WORDS[field], old, new) for field, old, new in changes]


def cancellation_cases(commune_id: int, on: date) -> list[tuple[str, str]]:
    """(code, name) of the cases in which the law of that day cancels an award; [] on a day that the statutes do not cover."""
    try:
        value = current.law_for(commune_id).value_on("award.cancellation", on)
    except NoValue:
        return []
    return [(case["code"], case["name"]) for case in value.content]


def prescribed_basis_lines(amendment: Amendment, on: date) -> list[str]:
    """The căn cứ lines that the law of that day prescribes; for a cancellation with its article, for a công văn none."""
    if amendment.kind == Amendment.CORRECTION:
        return []
    if amendment.is_replacement:
        return statutory_basis_lines(amendment.decision, on)
    citation = current.law_for(amendment.commune_id).value_on("award.cancellation", on).citation
    return current.basis_lines_with_article_for(amendment.commune_id, "quyet_dinh", on, citation)


def is_whole_decision(amendment: Amendment) -> bool:
    """Whether it is about every award of the decision that is in force, or was when it was issued."""
    others = amendment.decision.awards.exclude(pk__in=amendment.award_ids)
    if not amendment.is_issued or amendment.document is None:
        return not others.counting().exists()
    at = amendment.document.created_at
    ended_before = Q(cancellation__created_at__lt=at) | Q(replaced_by__decision__document__created_at__lt=at)
    return not others.exclude(ended_before).exists()


def replacement_lines(amendment: Amendment, on: date) -> list[AwardLine]:
    """The lines of the replacing decision: the new words, and the money by the law of that day."""
    awards = awards_of(amendment)
    order = {award.nomination_id: award for award in awards}
    nominations = with_line_relations(Nomination.objects.filter(pk__in=order)).in_bulk()
    identity = commune_identity_on(amendment.decision, on)
    lines = award_lines([nominations[pk] for pk in order], identity, on, order)
    words = {line["award"]: line for line in amendment.lines}
    return [_with_words(line, words[order[line.nomination.pk].pk]) for line in lines]


def _with_words(line: AwardLine, words: dict[str, str]) -> AwardLine:
    return replace(
        line,
        name=words["name"],
        recipient=words["recipient"] or line.recipient,
        place=words["place"],
        achievement=words["achievement"],
    )


# ── consequences ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class RestingCase:
    """A case that meets its conditions only with a cancelled award; `award` is what it asks for, in words."""

    nomination: Nomination
    award: str


@dataclass(frozen=True)
class AmendmentEffects:
    """What the issue of an amendment changes. Money in đồng; `units` and `received` are names."""

    awards: int
    certificates: int
    money: int
    new_money: int
    units: tuple[str, ...]
    received: tuple[str, ...]
    initiatives: tuple[str, ...]
    resting: tuple[RestingCase, ...]
    pay_again: tuple[str, ...] = ()
    stories: tuple[ShortlistEntry, ...] = ()  # published exemplars of the cancelled awards

    @property
    def difference(self) -> str:
        """How the money of a replacement differs from what was awarded, in words."""
        if self.new_money == self.money:
            return "không đổi"
        verb = "chi thêm" if self.new_money > self.money else "thu lại"
        return f"{verb} {format_dong(abs(self.new_money - self.money))}"


def amendment_effects(amendment: Amendment, today: date) -> AmendmentEffects:
    """What falls or changes when the amendment is issued today; of an issued one, what fell."""
    awards = awards_of(amendment)
    cancelled = awards if amendment.is_cancellation else []
    fallen = amendment.fallen or what_falls(amendment, today)
    return AmendmentEffects(
        awards=len(awards),
        certificates=sum(award.certificate_id is not None for award in awards),
        money=amendment.money_of(awards),
        new_money=_new_money(amendment),
        units=tuple(unit.name for unit in units_once(award.units for award in awards)),
        received=received_by(amendment, awards),
        initiatives=tuple(f"“{name}”" for name in fallen["initiatives"]),
        resting=resting_cases(fallen["resting"], today),
        pay_again=_pay_again(amendment, cancelled, today),
        stories=published_stories_of(cancelled),
    )


def _pay_again(amendment: Amendment, cancelled: list[Award], today: date) -> tuple[str, ...]:
    """What is due for other titles, once the amendment is issued; of an issued one, what became due."""
    if amendment.is_issued:
        rows = amendment.supplements.select_related("award").prefetch_related("award__corrections")
        return tuple(f"{row} cho {lower_first(row.award.in_short)}: {row.reason}" for row in rows)
    return tuple(due.sentence for due in supplements_due(cancelled, today))


def what_falls(amendment: Amendment, today: date) -> dict[str, list[Any]]:
    """`Amendment.fallen` of a cancellation that is issued today; empty lists for the other kinds."""
    cancelled = awards_of(amendment) if amendment.is_cancellation else []
    cases = chain.from_iterable(cases_resting_on(award, today) for award in cancelled)
    return {
        "initiatives": [one.name for one in spent_initiatives(award.nomination for award in cancelled)],
        "resting": list(dict.fromkeys(case.pk for case in cases)),
    }


def resting_cases(ids: list[int], today: date) -> tuple[RestingCase, ...]:
    """The cases with these ids, in their order."""
    rows = Nomination.objects.select_related("person", "household", "collective", "unit").in_bulk(ids)
    return tuple(RestingCase(rows[pk], requested_award(rows[pk], today).in_full) for pk in ids)


def _new_money(amendment: Amendment) -> int:
    """The money of a replacement by the law of its expected day; 0 for the other kinds and once it is issued."""
    if amendment.is_issued or not amendment.is_replacement:
        return 0
    return sum(line.to_pay for line in replacement_lines(amendment, amendment.expected_on))


def spent_initiatives(nominations: Iterable[Nomination]) -> list[Initiative]:
    """The initiatives (sáng kiến) that the awards of these nominations used."""
    found: list[Initiative] = []
    for case in nominations:
        if case.person:
            rows = Initiative.objects.filter(
                about_nominee(case.person), used_award_code=case.award_code, used_year=case.award_year
            )
            found += list(rows.order_by("pk"))
    return found
