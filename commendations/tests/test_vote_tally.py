"""The figures of a vote: they always make up the council, and only figures that do are accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commendations.rules.attendance import absence_kind, format_case_numbers, parse_case_numbers
from commendations.rules.vote_tally import NO_VOTES, CaseTurnout, SessionPresence, VoteTally, vote_faults
from emulation.core.errors import RuleBroken

SEATS = SessionPresence(present=frozenset({1, 2, 3, 4, 5}), wrote_opinion=frozenset({6}), absent=frozenset({7}))
ONE = VoteTally(1)
STATES = ("present", "wrote", "absent")
tallies = st.builds(VoteTally, st.integers(-1, 9), st.integers(-1, 4), st.integers(-1, 4))


@st.composite
def cases(draw):
    """A council of up to 15, who missed the case, who is recused."""
    states = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=15))
    ids = {state: frozenset(pk for pk, found in enumerate(states) if found == state) for state in STATES}
    presence = SessionPresence(ids["present"], ids["wrote"], ids["absent"])
    everybody = st.sampled_from(range(len(states)))
    return presence, draw(st.dictionaries(everybody, st.booleans())), draw(st.sets(everybody))


def messages(by_hand: VoteTally, in_writing: VoteTally, turnout: CaseTurnout) -> list[str]:
    return [fault.message for fault in vote_faults(by_hand, in_writing, turnout)]


@given(cases())
def test_voters_recused_and_absent_make_up_the_council(case):
    presence, missed, recused = case
    here = presence.at_case(missed)
    turnout = here.turnout(recused)
    assert here.seats == presence.seats
    assert turnout.by_hand + turnout.in_writing + turnout.not_voting + turnout.absent == len(presence.seats)
    assert min(turnout.by_hand, turnout.in_writing, turnout.not_voting, turnout.absent) >= 0
    assert turnout.not_voting == len(recused & here.present)  # who is not at the meeting is absent, not also recused
    assert turnout.absent == len(here.absent | (recused & here.wrote_opinion))
    for seat, wrote in missed.items():
        if seat in presence.present:
            assert seat in (here.wrote_opinion if wrote else here.absent)
        else:
            assert (seat in here.wrote_opinion) == (seat in presence.wrote_opinion)


@given(cases(), tallies, tallies)
def test_votes_are_accepted_exactly_when_the_figures_add_up(case, by_hand, in_writing):
    presence, missed, recused = case
    turnout = presence.at_case(missed).turnout(recused)
    numbers = (by_hand.agree, by_hand.against, by_hand.other, in_writing.agree, in_writing.against, in_writing.other)
    fits = min(numbers) >= 0 and (by_hand.total, in_writing.total) == (turnout.by_hand, turnout.in_writing)
    assert (messages(by_hand, in_writing, turnout) == []) == fits
    if fits:
        total = by_hand + in_writing
        assert total.total + turnout.not_voting + turnout.absent == len(presence.seats)


def test_the_messages_say_what_is_off():
    turnout = SEATS.turnout([1])
    assert messages(VoteTally(2, 1), NO_VOTES, turnout) == [
        "tại phiên họp cộng lại là 3, ít hơn 4 người được biểu quyết (có mặt 5, trừ 1 người không tham gia). "
        "Người không biểu quyết, phiếu trắng ghi vào “Ý kiến khác”.",
        "bằng văn bản cộng lại là 0, ít hơn 1 người được biểu quyết (gửi ý kiến 1).",
    ]
    assert messages(VoteTally(5), ONE, turnout) == [
        "tại phiên họp cộng lại là 5, nhiều hơn 4 người được biểu quyết (có mặt 5, trừ 1 người không tham gia)."
    ]
    assert messages(VoteTally(6, -1), ONE, SEATS.turnout([])) == ["tại phiên họp có số nhỏ hơn 0."]
    assert messages(VoteTally(5), ONE, SEATS.turnout([7])) == []  # absent, so not also recused
    assert messages(VoteTally(5), ONE, SEATS.turnout([6])) == [
        "bằng văn bản cộng lại là 1, nhiều hơn 0 người được biểu quyết (gửi ý kiến 1, trừ 1 người có liên quan)."
    ]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("1-3", {1, 2, 3}), (" 2 ", {2}), ("1, 3 – 4;6", {1, 3, 4, 6}), ("9", {9}), ("2 2", {2})],
)
def test_numbers_of_cases_are_read(typed, numbers):
    assert parse_case_numbers(typed, 9) == numbers


@pytest.mark.parametrize("typed", ["", "a", "0", "10", "3-1", "8-10", "1-", "-2", "1.5", "1,,2x", "9999", "²"])
def test_other_text_is_refused(typed):
    with pytest.raises(RuleBroken):
        parse_case_numbers(typed, 9)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_printed_numbers_are_read_back(numbers):
    assert parse_case_numbers(format_case_numbers(numbers), 40) == numbers


def test_kind_of_an_absence():
    missed = frozenset({1, 2, 4, 6})
    assert [absence_kind(number, missed, 6) for number in sorted(missed)] == ["late", "late", "out", "left"]
