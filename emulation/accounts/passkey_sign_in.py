"""A passkey in place of the password: it proves the device and, by fingerprint, face or PIN, the user.

At the sign-in, without a second step, any passkey will do that the browser finds without being given its name (discoverable
credential). Of a signed-in user, before an act with grave consequences, any of their own that checks who uses it.
"""

import json
import logging
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from fido2.webauthn import UserVerificationRequirement

from emulation.accounts.backend import PasswordOutcome, verify_attempt
from emulation.accounts.models import User
from emulation.accounts.rules import counted_name
from emulation.accounts.second_step import MALFORMED, PASSKEY
from emulation.accounts.sign_in_log import REPEATED_PASSKEY, SIGN_IN_PASSKEY

UNKNOWN_KEY = "PASSKEY"
"""Counts the failures of passkeys that belong to nobody; in capitals, so no login name is counted by it."""

logger = logging.getLogger(__name__)


def new_passkey_options(user: User, *, signs_in_alone: bool) -> str:
    """What a browser needs to make a passkey, as JSON; remembered in the session. Without a password only some sign in."""
    return json.dumps(webauthn.begin_registration(user, passwordless=signs_in_alone))


def sign_in_options() -> str:
    """What a browser needs to ask for any passkey of this site, as JSON; remembered in the session of the request."""
    return json.dumps(webauthn.begin_authentication())


def verify_passkey_alone(answer: str, address: str) -> PasswordOutcome:
    """The user whose passkey signed the question of this session and checked who they are; waits as with passwords.

    A passkey that fails is counted by the login name of its user like a wrong password.
    """
    response = _parsed(answer)
    owner = _owner(response)
    key = counted_name(owner.username) if owner else UNKNOWN_KEY
    user, waits = verify_attempt(lambda: owner, key, address, SIGN_IN_PASSKEY, partial(_is_signed, response))
    return PasswordOutcome(user, waits)


def has_passkey(user: User) -> bool:
    """Whether the user has a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type=PASSKEY).exists()


def repeated_options(user: User) -> str:
    """What a browser needs to ask for a passkey of this user and check who uses it, as JSON; remembered in the session."""
    options, state = webauthn.get_server().authenticate_begin(
        credentials=webauthn.get_credentials(user), user_verification=UserVerificationRequirement.REQUIRED
    )
    webauthn.set_state(state)
    return json.dumps(dict(options))


def verify_repeated_passkey(user: User, answer: str, address: str) -> PasswordOutcome:
    """The user if a passkey of theirs signed the question of this session; waits, and failures count, as with passwords."""
    response = _parsed(answer)
    key = counted_name(user.username)
    found, waits = verify_attempt(lambda: user, key, address, REPEATED_PASSKEY, partial(_is_signed, response))
    return PasswordOutcome(found, waits)


def _parsed(answer: str) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        return None


def _owner(response: Any) -> User | None:
    """The user that the passkey names; it is not proved yet."""
    try:
        found = webauthn.extract_user_from_response(response)
    except (*MALFORMED, OverflowError):
        return None
    return found if isinstance(found, User) else None


def _is_signed(response: Any, owner: User | None) -> bool:
    if owner is None:
        webauthn.clear_state()  # one question, one answer
        return False
    try:
        webauthn.complete_authentication(owner, response).record_usage()
    except MALFORMED as error:
        webauthn.clear_state()
        if not isinstance(error, ValidationError):
            logger.warning("malformed passkey answer for user %s", owner.pk)
        return False
    return True
