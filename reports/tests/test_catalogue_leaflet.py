"""The leaflet and the workbook of a day: their content, their rendering, their permissions."""

import re
import subprocess
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from emulation.core import content_store
from emulation.documents.engines import booklet as engine
from emulation.documents.models import RenderedDraft
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.legal.catalogue import listing
from emulation.legal.engine.law import NoValue
from emulation.legal.engine.loader import regime_on, shipped_statutes
from reports.papers import catalogue_leaflet
from reports.papers.catalogue_workbook import catalogue_workbook

PAGE = "/phap-luat/to-tra-cuu/"
STATE = f"{PAGE}tien-do/"
MAKE = f"{PAGE}lap/"
FILE = f"{PAGE}tep/"
SHEET = "/phap-luat/danh-muc.xlsx"
TOO_EARLY = "Phần mềm giữ quy định từ ngày 01/07/2018."
AUTUMN = date(2026, 11, 15)
MADE = datetime(2026, 11, 15, 8, 5)


def entries_of(sections):
    """The entries of the sections of a booklet, in order."""
    return [entry for section in sections for entry in section.leaves]


def leaflet(day):
    """The booklet of a day, and its entries by title."""
    pages = catalogue_leaflet.catalogue_booklet(shipped_statutes().law, regime_on(day), day, "UBND xã Bình Lương", MADE)
    return pages, {entry.title: entry for entry in entries_of(pages.bundles)}


def catalogue_entries(law, day):
    """The entries of the catalogue, in order."""
    return [entry for section in listing.catalogue_sections(law, day) for entry in section.entries]


# ── the leaflet ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "day", [date(2018, 7, 1), date(2023, 12, 31), date(2024, 1, 1), date(2025, 7, 1), AUTUMN, date(2027, 3, 1)]
)
def test_every_award_of_the_day_has_one_block(day):
    law = shipped_statutes().law
    pages, found = leaflet(day)
    entries = catalogue_entries(law, day)
    assert [entry.title for entry in entries_of(pages.bundles[2:])] == [entry.name for entry in entries]
    for entry in entries:
        labels = [line.label for line in found[entry.name].lines]
        assert labels[0] == "Người quyết định"
        if entry.decider.here == "none":
            assert labels == ["Người quyết định"]
        else:
            assert any(label.startswith("Điều kiện") for label in labels)
            assert sum(label.startswith("Tiền thưởng, ") for label in labels) == len(entry.sums)


def test_the_leaflet_has_its_day_its_time_of_creation_and_unconfirmed_marks():
    pages, found = leaflet(AUTUMN)
    assert pages.since == "áp dụng từ ngày 01/10/2026 đến 28/02/2027"
    assert pages.about == (
        "Tra cho ngày 15/11/2026: Luật năm 2022 đã sửa đổi, bổ sung bởi Luật số 06/2026/QH16.",
        "Lập lúc 08:05 ngày 15/11/2026 từ bộ quy định của phần mềm Sổ Vàng.",
    )
    assert (
        pages.warnings[0].startswith("Chưa xác nhận theo Luật số 06/2026/QH16") and "chưa xác nhận" in pages.warnings[1]
    )
    money = {line.label: line for line in found["Giấy khen của Chủ tịch Ủy ban nhân dân xã"].lines}
    assert money["Tiền thưởng, cá nhân"].says == ("0,3 × 2.530.000 = 759.000 → 760.000 đồng",)
    assert money["Tiền thưởng, cá nhân"].mark == "chưa xác nhận"
    sure = {line.label: line for line in found["Chiến sĩ thi đua cơ sở"].lines}
    assert sure["Tiền thưởng, cá nhân"].mark == "" and sure["Biểu quyết"].mark == "chưa xác nhận"
    assert leaflet(date(2025, 7, 1))[0].warnings == (catalogue_leaflet.MARK_EXPLANATION,)


