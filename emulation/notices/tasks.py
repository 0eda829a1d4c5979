"""The job that sends one queued e-mail."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from emulation.backups.pending import messages_wait
from emulation.jobs.registry import job_handlers
from emulation.notices.models import Mail


@job_handlers.register("notices.send_mail")
def send_mail(job: Any, *, mail_id: int) -> None:
    """Sends one e-mail and stores the time. If the worker dies in between, the e-mail is sent again.

    It then has the same Message-ID, which OutboxEmailBackend overwrites and mail programs show once. After a restore
    nothing is sent: the administrator's release enqueues another job.
    """
    mail = Mail.objects.get(pk=mail_id)
    if mail.sent_at or mail.dropped_at or messages_wait(mail.commune_id):
        return
    name = hashlib.sha256(f"{mail.pk} {mail.key} {settings.SECRET_KEY}".encode()).hexdigest()[:32]
    message = EmailMessage(
        mail.subject, mail.body, to=[mail.address], headers={"Message-ID": f"<{name}@{settings.MAIL_DOMAIN}>"}
    )
    message.send()
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
