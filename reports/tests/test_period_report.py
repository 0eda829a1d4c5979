"""The quarterly report: permissions and states, frozen figures, what the superior sees."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Exemplar, Field
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import DocumentEvent
from emulation.jobs.models import Job
from emulation.jobs.tasks import run_tick_callbacks, sweep_jobs
from emulation.notices.models import Notification
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.papers import period_report as period_report_papers
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.rules import quarters
from reports.seeds.demo import DEMO_REPORT_TEXT
from tests.html import paper_text
from villages.models import Person, Unit

pytestmark = [pytest.mark.usefixtures("on_count_day"), pytest.mark.both_databases]
DEED = "Vận động bảy hộ trong thôn góp công làm lại mương nước dài 300 mét."


@pytest.fixture
def period(commune, office):
    today = timezone.localdate()
    return open_month(commune=commune, on=today)


@pytest.fixture
def report(commune, period, office):
    today = timezone.localdate()
    return period_report.start_period_report(
        by=office, commune=commune, year=today.year, quarter=(today.month + 2) // 3
    )


@pytest.fixture
def accepted(period, office, village_head):
    return accept(period, village_head, office, "Vi Văn Thành")


def accept(period, head, office, name):
    person = Person.objects.get(commune=period.commune, full_name=name)
    content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=DEED)
    exemplar = start_exemplar(by=head, unit=person.unit, period=period, content=content)
    submit_exemplar(by=head, exemplar=exemplar)
    return accept_exemplar(by=office, exemplar=exemplar)


@pytest.fixture
def written(report, office):
    return period_report_approval.save(report, by=office, **DEMO_REPORT_TEXT)


@pytest.fixture
def sent(written, office, chair, clerk):
    period_report_approval.submit(written, by=office)
    period_report_approval.approve(written, by=chair)
    return period_report_approval.issue(written, by=clerk, issued_on=timezone.localdate())


def value(report, key):
    return figure_by_key(period_report_papers.figures_of_report(report), key)["value"]


def test_figures_are_counted_from_rows_and_list_the_names(report, accepted, period, user, office):
    other = start_nothing(
        by=user("thon3"), unit=Unit.objects.get(code="thon3"), period=period, reason="Tháng này bận vụ."
    )
    submit_exemplar(by=user("thon3"), exemplar=other)
    data = period_report_papers.figures_of_report(report)
    assert figure_by_key(data, "exemplars")["names"] == [
        ["Vi Văn Thành", "Thôn 1", f"{period}; {Field.objects.first().name}"]
    ]
    keys = ("exemplars_person", "exemplars_household", "units_sent", "units_none")
    assert [value(report, key) for key in keys] == [1, 0, 1, 1]
    assert value(report, "units_silent") == len(data["by_unit"]) - 2
    assert ["Thôn 1", 1, 0, 0] in data["by_unit"] and ["Thôn 3", 0, 1, 0] in data["by_unit"]


def _acknowledge(report, by):
    return period_report.acknowledge_period_report(by=by, report=report)


def _redo(report, by):
    return period_report.redo_period_report(by=by, report=report)


def test_each_step_is_only_for_its_role(written, office, clerk, chair, superior, village_head, council_member):
    steps = [
        (period_report_approval.submit, office, {}, "Văn phòng phụ trách TĐKT"),
        (period_report_approval.approve, chair, {}, "Chủ tịch UBND xã"),
        (period_report_approval.issue, clerk, {"issued_on": timezone.localdate()}, "Văn thư"),
        (_acknowledge, superior, {}, "Cơ quan cấp trên"),
    ]
    everybody = [office, clerk, chair, superior, village_head, council_member]
    for take, right, facts, label in steps:
        for wrong in everybody:
            if wrong != right:
                with pytest.raises(NotAllowed, match=f"dành cho {label}"):
                    take(written, by=wrong, **facts)
        take(written, by=right, **facts)
    assert written.state == "acknowledged"


def test_no_step_is_possible_in_another_state(written, office, clerk, chair, superior):
    for take, user, facts, reason in (
        (period_report_approval.approve, chair, {}, "cần ở “Chờ Chủ tịch duyệt”"),
        (
            period_report_approval.issue,
            clerk,
            {"issued_on": timezone.localdate()},
            "đã được Chủ tịch duyệt và chưa ban hành",
        ),
        (_acknowledge, superior, {}, "đã được xác nhận hoặc đã trả lại"),
        (_redo, office, {}, "đang ở trạng thái “Đang soạn”"),
    ):
        with pytest.raises(RuleBroken, match=reason):
            take(written, by=user, **facts)
    period_report_approval.submit(written, by=office)
    with pytest.raises(RuleBroken, match="đã trình nên không sửa được"):
        period_report_approval.save(written, by=office, **DEMO_REPORT_TEXT)


def test_submitting_an_unfinished_report_names_the_missing_parts(report, office):
    with pytest.raises(RuleBroken, match="còn thiếu phần: đánh giá chung, tồn tại, hạn chế, phương hướng quý sau"):
        period_report_approval.submit(report, by=office)
    assert report.figures is None


def test_one_report_per_quarter_and_none_for_a_future_quarter(report, commune, office):
    with pytest.raises(RuleBroken, match="Đã có báo cáo"):
        period_report.start_period_report(by=office, commune=commune, year=report.year, quarter=report.quarter)
    with pytest.raises(RuleBroken, match="chưa đến"):
        period_report.start_period_report(by=office, commune=commune, year=2099, quarter=1)


def test_figures_are_frozen_on_submission(written, accepted, period, office, chair, user):
    period_report_approval.submit(written, by=office)
    accept(period, user("thon2"), office, "Lương Văn Thúy")
    assert value(written, "exemplars") == 1
    period_report_approval.send_back(written, by=chair, reason="Bổ sung Thôn 2.")
    assert (value(written, "exemplars"), written.state, written.return_reason) == (2, "returned", "Bổ sung Thôn 2.")
    with pytest.raises(RuleBroken, match="cần ở “Chờ Chủ tịch duyệt”"):
        period_report_approval.approve(written, by=chair)


def test_a_return_needs_a_reason(written, office, chair):
    period_report_approval.submit(written, by=office)
    with pytest.raises(RuleBroken, match="Hãy ghi lý do") as broken:
        period_report_approval.send_back(written, by=chair, reason="  \n ")
    assert broken.value.field == "reason"


def test_sending_assigns_a_number_and_gives_the_superior_access(sent, superior, office):
    assert sent.document.reference == "01/BC-UBND"
    assert list(PeriodReport.objects.visible_to(superior)) == [sent]
    notifications = Notification.objects.filter(text__startswith="Đã gửi cấp trên")
    assert {notification.user_id for notification in notifications} >= {superior.pk, office.pk}
    html = paper_text(sent.document.html)
    for words in ("BÁO CÁO", "Kính gửi: Sở Nội vụ tỉnh Thanh Hóa", "TM. ỦY BAN NHÂN DÂN", "Lê Đăng Trường"):
        assert words in html, words
    assert "birth" not in html and "1988" not in html


def test_the_superior_sees_nothing_before_it_is_sent(written, office, superior, signed_in):
    period_report_approval.submit(written, by=office)
    browser = signed_in("phongnoivu")
    assert browser.get(f"/bao-cao/{written.pk}/").status_code == 404
    assert browser.get(f"/bao-cao/{written.pk}/bang-so-lieu.xlsx").status_code == 404
    assert "Chưa có báo cáo nào" in browser.get("/bao-cao/").content.decode()


@pytest.mark.parametrize("day", ["1/1/2100", "1/1/2001"])
def test_an_impossible_issue_date_is_a_field_error(written, office, chair, signed_in, day):
    period_report_approval.submit(written, by=office)
    period_report_approval.approve(written, by=chair)
    answer = signed_in("vanthu").post(f"/bao-cao/{written.pk}/ban-hanh/", {"issued_on": day, "seen": written.version})
    assert answer.status_code == 422
    assert "Ngày ban hành không được" in answer.content.decode()
    written.refresh_from_db()
    assert (written.state, written.document) == ("approved", None)


def test_a_report_that_was_sent_back_gets_a_new_number(sent, superior, office, chair, clerk, signed_in):
    first = sent.document
    period_report.send_back_period_report(by=superior, report=sent, reason="Thiếu danh sách.")
    assert sent.return_reason == "Thiếu danh sách." and sent.returned_by == superior.full_name
    assert list(PeriodReport.objects.visible_to(superior)) == [sent]
    period_report.redo_period_report(by=office, report=sent)
    assert (sent.edition, sent.figures) == (2, None)
    assert list(PeriodReport.objects.visible_to(superior)) == [sent]
    period_report_approval.submit(sent, by=office)
    period_report_approval.approve(sent, by=chair)
    approved = Notification.objects.filter(text__contains="Chủ tịch đã duyệt")
    assert approved.filter(user=clerk).exists() and not approved.filter(user=superior).exists()
    period_report_approval.issue(sent, by=clerk, issued_on=timezone.localdate())
    assert sent.document.reference == "02/BC-UBND"
    assert first.events.get(kind=DocumentEvent.REPLACED).other == sent.document
    for login in ("phongnoivu", "vanphong"):
        page = signed_in(login).get(sent.get_absolute_url()).content.decode()
        assert f'href="{first.get_absolute_url()}"' in page and "bản gửi trước" in page


def test_a_stale_form_changes_nothing(report, office, signed_in):
    browser = signed_in("vanphong")
    url = f"/bao-cao/{report.pk}/sua/"
    seen = report.version
    browser.post(url, {"assessment": "Bản một", "seen": seen})
    answer = browser.post(url, {"assessment": "Bản hai", "seen": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "đã được người khác thay đổi" in page and "Bản hai" in page
    report.refresh_from_db()
    assert report.assessment == "Bản một"


def test_the_workbook_has_the_same_figures_and_no_formula(report, period, office, village_head, signed_in):
    person = Person.objects.get(full_name="Vi Văn Thành")
    person.put_name("=HYPERLINK(1) Vi")
    person.save()
    accept(period, village_head, office, "=HYPERLINK(1) Vi")
    answer = signed_in("vanphong").get(f"/bao-cao/{report.pk}/bang-so-lieu.xlsx")
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        words = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 5 and not any("<f>" in sheet for sheet in sheets)
    assert "=HYPERLINK(1) Vi" in words and "Điển hình được chấp nhận" in words


def test_the_periodic_job_drafts_the_last_quarter_once(commune, other_commune):
    year, quarter = quarters.last_finished_quarter(timezone.localdate())
    open_month(commune=commune, on=quarters.quarter_range(year, quarter).first)
    run_tick_callbacks()
    run_tick_callbacks()
    sweep_jobs()
    sweep_jobs()
    assert list(PeriodReport.objects.values_list("commune_id", "year", "quarter")) == [(commune.pk, year, quarter)]
    assert Job.objects.filter(kind="reports.draft", state=Job.DONE).count() == 1


def test_pages_open_for_permitted_roles(sent, signed_in):
    for login in ("vanphong", "vanthu", "chutich", "phongnoivu"):
        browser = signed_in(login)
        page = browser.get(f"/bao-cao/{sent.pk}/").content.decode()
        assert "01/BC-UBND" in page and "Đã gửi cấp trên" in page
        assert ("Xác nhận đã nhận" in page) == (login == "phongnoivu")
        assert "Tiền thưởng do xã chi (đồng)</th>" in page and "1.520.000 đồng" not in page
        assert "Đơn vị chưa gửi" in browser.get(f"/bao-cao/{sent.pk}/so-lieu/units_silent/").content.decode()
        assert browser.get(f"/bao-cao/{sent.pk}/so-lieu/khong-co/").status_code == 404
    assert signed_in("thon1").get(f"/bao-cao/{sent.pk}/").status_code == 403


def test_figures_take_the_same_number_of_queries_at_3_and_30(
    report, commune, office, period, user, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = Person.objects.get(full_name="Vi Văn Thành")
    counts = []
    for extra in (3, 27):
        for _ in range(extra):
            Exemplar.objects.create(
                commune=commune, unit=person.unit, period=period, state="accepted", person=person, kind="person",
                field=Field.objects.first(), deed=DEED, created_by=office,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as caught:
            assert value(report, "exemplars") == (3 if extra == 3 else 30)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_last_finished_quarter():
    assert quarters.quarter_range(2026, 4) == quarters.DateRange(date(2026, 10, 1), date(2026, 12, 31))
    assert [quarters.last_finished_quarter(day) for day in (date(2026, 1, 5), date(2026, 11, 23))] == [
        (2025, 4),
        (2026, 3),
    ]


def test_awards_of_all_kinds_are_counted_and_giay_khen_apart(commune):
    em, thanh = (Person.objects.get(full_name=name) for name in ("Đỗ Thị Êm", "Vi Văn Thành"))
    paper = factories.decided_awards(commune, ("LDTT", em, 2025), ("GKX", thanh, 2026))
    for decision in paper.decisions.all():
        factories.sign_and_issue(commune, decision)
    counted = quarter_figures(commune.pk, 2026, 4)
    keys = ("granted", "granted_person", "granted_women", "granted_direct", "awards", "titles_LDTT", "money")
    values = {key: figure_by_key(counted, key)["value"] for key in keys}
    assert values == {
        "granted": 2, "granted_person": 2, "granted_women": 1, "granted_direct": 1, "awards": 1, "titles_LDTT": 1,
        "money": 1_520_000,
    }  # fmt: skip
    assert sum(row[3] for row in counted["by_unit"]) == 2