def test_shared_conditions_are_printed_once_and_referred_to_by_number():
    pages, found = leaflet(AUTUMN)
    shared = [line.label for line in pages.bundles[1].leaves[0].lines]
    assert shared[0] == "1. Không có việc đang xem xét, xác minh" and len(shared) == 5
    assert found["Giấy khen của Chủ tịch Ủy ban nhân dân xã"].lines[4].says == (
        "số 1 (cá nhân, tập thể), số 2 (cá nhân), số 4 (tập thể), số 5",
    )
    text = engine.booklet_html(pages)
    assert text.count("Hết thời hạn kỷ luật") == 1


def test_there_is_no_leaflet_before_the_first_day():
    with pytest.raises(NoValue):
        leaflet(date(2018, 6, 30))


def test_html_in_the_name_of_the_commune_is_escaped():
    pages = catalogue_leaflet.catalogue_booklet(shipped_statutes().law, None, AUTUMN, "<script>alert(1)</script>")
    assert "<script>" not in engine.booklet_html(pages) and "&lt;script&gt;" in engine.booklet_html(pages)


# ── the background job ────────────────────────────────────────────────────────────────────────────


def request_file(browser, day="15/11/2026"):
    answer = browser.post(MAKE, {"ngay": day})
    assert answer.status_code == 302 and answer["Location"] == f"{PAGE}?ngay={day}"


def pdf_text(data, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def test_the_file_is_requested_rendered_and_downloaded(signed_in, tmp_path):
    browser = signed_in("thon1")
    assert "Lập tệp PDF" in browser.get(PAGE, {"ngay": "15/11/2026"}).content.decode()
    assert browser.get(FILE, {"ngay": "15/11/2026"}).status_code == 404
    request_file(browser)
    request_file(browser)
    job = Job.objects.get(kind="reports.leaflet")
    waiting = browser.get(STATE, {"ngay": "15/11/2026"}).content.decode()
    assert "Đang lập" in waiting and "hx-get" in waiting and "<progress" in waiting and "Lập tệp PDF" not in waiting
    assert run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.DONE, 3, 3)
    ready = browser.get(PAGE, {"ngay": "15/11/2026"}).content.decode()
    assert "Tải tệp PDF" in ready and "hx-get" not in ready
    answer = browser.get(FILE, {"ngay": "15/11/2026"})
    data = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf" and data.startswith(b"%PDF-")
    assert "danh-muc-khen-thuong-2026-11-15.pdf" in answer["Content-Disposition"]
    printed = pdf_text(data, tmp_path)
    for text in ("áp dụng từ ngày 01/10/2026 đến 28/02/2027", "Lập lúc", "chưa xác nhận", "Chưa xác nhận", "Trang 1/"):
        assert text in printed
    flat = re.sub(r"\s+", " ", printed)
    assert all(shipped_statutes().law.award_name(code, AUTUMN) in flat for code in shipped_statutes().law.awards)
    assert "0,6 × 2.530.000 = 1.518.000 → 1.520.000 đồng" in flat


def test_a_second_request_renders_nothing_and_another_day_is_another_file(signed_in):
    browser = signed_in("vanphong")
    request_file(browser)
    job = Job.objects.get(kind="reports.leaflet")
    run_job(job.pk)
    before = RenderedDraft.objects.get()
    Job.objects.update(state=Job.QUEUED)
    run_job(job.pk)
    assert RenderedDraft.objects.get() == before and content_store.verify(before.file)
    request_file(browser, "01/07/2025")
    assert Job.objects.filter(kind="reports.leaflet").count() == 2
    assert browser.get(FILE, {"ngay": "01/07/2025"}).status_code == 404


def test_another_commune_has_its_own_leaflet(signed_in, other_commune):
    request_file(signed_in("vanphong"))
    run_job(Job.objects.get(kind="reports.leaflet").pk)
    other = other_commune.identity_on(timezone.localdate())
    other.issuer = "ỦY BAN NHÂN DÂN XÃ LẠ"
    other.save()
    assert signed_in("la-vanphong").get(FILE, {"ngay": "15/11/2026"}).status_code == 404


