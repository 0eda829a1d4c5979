"""The pure rules: independence of accounts, suggested login names, guessable passwords, codes of slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.accounts.models import User
from emulation.accounts.passwords import as_code, one_time_password, slip_code
from emulation.accounts.rules import (
    PROTECTED_ROLES,
    are_independent,
    controllers_of,
    is_guessable,
    is_protected,
    suggested_login,
)
from emulation.communes.roles import Role

EDGES = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12)


def test_protected_are_those_who_decide_number_supervise_or_administer():
    assert {Role.chair, Role.clerk, Role.superior, Role.administrator} <= PROTECTED_ROLES
    assert not is_protected([Role.office, Role.council_member, Role.village_head])
    assert is_protected([Role.office, Role.clerk])


@given(EDGES, st.integers(1, 6), st.integers(1, 6))
def test_independence_is_mutual_and_never_with_oneself(edges, one, other):
    assert are_independent(one, other, edges) == are_independent(other, one, edges)
    assert not are_independent(one, one, edges)


@given(EDGES, st.integers(1, 6), st.integers(1, 6))
def test_more_edges_never_make_accounts_independent(edges, one, other):
    if not are_independent(one, other, edges):
        assert not are_independent(one, other, [*edges, (1, 2), (3, one)])


@given(EDGES, st.integers(1, 6))
def test_controllers_are_closed_under_the_edges(edges, user):
    found = controllers_of(user, edges)
    assert user in found
    assert all(a in found for a, b in edges if b in found)


@pytest.mark.parametrize(
    ("edges", "independent"),
    [
        ([], True),
        ([(1, 2)], False),
        ([(2, 1)], False),
        ([(1, 3), (3, 2)], False),  # by way of a third account
        ([(3, 1), (3, 2)], False),  # one person behind both
        ([(1, 3), (2, 4)], True),
    ],
)
def test_who_printed_a_slip_may_be_behind_the_account(edges, independent):
    assert are_independent(1, 2, edges) is independent


@pytest.mark.parametrize(
    ("name", "taken", "login"),
    [
        ("Lê Văn Tám", [], "tam.lv"),
        ("Lê Văn Tám", ["tam.lv", "tam.lv2"], "tam.lv3"),
        ("Đỗ Ước", [], "uoc.d"),
        ("  ÂN ", [], "an"),
        ("K'Sor H'Bia", [], "hbia.k"),
        ("...", [], ""),
    ],
)
def test_a_login_name_is_suggested(name, taken, login):
    assert suggested_login(name, taken) == login


@given(st.text(max_size=130), st.lists(st.text(max_size=5)))
def test_a_suggestion_is_a_valid_login_name_not_taken(name, taken):
    login = suggested_login(name, taken)
    if login:
        User._meta.get_field("username").run_validators(login)
        assert login not in taken and len(login) <= 60


@pytest.mark.parametrize(
    ("password", "guessable"),
    [
        ("Bình Lương 2026", True),
        ("xabinhluong", True),
        ("tam.lv-12345", True),
        ("thon2-123456", True),
        ("Lê Văn Tám 1974", True),
        ("mot cau de nho", False),
        ("1357924680", False),  # the list of common passwords judges numbers
        ("con trâu Bình Lương", False),
    ],
)
def test_a_password_of_local_words_is_guessable(password, guessable):
    words = ["xã Bình Lương", "Bình Lương", "tam.lv", "Lê Văn Tám", "Thôn 2"]
    assert is_guessable(password, words) is guessable


def test_a_code_differs_from_a_password():
    for _ in range(50):
        code = slip_code()
        assert as_code(code) == as_code(code.upper()) == as_code(code.replace("-", "")) == code.replace("-", "")
        assert as_code(one_time_password()) is None
    assert as_code("sovang-2026") is None and as_code("") is None and as_code("k7qf-2mx") is None


@given(st.text(min_size=10, max_size=40))
def test_what_may_be_a_password_is_never_taken_for_a_code(password):
    assert len(password.strip()) < 10 or as_code(password) is None
