"""An award of a quarter that was reported is cancelled, and the next report is adjusted: through the pages of all who do it."""

from datetime import date

from django.urls import reverse

from commendations.models import Amendment
from reports.models import PeriodReport
from reports.seeds.demo import DEMO_REPORT_TEXT
from reports.tests.report_steps import on
from tests.html import page_of, paper_text
from tests.page_forms import send_form

REASON = "Kết luận kiểm tra xác định thành tích đã kê khai không đúng sự thật."


def approve_and_issue(signed_in, page):
    """The chair approves, the clerk takes the number. Returns the page that the clerk sees then."""
    send_form(signed_in("chutich"), page, "Duyệt")
    return send_form(signed_in("vanthu"), f"{page}ban-hanh/", "Ngày ban hành")


def test_the_next_report_names_the_old_figure_the_new_one_and_why(reported, awards, signed_in):
    gone = awards.get(award_code="GKX")
    with on(date(2027, 4, 2)):
        office = signed_in("vanphong")
        start = reverse("commendations:start_amendment", args=[gone.decision_id])
        send_form(office, start, "Soạn văn bản", kind=Amendment.CANCELLATION, awards=[gone.pk])
        amendment = Amendment.objects.get()
        page = amendment.get_absolute_url()
        send_form(office, f"{page}sua/", "Lý do", cancellation_case="fraud", explanation=REASON)
        send_form(office, page, "Trình Chủ tịch")
        approve_and_issue(signed_in, page)
        amendment.refresh_from_db()
        assert amendment.document is not None
        superior = page_of(signed_in("phongnoivu").get(reported.get_absolute_url()))
        assert "Số liệu đã thay đổi sau khi gửi" in superior and "đã báo cáo 2, nay 1 (-1)" in superior

        send_form(office, "/bao-cao/lap/", "Lập báo cáo quý", year="2027", quarter="1")
        following = PeriodReport.objects.get(year=2027, quarter=1)
        page = following.get_absolute_url()
        send_form(office, f"{page}sua/", "Đánh giá chung", **DEMO_REPORT_TEXT)
        send_form(office, page, "Trình Chủ tịch")
        approve_and_issue(signed_in, page)
    following.refresh_from_db()
    assert following.document is not None
    text = paper_text(following.document.html)
    row = "".join(f'<td class="{align}">{cell}</td>' for align, cell in (("right", "2"), ("right", "1"), ("right", "-1")))
    assert row in text and "Điều chỉnh số liệu đã báo cáo" in text
    why = f"đã hủy bỏ theo Quyết định số {amendment.document.reference} ngày 02 tháng 4 năm 2027"
    assert f"bớt: {gone.name} (Thôn 1), {why}." in text
    assert f"bớt: {gone.name} (Thôn 1), {why}" in page_of(signed_in("phongnoivu").get(page))
