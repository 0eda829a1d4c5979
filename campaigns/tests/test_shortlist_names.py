"""Whether an issued notice names somebody: the name is found although words that stay on one line are marked in the paper."""

from dataclasses import replace
from datetime import date

import pytest

from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.exemplar import accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.shortlist import add_to_shortlist
from campaigns.exemplars.actions.shortlist_notice import shortlist_notice_approval, start_shortlist_notice
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries.shortlist import is_named_in_notice
from emulation.documents.search import plain_text
from villages.models import Household, Person

DAY = date(2026, 11, 20)
AGREED = {"answer": "given", "answered_on": DAY, "how": "said", "by_whom": "Lê Văn Bảy"}


@pytest.mark.parametrize("kind", [Exemplar.PERSON, Exemplar.HOUSEHOLD])
def test_who_takes_the_consent_back_after_the_issue_is_still_named(
    office, chair, clerk, village_head, period, full_content, kind
):
    content = full_content
    if kind == Exemplar.HOUSEHOLD:
        household = Household.objects.get(head_name="Lê Văn Bảy")
        content = replace(full_content, kind=kind, person=None, household=household)
    unit = village_head.person.unit
    exemplar = start_exemplar(by=village_head, unit=unit, period=period, content=content)
    submit_exemplar(by=village_head, exemplar=exemplar)
    accept_exemplar(by=office, exemplar=exemplar)
    add_to_shortlist(by=office, period=period, exemplars=[exemplar])
    record_consent(by=village_head, exemplar=exemplar, **AGREED)
    notice = start_shortlist_notice(by=office, period=period)
    shortlist_notice_approval.submit(notice, by=office)
    shortlist_notice_approval.approve(notice, by=chair)
    shortlist_notice_approval.issue(notice, by=clerk, issued_on=DAY)
    record_consent(by=village_head, exemplar=exemplar, **{**AGREED, "answer": "refused"})
    entry = ShortlistEntry.objects.get()
    assert is_named_in_notice(entry, notice)
    other = Person.objects.get(full_name="Lê Thị Lụa")
    Exemplar.objects.filter(pk=exemplar.pk).update(person=other, household=None, kind=Exemplar.PERSON)
    assert not is_named_in_notice(ShortlistEntry.objects.get(), notice)


def test_the_words_of_a_paper_are_those_that_were_typed():
    html = '<style>p{}</style><p>Hộ gia\u00a0đình <span class="whole">Vi\u00a0Văn\u00a0Chiến,</span> A &amp; B</p>'
    assert plain_text(html) == "Hộ gia đình Vi Văn Chiến, A & B"
