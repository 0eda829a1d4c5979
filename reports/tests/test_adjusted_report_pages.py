"""An award of a quarter that was reported is cancelled, and the next report is adjusted: through the pages of all who do it."""

from datetime import date

from django.urls import reverse

from commendations.actions.amendment import amendment_approval
from commendations.models import Amendment
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.seeds.demo import DEMO_REPORT_TEXT
from reports.tests.report_steps import on
from tests.html import page_of, paper_text
from tests.random_walk import FormReader

REASON = "Kết luận kiểm tra xác định thành tích đã kê khai không đúng sự thật."


def send_form(client, page, address="", **changes):
    """The form of the page that posts to the address (of the page, if left out), as it is filled in, with these changes."""
    reader = FormReader(address or page)
    reader.feed(client.get(page).content.decode())
    assert reader.fields, f"no form on {page} posts to {reader.address}"
    chosen = ("radio", "checkbox")
    values = {field.name: field.value for field in reader.fields.values() if field.kind not in chosen}
    response = client.post(reader.address, {**values, **changes})
    assert response.status_code == 302, (reader.address, response.status_code, page_of(response))


def address_of(approval, verb, subject):
    return reverse(approval.flow.url(verb), args=[subject.pk])


def submit_approve_and_issue(signed_in, subject, approval):
    """The office submits, the chair approves, the clerk takes the number."""
    page = subject.get_absolute_url()
    send_form(signed_in("vanphong"), page, address_of(approval, "submit", subject))
    send_form(signed_in("chutich"), page, address_of(approval, "approve", subject))
    send_form(signed_in("vanthu"), address_of(approval, "issue", subject))
    subject.refresh_from_db()


def test_the_next_report_names_the_old_figure_the_new_one_and_why(reported, awards, signed_in):
    gone = awards.get(award_code="GKX")
    with on(date(2027, 4, 2)):
        office = signed_in("vanphong")
        start = reverse("commendations:start_amendment", args=[gone.decision_id])
        send_form(office, start, kind=Amendment.CANCELLATION, awards=[gone.pk])
        amendment = Amendment.objects.get()
        edit = address_of(amendment_approval, "save", amendment)
        send_form(office, edit, awards=[gone.pk], cancellation_case="fraud", explanation=REASON)
        submit_approve_and_issue(signed_in, amendment, amendment_approval)
        superior = page_of(signed_in("phongnoivu").get(reported.get_absolute_url()))
        assert "Số liệu đã thay đổi sau khi gửi" in superior and "đã báo cáo 2, nay 1 (-1)" in superior

        send_form(office, reverse("reports:start"), year="2027", quarter="1")
        following = PeriodReport.objects.get(year=2027, quarter=1)
        send_form(office, address_of(period_report_approval, "save", following), **DEMO_REPORT_TEXT)
        submit_approve_and_issue(signed_in, following, period_report_approval)
    text = paper_text(following.document.html)
    row = "".join(f'<td class="right">{figure}</td>' for figure in ("2", "1", "-1"))
    assert row in text and "Điều chỉnh số liệu đã báo cáo" in text
    why = f"đã hủy bỏ theo Quyết định số {amendment.document.reference} ngày 02 tháng 4 năm 2027"
    assert f"bớt: {gone.name} (Thôn 1), {why}." in text
    page = following.get_absolute_url()
    assert f"bớt: {gone.name} (Thôn 1), {why}" in page_of(signed_in("phongnoivu").get(page))
