"""One vote for many cases: each case gets its own tally; what is to be looked at by itself is left out and named."""

import pytest
from django.urls import reverse

from commendations.actions.attendance import SeatAttendance
from commendations.actions.vote import record_block_vote, record_vote_counts
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.queries.block_vote import BALLOT, MISSED, RECUSED, WARNING, block_vote
from commendations.queries.session_cases import CASES_PER_PAGE
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, vote_steps
from commendations.tests.factories import nomination_of
from commendations.tests.vote_steps import NHI, attend
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal.tests.local_value_builders import approved_local_value
from tests.html import page_of
from villages.models import Household, Unit

pytestmark = pytest.mark.usefixtures("db")
ALL_SEVEN = VoteTally(7)


@pytest.fixture
def session(commune) -> CouncilSession:
    """An open session on three cases; the nominee of the first is a member of the council."""
    return vote_steps.session_of_three()


def apart(session: CouncilSession) -> dict[str, str]:
    return {
        case.item.nomination.nominee_name: case.reason
        for case in block_vote(session, case_steps.user_named("vanphong")).apart
    }


def tallies(session: CouncilSession) -> list[tuple[int | None, ...]]:
    rows = session.items.order_by("sort")
    return list(rows.values_list("agree", "against", "other", "agree_written"))


def test_the_cases_without_a_recused_member_get_the_same_tally(session, office):
    attend(session)
    assert apart(session) == {NHI: RECUSED}
    assert record_block_vote(by=office, session=session, by_hand=VoteTally(6, 1)) == 2
    assert tallies(session) == [(None,) * 4, (6, 1, 0, 0), (6, 1, 0, 0)]
    entry = AuditEntry.objects.filter(act="commendations.count_together").latest("seq")
    assert entry.facts["cases"] == list(session.items.exclude(agree=None).values_list("nomination_id", flat=True))


def test_a_case_that_somebody_missed_one_with_a_ballot_and_one_with_a_warning_are_apart(session, commune):
    attend(session, s7=SeatAttendance(True, missed=frozenset({2})))
    Nomination.objects.filter(items__session=session, person__full_name="Lữ Thị Ơn").update(override_reason="Đã rõ.")
    assert apart(session) == {NHI: RECUSED, "Lê Thị Lụa": MISSED, "Lữ Thị Ơn": WARNING}
    ballot = {"percent": 80, "strict": False, "mode": "ballot"}
    approved_local_value(commune, "GKX.vote", pairs=[("", "")], content=ballot, starts_on=case_steps.SESSION_DAY)
    assert set(apart(session).values()) == {BALLOT}


def test_votes_that_do_not_fit_are_refused_at_their_field_and_change_nothing(session, signed_in):
    attend(session, s7=SeatAttendance(False, "Ốm", wrote=True))
    answer = post(signed_in("vanphong"), session, agree="7", written_agree="")
    html = answer.content.decode()
    assert answer.status_code == 422 and 'value="7"' in html
    assert "cộng lại là 7, nhiều hơn 6" in html and "bằng văn bản cộng lại là 0, ít hơn 1" in html
    assert not SessionItem.objects.exclude(agree=None).exists()


@pytest.mark.parametrize("typed", ["", "bảy", "-1", "201"])
def test_bad_numbers_change_nothing(session, signed_in, typed):
    attend(session)
    answer = post(signed_in("vanphong"), session, agree=typed)
    assert answer.status_code == 422 and not SessionItem.objects.exclude(agree=None).exists()


def test_saved_from_the_page_and_once_more_only_when_asked(session, signed_in, office):
    attend(session)
    browser = signed_in("vanphong")
    answer = post(browser, session, agree="7")
    assert "Đã ghi kết quả biểu quyết chung của 2 hồ sơ." in page_of(browser.get(answer["Location"]))
    assert tallies(session)[1:] == [(7, 0, 0, 0)] * 2
    with pytest.raises(RuleBroken, match="Không còn hồ sơ nào"):
        record_block_vote(by=office, session=session, by_hand=VoteTally(6, 1))
    post(browser, session, agree="6", other="1", again="on")
    assert tallies(session)[1:] == [(6, 0, 1, 0)] * 2


