"""The golden register (Sổ vàng): rows, search, filters and totals; and who acted on a case."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from commendations.models import Award, AwardCorrection, AwardSupplement, Decision, Nomination, Proposal
from commendations.models.award import AWARD_STANDINGS
from commendations.models.joint_proposal import proposed_by_unit
from commendations.models.recovery_filters import TO_HAND_AGAIN, TO_RECOVER
from emulation.audit.models import AuditEntry
from emulation.core.lookups import has_words
from emulation.core.text import fold
from emulation.legal import current
from villages.models import Household, Person, Unit
from villages.queries.same_people import about_nominee
from villages.rules.groups import GROUP_FILTERS

STANDING_FILTERS = {
    "in_force": Q(cancellation=None, replaced_by=None),
    "corrected": Q(pk__in=AwardCorrection.objects.values("award_id"), cancellation=None, replaced_by=None),
    "replaced": Q(replaced_by__isnull=False),
    "cancelled": Q(cancellation__isnull=False),
    "to_recover": TO_RECOVER | TO_HAND_AGAIN,
}
STANDING_FILTER_LABELS = {
    **{name: state.label for name, state in AWARD_STANDINGS.items()},
    "to_recover": "Còn phải thu hồi, đổi giấy",
}
NOMINEE_KIND_LABELS = {"person": "Cá nhân", "household": "Hộ gia đình", "collective": "Tập thể"}


def register_rows(user: Any) -> QuerySet[Award]:
    """The register as the user may see it, ended awards included: newest decision first, each in its own order."""
    rows = Award.objects.visible_to(user).with_recovery().select_related("decision__document", "unit")
    return rows.order_by("-awarded_on", "-decision_id", "decision_serial")


def search_register(rows: QuerySet[Award], words: str) -> QuerySet[Award]:
    """Rows whose name, as awarded or as corrected, has for every word one that begins so, without diacritics.

    A number, also with its symbol ("04/QĐ-UBND"), matches that of the decision as well.
    """
    for word in fold(words).split():
        corrected = AwardCorrection.objects.filter(award=OuterRef("pk"), field="name").filter(
            has_words("new_fold", word)
        )
        matches = has_words("name_fold", word) | Q(Exists(corrected))
        if "'" in word:  # names of awards that were folded when ’ was another letter; no award is rewritten
            matches |= Q(name_fold__contains=word.replace("'", "’"))
        number = word.partition("/")[0]
        if number.isdecimal() and len(number) < 8:
            matches |= Q(decision__document__number=int(number))
        rows = rows.filter(matches)
    return rows


def filter_register(
    rows: QuerySet[Award],
    *,
    year: int | None = None,
    unit: int | None = None,
    kind: str = "",
    award: str = "",
    standing: str = "",
    group: str = "",
) -> QuerySet[Award]:
    """Filter by award code, year, unit id, kind of nominee, standing, group of people; an empty value does not filter."""
    if group:
        rows = rows.filter(person__isnull=False, group__in=GROUP_FILTERS[group][1])
    if standing in STANDING_FILTERS:
        rows = rows.filter(STANDING_FILTERS[standing])
    if award:
        rows = rows.filter(award_code=award)
    if year:
        rows = rows.filter(year=year)
    if unit:
        rows = rows.filter(proposed_by_unit(unit, case="nomination_id"))
    if kind in NOMINEE_KIND_LABELS:
        rows = rows.filter(**{f"{kind}__isnull": False})
    return rows


def awards_given_above(someone: Person | Household | Unit, user: Any) -> list[tuple[Nomination, str]]:
    """Awards granted by a superior on the commune's proposal, latest first, each with the name of the award."""
    rows = Nomination.objects.visible_to(user).filter(about_nominee(someone), state="awarded_above")
    law = current.law_for(someone.commune_id)
    ordered = rows.order_by("-outcome_on", "-pk")
    return [(row, law.award_name(row.award_code, row.outcome_on)) for row in ordered if row.outcome_on]


@dataclass(frozen=True)
class RegisterTotals:
    awards: int
    decisions: int
    money: int
    ended: int


def register_totals(rows: Any) -> RegisterTotals:
    """The awards in force among the rows, with their decisions and money in đồng, and how many have ended."""
    in_force = rows.counting().order_by()
    totals = in_force.aggregate(
        awards=Count("pk"),
        decisions=Count("decision", distinct=True),
        money=Sum(F("amount") - Coalesce(F("deducted"), 0)),
    )
    due = AwardSupplement.objects.filter(award__in=in_force.values("pk")).not_declined()
    supplements = due.aggregate(sum=Sum("amount"))["sum"] or 0
    ended = rows.order_by().filter(~Q(cancellation=None) | ~Q(replaced_by=None)).count()
    return RegisterTotals(totals["awards"], totals["decisions"], (totals["money"] or 0) + supplements, ended)


def register_years(rows: QuerySet[Award]) -> list[int]:
    """The years that have awards, latest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def awards_in_register(rows: QuerySet[Award]) -> list[tuple[str, str]]:
    """The awards in the register as (code, name), each once, with its latest name."""
    pairs = rows.order_by("award_code", "awarded_on").values_list("award_code", "award_name").distinct()
    return list(dict(pairs).items())


def case_actors(nomination: Nomination) -> set[int]:
    """Ids of the users who acted on the exemplar, the nomination, the session, the submission or the paper of a case."""
    about = Q(subject_type="commendations.Nomination", subject_id=nomination.pk)
    if nomination.exemplar_id:
        about |= Q(subject_type="campaigns.Exemplar", subject_id=nomination.exemplar_id)
    item = nomination.chair_submission_item
    if item:
        about |= Q(subject_type="commendations.Presentation", subject_id=item.chair_submission_id)
        about |= Q(subject_type="commendations.CouncilSession", subject_id=item.chair_submission.session_id)
        for model in (Decision, Proposal):
            papers = model.objects.filter(
                chair_submission_id=item.chair_submission_id,
                award_code=nomination.award_code,
                by_deputy=item.by_deputy,
            )
            about |= Q(subject_type=model.subject_key, subject_id__in=list(papers.values_list("pk", flat=True)))
    rows = AuditEntry.objects.filter(about, commune_id=nomination.commune_id, actor_id__isnull=False)
    return {actor for actor in rows.order_by().values_list("actor_id", flat=True).distinct() if actor is not None}
