"""Tasks of a directive: editing, assignment with the letter, reports, review; the board."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from campaigns.directives.actions.directive import receive_directive
from campaigns.directives.actions.duty import DutyText, add_duty, edit_duty, move_duty, remove_duty
from campaigns.directives.actions.duty_report import (
    DutyReportText,
    accept_duty_report,
    report_duties,
    report_own_duties,
    return_duty_report,
)
from campaigns.directives.actions.letter import (
    acknowledge_letter,
    letter_approval,
    start_letter,
)
from campaigns.directives.actions.recipient import acknowledge_above, record_received
from campaigns.directives.models.duty import Duty, DutyReport, DutyReportFile, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.queries import duty as queries
from campaigns.directives.queries.duty_board import duty_board, rows_by_duty
from campaigns.directives.queries.outlines import known_directives
from campaigns.directives.rules.duty import MARK_WORDS, DutyFacts, DutyMark, mark_duty
from campaigns.seeds.duties import drawn_page
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.core.references import keep_references
from emulation.notices.models import Notification
from tests.html import page_of
from villages.models import Unit

ISSUED = date(2026, 11, 16)  # a Monday
REPORT_TEXT = DutyReportText("Họp thôn phổ biến, 86 hộ dự.", ISSUED)
MORE_TEXT = DutyReportText("Họp thôn phổ biến, 86 hộ dự; kế hoạch của thôn gửi kèm.", ISSUED)


@pytest.fixture
def directive(commune, office):
    return receive_directive(by=office, commune=commune, **known_directives()["1757/UBND-NV"])


@pytest.fixture
def letter(office, directive):
    return start_letter(by=office, directive=directive)


@pytest.fixture
def issued(office, chair, clerk, letter):
    letter_approval.submit(letter, by=office)
    letter_approval.approve(letter, by=chair)
    return letter_approval.issue(letter, by=clerk, issued_on=ISSUED)


@pytest.fixture
def receipt(issued, village_head):
    found = issued.receipts.get(unit__code="thon1")
    return acknowledge_letter(by=village_head, receipt=found)


def ids(receipt, *codes):
    return list(receipt.duties.filter(duty__code__in=codes).values_list("pk", flat=True))


def text_of(duty, **change):
    facts = {"words": duty.words, "performers": duty.performers, "group": duty.group, "code": duty.code}
    return DutyText(**{**facts, **change})


# ── the rule ─────────────────────────────────────────────────────────────────────────────────────
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.sampled_from(["waiting", "reported", "accepted", "returned"]),
    DAYS,
    DAYS,
    st.booleans(),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_every_task_has_one_mark_with_a_word(state, due, reported, cannot, on):
    found = mark_duty(DutyFacts(state, due, reported, cannot), on)
    assert found in MARK_WORDS and found is not DutyMark.none
    if state != "accepted":
        assert found not in (DutyMark.on_time, DutyMark.late, DutyMark.cannot)
    if found is DutyMark.silent:
        assert state == "waiting" and due is not None and due < on
    if found is DutyMark.late:
        assert due is not None and reported is not None and reported > due


def test_no_task_is_no_mark():
    assert mark_duty(None, ISSUED) is DutyMark.none


# ── editing ──────────────────────────────────────────────────────────────────────────────────────
def test_the_letter_starts_with_the_27_tasks(letter, directive):
    duties = list(directive.duties.all())
    assert [duty.code for duty in duties] == [f"D{number}" for number in range(1, 28)]
    assert {duty.code for duty in duties if duty.is_aim} == {"D11", "D19", "D20"}
    assert not [duty.code for duty in duties if not duty.is_aim and not duty.performers]


def test_tasks_are_added_edited_moved_and_removed(office, directive, letter):
    added = add_duty(by=office, directive=directive, text=DutyText("Việc mới", ["village"]))
    assert (added.code, added.number) == ("D28", 28)
    move_duty(by=office, duty=added, up=True)
    assert [duty.code for duty in directive.duties.all()][-2:] == ["D28", "D27"]
    first = directive.duties.get(code="D1")
    move_duty(by=office, duty=first, up=True)
    assert directive.duties.first() == first
    for change, field in (({"words": " "}, "words"), ({"performers": []}, "performers"), ({"code": "d2"}, "code")):
        with pytest.raises(RuleBroken) as broken:
            edit_duty(by=office, duty=first, text=text_of(first, **change))
        assert broken.value.field == field
    edit_duty(by=office, duty=first, text=text_of(first, is_aim=True))
    remove_duty(by=office, duty=added)
    assert directive.duties.count() == 27 and directive.duties.get(code="D1").performers == []


def test_tasks_do_not_change_after_the_letter_is_submitted(office, chair, directive, letter, signed_in):
    duty = directive.duties.get(code="D1")
    letter_approval.submit(letter, by=office)
    for act in (
        lambda: add_duty(by=office, directive=directive, text=DutyText("Việc", ["village"])),
        lambda: edit_duty(by=office, duty=duty, text=text_of(duty)),
        lambda: move_duty(by=office, duty=duty, up=False),
        lambda: remove_duty(by=office, duty=duty),
    ):
        with pytest.raises(RuleBroken, match="đã trình"):
            act()
    browser = signed_in("vanphong")
    for name in ("remove_duty", "move_duty_up", "move_duty_down"):
        answer = browser.post(reverse(f"campaigns:{name}", args=[duty.pk]), follow=True)
        assert answer.status_code == 200 and "đã trình" in answer.content.decode()
    assert directive.duties.count() == 27
    letter_approval.send_back(letter, by=chair, reason="Thêm hạn.")
    edit_duty(by=office, duty=duty, text=text_of(duty, due_on=date(2026, 12, 1)))
    with pytest.raises(NotAllowed):
        remove_duty(by=chair, duty=duty)


def test_the_pages_of_editing(signed_in, directive, letter, other_commune):
    office = signed_in("vanphong")
    data = {"words": "Treo cờ", "performers": ["village"], "group": "1", "due_on": "01/12/2026", "once": "d" * 20}
    for _ in range(2):
        office.post(reverse("campaigns:add_duty", args=[directive.pk]), data)
    duty = Duty.objects.get(code="D28")
    assert duty.due_on == date(2026, 12, 1)
    wrong = office.post(reverse("campaigns:edit_duty", args=[duty.pk]), {**data, "performers": [], "words": "Giữ lại"})
    assert wrong.status_code == 422 and "Giữ lại" in wrong.content.decode()
    office.post(reverse("campaigns:move_duty_up", args=[duty.pk]))
    remove = reverse("campaigns:remove_duty", args=[duty.pk])
    for repeated in (False, True):  # the second time in another window
        page = office.post(remove, follow=True)
        assert page.redirect_chain[-1][0] == reverse("campaigns:duties", args=[directive.pk])
        assert ("bạn đã bỏ rồi" in page.content.decode()) is repeated and Duty.objects.count() == 27
    assert signed_in("la-vanphong").post(remove).status_code == 404
    assert office.post(reverse("campaigns:remove_duty", args=[duty.pk + 999])).status_code == 404
    assert signed_in("thon1").get(reverse("campaigns:duties", args=[directive.pk])).status_code == 403


# ── distribution ─────────────────────────────────────────────────────────────────────────────────
def test_each_recipient_line_has_a_state(issued):
    lines = list(issued.lines.all())
    assert [(line.kind, line.code, line.state) for line in lines] == [
        ("superior", "b/c", "waiting"), ("party", "b/c", "waiting"), ("organisations", "p/h", "by_units"),
        ("leaders", "c/đ", "waiting"), ("officials", "t/h", "waiting"), ("schools", "t/h", "by_units"),
        ("station", "t/h", "by_units"), ("villages", "t/h", "by_units"), ("archive", "", "kept"),
    ]  # fmt: skip
    assert [status.received for status in queries.recipient_statuses(issued)] == [0] * 9
    assert [len(status.receipts) for status in queries.recipient_statuses(issued)] == [0, 0, 4, 0, 0, 3, 1, 6, 0]
    assert {line.due_day for line in lines if line.due_day} == {date(2026, 11, 19)}
    assert set(issued.receipts.values_list("due_day", flat=True)) == {date(2026, 11, 19)}


def test_units_get_the_tasks_of_their_kind_and_the_office_the_rest(issued):
    def codes(unit):
        return set(issued.unit_duties.filter(unit__code=unit).values_list("duty__code", flat=True))

    assert codes("phunu") == {"D1", "D27"}
    assert codes("thon1") == codes("thon6") == {f"D{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 27)}
    assert codes("tramyte") == codes("mamnon") == codes("thon1") | {"D17"}
    assert {"D12", "D16", "D18", "D25"} <= codes("vanphong") and "D20" not in codes("vanphong")
    assert not issued.unit_duties.filter(receipt=None).exclude(unit__code="vanphong").exists()


def test_units_informed_only_have_no_tasks(office, chair, clerk, letter):
    names = Letter.EDITABLE
    texts = {name: getattr(letter, name) for name in names}
    recipients = "Trưởng thôn Thôn 2 (t/h)\nTrường THCS Bình Lương (để biết)\nLưu: VT"
    letter_approval.save(letter, by=office, **{**texts, "recipients": recipients})
    letter_approval.submit(letter, by=office)
    letter_approval.approve(letter, by=chair)
    letter_approval.issue(letter, by=clerk, issued_on=ISSUED)
    assert set(letter.receipts.values_list("unit__code", flat=True)) == {"thon2", "thcs"}
    assert set(letter.unit_duties.values_list("unit__code", flat=True)) == {"thon2", "vanphong"}
    thcs = Unit.objects.get(code="thcs")
    duty = Duty.objects.get(code="D3")
    assert "để biết" in queries.reason_not_assigned(letter, thcs, duty)
    assert "không gửi" in queries.reason_not_assigned(letter, Unit.objects.get(code="thon1"), duty)
    assert "mục tiêu" in queries.reason_not_assigned(letter, thcs, Duty.objects.get(code="D11"))


def test_a_letter_that_addresses_no_unit_goes_to_all(office, chair, clerk, letter):
    texts = {name: getattr(letter, name) for name in Letter.EDITABLE}
    letter_approval.save(letter, by=office, **{**texts, "recipients": "Phòng Nội vụ\nLưu: VT"})
    letter_approval.submit(letter, by=office)
    letter_approval.approve(letter, by=chair)
    letter_approval.issue(letter, by=clerk, issued_on=ISSUED)
    assert letter.receipts.count() == 14


def test_the_superior_acknowledges_and_the_office_records_the_others(issued, superior, office, signed_in):
    above = issued.lines.get(kind="superior")
    party = issued.lines.get(kind="party")
    assert "Xác nhận đã nhận công văn" in signed_in("phongnoivu").get("/viec-cua-toi/").content.decode()
    signed_in("phongnoivu").post(reverse("campaigns:acknowledge_above", args=[above.pk]))
    above.refresh_from_db()
    assert (above.state, above.how, above.received_by) == ("received", "app", superior)
    with pytest.raises(RuleBroken, match="không gửi cơ quan cấp trên"):
        acknowledge_above(by=superior, line=party)
    browser = signed_in("vanphong")
    path = reverse("campaigns:record_received", args=[party.pk])
    early = browser.post(path, {"received_on": "01/11/2026", "how": "paper", "note": "Ghi chú giữ"})
    assert early.status_code == 422 and "trước ngày ban hành" in early.content.decode()
    assert "Ghi chú giữ" in early.content.decode()
    assert browser.post(path, {"received_on": "17/11/2026", "how": "app"}).status_code == 422
    assert browser.post(path, {"received_on": "17/11/2026", "how": "zalo"}).status_code == 302
    party.refresh_from_db()
    assert (party.state, party.how, party.received_on) == ("received", "zalo", date(2026, 11, 17))
    with pytest.raises(RuleBroken, match="đã nhận rồi"):
        record_received(by=office, line=party, received_on=date(2026, 11, 17), how="paper")
    assert LetterRecipient.objects.visible_to(superior).count() == 1
    assert signed_in("phongnoivu").get(reverse("campaigns:recipient", args=[party.pk])).status_code == 404


# ── reporting ────────────────────────────────────────────────────────────────────────────────────
def test_several_tasks_with_one_text_then_accepted(receipt, village_head, office, signed_in):
    report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3", "D4"), content=REPORT_TEXT)
    assert {one.state for one in report.duties.all()} == {"reported"}
    assert "Xem báo cáo triển khai" in signed_in("vanphong").get("/viec-cua-toi/").content.decode()
    accept_duty_report(by=office, report=report)
    assert set(receipt.duties.filter(state="accepted").values_list("duty__code", flat=True)) == {"D3", "D4"}
    with pytest.raises(RuleBroken, match="đã được xem"):
        accept_duty_report(by=office, report=report)
    with pytest.raises(RuleBroken, match="đã báo cáo rồi"):
        report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3", "D5"), content=REPORT_TEXT)
    assert DutyReport.objects.count() == 1


def test_returned_tasks_are_reported_again(receipt, village_head, office, signed_in):
    report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3", "D4"), content=REPORT_TEXT)
    with pytest.raises(RuleBroken, match="cần báo thêm gì"):
        return_duty_report(by=office, report=report, duty_ids=ids(receipt, "D4"), reason=" ")
    with pytest.raises(RuleBroken, match="ít nhất một việc"):
        return_duty_report(by=office, report=report, duty_ids=ids(receipt, "D9"), reason="Gửi kế hoạch.")
    return_duty_report(by=office, report=report, duty_ids=ids(receipt, "D4"), reason="Gửi kế hoạch.")
    back = receipt.duties.get(duty__code="D4")
    assert (back.state, back.return_notes) == ("returned", {"reason": "Gửi kế hoạch."})
    assert receipt.duties.get(duty__code="D3").state == "accepted"
    assert LetterReceipt.objects.for_lists().get(pk=receipt.pk).return_reason == "Gửi kế hoạch."
    with pytest.raises(RuleBroken, match="Chưa sửa gì") as unchanged:
        report_duties(by=village_head, receipt=receipt, duty_ids=[back.pk], content=REPORT_TEXT)
    assert (unchanged.value.field, DutyReport.objects.count()) == ("text", 1)
    again = report_duties(by=village_head, receipt=receipt, duty_ids=[back.pk], content=MORE_TEXT)
    page = page_of(signed_in("vanphong").get(again.get_absolute_url()))
    assert "Đã sửa so với báo cáo bị trả lại" in page and REPORT_TEXT.text in page and MORE_TEXT.text in page
    assert LetterReceipt.objects.for_lists().get(pk=receipt.pk).return_reason == ""
    back.refresh_from_db()
    assert (back.state, back.report, back.return_notes) == ("reported", again, {})


@pytest.mark.parametrize(
    ("content", "codes", "field"),
    [
        (DutyReportText(" ", ISSUED), ("D3",), "text"),
        (DutyReportText("Chưa làm", date(2099, 1, 1)), ("D3",), "done_on"),
        (DutyReportText("Làm rồi", date(2026, 11, 1)), ("D3",), "done_on"),
        (REPORT_TEXT, (), "duties"),
        (DutyReportText("Có ảnh", ISSUED, files=[("a.txt", b"la")]), ("D3",), "files"),
        (DutyReportText("Nhiều", ISSUED, files=[("a.pdf", b"%PDF- %%EOF")] * 6), ("D3",), "files"),
    ],
)
def test_invalid_reports_are_refused_and_nothing_changes(receipt, village_head, content, codes, field):
    with pytest.raises(RuleBroken) as broken:
        report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, *codes), content=content)
    assert broken.value.field == field
    assert not DutyReport.objects.exists() and not receipt.duties.exclude(state="waiting").exists()


def test_nobody_reports_for_another_unit(receipt, issued, other_village_head, village_head, office, chair):
    other = issued.receipts.get(unit__code="thon2")
    with pytest.raises(NotAllowed):
        report_duties(by=other_village_head, receipt=receipt, duty_ids=ids(receipt, "D3"), content=REPORT_TEXT)
    with pytest.raises(RuleBroken, match="đơn vị mình"):
        report_duties(by=village_head, receipt=receipt, duty_ids=ids(other, "D3"), content=REPORT_TEXT)
    with pytest.raises(RuleBroken, match="Đã nhận"):
        report_duties(by=other_village_head, receipt=other, duty_ids=ids(other, "D3"), content=REPORT_TEXT)
    report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3"), content=REPORT_TEXT)
    for stranger in (village_head, chair):
        with pytest.raises(NotAllowed):
            accept_duty_report(by=stranger, report=report)


def test_the_chair_reviews_reports_of_the_office(issued, office, chair, village_head):
    own = list(issued.unit_duties.filter(receipt=None, duty__code__in=["D16", "D25"]).values_list("pk", flat=True))
    with pytest.raises(NotAllowed):
        report_own_duties(by=village_head, letter=issued, duty_ids=own, content=REPORT_TEXT)
    report = report_own_duties(by=office, letter=issued, duty_ids=own, content=REPORT_TEXT)
    with pytest.raises(NotAllowed):
        accept_duty_report(by=office, report=report)
    return_duty_report(by=chair, report=report, duty_ids=own[:1], reason="Gửi kế hoạch.")
    assert Letter.objects.for_lists().get(pk=issued.pk).return_reason == "Gửi kế hoạch."
    report = report_own_duties(by=office, letter=issued, duty_ids=own[:1], content=MORE_TEXT)
    assert Letter.objects.for_lists().get(pk=issued.pk).return_reason == ""
    accept_duty_report(by=chair, report=report)
    assert issued.unit_duties.filter(state="accepted").count() == 2


def test_who_waits_for_a_review_reads_whose_turn_it_is(issued, receipt, office, village_head, signed_in):
    report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3"), content=REPORT_TEXT)
    page = page_of(signed_in("thon1").get("/viec-cua-toi/"))
    assert "Văn phòng phụ trách TĐKT, chờ xem" in page and "chính Văn phòng" not in page
    own = list(issued.unit_duties.filter(receipt=None, duty__code="D16").values_list("pk", flat=True))
    report = report_own_duties(by=office, letter=issued, duty_ids=own, content=REPORT_TEXT)
    assert report.next_actor == "Chủ tịch UBND xã"


def test_a_village_head_on_the_pages(issued, signed_in):
    """Acknowledge, report two tasks with a photo; submitting twice makes one report; other units find nothing."""
    head = signed_in("thon1")
    stranger = signed_in("thon2")
    receipt = issued.receipts.get(unit__code="thon1")
    page = head.get(issued.get_absolute_url()).content.decode()
    assert "10 việc chưa báo cáo" in page and reverse("campaigns:duty_board", args=[issued.pk]) not in page
    path = reverse("campaigns:report_duties", args=[receipt.pk])
    assert head.get(path).status_code == 409
    head.post(reverse("campaigns:acknowledge", args=[receipt.pk]))
    first = timezone.localdate() - timedelta(days=2)
    for code, day in (("D3", first + timedelta(days=9)), ("D4", first)):
        receipt.duties.filter(duty__code=code).update(due_day=day)
    todo = page_of(head.get("/viec-cua-toi/"))
    assert path in todo and "1 quá hạn" in todo
    assert LetterReceipt.objects.for_lists().get(pk=receipt.pk).due_on() == first and format_date(first) in todo
    done = timezone.localdate().strftime("%d/%m/%Y")
    data = {"duties": ids(receipt, "D3", "D4"), "text": "Họp thôn, 86 hộ dự.", "done_on": done, "once": "r" * 20}
    wrong = head.post(path, {**data, "duties": [], "once": ""})
    assert wrong.status_code == 422 and "86 hộ dự" in wrong.content.decode()
    assert "hãy chọn lại" not in wrong.content.decode()
    lost = head.post(path, {**data, "duties": [], "once": "", "files": SimpleUploadedFile("anh.png", drawn_page("x"))})
    assert lost.status_code == 422 and "Riêng tệp đã chọn thì hãy chọn lại." in lost.content.decode()
    for _ in range(2):
        photo = SimpleUploadedFile("anh.png", drawn_page("x"))
        assert head.post(path, {**data, "files": photo}).status_code == 302
    report = DutyReport.objects.get()
    file = DutyReportFile.objects.get()
    for url in (
        report.get_absolute_url(),
        reverse("campaigns:report_file", args=[file.pk]),
        UnitDuty.objects.filter(report=report).first().get_absolute_url(),
    ):
        assert head.get(url).status_code == 200
        assert stranger.get(url).status_code == 404
    assert stranger.get(path).status_code == 404
    office = signed_in("vanphong")
    back = reverse("campaigns:return_report", args=[report.pk])
    assert office.post(back, {"duties": [], "reason": "Thiếu."}).status_code == 422
    office.post(back, {"duties": ids(receipt, "D4"), "reason": "Gửi kế hoạch của thôn."})
    assert "Gửi kế hoạch của thôn." in head.get(path).content.decode()


def test_a_task_reported_as_not_possible(receipt, village_head, office, issued):
    content = DutyReportText("Thôn chưa có loa.", ISSUED, cannot=True)
    report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D5"), content=content)
    accept_duty_report(by=office, report=report)
    cells = next(row for row in duty_board(issued, ISSUED) if row.unit.code == "thon1").cells
    assert {cell.duty.code for cell in cells if cell.mark is DutyMark.cannot} == {"D5"}


def test_the_notice_of_an_accepted_report_names_its_tasks(receipt, village_head, office):
    for codes in (("D3",), ("D4", "D5")):
        report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, *codes), content=REPORT_TEXT)
        accept_duty_report(by=office, report=report)
    texts = list(
        Notification.objects.filter(user=village_head, text__contains="được chấp nhận").values_list("text", flat=True)
    )
    words = {duty.code: duty.words.rstrip(".") for duty in Duty.objects.filter(code__in=["D3", "D4"])}
    assert len(texts) == 2 and sum(words["D3"][:60] in text for text in texts) == 1
    assert sum(words["D4"][:60] in text and "và 1 việc khác" in text for text in texts) == 1


# ── the board and what reminders read ────────────────────────────────────────────────────────────
def test_the_board_shows_done_late_and_missing_tasks(receipt, village_head, office, issued, signed_in):
    UnitDuty.objects.filter(duty__code="D3").update(due_day=date(2026, 11, 18))
    for codes, day in ((("D3",), date(2026, 11, 20)), (("D4",), date(2026, 11, 17))):
        report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, *codes), content=REPORT_TEXT)
        UnitDuty.objects.filter(report=report).update(reported_on=day)
        accept_duty_report(by=office, report=report)
    rows = {row.unit.code: row for row in duty_board(issued, date(2026, 11, 24))}
    marks = {cell.duty.code: cell.mark for cell in rows["thon1"].cells}
    assert (marks["D3"], marks["D4"], marks["D5"], marks["D16"]) == (
        DutyMark.late,
        DutyMark.on_time,
        DutyMark.waiting,
        DutyMark.none,
    )
    assert rows["thon6"].counts[DutyMark.silent] == 1 and rows["phunu"].assigned == 2
    page = signed_in("hoidong2").get(reverse("campaigns:duty_board", args=[issued.pk])).content.decode()
    for row in rows.values():
        for cell in row.cells:
            assert f'href="{cell.url}"' in page
    for duty, cells in rows_by_duty(list(rows.values())):
        assert keep_references(duty.words) in page and [cell.duty for _, cell in cells] == [duty] * len(rows)
    assert not re.search(r"\bD\d+\b", strip_tags(page)), "a code of a task on screen"
    empty = next(cell.url for cell in rows["thon1"].cells if cell.mark is DutyMark.none)
    assert "Vì sao ô này trống" in signed_in("vanphong").get(empty).content.decode()
    assert signed_in("thon1").get(reverse("campaigns:duty_board", args=[issued.pk])).status_code == 403


def test_the_board_has_a_constant_number_of_queries(issued, signed_in):
    client = signed_in("vanphong")
    path = reverse("campaigns:duty_board", args=[issued.pk])
    query_counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        query_counts.append(len(caught))
        issued.unit_duties.filter(unit__code__in=["thon1", "thon2", "thcs"]).delete()
    assert abs(query_counts[0] - query_counts[1]) <= 1 and query_counts[0] < 30


def test_open_obligations_of_a_letter(commune, other_commune, issued, receipt):
    UnitDuty.objects.filter(duty__code__in=["D3", "D16"]).update(due_day=date(2026, 11, 18))
    found = queries.unreported_duties(commune.pk, date(2026, 11, 24))
    # The office's own row of D16 has no receipt, so it is not an obligation of a unit.
    unit_ids = UnitDuty.objects.filter(duty__code="D3", receipt__isnull=False).values_list("unit_id", flat=True)
    assert {one.unit_id for one in found} == set(unit_ids) and len(found) == len(unit_ids) == 10
    assert {(one.letter.pk, one.due_on) for one in found} == {(issued.pk, date(2026, 11, 18))}
    assert len(queries.unacknowledged_receipts(commune.pk, date(2026, 11, 24))) == 13
    assert (
        queries.unreported_duties(commune.pk, date(2026, 11, 15))
        == queries.unacknowledged_receipts(commune.pk, ISSUED.replace(day=1))
        == []
    )
    assert queries.unreported_duties(other_commune.pk, date(2026, 11, 24)) == []
    assert LetterReceipt.objects.get(pk=receipt.pk).due_on() is None


def test_a_task_is_named_by_its_words_not_by_its_code(receipt, village_head, signed_in):
    """The codes D1, D2 … are those of the table of tasks; the pages of one task and of one report name what is to be done."""
    report = report_duties(by=village_head, receipt=receipt, duty_ids=ids(receipt, "D3"), content=REPORT_TEXT)
    task = report.duties.select_related("duty").get()
    client = signed_in("vanphong")
    for one in (task, report):
        page = page_of(client.get(one.get_absolute_url()))
        assert task.duty.words[:40] in page and "D3" not in page
    shown = page_of(client.get(task.get_absolute_url())).lower()
    assert shown.count("đã báo, chờ xem") == 1


def test_the_board_names_the_working_day_of_a_task_that_is_due_on_a_day_off(issued, signed_in):
    row = issued.unit_duties.first()
    Duty.objects.filter(pk=row.duty_id).update(due_on=date(2026, 12, 12))  # a Saturday, as the letter has it
    UnitDuty.objects.filter(duty=row.duty_id).update(due_day=date(2026, 12, 14))
    url = reverse("campaigns:duty_board", args=[issued.pk])
    page = page_of(signed_in("vanphong").get(url))
    assert page.count("công văn ghi hạn 12/12/2026 (là ngày nghỉ, tính đến 14/12/2026)") == 1
    UnitDuty.objects.filter(duty=row.duty_id).update(due_day=date(2026, 12, 12))
    assert "ngày nghỉ" not in page_of(signed_in("vanphong").get(url))