def test_a_case_with_its_own_votes_keeps_them(session, office):
    attend(session)
    second = session.items.order_by("sort")[1]
    own = vote_steps.ItemVoteCount(VoteTally(4, 3))
    record_vote_counts(by=office, session=session, counts={second.pk: own})
    assert record_block_vote(by=office, session=session, by_hand=ALL_SEVEN) == 1
    assert tallies(session)[1:] == [(4, 3, 0, 0), (7, 0, 0, 0)]


def test_before_attendance_by_another_and_from_a_stale_page(session, office, user):
    with pytest.raises(RuleBroken, match="điểm danh"):
        record_block_vote(by=office, session=session, by_hand=ALL_SEVEN)
    attend(session)
    with pytest.raises(NotAllowed):
        record_block_vote(by=user("chutich"), session=session, by_hand=ALL_SEVEN)
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        record_block_vote(by=office, session=session, by_hand=ALL_SEVEN, seen=1)
    assert not SessionItem.objects.exclude(agree=None).exists()


# ── a session of several pages ───────────────────────────────────────────────────────────────────
@pytest.fixture
def long_session(commune) -> CouncilSession:
    """An open session on two pages of households and the case of a member of the council, which is the last."""
    village = Unit.objects.get(commune=commune, code="thon2")
    names = [f"Hà Văn Số {number}" for number in range(CASES_PER_PAGE + 4)]
    homes = [Household.objects.create(commune=commune, unit=village, head_name=name) for name in names]
    cases = [nomination_of(commune, home, state="complete") for home in homes]
    return case_steps.opened_session(*cases, case_steps.complete_nomination(NHI, by="phunu"))


def test_each_page_has_its_cases_with_their_numbers_and_saves_only_them(long_session, signed_in):
    attend(long_session)
    browser = signed_in("vanphong")
    address = long_session.get_absolute_url()
    first = browser.get(address).content.decode()
    second = browser.get(f"{address}?trang=2").content.decode()
    assert first.count('id="ho-so-') == CASES_PER_PAGE and second.count('id="ho-so-') == 5
    last = SessionItem.objects.get(session=long_session, nomination__person__full_name=NHI)
    assert f'href="?trang=2#ho-so-{last.pk}"' in first and f"{CASES_PER_PAGE + 5}. <a" in " ".join(second.split())
    seen = CouncilSession.objects.get(pk=long_session.pk).version
    counted = {f"agree_{last.pk}": "6", f"recused_{last.pk}": last.recused.get().pk, "seen": seen}
    answer = browser.post(f"{reverse('commendations:count', args=[long_session.pk])}?trang=2", counted)
    assert answer["Location"] == f"{address}?trang=2#bieu-quyet"
    assert list(long_session.items.exclude(agree=None)) == [last]


def test_save_and_go_on_to_the_next_page(long_session, signed_in):
    attend(long_session)
    seen = CouncilSession.objects.get(pk=long_session.pk).version
    answer = signed_in("vanphong").post(
        reverse("commendations:count", args=[long_session.pk]), {"seen": seen, "next": ""}
    )
    assert answer["Location"] == f"{long_session.get_absolute_url()}?trang=2#bieu-quyet"


def test_what_is_missing_names_ten_and_counts_the_others(long_session, signed_in, office):
    attend(long_session)
    page = page_of(signed_in("vanphong").get(long_session.get_absolute_url()))
    assert "Hà Văn Số 9 và 10 hồ sơ khác." in page
    record_block_vote(by=office, session=long_session, by_hand=ALL_SEVEN)
    assert f"Chưa ghi kết quả biểu quyết: {NHI}" in page_of(signed_in("vanphong").get(long_session.get_absolute_url()))


def post(browser, session, **typed):
    data = {"seen": CouncilSession.objects.get(pk=session.pk).version, **typed}
    return browser.post(reverse("commendations:count_together", args=[session.pk]), data)
