"""django-allauth's adapter for second steps: secrets are encrypted in the database, names and messages are Vietnamese."""

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PRODUCT = "Sổ Vàng"


class SecretLost(Exception):
    """A stored secret cannot be decrypted: the database was restored without its secret key."""


def _cipher() -> MultiFernet:
    """Encrypts with a key made from SECRET_KEY; decrypts with those of earlier secret keys, too."""
    keys = [
        base64.urlsafe_b64encode(salted_hmac("sovang.second-step", "", secret=secret, algorithm="sha256").digest())
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return MultiFernet([Fernet(key) for key in keys])


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Khóa này không dùng được ở đây, hoặc trang mở đã lâu. Hãy thử lại.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises SecretLost if it was encrypted with an unknown key."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise SecretLost from error

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_totp_issuer(self) -> str:
        return PRODUCT

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": PRODUCT}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.full_name}

    def _get_site_name(self) -> str:
        return PRODUCT
