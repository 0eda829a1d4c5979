"""Users who act in the demo."""

from emulation.accounts.models import User


class DemoActors:
    """`who("thon1")` returns the user with that login; read once for each instance, like a user who stays signed in."""

    def __init__(self) -> None:
        self._people: dict[str, User] = {}

    def __call__(self, login: str) -> User:
        if login not in self._people:
            self._people[login] = User.objects.get(username=login)
        return self._people[login]