def test_a_failed_job_can_be_requested_again(signed_in):
    browser = signed_in("vanphong")
    request_file(browser)
    Job.objects.update(state=Job.FAILED)
    assert "Chưa lập được." in browser.get(PAGE, {"ngay": "15/11/2026"}).content.decode()
    request_file(browser)
    assert Job.objects.get(kind="reports.leaflet").state == Job.QUEUED


@pytest.mark.parametrize("day", ["30/06/2018", "01/01/1900"])
def test_there_is_no_file_before_the_first_catalogue_day(signed_in, day):
    browser = signed_in("vanphong")
    assert TOO_EARLY in browser.get(PAGE, {"ngay": day}).content.decode()
    request_file(browser, day)
    assert not Job.objects.filter(kind="reports.leaflet").exists()
    assert browser.get(FILE, {"ngay": day}).status_code == 404
    assert browser.get(SHEET, {"ngay": day})["Location"] == f"/phap-luat/danh-muc/?ngay={day}"


def test_an_invalid_day_is_shown_as_error_and_requests_nothing(signed_in):
    browser = signed_in("vanphong")
    page = browser.get(PAGE, {"ngay": "31/02/2026"}).content.decode()
    assert "Tháng 2 năm 2026 không có ngày 31." in page and 'value="31/02/2026"' in page
    assert browser.post(MAKE, {"ngay": "31/02/2026"}).status_code == 302
    assert not Job.objects.filter(kind="reports.leaflet").exists()


# ── the workbook ─────────────────────────────────────────────────────────────────────────────────


def book_of(data):
    with ZipFile(BytesIO(data)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [book.read(f"xl/worksheets/sheet{place}.xml").decode() for place in range(1, len(names) + 1)]
        return names, sheets, book.read("xl/sharedStrings.xml").decode()


def test_the_workbook_has_a_sheet_per_topic(signed_in):
    answer = signed_in("thon1").get(SHEET, {"ngay": "15/11/2026"})
    assert answer.status_code == 200 and "danh-muc-khen-thuong-2026-11-15.xlsx" in answer["Content-Disposition"]
    names, sheets, words = book_of(answer.content)
    assert names == ["Danh mục", "Điều kiện", "Hồ sơ", "Tiền thưởng", "Căn cứ"]
    assert not any("<f>" in sheet for sheet in sheets)
    for text in (
        "Tra cho ngày 15/11/2026", "Lập lúc", "chưa xác nhận", "Chưa xác nhận theo Luật số 06/2026/QH16", "áp dụng từ ngày 01/10/2026",
        "Giấy khen của Chủ tịch Ủy ban nhân dân xã", "Từ 70% cá nhân đạt Lao động tiên tiến.", "Báo cáo tóm tắt thành tích", "căn cứ của tờ trình",
        "điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP",
    ):  # fmt: skip
        assert text in words, text


def test_the_workbook_has_a_row_for_every_award_condition_and_sum():
    law = shipped_statutes().law
    data = catalogue_workbook(law, regime_on(AUTUMN), AUTUMN, MADE, [], "UBND xã")
    _, sheets, _ = book_of(data)
    head = 2 + 2 + 2 + 1  # owner and title, about, warnings, column heads
    rows = [len(re.findall(r"<row ", sheet)) - head for sheet in sheets]
    conditions = 0
    for code, award in law.awards.items():
        conditions += sum(len(law.conditions(code, subject, AUTUMN)) for subject in award.subjects)
    sums = sum(len(entry.sums) for entry in catalogue_entries(law, AUTUMN))
    assert rows[:2] == [len(law.awards), conditions] and rows[3] == sums
    assert all(f"<v>{amount}</v>" in sheets[3] for amount in (760_000, 1_140_000, 1_520_000, 2_530_000))


def test_text_that_looks_like_a_formula_is_written_as_text():
    data = catalogue_workbook(shipped_statutes().law, None, AUTUMN, MADE, [], "=1+1")
    _, sheets, words = book_of(data)
    assert "=1+1" in words and not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize("url", [PAGE, FILE, SHEET, STATE])
def test_visitors_are_redirected_to_sign_in(commune, client, url):
    answer = client.get(url)
    assert answer.status_code == 302 and "dang-nhap" in answer["Location"]
