"""Every list page sends the same number of queries with 3 and with 300 rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.models import Registration
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.notices.models import Notification
from portal.models import HonourEntry
from reports.models import PeriodReport
from tests import row_copies
from tests.access_matrix import client_of
from villages.models import Household, Person, evidence_url

pytestmark = pytest.mark.both_databases

AddRows = Callable[[int], object]
FEW = 3
MANY = 300

# Login ("khach": a visitor), path or a key of `path_of`, and the function or a key of `add_rows_of`.
LISTS: list[tuple[str, str, AddRows | str]] = [
    ("vanphong", "/thi-dua/dien-hinh/", row_copies.exemplars),
    ("hoidong2", "/thi-dua/dien-hinh/", row_copies.exemplars),
    ("thon1", "/thi-dua/", row_copies.exemplars),
    ("vanphong", "/thi-dua/ky/", row_copies.periods),
    ("vanphong", "/thi-dua/danh-sach/", row_copies.shortlist_notices),
    ("thon1", "/thi-dua/danh-sach/", row_copies.shortlist_notices),
    ("khach", "/dien-hinh/", row_copies.published_stories),
    ("vanphong", "/khen-thuong/de-nghi/", row_copies.nominations),
    ("hoidong2", "/khen-thuong/de-nghi/", row_copies.nominations),
    ("vanphong", "/khen-thuong/de-nghi/danh-sach/", row_copies.group_requests),
    ("thon1", "/khen-thuong/de-nghi/danh-sach/", row_copies.group_requests),
    ("vanphong", "/khen-thuong/de-nghi/niem-yet/", row_copies.postings),
    ("thon1", "/khen-thuong/de-nghi/niem-yet/", row_copies.postings),
    ("vanphong", "/khen-thuong/phien-hop/", row_copies.sessions),
    ("vanphong", "/khen-thuong/so-vang/", row_copies.awards),
    ("vanphong", "/van-ban/", row_copies.documents),
    ("vanthu", "/van-ban/so-di/", row_copies.documents),
    ("vanphong", "/nhat-ky/", row_copies.audit_entries),
    ("vanphong", "/thong-bao/", "notices"),
    ("quantri", "/suc-khoe/chi-tiet/", row_copies.copies_with_key(Job)),
    ("quantri", "/don-vi/tai-khoan/", "accounts"),
    ("quantri", "/don-vi/tai-khoan/nhat-ky/", "accounts"),
    ("vanphong", "unit", row_copies.people),
    ("vanphong", "evaluations", row_copies.people),
    ("vanphong", "qualifying", row_copies.people),
    ("vanphong", "evidence", row_copies.past_awards),
    ("thon1", "evidence", row_copies.past_awards),
    ("vanphong", "/tien-do/", row_copies.exemplars),
    ("vanphong", "report", row_copies.exemplars),
    ("khach", "/bang-vang/", row_copies.copies_with_key(HonourEntry, "code")),
    ("vanphong", "/viec-cua-toi/", row_copies.nominations),
    ("thon1", "/viec-cua-toi/", row_copies.nominations),
    ("thon1", "/viec-cua-toi/", row_copies.receipts),
    ("chutich", "/viec-cua-toi/", row_copies.sessions),
    ("thon1", "/thi-dua/cong-van/", row_copies.receipts),
    ("vanphong", "/thi-dua/chi-dao/", row_copies.receipts),
    ("vanphong", "/thi-dua/phong-trao/", row_copies.campaigns),
    ("thon1", "/thi-dua/phong-trao/", row_copies.registrations),
    ("thon1", "/viec-cua-toi/", row_copies.registrations),
    ("vanphong", "/thi-dua/phong-trao/linh-vuc/", row_copies.campaigns),
    ("vanphong", "campaign", row_copies.registered_units),
    ("vanphong", "registrations", row_copies.registered_units),
    ("vanphong", "/lich-cong-tac/", row_copies.nominations),
    ("hoidong2", "/lich-cong-tac/", row_copies.sessions),
    ("thon1", "/lich-cong-tac/", row_copies.receipts),
    ("vanphong", "/lich-cong-tac/ngay/", row_copies.exemplars),
    ("vanphong", "/thi-dua/chi-dao/", row_copies.handlings),
    ("hoidong2", "/viec-cua-toi/", row_copies.handlings),
    ("vanphong", "/viec-cua-toi/", row_copies.duty_reports),
    ("vanphong", "/tong-quan/", row_copies.exemplars),
    ("vanphong", "/tong-quan/", row_copies.registered_units),
    ("vanphong", "/tong-quan/", row_copies.receipts),
    ("chutich", "/tong-quan/", row_copies.awards),
    ("chutich", "/tong-quan/", row_copies.nominations),
    ("phongnoivu", "/tong-quan/", row_copies.periods),
    ("vanphong", "/thi-dua/bang-nam/?ky=thang", row_copies.periods),
]


def path_of(page: str) -> str:
    """The path of a page that belongs to an object of the demo."""
    person = Person.objects.filter(unit__code="thon1").first()
    campaign = Registration.objects.filter(unit__code="thon1").order_by("pk").first().campaign
    paths = {
        "unit": person.unit.get_absolute_url(),
        "campaign": campaign.get_absolute_url(),
        "registrations": f"{campaign.get_absolute_url()}dang-ky/",
        "evaluations": f"/don-vi/{person.unit_id}/danh-gia/2025/",
        "qualifying": f"/khen-thuong/de-nghi/du-dieu-kien/?unit={person.unit_id}&award=LDTT&year=2025",
        "evidence": evidence_url(Household.objects.get(head_name="Lê Văn Bảy")),
        "report": PeriodReport.objects.get(quarter=3).get_absolute_url(),
    }
    return paths.get(page, page)


def add_rows_of(kind: str, commune: Commune, login: str) -> AddRows:
    if kind == "notices":
        return row_copies.copies_with_key(Notification, user_id=User.objects.get(username=login).pk)
    return row_copies.accounts(commune)


@pytest.mark.parametrize(("login", "page", "add_rows"), LISTS, ids=lambda part: part if isinstance(part, str) else "")
def test_the_same_number_of_queries(full_demo, login, page, add_rows):
    path = path_of(page)
    if page == "report":  # a draft, whose figures are calculated for each request
        PeriodReport.objects.update(state="draft", figures=None, document=None, issued_on=None)
    if isinstance(add_rows, str):
        add_rows = add_rows_of(add_rows, full_demo, login)
    counts = []
    for count in (FEW, MANY - FEW):
        add_rows(count)
        client = Client() if login == "khach" else client_of(login)
        with CaptureQueriesContext(connection) as caught:
            response = client.get(path)
        assert response.status_code == 200
        counts.append(len(caught))
    # A list with more than one page needs a COUNT query more.
    assert counts[1] <= counts[0] + 2, f"{counts}: {caught.captured_queries[-3:]}"
    assert counts[1] < 60
