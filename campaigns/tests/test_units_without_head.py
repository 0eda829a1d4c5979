"""A unit with nobody who could be reminded: the office is."""

from datetime import date

import pytest

from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.models.period import Period
from campaigns.reminders.actions.reminder import send_due_reminders
from campaigns.reminders.models import Reminder
from emulation.accounts.models import User
from emulation.communes.models import Membership
from tests.travel import at
from villages.models import Seat, Unit

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]
BEFORE = date(2026, 11, 19)
DUE = date(2026, 11, 25)


def test_the_office_is_reminded_of_a_unit_without_head_and_liaison(commune, office):
    with at(date(2026, 11, 1)):
        open_month(commune=commune, on=date(2026, 11, 1))
    assert Period.objects.get().due_on == DUE
    Seat.objects.update(role="member")  # no standing member either
    unit = Unit.objects.get(code="thon3")
    Membership.objects.filter(user_id=User.objects.get(username="thon3").pk).update(ends_on=date(2026, 10, 31))
    send_due_reminders(commune=commune, on=BEFORE)
    assert {row.unit for row in Reminder.objects.filter(user=office)} == {unit}
    assert not Reminder.objects.filter(user=None).exists()
    Membership.objects.filter(role="office").update(ends_on=BEFORE)
    send_due_reminders(commune=commune, on=DUE)
    assert {row.unit for row in Reminder.objects.filter(user=None)} == {unit}
