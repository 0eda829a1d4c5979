"""E-mail backend used without EMAIL_HOST: writes e-mails as .eml files, which any mail program opens."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxEmailBackend(BaseEmailBackend):
    """Writes each message to MAIL_DIR, named by its Message-ID: a message that is sent twice is still one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mime = message.message()
            name = "".join(letter for letter in str(mime["Message-ID"]) if letter.isalnum())[:80]
            partial = folder / f"{name}.{os.getpid()}.part"
            partial.write_bytes(mime.as_bytes())
            partial.replace(folder / f"{name}.eml")
        return len(email_messages)
