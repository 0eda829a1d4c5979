"""A passkey in software for tests: registered with a user, it signs what the site asks, as an authenticator does (FIDO2)."""

import hashlib
import json
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from emulation.accounts.models import User

HOST = "localhost"
RP = hashlib.sha256(HOST.encode()).digest()
FLAG = AuthenticatorData.FLAG


class SoftwarePasskey:
    """A passkey of the user at http://localhost."""

    def __init__(self, user: User) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(user.username.encode()).digest()[:16]
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(RP, FLAG.UP | FLAG.UV | FLAG.AT, 0, bytes(attested))
        credential = self._credential(
            "create", "AAAA", attestationObject=websafe_encode(bytes(AttestationObject.create("none", data, {})))
        )
        stored = {"name": "Máy ở phòng", "credential": credential}
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=stored)

    def answer(self, question: bytes | str, *, checks_user: bool = True) -> str:
        """What a browser posts as answer to the site's question (JSON); `checks_user`: by fingerprint, face or PIN."""
        challenge = json.loads(question)["publicKey"]["challenge"]
        data = bytes(AuthenticatorData.create(RP, FLAG.UP | (FLAG.UV if checks_user else FLAG(0)), 1))
        client = self._client_data("get", challenge)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return json.dumps(self._credential("get", challenge, **parts))

    def _client_data(self, kind: str, challenge: str) -> bytes:
        words = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": f"http://{HOST}", "crossOrigin": False}
        return json.dumps(words).encode()

    def _credential(self, kind: str, challenge: str, **parts: str) -> dict[str, Any]:
        response = {"clientDataJSON": websafe_encode(self._client_data(kind, challenge)), **parts}
        name = websafe_encode(self.id)
        return {
            "id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {},
        }  # fmt: skip
