"""Secret ballots: the papers handed out, collected, valid and invalid; every fault with its case, at its field, all at once."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commendations.actions.attendance import SeatAttendance
from commendations.actions.vote import ItemVoteCount
from commendations.flow.session import missing_session_parts
from commendations.models import CouncilSession, SessionItem
from commendations.papers.minutes import minutes_paper
from commendations.rules.vote_tally import NO_VOTES, BallotCount, CaseTurnout, VoteTally, ballot_faults
from commendations.tests import case_steps, vote_steps
from commendations.tests.vote_steps import attend, vote
from emulation.core.errors import RuleBroken
from emulation.documents.blocks.body import Table
from emulation.legal.tests.local_value_builders import approved_local_value

pytestmark = pytest.mark.both_databases

SEVEN = CaseTurnout(present=7, wrote=0, present_recused=0, wrote_recused=0, absent=0)
COUNT = st.integers(0, 8)
FIELDS = ("issued", "returned", "valid", "invalid")
GOOD = BallotCount(7, 6, 5, 1)
GOOD_VOTES = VoteTally(4, 1, 2)


@pytest.fixture
def session(commune) -> CouncilSession:
    """A session of three cases, all voted on by secret ballot; the nominee of the first is a member."""
    ballot = {"percent": 80, "strict": False, "mode": "ballot"}
    approved_local_value(commune, "GKX.vote", pairs=[("", "")], content=ballot, starts_on=case_steps.SESSION_DAY)
    return vote_steps.session_of_three()


@given(COUNT, COUNT, COUNT, COUNT, COUNT, COUNT)
def test_no_fault_means_that_all_figures_add_up(issued, returned, valid, invalid, agree, against):
    ballots = BallotCount(issued, returned, valid, invalid)
    faults = list(ballot_faults(ballots, VoteTally(agree, against), SEVEN))
    adds_up = issued <= 7 and returned <= issued and valid + invalid == returned and agree + against == valid
    assert (not faults) is adds_up
    assert {fault.field for fault in faults} <= set(FIELDS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"issued": 8}, "phát ra 8 phiếu, nhiều hơn 7 người có mặt được bỏ phiếu"),
        ({"issued": 5}, "thu về 6 phiếu, nhiều hơn 5 phiếu phát ra"),
        ({"invalid": 0}, "5 phiếu hợp lệ và 0 phiếu không hợp lệ cộng lại là 5, khác 6 phiếu thu về"),
        ({"valid": 4, "invalid": 2}, "4 phiếu đồng ý và 1 phiếu không đồng ý cộng lại là 5, khác 4 phiếu hợp lệ"),
        ({"issued": -1}, "nhỏ hơn 0"),
    ],
)
def test_each_fault_is_named(change, words):
    (fault,) = ballot_faults(replace(GOOD, **change), GOOD_VOTES, SEVEN)
    assert words in fault.message


def test_papers_of_those_present_who_all_voted_add_up():
    assert not list(ballot_faults(BallotCount.all_returned(GOOD_VOTES), GOOD_VOTES, SEVEN))


def post(client, session, **typed):
    data = {"seen": CouncilSession.objects.get(pk=session.pk).version, **typed}
    return client.post(reverse("commendations:count", args=[session.pk]), data)


def test_all_faults_of_all_cases_are_shown_and_nothing_typed_is_lost(session, signed_in):
    attend(session)
    one, two, three = session.items.order_by("sort")
    names = [item.nomination.nominee_name for item in (one, two, three)]
    typed = {f"agree_{one.pk}": "6", f"recused_{one.pk}": str(one.recused.get().pk)}
    typed |= {f"{name}_{one.pk}": "7" for name in FIELDS}
    typed |= {f"agree_{two.pk}": "7", f"issued_{two.pk}": "7", f"agree_{three.pk}": "bảy", f"valid_{three.pk}": "-2"}
    answer = post(signed_in("vanphong"), session, **typed)
    html = answer.content.decode()
    assert answer.status_code == 422 and not SessionItem.objects.exclude(agree=None).exists()
    for words in (
        f"Hồ sơ {names[1]}: hãy nhập số phiếu thu về.",
        f"Hồ sơ {names[1]}: hãy nhập số phiếu không hợp lệ.",
        f"Hồ sơ {names[2]}: số phiếu không thể nhỏ hơn 0.",
    ):
        assert words in html, words
    assert html.count('value="7"') >= 6 and 'value="bảy"' in html


def test_faults_of_the_figures_name_the_case(session, signed_in):
    attend(session)
    one, *_ = session.items.order_by("sort")
    typed = {f"agree_{one.pk}": "6", f"recused_{one.pk}": str(one.recused.get().pk)}
    html = post(
        signed_in("vanphong"), session, **typed, **{f"{name}_{one.pk}": "7" for name in FIELDS}
    ).content.decode()
    for words in (
        "phát ra 7 phiếu, nhiều hơn 6 người",
        "cộng lại là 14, khác 7 phiếu thu về",
        "cộng lại là 6, khác 7 phiếu hợp lệ",
    ):
        assert words in html, words


def test_the_figures_are_stored_shown_and_printed(session, signed_in):
    attend(session, s7=SeatAttendance(False, "Ốm", wrote=True))
    votes = VoteTally(4, 0, 1), VoteTally(4, 1, 1), VoteTally(6)
    ballots = BallotCount(5, 4, 4, 0), BallotCount(6, 6, 5, 1), BallotCount(6, 6, 6, 0)
    one = ItemVoteCount(votes[0], in_writing=VoteTally(1), ballots=ballots[0])
    vote(session, one, *(ItemVoteCount(votes[n], in_writing=VoteTally(1), ballots=ballots[n]) for n in (1, 2)))
    assert [item.ballots for item in session.items.order_by("sort")] == list(ballots)
    shown = " ".join(signed_in("vanphong").get(session.get_absolute_url()).content.decode().split())
    assert "phát ra 5, thu về 4, hợp lệ 4, không hợp lệ 0." in shown
    tables = [block for block in minutes_paper(session).body if isinstance(block, Table)]
    assert [row[1:] for row in tables[1].rows][:2] == [
        ("05", "04", "04", "00", "04", "00"),
        ("06", "06", "05", "01", "04", "01"),
    ]
    assert tables[1].columns[0].title == "Họ và tên"


def test_a_ballot_without_its_papers_is_refused_and_keeps_the_session_open(session):
    attend(session)
    with pytest.raises(RuleBroken, match="hãy nhập kết quả kiểm phiếu"):
        vote(session, ItemVoteCount(None), ItemVoteCount(VoteTally(7)))
    vote(session, ItemVoteCount(None), ItemVoteCount(VoteTally(7), ballots=BallotCount(7, 7, 7, 0)))
    item = session.items.order_by("sort")[1]
    before = {"ballots_issued": None, "ballots_returned": None, "ballots_valid": None, "ballots_invalid": None}
    SessionItem.objects.filter(pk=item.pk).update(**before)  # as entered before ballots were counted
    missing = " ".join(missing_session_parts(session))
    assert f"Hồ sơ {item.nomination.nominee_name}: không khớp điểm danh, hãy nhập kết quả kiểm phiếu" in missing
    assert len([block for block in minutes_paper(session).body if isinstance(block, Table)]) == 1


def test_a_show_of_hands_has_no_papers(commune):
    session = vote_steps.session_of_three()
    attend(session)
    vote(
        session, ItemVoteCount(None), ItemVoteCount(VoteTally(7), in_writing=NO_VOTES, ballots=BallotCount(7, 7, 7, 0))
    )
    assert all(item.ballots is None for item in session.items.all())


@pytest.mark.parametrize("change", [{"ballots_valid": 3}, {"ballots_returned": None}, {"ballots_issued": 1}])
def test_the_database_keeps_figures_that_add_up(change, session):
    attend(session)
    vote(session, ItemVoteCount(None), ItemVoteCount(VoteTally(7), ballots=BallotCount(7, 7, 7, 0)))
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionItem.objects.exclude(agree=None).update(**change)
