"""Two records of one person: awards, cases, money and recusals count together, and apart again when it is taken back."""

import pytest
from django.urls import reverse

from commendations.actions import recusal
from commendations.models import Award, Decision, Nomination
from commendations.queries.decision import decision_faults
from commendations.queries.highest_title import title_payability
from commendations.queries.nomination import nomination_concerns, past_awards_in_register
from commendations.queries.nominee_facts import nominee_facts
from commendations.queries.session import related_seats
from commendations.tests import factories
from emulation.legal import current
from tests.html import page_of
from villages.actions.person_matches import end_match, merge_people
from villages.models import Person, Seat

ON = factories.HELD_ON


@pytest.fixture
def second(commune):
    """Another record of the person who gets the awards, in another unit."""
    return factories.many_people(commune, 1)[0]


@pytest.fixture
def awarded(commune):
    """Đỗ Thị Êm is Chiến sĩ thi đua cơ sở of 2025."""
    em = Person.objects.get(full_name="Đỗ Thị Êm")
    paper = factories.decided_awards(commune, ("CSTDCS", em, 2025))
    factories.sign_and_issue(commune, Decision.objects.get(chair_submission=paper))
    return em


@pytest.fixture
def merged(office, second, awarded):
    """`second` is kept, the record that has the award is the other one."""
    Person.objects.filter(pk=awarded.pk).update(user=None)
    awarded.refresh_from_db()
    match = merge_people(by=office, kept=second, other=awarded, reason="Đã xem căn cước của bà Êm")
    second.refresh_from_db()
    awarded.refresh_from_db()
    return match


def case_of(commune, nominee, code="LDTT", year=2025):
    case = factories.nomination_of(commune, nominee, "submitted")
    Nomination.objects.filter(pk=case.pk).update(award_code=code, year=year, period_to=ON)
    return Nomination.objects.get(pk=case.pk)


def what_is_known(commune, person):
    case = case_of(commune, person)
    law = current.law_for(commune.pk)
    return {
        "record": [row.award for row in nominee_facts(person, ON, with_restricted=True).record],
        "paid": not title_payability(law, [case], ON)[case.pk].unpaid,
        "past": len(past_awards_in_register(case, before=ON.replace(year=2027))),
    }


def test_awards_and_money_count_together_until_taken_back(commune, office, merged, second):
    assert what_is_known(commune, second) == {"record": ["CSTDCS"], "paid": False, "past": 1}
    assert Award.objects.get().person.full_name == "Đỗ Thị Êm"
    end_match(by=office, match=merged, reason="Hai người thật")
    second.refresh_from_db()
    assert what_is_known(commune, second) == {"record": [], "paid": True, "past": 0}


def test_the_award_book_and_the_register_show_both_records(commune, merged, second, awarded, signed_in):
    browser = signed_in("vanphong")
    for one in (second, awarded):
        assert "Chiến sĩ thi đua cơ sở" in page_of(browser.get(reverse("commendations:person_book", args=[one.pk])))


def test_a_second_case_of_the_person_is_noticed(commune, merged, second, awarded):
    other = case_of(commune, awarded, "GKX", 2026)
    case = case_of(commune, second, "GKX", 2026)
    noticed = " ".join(nomination_concerns(case))
    assert "đang có một đề nghị khác chưa xong" in noticed and f'href="{other.get_absolute_url()}"' in noticed
    again = case_of(commune, second, "CSTDCS", 2025)
    assert "mỗi danh hiệu chỉ xét một lần" in " ".join(nomination_concerns(again))


def test_a_list_with_both_records_names_the_person_twice(commune, office, second, awarded):
    paper = factories.decided_awards(commune, ("GKX", second, 2026), ("GKX", awarded, 2026))
    decision = Decision.objects.get(chair_submission=paper)
    assert not [fault for fault in decision_faults(decision, ON) if "hai lần" in fault]
    Person.objects.filter(pk__in=[second.pk, awarded.pk]).update(same_as=second)
    decision = Decision.objects.get(pk=decision.pk)
    assert [fault for fault in decision_faults(decision, ON) if "hai lần" in fault]


def test_a_member_does_not_vote_on_another_record_of_theirs(commune, office, second):
    session = factories.closed_session_of(commune, [second])
    item = session.items.get()
    member = Seat.objects.filter(person__user__isnull=False).exclude(person__user=office).first().person
    assert related_seats(session, item.nomination) == []
    merge_people(by=office, kept=member, other=second, reason="Đã xem căn cước")
    item = session.items.get()
    assert [seat.person for seat in related_seats(session, item.nomination)] == [member]
    assert [seat.person for seat in recusal.propose(item)] == [member]
