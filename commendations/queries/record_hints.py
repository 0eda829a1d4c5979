"""Names, forms of address and places that a paper corrected while the record of the person still has the old ones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from commendations.models import Amendment, Award, Nomination
from commendations.queries.amendment import words_in_force
from commendations.queries.award_lines import (
    certificate_recipient,
    nominee_list_name,
    with_line_relations,
)
from commendations.queries.nominee_place import nominee_place
from commendations.rules.amendment import changed_words
from emulation.documents.blocks.certificate import Certificate
from villages.models import evidence_subject_kind
from villages.queries.record_hints import RecordHint, Subject, edit_record_url, record_hint_sources


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
    nominee = case.person or case.household or case.collective
    assert nominee is not None
    for field, old, new in _kept_words(award, first, case):
        text = (
            f"{award.in_short} theo {award.decision.document.dated} đã sửa {Amendment.WORDS[field]} thành “{new}”; "
            f"hồ sơ của {nominee} vẫn ghi “{old}”"
        )
        yield RecordHint(text, award.get_absolute_url(), edit_record_url(user, nominee))


def _kept_words(award: Award, first: Award, case: Nomination) -> list[tuple[str, str, str]]:
    """(field, old, new) of the corrected words that the record has as before, without those that follow from the name."""
    recorded = _recorded_words(case)
    changes = changed_words(_words_as_awarded(first), words_in_force(award))
    kept = [change for change in changes if recorded.get(change[0]) == change[1]]
    name = next(((old, new) for field, old, new in kept if field == "name"), ("", ""))
    return [change for change in kept if not _follows_from_name(change, *name)]


def _follows_from_name(change: tuple[str, str, str], old_name: str, new_name: str) -> bool:
    """Whether the line of the certificate differs by the corrected name alone."""
    field, old, new = change
    return bool(field == "recipient" and old_name and old.replace(old_name, new_name) == new)


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
