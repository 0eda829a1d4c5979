"""A collective that is no unit is asked for nothing: no page, board, reminder, report or list of units changes with it."""

import re
from datetime import date

import pytest

from campaigns.exemplars.queries.period import silent_units
from campaigns.models import Period
from campaigns.obligations.queries import answering_units, open_obligations
from campaigns.reminders.actions.reminder import send_due_reminders
from campaigns.reminders.models import Reminder
from emulation.accounts.models import User
from reports.queries.report_figures import quarter_figures
from tests.access_matrix import all_addresses, client_of, filled_paths, model_of, rows_of
from villages.actions.collectives import add_collective
from villages.models import Unit

pytestmark = [pytest.mark.walk, pytest.mark.usefixtures("quiet_request_log", "in_november")]
NAMES = ("Tổ liên gia số 77", "Lớp 9Z", "Hợp tác xã Chuối", "Tổ Văn phòng số 77")
# Keys of a form, times, and how far the queue of jobs is.
CHANGES_ANYWAY = re.compile(
    r'(name="(?:csrfmiddlewaretoken|once)"[^>]*value|nonce|content)="[^"]*"|\?v=\w+|\d\d:\d\d(:\d\d)?'
    r"|đang chờ, còn \d+ việc trước|đến lượt, sắp bắt đầu"
)
LISTS_THEM = {
    "villages:units",  # below the units
    "villages:unit",
    "commendations:start",  # whom to nominate
    "commendations:choose",
    "campaigns:new",  # the choice of a collective
    "campaigns:edit",
    "villages:close_unit",  # what the unit has in hand
    "reports:trail",
    "accounts:second_step_app",  # a new secret each time
}
WHO = ("thon1", "vanphong", "chutich", "phongnoivu")


def add_four(commune):
    office = User.objects.get(username="vanphong")
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    owners = (units["thon1"], units["thcs"], commune, Unit.objects.get(commune=commune, kind=Unit.OFFICE))
    for owner, name, kind in zip(owners, NAMES, ("group", "class", "cooperative", "group"), strict=True):
        add_collective(by=office, owner=owner, name=name, kind=kind)


def paths_for(commune):
    """The path of every page, with one object each."""
    for address in all_addresses():
        if "GET" in address.methods and address.name not in LISTS_THEM:
            rows = rows_of(address, commune, 1) if model_of(address) else []
            yield from (path for path, _ in filled_paths(address, rows))


def pages_of(client, paths):
    """{path: page} of those that this user may open, the volatile parts left out."""
    found = {}
    for path in paths:
        response = client.get(path)
        if response.status_code == 200 and "html" in response.get("Content-Type", ""):
            found[path] = CHANGES_ANYWAY.sub("", response.content.decode())
    return found


@pytest.mark.parametrize("login", WHO)
def test_no_page_changes_with_an_entered_collective(full_demo, failed_job, login):
    client = client_of(login)
    opened = pages_of(client, paths_for(full_demo))  # what the first look at a page changes is over
    assert len(opened) > 20
    before = pages_of(client, opened)
    add_four(full_demo)
    after = pages_of(client, opened)
    changed = [path for path, page in before.items() if after.get(path) != page]
    assert not changed, changed


def test_no_duty_reminder_or_figure_counts_a_collective(full_demo):
    day = date(2026, 11, 20)

    def figures():
        return {
            "answering": list(answering_units(full_demo.pk, day)),
            "obligations": [str(one) for one in open_obligations(full_demo.pk, day)],
            "quarter": quarter_figures(full_demo.pk, 2026, 4),
            "silent": {period.pk: list(silent_units(period)) for period in Period.objects.filter(commune=full_demo)},
        }

    before = figures()
    add_four(full_demo)
    assert figures() == before
    send_due_reminders(commune=full_demo, on=day)
    assert not Reminder.objects.filter(unit__kind=Unit.COLLECTIVE).exists()
