"""The text of reminders, as notification and as e-mail."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from campaigns.obligations.queries import Obligation
from campaigns.obligations.rules import due_in_words
from emulation.accounts.models import User
from emulation.core.formatting import format_date
from emulation.core.public_address import public_url
from emulation.legal.calendar.work_calendar import WorkCalendar


@dataclass(frozen=True)
class ReminderLine:
    """One obligation in a user's message; `own` when it is of the user's own unit, not one that they supervise."""

    obligation: Obligation
    unit: str
    own: bool

    def text(self, on: date, calendar: WorkCalendar) -> str:
        due_on = self.obligation.due_on
        due = due_in_words(due_on, on, calendar)
        return f"{self.unit}: {self.obligation.title}, hạn {format_date(due_on)} ({due})"


def default_heading(lines: list[ReminderLine]) -> str:
    """The heading of a message without a text of the office."""
    return "Nhắc việc" if any(line.own for line in lines) else "Đơn vị chậm gửi, đề nghị đôn đốc"


def short_message(heading: str, texts: list[str]) -> str:
    """The text of the notification: the first three obligations and the number of the others."""
    more = f" và {len(texts) - 3} việc khác" if len(texts) > 3 else ""
    return f"{heading}: {'; '.join(texts[:3])}{more}."


def mail_body(user: User, heading: str, texts: list[str]) -> str:
    """The body of the e-mail, with all obligations."""
    lines = [f"Kính gửi {user.full_name},", "", f"{heading}:", *(f"- {text}" for text in texts)]
    address = public_url(reverse("reports:todo"))
    where = f"Mở Sổ Vàng để làm: {address}" if address else "Mở Sổ Vàng, trang “Việc của tôi”, để làm."
    return "\n".join([*lines, "", where, ""])


def message_link(lines: list[ReminderLine]) -> str:
    """Supervisors get the list of outstanding obligations, a unit's head the to-do list or the only thing to do."""
    if not any(line.own for line in lines):
        return reverse("campaigns:outstanding")
    return lines[0].obligation.link if len(lines) == 1 else reverse("reports:todo")
