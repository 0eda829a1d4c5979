"""The pages of decisions: from the draft to the number, errors at their field, other communes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions import decision as actions
from commendations.models import Amendment, Award, Nomination
from commendations.tests import amendment_steps, factories
from emulation.documents.blocks.body import Paragraph
from emulation.documents.models import Draft
from emulation.jobs.models import Job
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


def url(name, decision):
    return reverse(f"commendations:{name}", args=[decision.pk])


def test_decision_from_draft_to_issue_through_the_pages(commune, signed_in):
    decision = factories.draft_decision(commune)
    office, clerk = signed_in("vanphong"), signed_in("vanthu")
    form = office.get(url("edit_decision", decision)).context["form"]
    data = {**{name: form.initial[name] for name in form.fields}, "expected_on": "10/11/2026", "seen": decision.version}
    page = office.post(
        url("edit_decision", decision), {**data, "subject": "Về việc tặng Giấy khen tháng 10"}, follow=True
    )
    assert "Đã lưu dự thảo." in page_of(page)
    assert "số và ngày để trống" in page_of(office.post(url("to_signature", decision), follow=True))
    form_page = page_of(clerk.get(url("issue", decision)))
    decision.refresh_from_db()
    place = next(row["place"] for row in decision.signed_list if row["name"] == "Vi Văn Thành")
    assert f"<li>Vi Văn Thành, {place}: 760.000 đồng</li>" in form_page and "Thôn 1" in place
    assert "3 trường hợp, 3.420.000 đồng" in form_page
    page = page_of(clerk.post(url("issue", decision), {"issued_on": "10/11/2026"}, follow=True))
    assert "Đã ban hành Quyết định số 01/QĐ-UBND." in page and "Bấm “In giấy khen, bằng cả quyết định”" in page
    for_readers = page_of(signed_in("chutich").get(decision.get_absolute_url()))
    assert "In giấy khen, bằng cả quyết định" not in for_readers and "chưa tạo tệp chung" in for_readers
    again = page_of(clerk.post(url("issue", decision), {"issued_on": "10/11/2026"}, follow=True))
    assert "Quyết định số 01/QĐ-UBND đã ban hành, không cấp thêm số." in again
    assert Award.objects.count() == 3


def test_wrong_day_is_an_error_at_its_field_and_is_kept(commune, signed_in):
    decision = factories.decision_at_signature(commune)
    for typed, message in (
        ("", "Hãy nhập mục này."),
        ("31/02/2026", "không có ngày 31"),
        ("09/11/2026", "Ngày ký không được trước ngày Chủ tịch quyết định (10/11/2026)."),
        ("10/11/2030", "Ngày ký không được sau hôm nay"),
        ("<script>", "Nhập ngày theo thứ tự ngày/tháng/năm"),
    ):
        answer = signed_in("vanthu").post(url("issue", decision), {"issued_on": typed})
        page = page_of(answer)
        assert answer.status_code == 422 and message in page, typed
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in page or not typed
    assert not Award.objects.exists()


def test_page_shows_faults_to_the_office(commune, signed_in):
    decision = factories.draft_decision(commune)
    Nomination.objects.filter(household__isnull=False).update(achievement="")
    page = page_of(signed_in("vanphong").get(decision.get_absolute_url()))
    # Once in the note and once next to the button.
    assert page.count("Hồ sơ của Hộ gia đình Lê Văn Bảy chưa có nội dung khen: hãy trả lại đơn vị để ghi.") == 2
    answer = signed_in("vanphong").post(url("to_signature", decision), follow=True)
    assert "chưa có nội dung khen" in page_of(answer)
    decision.refresh_from_db()
    assert decision.state == "draft"


def test_page_permissions(commune, signed_in):
    decision = factories.issued_decision(commune)
    seen = {"thon1": 403, "hoidong2": 403, "quantri": 403, "phongnoivu": 403, "vanthu": 200, "chutich": 200}
    for login, status in seen.items():
        for address in (decision.get_absolute_url(), reverse("commendations:decisions")):
            assert signed_in(login).get(address).status_code == status, (login, address)


def test_pages_of_another_commune_are_not_found(commune, other_commune, signed_in):
    decision = factories.decision_at_signature(commune)
    for login, name in (("la-vanphong", "edit_decision"), ("la-vanthu", "issue"), ("la-chutich", "decision")):
        assert signed_in(login).get(url(name, decision)).status_code == 404


@pytest.mark.slow
def test_pages_run_a_constant_number_of_queries(commune, signed_in):
    browser, counts = signed_in("vanphong"), []
    for make in (factories.draft_decision, factories.decision_at_signature, factories.issued_decision):
        pair = []
        for size in (3, 30):
            people = factories.many_people(commune, size)
            decision = make(commune, people)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(decision.get_absolute_url()).status_code == 200
            pair.append(len(seen))
            Person.objects.filter(full_name__startswith="Lò Văn Số").update(full_name="Đã dùng")
        counts.append(pair)
    assert all(few == many for few, many in counts), counts


def test_all_certificates_are_one_job_with_progress(commune, signed_in, clerk):
    decision = factories.issued_decision(commune)
    browser = signed_in("vanthu")
    page = page_of(browser.post(url("print_certificates", decision), follow=True))
    assert "Đang tạo giấy khen: 0/3" in page and "hx-get" in page
    actions.print_certificates(by=clerk, decision=decision)
    job = Job.objects.get(kind="documents.batch")
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING, done=2, total=18)
    assert "Đang tạo giấy khen: 2/18" in page_of(browser.get(url("certificates", decision)))
    Job.objects.filter(pk=job.pk).update(state=Job.QUEUED, done=0, total=0)
    from emulation.jobs.queue import run_job

    assert run_job(job.pk)
    part = page_of(browser.get(url("certificates", decision)))
    assert "Tải một tệp PDF gồm 3 giấy khen" in part and "<html" not in part


def test_the_certificates_made_again_are_counted_again(commune, signed_in, clerk):
    decision = factories.issued_decision(commune)
    actions.print_certificates(by=clerk, decision=decision)
    job = Job.objects.get(kind="documents.batch")
    Job.objects.filter(pk=job.pk).update(state=Job.DONE, done=3, total=3)
    amendment_steps.issued(decision, Amendment.CANCELLATION, ["Vi Văn Thành"])
    page = page_of(signed_in("vanthu").post(url("print_certificates", decision), follow=True))
    assert "Đang tạo giấy khen: 0/2" in page


def test_payment_list_is_a_draft_for_signature(commune, signed_in):
    decision = factories.issued_decision(commune)
    answer = signed_in("vanthu").post(url("money_list", decision))
    draft = Draft.objects.get(kind="danh_sach_chi_tien")
    assert answer.url == draft.get_absolute_url()
    table = draft.paper.body[1]
    assert table.total[3] == "3.420.000" and table.rows[0][2:4] == (
        "0,6 × 2.530.000 = 1.518.000 đồng",
        "1.520.000",
    )
    assert repr(draft.paper).count("làm tròn lên hàng chục nghìn đồng") == 1
    assert draft.paper.body[-1] == Paragraph(
        "hệ số × mức lương cơ sở, làm tròn lên hàng chục nghìn đồng.", lead="Cách tính:"
    )
    assert draft.paper.recipients == ("Kế toán", "Lưu: VT, VHXH")
