"""Users who act in the demo, and issuing a paper as the clerk does."""

from datetime import date
from typing import Any, NoReturn, TypeVar

from emulation.accounts.models import User
from emulation.documents.approval.actions import Approval


class DemoChanged(Exception):
    """Somebody renamed or removed what the plans of the demo name; the message names what is missing."""


Key = TypeVar("Key")
Row = TypeVar("Row")


class DemoNames(dict[Key, Row]):
    """Rows by the name that the plans of the demo use: the last part of the key. A missing name raises DemoChanged."""

    def __missing__(self, key: Key) -> NoReturn:
        name = key[-1] if isinstance(key, tuple) else key
        raise DemoChanged(f"không còn “{name}” như trong dữ liệu minh họa lúc đầu")


class DemoActors:
    """`who("thon1")` returns the user with that login; read once for each instance, like a user who stays signed in.

    Raises DemoChanged when there is no such user any more.
    """

    def __init__(self) -> None:
        self._people: dict[str, User] = {}

    def __call__(self, login: str) -> User:
        if login not in self._people:
            user = User.objects.filter(username=login).first()
            if user is None:
                raise DemoChanged(f"không còn tài khoản “{login}”")
            self._people[login] = user
        return self._people[login]


def issue_demo_paper(approval: Approval[Any], paper: Any, who: DemoActors, issued_on: date) -> None:
    """A paper with an approval is submitted by the office, approved by the chair and issued by the clerk."""
    approval.submit(paper, by=who("vanphong"))
    approval.approve(paper, by=who("chutich"))
    approval.issue(paper, by=who("vanthu"), issued_on=issued_on)
