"""Letters, from the directive to the acknowledgement by every unit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.directives.actions.directive import receive_directive
from campaigns.directives.actions.duty import DutyText, edit_duty
from campaigns.directives.actions.letter import (
    acknowledge_letter,
    letter_approval,
    start_letter,
)
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.papers import letter_paper
from campaigns.directives.queries.letter import reach_of
from campaigns.directives.queries.outlines import known_directives
from campaigns.tests.campaign_steps import METHODS
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.documents.engines import html
from emulation.documents.models import IssuedDocument
from tests.html import page_of, paper_text

DAY = date(2026, 11, 20)
CODES = ["(b/c)", "(b/c)", "(p/h)", "(c/đ)", "(t/h)", "(t/h)", "(t/h)", "(t/h)"]


@pytest.fixture
def directive(commune, office):
    return receive_directive(by=office, commune=commune, **known_directives()["1757/UBND-NV"])


@pytest.fixture
def letter(office, directive):
    return start_letter(by=office, directive=directive)


@pytest.fixture
def approved(office, chair, letter):
    letter_approval.submit(letter, by=office)
    return letter_approval.approve(letter, by=chair)


@pytest.fixture
def issued(clerk, approved):
    return letter_approval.issue(approved, by=clerk, issued_on=DAY)


def texts(letter):
    return {name: getattr(letter, name) for name in Letter.EDITABLE}


def test_the_letter_is_prefilled_from_the_directive(letter):
    paper = letter_paper(letter, DAY)
    assert paper.addressees == ("Hội đồng Thi đua - Khen thưởng xã", "Trưởng các thôn", "Hiệu trưởng các trường học")
    assert paper.recipients[0] == "Như trên"
    assert [line[-5:] for line in paper.recipients[1:-1]] == CODES
    assert paper.recipients[-1] == "Lưu: VT, VHXH"
    assert [block.number for block in paper.body if type(block).__name__ == "Clause"] == [1, 2, 3, 4]
    assert "Chỉ thị số 04-CT/TU ngày 28 tháng 5 năm 2021 của Ban Thường vụ Tỉnh ủy" in paper.subject
    text = paper_text(html.paper_html(paper))
    for fact in (
        "04-CT/TU",
        "1757/UBND-NV",
        "07 tháng 9 năm 2021",
        "58-NQ/TW",
        "Lê Đăng Trường",
        "TM. ỦY BAN NHÂN DÂN",
    ):
        assert fact in text


def test_a_directive_is_registered_once_with_dates_in_order(commune, office, directive):
    seed = known_directives()["1757/UBND-NV"]
    with pytest.raises(RuleBroken, match="đã được ghi rồi"):
        receive_directive(by=office, commune=commune, **seed)
    with pytest.raises(RuleBroken, match="Ngày đến không thể trước") as broken:
        receive_directive(by=office, commune=commune, **{**seed, "symbol": "2", "received_on": date(2021, 1, 1)})
    assert broken.value.field == "received_on"
    assert Directive.objects.count() == 1


def test_one_directive_has_one_letter(office, directive, letter):
    with pytest.raises(RuleBroken, match="đã có công văn triển khai"):
        start_letter(by=office, directive=directive)


def test_issuing_numbers_the_letter_and_creates_receipts(issued, user):
    assert (issued.state, issued.document.reference, issued.document.issued_on) == ("issued", "01/UBND-VHXH", DAY)
    assert issued.receipts.count() == 14
    assert not issued.receipts.filter(unit__code="vanphong").exists()
    assert "từ trên" not in issued.document.html
    receipt = issued.receipts.get(unit__code="thon1")
    with pytest.raises(NotAllowed):
        acknowledge_letter(by=user("thon2"), receipt=receipt)
    acknowledge_letter(by=user("thon1"), receipt=receipt)
    assert (receipt.state, receipt.received_by) == ("received", user("thon1"))
    with pytest.raises(RuleBroken, match="đã xác nhận rồi"):
        acknowledge_letter(by=user("thon1"), receipt=receipt)


@pytest.mark.parametrize(
    ("verb", "login", "state", "error", "message"),
    [
        ("save", "thon1", "draft", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
        ("save", "vanphong", "submitted", RuleBroken, "đã trình nên không sửa được"),
        ("submit", "vanthu", "draft", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
        ("submit", "vanphong", "approved", RuleBroken, "đã trình rồi"),
        ("approve", "vanphong", "submitted", NotAllowed, "dành cho Chủ tịch UBND xã"),
        ("approve", "chutich", "draft", RuleBroken, "cần ở “Chờ Chủ tịch duyệt”"),
        ("return", "vanphong", "submitted", NotAllowed, "dành cho Chủ tịch UBND xã"),
        ("return", "chutich", "approved", RuleBroken, "cần ở “Chờ Chủ tịch duyệt”"),
        ("issue", "vanphong", "approved", NotAllowed, "dành cho Văn thư"),
        ("issue", "vanthu", "submitted", RuleBroken, "đã được Chủ tịch duyệt"),
        ("preview", "thon1", "draft", NotAllowed, "dành cho"),
    ],
)
def test_each_step_refuses_other_users_and_states(user, letter, verb, login, state, error, message):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    letter.refresh_from_db()
    extra = {"save": texts(letter), "return": {"reason": "Sửa."}, "issue": {"issued_on": DAY}}.get(verb, {})
    with pytest.raises(error) as refused:
        getattr(letter_approval, METHODS.get(verb, verb))(letter, by=user(login), **extra)
    assert message in (refused.value.reason if error is NotAllowed else refused.value.message)
    letter.refresh_from_db()
    assert (letter.state, letter.document) == (state, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"addressees": ""}, "addressees"),
        ({"recipients": ""}, "recipients"),
        ({"signer": ""}, "signer"),
        ({"tasks_1": "", "tasks_2": "", "tasks_3": "", "tasks_4": ""}, "tasks_1"),
    ],
)
def test_an_incomplete_draft_is_saved_but_not_submitted(office, letter, change, field):
    letter_approval.save(letter, by=office, **{**texts(letter), **change})
    with pytest.raises(RuleBroken, match="Công văn c") as broken:
        letter_approval.submit(letter, by=office)
    assert (broken.value.field, letter.state) == (field, "draft")


def test_returned_with_a_reason_and_sent_again(office, chair, letter):
    letter_approval.submit(letter, by=office)
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        letter_approval.send_back(letter, by=chair, reason="  ")
    letter_approval.send_back(letter, by=chair, reason="Bớt chữ ở mục 2.")
    assert (letter.return_reason, letter.returned_by) == ("Bớt chữ ở mục 2.", chair.full_name)
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        letter_approval.submit(letter, by=office)
    duty = letter.directive.duties.get(code="D1")
    text = DutyText(duty.words, duty.performers, due_on=date(2027, 3, 15))
    edit_duty(by=office, duty=duty, text=text)
    letter_approval.submit(letter, by=office)
    assert (letter.state, letter.return_reason, letter.earlier_return_reason) == ("submitted", "", "Bớt chữ ở mục 2.")
    (changed,) = letter_approval.changes(letter)
    assert changed.label == "Việc giao các đơn vị" and "hạn 15/03/2027" in changed.new
    assert "hạn 15/03/2027" not in changed.old


def test_a_letter_is_not_issued_in_the_future(clerk, approved):
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        letter_approval.issue(approved, by=clerk, issued_on=date(2099, 1, 1))


def test_a_stale_form_of_the_letter(office, letter):
    seen = letter.version
    letter_approval.save(letter, by=office, seen=seen, **{**texts(letter), "subject": "Trích yếu mới"})
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        letter_approval.save(letter, by=office, seen=seen, **texts(letter))
    letter.refresh_from_db()
    assert letter.subject == "Trích yếu mới"


def test_the_page_shows_the_units_before_issue(letter, office, signed_in):
    """The office sees which units "Nơi nhận" leaves out while it can still be corrected."""
    browser = signed_in("vanphong")
    message = "Khi ban hành, công văn đến những đơn vị nào?"

    def page(recipients):
        Letter.objects.filter(pk=letter.pk).update(recipients=recipients)
        return page_of(browser.get(letter.get_absolute_url()))

    some = page("Trưởng các thôn (t/h)\nTrạm Y tế xã (t/h)\nLưu: VT")
    assert message in some and "Giao cho <b>7</b> đơn vị: Thôn 1" in some
    assert "Không đến:" in some and "<b>Trường THCS Bình Lương</b>" in some
    whole = page("Các thôn, trường học, Trạm Y tế, đoàn thể\nLưu: VT")
    assert "Giao cho <b>14</b> đơn vị" in whole and "Không đến:" not in whole


@pytest.mark.parametrize(
    "recipients", ["Trưởng các thôn (t/h)\nLưu: VT", "Các thôn, đoàn thể", "Lưu: VT", "Như trên\nLưu: VT"]
)
def test_the_letter_reaches_the_units_shown_before_issue(approved, clerk, recipients):
    Letter.objects.filter(pk=approved.pk).update(recipients=recipients)
    approved.refresh_from_db()
    expected = reach_of(approved, DAY).reached
    letter_approval.issue(approved, by=clerk, issued_on=DAY)
    assert {receipt.unit for receipt in approved.receipts.select_related("unit")} == set(expected)


def test_not_issued_before_the_directive_is_received(approved, clerk):
    Directive.objects.update(received_on=DAY + timedelta(days=1))
    with pytest.raises(RuleBroken, match="Văn bản chỉ đạo đến ngày") as refused:
        letter_approval.issue(approved, by=clerk, issued_on=DAY)
    assert refused.value.field == "issued_on" and not IssuedDocument.objects.exists()


def test_all_steps_on_the_pages(signed_in, commune):
    office, chair, clerk, head = (signed_in(login) for login in ("vanphong", "chutich", "vanthu", "thon1"))
    data = {
        "symbol": "1757/UBND-NV", "issued_on": "07/09/2021", "issuer": "Chủ tịch UBND huyện Như Xuân",
        "subject": "Giao triển khai Chỉ thị", "received_on": "09/09/2021", "once": "e" * 20,
    }  # fmt: skip
    for _ in range(2):
        office.post(reverse("campaigns:receive_directive"), data)
    directive = Directive.objects.get()
    assert "Soạn công văn triển khai" in page_of(office.get(directive.get_absolute_url()))
    office.post(reverse("campaigns:start_letter", args=[directive.pk]))
    letter = Letter.objects.get()
    assert "04-CT/TU" in page_of(office.get(reverse("campaigns:edit_letter", args=[letter.pk])))
    preview = office.post(reverse("campaigns:preview_letter", args=[letter.pk]), follow=True)
    assert preview.status_code == 200
    assert preview.redirect_chain[0][0].startswith("/van-ban/nhap/")
    office.post(reverse("campaigns:submit_letter", args=[letter.pk]), {"seen": letter.version})
    assert head.get(letter.get_absolute_url()).status_code == 404
    chair.post(reverse("campaigns:approve_letter", args=[letter.pk]))
    issue = reverse("campaigns:issue_letter", args=[letter.pk])
    early = clerk.post(issue, {"issued_on": format_date(timezone.localdate() - timedelta(days=1))})
    assert early.status_code == 422 and "không được trước ngày Chủ tịch duyệt" in page_of(early)
    assert not IssuedDocument.objects.exists()
    clerk.post(issue, {"issued_on": format_date(timezone.localdate())})
    letter.refresh_from_db()
    assert letter.state == "issued"
    page = page_of(head.get(letter.get_absolute_url()))
    receipt = LetterReceipt.objects.get(letter=letter, unit__code="thon1")
    assert reverse("campaigns:acknowledge", args=[receipt.pk]) in page
    assert "Đơn vị nào đã nhận?" not in page
    head.post(reverse("campaigns:acknowledge", args=[receipt.pk]))
    assert head.get(letter.document.get_absolute_url()).status_code == 200
    assert "1/14" in page_of(office.get(reverse("campaigns:letters")))
    assert signed_in("thon2").post(reverse("campaigns:acknowledge", args=[receipt.pk])).status_code == 404
