"""A GET of the address of an act without a form, after a sign-in on the way or with the browser's Back, leads to a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emulation.workflow.views import ActPostView
from tests.access_matrix import AccessFaults, all_addresses, client_of, filled_paths, rows_of

pytestmark = [pytest.mark.usefixtures("quiet_request_log"), pytest.mark.walk]
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
            with CaptureQueriesContext(connection) as caught:
                response = faults.send(client, "GET", path)
            if response.status_code not in (302, 403, 404):
                faults.note(address, path, f"answers {response.status_code}")
            if response.status_code != 302:
                continue
            led += 1
            writes = [one["sql"] for one in caught if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
            if any("django_session" not in sql and "accounts_" not in sql for sql in writes):
                faults.note(address, path, f"writes: {writes}")
            if (page := faults.send(client, "GET", response["Location"])).status_code not in (200, 302, 403, 404):
                faults.note(address, path, f"leads to {response['Location']}, {page.status_code}")
    faults.check()
    assert led > (10 if login in ("vanphong", "chutich") else 0)
