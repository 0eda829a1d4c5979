"""Amendments of issued decisions, made through the actions."""

from datetime import date
from typing import Any

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.models import Amendment, Award, Decision
from commendations.papers.amendment import amendment_paper
from commendations.tests.factories import HELD_ON, commune_user

EXPLANATION = "Do sơ suất trong khâu soạn thảo, Quyết định ghi chưa đúng."


def draft(decision: Decision, kind: str, names: list[str] | None = None, **words: Any) -> Amendment:
    """A complete draft about the awards with these names (None: all in force); `words` change every one of them."""
    rows = decision.awards.counting()
    awards = [award for award in rows if names is None or award.name in names]
    office = commune_user(decision.commune, "vanphong")
    amendment = start_amendment(by=office, decision=decision, kind=kind, awards=[award.pk for award in awards])
    lines = [{**line, **words} for line in amendment.lines]
    case = {"cancellation_case": "fraud"} if kind == Amendment.CANCELLATION else {}
    return amendment_approval.save(amendment, by=office, lines=lines, explanation=EXPLANATION, **case)


def issued(
    decision: Decision, kind: str, names: list[str] | None = None, on: date = HELD_ON, **words: Any
) -> Amendment:
    """The same, submitted, approved and issued."""
    return issue_draft(draft(decision, kind, names, **words), on)


def issue_draft(amendment: Amendment, on: date) -> Amendment:
    """A complete draft submitted, approved and issued."""
    commune = amendment.commune
    amendment_approval.save(amendment, by=commune_user(commune, "vanphong"), expected_on=on)
    amendment_approval.submit(amendment, by=commune_user(commune, "vanphong"))
    amendment_approval.approve(amendment, by=commune_user(commune, "chutich"))
    return issue_approved(amendment, on)


def issue_approved(amendment: Amendment, on: date = HELD_ON) -> Amendment:
    """The same of one that the chair approved."""
    return amendment_approval.issue(amendment, by=commune_user(amendment.commune, "vanthu"), issued_on=on)


def award_named(name: str) -> Award:
    """The latest award with this name as awarded, with what is in force."""
    return Award.objects.filter(name=name).with_standing().order_by("-pk").first()


def printed(amendment: Amendment) -> list[str]:
    """The texts of the body of its paper as a draft, "" for a table."""
    return [getattr(block, "text", "") for block in amendment_paper(amendment, amendment.expected_on).body]


def draft_again(amendment: Amendment, kind: str) -> Amendment:
    """The draft is dropped, and another kind of paper about the same awards is drafted."""
    office = commune_user(amendment.commune, "vanphong")
    awards = amendment.award_ids
    amendment_approval.drop(amendment, by=office, reason="Phải ra văn bản khác.")
    again = start_amendment(by=office, decision=amendment.decision, kind=kind, awards=awards)
    return amendment_approval.save(again, by=office, explanation=EXPLANATION, cancellation_case="fraud")
