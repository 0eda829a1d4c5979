"""What the chair reads before deciding: votes, law, money and a fairness summary of the list."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from campaigns.models import ExemplarPhoto
from commendations.models import Award, ChairSubmission, ChairSubmissionItem, Nomination, SessionItem
from commendations.models.nomination import units_once
from commendations.queries import catalogue
from commendations.queries.award_lines import AwardLine, award_lines, with_line_relations
from emulation.legal import current
from emulation.legal.engine.law import LegalBasis


@lru_cache(maxsize=256)
def _as_dict(basis: LegalBasis) -> dict[str, Any]:
    """The basis as a dict, not to be changed: the rows of an award share it."""
    return asdict(basis)


@dataclass(frozen=True)
class SubmissionRow:
    """One nominee of a chair submission."""

    item: ChairSubmissionItem
    line: AwardLine
    vote: SessionItem | None
    award: Award | None = None  # once issued, its amounts are shown, whatever the law is today

    @property
    def amount(self) -> int:
        return self.award.amount if self.award else self.line.amount

    @property
    def money(self) -> str:
        """The arithmetic of the amount; "" when nothing is paid."""
        if self.award:
            return str(self.award.legal.get("arithmetic", "")) if self.award.amount else ""
        return self.line.price.money.arithmetic if self.line.price and self.line.amount else ""

    @property
    def legal_bases(self) -> list[dict[str, Any]]:
        """The legal bases of the amount and of the authority to decide, as dicts of `LegalBasis`.

        Of an award without money only the coefficient is a basis, not the base salary and the rounding.
        """
        if self.award:
            return list(self.award.legal.get("grounds", ()))
        price = self.line.price
        price_bases = price.grounds if price else ()
        if price and not price.money.coefficient:
            price_bases = price_bases[:1]
        return [_as_dict(basis) for basis in (*self.line.decider.grounds, *price_bases)]

    @property
    def council_votes(self) -> tuple[int, int] | None:
        """How many agreed and how many members the council has; None without a count."""
        if self.vote is None or self.vote.tally is None or "members" not in self.vote.verdict:
            return None
        return self.vote.tally.agree, int(self.vote.verdict["members"])

    @property
    def arithmetic(self) -> str:
        """The arithmetic of the vote by the rule of the session's day."""
        return str(self.vote.verdict.get("arithmetic", "")) if self.vote else ""

    @property
    def vote_law(self) -> str:
        return str(self.vote.verdict.get("citation", "")) if self.vote else ""

    @property
    def vote_confirmed(self) -> bool:
        return bool(self.vote and self.vote.verdict.get("confirmed"))

    @property
    def votes(self) -> str:
        """ "5/7", for a list."""
        if not self.vote or self.vote.agree is None:
            return ""
        members = self.vote.verdict.get("members")
        return f"{self.vote.agree}/{members}" if members else str(self.vote.agree)


@dataclass(frozen=True)
class SubmissionGroup:
    """The rows of one award, and whether the chair decides it or a higher authority does."""

    rows: list[SubmissionRow]

    @property
    def line(self) -> AwardLine:
        return self.rows[0].line

    @property
    def above(self) -> bool:
        return self.line.decider.here == catalogue.DECIDED_ABOVE

    @property
    def in_full(self) -> str:
        return self.line.award.in_full(*{row.line.year for row in self.rows})

    @property
    def quoted(self) -> str:
        """As papers write it: "danh hiệu “Lao động tiên tiến” năm 2026"; "Giấy khen của Chủ tịch …"."""
        return self.line.award.quoted(*{row.line.year for row in self.rows})

    @property
    def heading(self) -> str:
        name = self.quoted
        decider = self.line.decider.label
        above = f" (trình {decider})" if self.above and decider not in name else ""
        return f"{name[:1].upper()}{name[1:]}{above}"


def group_by_award(rows: list[SubmissionRow]) -> list[SubmissionGroup]:
    """The rows of `submission_rows`, one group for each award."""
    by_award: dict[str, list[SubmissionRow]] = {}
    for row in rows:
        by_award.setdefault(row.line.award.code, []).append(row)
    return [SubmissionGroup(rows) for rows in by_award.values()]


def pricing_day(chair_submission: ChairSubmission, today: date) -> date:
    """The day whose law sets the money: the day of the decision, or today while undecided."""
    return chair_submission.decided_on or today


