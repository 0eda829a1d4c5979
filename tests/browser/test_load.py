"""Several users at once (the short form of bin/drill load): every page of every menu comes, none fails."""

from load import run_load
from stack import Stack


def test_users_at_the_same_time_get_their_pages(stack: Stack) -> None:
    result = run_load(stack.url, users=4, seconds=3)
    assert not result.faults, "\n".join(result.faults)
    assert len(result.seconds) > 12 and min(map(len, result.seconds.values())) >= 1
