"""What pages, forms and notifications say of an award after its amendment: the words in force, whose, what is to be done."""

import pytest
from django.urls import reverse

from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award, AwardSupplement
from commendations.queries.amendment import is_whole_decision
from commendations.queries.award import register_rows, search_register
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.notices.models import Notification
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
CORRECT = "Vi Văn Thanh"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def correct(decision):
    new = {"name": CORRECT, "recipient": f"Ông {CORRECT}"}
    return amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], **new)


def hand_over(by, award):
    return record_award_handover(by=by, award=award, received_by=award.name, received_on=factories.HELD_ON)


def notice_of(login, amendment):
    return Notification.objects.get(user__username=login, text__contains=amendment.document.reference)


@pytest.mark.parametrize("act", ["hand_over", "recover_award"])
def test_the_forms_of_a_corrected_award_have_the_corrected_name(act, decision, office, signed_in):
    award = award_named(PERSON)
    hand_over(office, award)
    correct(decision)
    page = signed_in("vanphong").get(reverse(f"commendations:{act}", args=[award.pk])).content.decode()
    assert CORRECT in page and PERSON not in page
    assert str(award_named(PERSON)).startswith(CORRECT)


def test_a_unit_is_notified_of_the_new_name_and_of_the_certificate_to_exchange(decision, office):
    award = award_named(PERSON)
    hand_over(office, award)
    notice = notice_of(f"thon{award.unit.name[-1]}", correct(decision))
    assert f"của {CORRECT} (đã ghi: {PERSON}) theo {award.decision.document.dated}: Công văn" in notice.text
    assert f"Thu giấy khen, bằng cũ, trao bản cấp lại: {PERSON} ({PERSON} nhận ngày" in notice.text
    assert notice.link == award.get_absolute_url()


def own_names(unit):
    return list(Award.objects.filter(unit=unit).order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("name", [PERSON, "Hộ gia đình Lê Văn Bảy"])
def test_each_unit_is_notified_of_its_own_awards_alone(name, decision, signed_in):
    amendment = amendment_steps.issued(decision, Amendment.CANCELLATION)
    unit = award_named(name).unit
    notice = notice_of(f"thon{unit.name[-1]}", amendment)
    everybody = Award.objects.order_by("pk").values_list("name", flat=True)
    assert own_names(unit) == [one for one in everybody if one in notice.text] != list(everybody)
    page = signed_in(f"thon{unit.name[-1]}").get(notice.link).content.decode()
    assert name in page


def test_the_form_and_the_page_of_a_supplement_name_the_title_and_the_sum(commune, signed_in):
    person = Person.objects.get(full_name="Đỗ Thị Êm")
    for code in ("CSTDCS", "LDTT"):
        paper = factories.decided_awards(commune, (code, person, 2026))
        factories.sign_and_issue(commune, paper.decisions.get())
    higher = Award.objects.get(award_code="CSTDCS")
    amendment = amendment_steps.issued(higher.decision, Amendment.CANCELLATION)
    due = AwardSupplement.objects.get()
    browser = signed_in("vanthu")
    form = page_of(browser.get(reverse("commendations:answer_supplement", args=[due.pk])))
    assert "<b>760.000 đồng</b> chi bổ sung cho danh hiệu Lao động tiên tiến" in form
    assert due.reason in form and "Danh sách chi bổ sung để ký" in form
    sentence = f"chi thêm 760.000 đồng cho danh hiệu Lao động tiên tiến năm 2026: {due.reason}"
    assert sentence in page_of(browser.get(amendment.get_absolute_url()))
    assert "Khi quyết định không chi: cùng thời gian" in page_of(browser.get(due.award.decision.get_absolute_url()))


def test_a_unit_reads_where_the_certificate_and_the_money_go(decision, office, signed_in):
    award = award_named(PERSON)
    hand_over(office, award)
    login = f"thon{award.unit.name[-1]}"
    amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    assert "Nộp lại Văn phòng hoặc" in page_of(signed_in(login).get(award.get_absolute_url()))
    assert "Nộp lại Văn phòng hoặc" not in page_of(signed_in("vanphong").get(award.get_absolute_url()))


def test_the_rest_of_a_decision_is_the_whole_of_it_before_and_after_the_issue(decision):
    first = amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    rest = amendment_steps.draft(decision, Amendment.CANCELLATION)
    assert is_whole_decision(rest)
    amendment_steps.issue_draft(rest, factories.HELD_ON)
    assert is_whole_decision(rest) and not is_whole_decision(first)


@pytest.mark.parametrize("written", ["{0}/QĐ-UBND", "{0}", "{0}/qd-ubnd"])
def test_the_register_finds_a_decision_by_its_number_as_papers_write_it(written, decision, office):
    words = written.format(decision.document.reference.partition("/")[0])
    found = search_register(register_rows(office), words)
    assert {award.decision_id for award in found} == {decision.pk}
    assert not search_register(register_rows(office), "99/QĐ-UBND")


def test_the_page_of_a_decision_marks_the_certificates_that_have_ended(decision, signed_in):
    correct(decision)
    amendment_steps.issued(decision, Amendment.CANCELLATION, [HOUSEHOLD])
    page = page_of(signed_in("vanphong").get(decision.document.get_absolute_url()))
    listed = page.partition("Văn bản kèm theo")[2].partition("</section>")[0].split("<li>")
    marks = {end: [row for row in listed if end in row] for end in ("Đã hủy", "Được thay thế")}
    assert [HOUSEHOLD in row for row in marks["Đã hủy"]] == [True]
    assert [f"Ông {PERSON}" in row for row in marks["Được thay thế"]] == [True]
    assert sum(CORRECT in row for row in listed) == 1


def test_the_form_names_whom_to_choose_as_a_sentence_does(decision, signed_in):
    page = page_of(signed_in("vanphong").get(reverse("commendations:start_amendment", args=[decision.pk])))
    assert "02. hộ gia đình Lê Văn Bảy, Thôn 1, xã Bình Lương" in page and "Thôn 2, xã Bình Lương" in page
