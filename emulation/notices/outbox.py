"""The outbox of the embedded default: e-mail as files that any mail program opens."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxEmailBackend(BaseEmailBackend):
    """Writes each message to MAIL_DIR under the name of its Message-ID: sent twice, it is still one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            made = message.message()
            name = "".join(letter for letter in str(made["Message-ID"]) if letter.isalnum())[:80]
            half = folder / f"{name}.{os.getpid()}.part"
            half.write_bytes(made.as_bytes())
            half.replace(folder / f"{name}.eml")
        return len(email_messages)
