"""What a restore keeps waiting: number books until the clerk confirms them, e-mails and reminders until they are released."""

from datetime import date

from emulation.backups.models import Restore


def latest_restore(commune_id: int) -> Restore | None:
    """The commune's last restore, released or not; None if there was none."""
    return Restore.objects.filter(commune_id=commune_id).order_by("-pk").first()


def messages_wait(commune_id: int) -> bool:
    """Whether e-mails and reminders of the commune wait for the administrator after a restore."""
    return Restore.objects.filter(commune_id=commune_id).pending().exists()


def reminders_sent_until(commune_id: int) -> date | None:
    """Reminders planned up to this day count as sent, by the administrator's word after a restore; None: no such day."""
    return (
        Restore.objects.filter(commune_id=commune_id, reminders_sent_until__isnull=False)
        .order_by("-reminders_sent_until")
        .values_list("reminders_sent_until", flat=True)
        .first()
    )
