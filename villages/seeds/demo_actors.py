"""Users who act in the demo, and issuing a paper as the clerk does."""

from datetime import date
from typing import Any

from emulation.accounts.models import User
from emulation.documents.approval.actions import Approval


class DemoActors:
    """`who("thon1")` returns the user with that login; read once for each instance, like a user who stays signed in."""

    def __init__(self) -> None:
        self._people: dict[str, User] = {}

    def __call__(self, login: str) -> User:
        if login not in self._people:
            self._people[login] = User.objects.get(username=login)
        return self._people[login]


def issue_demo_paper(approval: Approval[Any], paper: Any, who: DemoActors, issued_on: date) -> None:
    """A paper with an approval is submitted by the office, approved by the chair and issued by the clerk."""
    approval.submit(paper, by=who("vanphong"))
    approval.approve(paper, by=who("chutich"))
    approval.issue(paper, by=who("vanthu"), issued_on=issued_on)