def submission_rows(chair_submission: ChairSubmission, on: date) -> list[SubmissionRow]:
    """The nominees by award and in the council's order, priced for that day; a constant number of queries."""
    items = list(chair_submission.items.listed())
    rows = with_line_relations(Nomination.objects.filter(pk__in=[item.nomination_id for item in items]))
    nominations = {nomination.pk: nomination for nomination in rows}
    votes = {vote.nomination_id: vote for vote in SessionItem.objects.filter(session_id=chair_submission.session_id)}
    identity = chair_submission.commune.identity_on(on)
    law = current.law_for(chair_submission.commune_id)
    order = catalogue.sort_award_codes(law, (nomination.award_code for nomination in nominations.values()), on)
    items.sort(key=lambda item: order.index(nominations[item.nomination_id].award_code))
    listed = award_lines([nominations[item.nomination_id] for item in items], identity, on)
    # The latest award of a case: a replaced one gives way to the one that replaced it.
    awards = {award.nomination_id: award for award in Award.objects.filter(nomination__in=nominations).order_by("pk")}
    return [
        SubmissionRow(item, line, votes.get(item.nomination_id), awards.get(item.nomination_id))
        for item, line in zip(items, listed, strict=True)
    ]


def rows_to_award(rows: Iterable[SubmissionRow]) -> list[SubmissionRow]:
    """The rows that are to be awarded: all until somebody decides, then those that were approved."""
    rows = list(rows)
    decided = any(row.item.approved is not None for row in rows)
    return [row for row in rows if row.item.approved] if decided else rows


def total_to_award(rows: Iterable[SubmissionRow]) -> int:
    """The money for the rows that are to be awarded, in đồng."""
    return sum(row.amount for row in rows_to_award(rows))


def rows_decided_by(rows: Iterable[SubmissionRow], *, by_deputy: bool) -> list[SubmissionRow]:
    """The rows that the chair decides, or the chair's own case, which the vice chair decides."""
    return [row for row in rows if row.item.by_deputy == by_deputy]


def passed_but_not_submitted(chair_submission: ChairSubmission, rows: list[SubmissionRow]) -> list[Nomination]:
    """What the session agreed to propose and this submission leaves out: returned or withdrawn since; one query."""
    listed = [row.line.nomination.pk for row in rows]
    items = SessionItem.objects.filter(session_id=chair_submission.session_id, passed=True)
    left_out = items.exclude(nomination__in=listed).order_by("sort", "pk").values_list("nomination_id", flat=True)
    found = with_line_relations(Nomination.objects.filter(pk__in=list(left_out))).in_bulk()
    return [found[pk] for pk in left_out]


def first_photos(rows: list[SubmissionRow]) -> dict[int, ExemplarPhoto]:
    """{nomination: the first photo of the exemplar from which it came}; one query."""
    exemplars = {
        row.line.nomination.exemplar_id: row.line.nomination.pk for row in rows if row.line.nomination.exemplar_id
    }
    photos = ExemplarPhoto.objects.filter(exemplar_id__in=exemplars).order_by("-pk")
    return {exemplars[photo.exemplar_id]: photo for photo in photos}


def cited_laws(rows: list[SubmissionRow]) -> list[dict[str, Any]]:
    """The articles behind the votes and the money, each once: label, citation, confirmed, note."""
    articles: dict[str, dict[str, Any]] = {}
    for row in rows:
        for basis in row.legal_bases:
            article = {key: basis[key] for key in ("label", "citation", "confirmed", "note")}
            article["citation"] = basis["citation"].removeprefix(f"{basis['label']}, ")
            articles.setdefault(f"{basis['label']}{basis['citation']}", article)
        if row.vote_law:
            articles.setdefault(
                row.vote_law,
                {
                    "label": "Biểu quyết của Hội đồng",
                    "citation": row.vote_law,
                    "confirmed": row.vote_confirmed,
                    "note": "",
                },
            )
    return list(articles.values())


# ── the preview of the chair's decisions ─────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PreviewGroup:
    """What the chair's approval of one award leads to: the paper, its nominees, the money in đồng."""

    award: str
    paper: str
    names: list[str]
    money: int


@dataclass(frozen=True)
class ChairDecisionPreview:
    """The consequences of the chair's decisions before they are recorded; `refused` are (name, reason)."""

    groups: list[PreviewGroup]
    refused: list[tuple[str, str]]
    units: list[str]

    @property
    def approved(self) -> int:
        return sum(len(group.names) for group in self.groups)


def chair_decision_preview(rows: list[SubmissionRow], decisions: Mapping[int, Any]) -> ChairDecisionPreview:
    """Names and papers that follow from the decisions (by id of the item), in the order of the list."""
    approved = [row for row in rows if decisions[row.item.pk].approved]
    refused = [(row.line.name_alone, decisions[row.item.pk].reason) for row in rows if row not in approved]
    units = [unit.name for unit in units_once(row.line.nomination.proposing_units for row in rows)]
    return ChairDecisionPreview([_preview_group(group) for group in group_by_award(approved)], refused, units)


def _preview_group(group: SubmissionGroup) -> PreviewGroup:
    paper = f"dự thảo tờ trình gửi {group.line.decider.label}" if group.above else "dự thảo quyết định"
    names = [row.line.name_alone for row in group.rows]
    return PreviewGroup(group.in_full, paper, names, sum(row.amount for row in group.rows))
