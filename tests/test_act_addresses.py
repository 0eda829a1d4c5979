"""A GET of the address of an act without a form, after a sign-in on the way or with the browser's Back, leads to a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emulation.workflow.views import ActPostView
from tests.access_matrix import AccessFaults, all_addresses, client_of, filled_paths, rows_of

pytestmark = [pytest.mark.usefixtures("quiet_request_log"), pytest.mark.walk]
WRITES = re.compile(r'(INSERT|UPDATE|DELETE)(?!.*("django_session"|"accounts_))')
ACTS = [
    address for address in all_addresses() if isinstance(address.view, type) and issubclass(address.view, ActPostView)
]


@pytest.mark.parametrize("login", ["vanphong", "thon1", "chutich", "quantri"])
def test_a_get_leads_to_the_page_of_the_object_and_changes_nothing(full_demo, failed_job, login):
    faults = AccessFaults()
    client = client_of(login)
    led = 0
    for address in ACTS:
        for path, _ in filled_paths(address, rows_of(address, full_demo, 1)):
            led += follow(faults, client, address, path)
    faults.check()
    assert led > (10 if login in ("vanphong", "chutich") else 0)


def follow(faults, client, address, path):
    """Asks for the path and for the page it leads to, and notes what is wrong. Returns whether it leads to a page."""
    with CaptureQueriesContext(connection) as caught:
        response = faults.send(client, "GET", path)
    if response.status_code not in (302, 403, 404):
        faults.note(address, path, f"answers {response.status_code}")
    if response.status_code != 302:
        return False
    if written := list(filter(WRITES.match, (one["sql"] for one in caught))):
        faults.note(address, path, f"writes: {written}")
    page = faults.send(client, "GET", response["Location"])
    if page.status_code not in (200, 302, 403, 404):
        faults.note(address, path, f"leads to {response['Location']}, {page.status_code}")
    return True
