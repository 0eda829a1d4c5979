"""Names, forms of address and places that a paper corrected while the record of the person still has the old ones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from commendations.models import Amendment, Award, Nomination
from commendations.queries.amendment import words_in_force
from commendations.queries.award_lines import (
    certificate_recipient,
    nominee_list_name,
    nominee_place,
    with_line_relations,
)
from commendations.rules.amendment import changed_words
from emulation.documents.blocks.certificate import Certificate
from villages.models import evidence_subject_kind
from villages.queries.record_hints import RecordHint, Subject, edit_record_url, record_hint_sources

RECORDED_WORDS = ("name", "recipient", "place")
"""The words of an award that come from the record; the achievement does not."""


@record_hint_sources.register("awards")
def award_record_hints(user: Any, subject: Subject) -> list[RecordHint]:
    """The words of the awards of this person, household or unit that were corrected and that its record still has as before."""
    rows = Award.objects.visible_to(user).filter(**{evidence_subject_kind(subject): subject})
    return list(_hints(user, rows))


def amendment_record_hints(user: Any, amendment: Amendment) -> list[RecordHint]:
    """The same for the awards of an issued correction or replacement."""
    if not amendment.is_issued or amendment.is_cancellation:
        return []
    cases = Award.objects.filter(pk__in=amendment.award_ids).values("nomination")
    return list(_hints(user, Award.objects.visible_to(user).filter(nomination__in=cases)))


def _hints(user: Any, awards: Any) -> Iterator[RecordHint]:
    in_force = list(awards.counting().with_standing().select_related("decision__document").order_by("pk"))
    amended = [award for award in in_force if award.replaces_id or award.corrections.all()]
    if not amended:
        return
    ids = [award.nomination_id for award in amended]
    nominations = with_line_relations(Nomination.objects.select_related("commune").filter(pk__in=ids)).in_bulk()
    first = {award.nomination_id: award for award in _first_awards(ids)}
    for award in amended:
        yield from _hints_of(user, award, first[award.nomination_id], nominations[award.nomination_id])


def _first_awards(nominations: Iterable[int]) -> Iterable[Award]:
    return Award.objects.filter(nomination__in=nominations, replaces=None).select_related("certificate")


def _hints_of(user: Any, award: Award, first: Award, case: Nomination) -> Iterator[RecordHint]:
    recorded = _recorded_words(case)
    nominee = case.person or case.household or case.collective
    assert nominee is not None
    name: tuple[str, str] = ("", "")
    for field, old, new in changed_words(_words_as_awarded(first), words_in_force(award)):
        if field not in RECORDED_WORDS or recorded[field] != old:
            continue
        if field == "name":
            name = (old, new)
        elif field == "recipient" and name[0] and old.replace(*name) == new:
            continue  # follows from the name
        text = (
            f"{award.in_short} theo {award.decision.document} đã sửa {Amendment.WORDS[field]} thành “{new}”; "
            f"hồ sơ của {nominee} vẫn ghi “{old}”"
        )
        yield RecordHint(text, award.get_absolute_url(), edit_record_url(user, nominee))


def _words_as_awarded(award: Award) -> dict[str, str]:
    paper = award.certificate.paper if award.certificate else None
    recipient = paper.recipient if isinstance(paper, Certificate) else ""
    return {"name": award.name, "recipient": recipient, "place": award.place}


def _recorded_words(case: Nomination) -> dict[str, str]:
    """The words that a paper of today would have."""
    today = timezone.localdate()
    return {
        "name": nominee_list_name(case, today),
        "recipient": certificate_recipient(case, today),
        "place": nominee_place(case, case.commune.identity_on(today), today),
    }
