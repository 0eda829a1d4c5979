"""Test clients as after the sign-in form: signed in, the password typed just now."""

from django.test import Client

from emulation.accounts.models import User
from emulation.accounts.reauthentication import SESSION_KEY, note_password_typed


class _Request:
    """What `note_password_typed` reads of a request."""

    def __init__(self, client: Client) -> None:
        self.session = client.session


def sign_in_client(client: Client, user: User) -> Client:
    """The client, signed in as the user without the form, which has tests of its own."""
    client.force_login(user)
    request = _Request(client)
    note_password_typed(request)  # type: ignore[arg-type]
    request.session.save()
    return client


def let_password_age(client: Client) -> Client:
    """The client, whose user typed the password too long ago to issue, cancel or reset without typing it again."""
    session = client.session
    session[SESSION_KEY] = 0
    session.save()
    return client
