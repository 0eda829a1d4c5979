"""Contact sheets: every giấy khen of a decision can be checked before the number is taken."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.reminders.actions.reminder_message import mail_body
from commendations.actions.decision import decision_signature_steps
from commendations.models import Award
from commendations.papers.certificate import certificate_deed
from commendations.queries.decision import decision_faults
from commendations.rules.wording import MAX_ACHIEVEMENT_LENGTH
from commendations.tests import factories
from emulation.audit.models import AuditEntry
from emulation.core.errors import RuleBroken
from emulation.documents.blocks.certificate import MAX_CERTIFICATE_TEXT
from emulation.documents.models import IssuedDocument
from tests.html import page_of
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")


def url(name, decision, page=""):
    return reverse(f"commendations:{name}", args=[decision.pk]) + (f"?trang={page}" if page else "")


def test_the_sheets_print_what_the_issue_will_print_without_number_day_and_code(commune, signed_in):
    decision = factories.decision_at_signature(commune)
    clerk = signed_in("vanthu")
    issue_page = page_of(clerk.get(url("issue", decision)))
    assert url("certificate_drafts", decision) in issue_page
    page = page_of(clerk.get(url("certificate_drafts", decision)))
    assert url("certificate_draft_sheets", decision, "1").replace("&", "&amp;") in page
    assert "Ông Vi Văn Thành" in page and "Hộ gia đình Lê Văn Bảy" in page and url("issue", decision) in page
    sheets = page_of(clerk.get(url("certificate_draft_sheets", decision)))
    assert sheets.count('<article class="certificate') == sheets.count(">DỰ THẢO<") == 3
    assert "Mã xác minh" not in sheets and "năm 2026" in sheets
    assert sheets.index("Tập thể Thôn 2") < sheets.index("Hộ gia đình Lê Văn Bảy") < sheets.index("Ông Vi Văn Thành")
    clerk.post(url("issue", decision), {"issued_on": "10/11/2026"})
    for sheet in IssuedDocument.objects.filter(kind="giay_khen"):
        assert sheet.paper.recipient in sheets and sheet.paper.about in sheets and sheet.paper.serial
        assert (sheet.paper.decision_number, sheet.paper.year) == (1, None)


def test_looking_takes_no_number_and_writes_nothing(commune, signed_in):
    decision = factories.decision_at_signature(commune)
    browser = signed_in("vanthu")
    entries = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        for name in ("certificate_drafts", "certificate_draft_sheets"):
            assert browser.get(url(name, decision)).status_code == 200
    assert not [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert (AuditEntry.objects.count(), Award.objects.count()) == (entries, 0)


def test_six_sheets_a_page_in_a_constant_number_of_queries(commune, signed_in):
    browser = signed_in("vanthu")
    counts = []
    for size in (2, 20):
        decision = factories.decision_at_signature(commune, factories.many_people(commune, size))
        for name in ("certificate_drafts", "certificate_draft_sheets"):
            with CaptureQueriesContext(connection) as seen:
                browser.get(url(name, decision))
            counts.append(len(seen))
        Person.objects.filter(full_name__startswith="Lò Văn Số").update(full_name="Đã dùng")
    assert counts[:2] == counts[2:]
    pages = [page_of(browser.get(url("certificate_draft_sheets", decision, number))) for number in (1, 2, 3, 4)]
    assert [page.count("<article") for page in pages] == [6, 6, 6, 2]
    assert "6 trong 20, trang 2/4" in page_of(browser.get(url("certificate_drafts", decision, 2)))
    for wrong, articles in (("99", 2), ("-1", 2), ("x", 6), ("0", 2)):  # as all lists: the last page, or the first
        assert page_of(browser.get(url("certificate_draft_sheets", decision, wrong))).count("<article") == articles


def test_a_text_that_does_not_fit_is_named_and_the_others_are_shown(commune, signed_in):
    decision = factories.decision_at_signature(commune)
    Household.objects.update(address="Xóm Đồng Trình, " * 12)
    page = page_of(signed_in("vanthu").get(url("certificate_drafts", decision)))
    assert "2. Hộ gia đình Lê Văn Bảy: Nội dung in trên giấy khen quá dài" in page
    assert page_of(signed_in("vanthu").get(url("certificate_draft_sheets", decision))).count("<article") == 2


def test_a_text_that_does_not_fit_is_named_on_the_decision_before_the_number_is_taken(commune, signed_in, office):
    decision = factories.draft_decision(commune)
    household = Household.objects.get(head_name="Lê Văn Bảy")
    household.address = "Xóm Đồng Trình, " * 12
    household.save()
    message = "Địa chỉ của Hộ gia đình Lê Văn Bảy dài 214 ký tự, giấy khen in được nhiều nhất 160"
    page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
    assert message in page and "của Ông Vi Văn Thành dài" not in page
    assert reverse("villages:edit_household", args=[household.pk]) in page
    with pytest.raises(RuleBroken) as refused:
        decision_signature_steps.send_to_signature(decision, by=office)
    assert message in str(refused.value)
    hint = signed_in("vanphong").get(reverse("villages:edit_household", args=[household.pk])).content.decode()
    assert "tất cả nhiều nhất 160 ký tự" in hint


def test_a_text_that_no_certificate_prints_may_be_long(commune):
    case = ("LDTT", factories.person_named("Trần Đức Ý"), 2026)
    Person.objects.filter(full_name="Trần Đức Ý").update(post="Tổ trưởng, " * 10)
    decision = factories.decided_awards(commune, case).decisions.get()
    Unit.objects.filter(pk=factories.person_named("Trần Đức Ý").unit_id).update(name="Trường " * 10)
    assert not any("ký tự" in fault for fault in decision_faults(decision))


def test_the_longest_achievement_fits():
    longest = certificate_deed("x" * MAX_ACHIEVEMENT_LENGTH, 2026)
    assert len(longest) <= MAX_CERTIFICATE_TEXT["achievement"]


def test_an_award_without_certificate_has_no_sheets(commune, signed_in):
    case = ("LDTT", factories.person_named("Trần Đức Ý"), 2026)
    decision = factories.decided_awards(commune, case).decisions.get()
    page = page_of(signed_in("vanphong").get(url("certificate_drafts", decision)))
    assert "không có giấy, bằng nào" in page and "<iframe" not in page


def test_who_sees_the_sheets_and_when(commune, other_commune, signed_in):
    decision = factories.decision_at_signature(commune)
    for name in ("certificate_drafts", "certificate_draft_sheets"):
        for login, status in (("vanthu", 200), ("vanphong", 200), ("chutich", 200), ("thon1", 403), ("quantri", 403),
                              ("la-vanthu", 404)):  # fmt: skip
            assert signed_in(login).get(url(name, decision)).status_code == status, (name, login)
    policy = signed_in("vanthu").get(url("certificate_draft_sheets", decision))["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert url("issue", decision) not in page_of(signed_in("vanphong").get(url("certificate_drafts", decision)))
    signed_in("vanthu").post(url("issue", decision), {"issued_on": "10/11/2026"})
    for name in ("certificate_drafts", "certificate_draft_sheets"):
        assert signed_in("vanthu").get(url(name, decision)).url == decision.get_absolute_url()


@pytest.mark.parametrize(("address", "shown"), [("http://127.0.0.1:8000", False), ("https://sovang.example", True)])
def test_the_qr_code_needs_an_address_that_others_reach(address, shown, commune, settings, signed_in, administrator):
    settings.SITE_URL = address
    certificate = factories.issued_decision(commune).awards.first().certificate
    assert "Mã xác minh:" in certificate.html and "127.0.0.1" not in certificate.html
    assert (f"{address}/xac-minh/" in certificate.html, 'class="qr"' in certificate.html) == (shown, shown)
    body = mail_body(administrator, "Nhắc việc", ["Nộp điển hình"])
    assert (address in body, "trang “Việc của tôi”" in body) == (shown, not shown)
    for login, page in (("quantri", "reports:health_details"), ("vanphong", "documents:pictures")):
        assert ("Chưa đặt địa chỉ công khai" in signed_in(login).get(reverse(page)).content.decode()) is not shown
