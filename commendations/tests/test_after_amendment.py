"""What is left to do after awards were corrected, replaced or cancelled: exchange, recovery, papers, money, words."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.decision import make_payment_list
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.formatting import date_in_words, format_date
from emulation.documents.blocks.body import Table
from emulation.documents.models import Draft
from tests.html import compact, page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def hand_over(by, name=PERSON):
    return record_award_handover(by=by, award=award_named(name), received_by="Lê A", received_on=factories.HELD_ON)


def recover(by, award, **facts):
    return record_award_recovery(by=by, award=award, recovered_on=factories.HELD_ON, **facts)


# ── the payment list and the register's workbook ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "words", "still_named"),
    [
        (CORRECTION, {"name": "Vi Văn Thanh", "recipient": "Ông Vi Văn Thanh"}, ["Vi Văn Thanh"]),
        (REPLACEMENT, {"place": "Thôn 9"}, []),
        (CANCELLATION, {}, []),
    ],
)
def test_the_payment_list_follows_its_awards(kind, words, still_named, decision, office):
    with time_machine.travel(datetime(2027, 1, 4, tzinfo=timezone.get_current_timezone())):
        draft = make_payment_list(by=office, decision=decision)
    assert draft.paper.head.year == 2027 and "Lập ngày 04 tháng 01 năm 2027" in repr(draft.paper)
    amendment = amendment_steps.issued(decision, kind, [PERSON], **words)
    draft.refresh_from_db()
    [table] = [block for block in draft.paper.body if isinstance(block, Table)]
    assert {row[0] for row in table.rows} == {HOUSEHOLD, "Thôn 2", *still_named}
    assert draft.made_by == office and office.full_name in repr(draft.paper.signatures)
    assert f"Còn hiệu lực sau {amendment.document} ngày " in repr(draft.paper)


def test_the_payment_list_names_all_papers_that_amended_the_decision(decision, office):
    draft = make_payment_list(by=office, decision=decision)
    correction = amendment_steps.issued(
        decision, CORRECTION, [PERSON], name="Vi Văn Thanh", recipient="Ông Vi Văn Thanh"
    )
    cancellation = amendment_steps.issued(decision, CANCELLATION, [HOUSEHOLD])
    papers = [amendment.document for amendment in (correction, cancellation)]
    named = ", ".join(f"{paper} {date_in_words(paper.issued_on)}" for paper in papers)
    draft.refresh_from_db()
    assert f"(Còn hiệu lực sau {named}; thay cho" in repr(draft.paper)
    assert make_payment_list(by=office, decision=decision).blocks == draft.blocks


def test_a_list_whose_sums_are_even_names_no_rounding(commune, office):
    nurse = Person.objects.get(full_name="Đỗ Thị Êm")
    title = factories.decided_awards(commune, ("CSTDCS", nurse, 2025)).decisions.get()
    draft = make_payment_list(by=office, decision=factories.sign_and_issue(commune, title))
    assert "1 × 2.530.000 = 2.530.000 đồng" in repr(draft.paper) and "làm tròn" not in repr(draft.paper)


def test_a_payment_list_for_nobody_is_withdrawn_and_none_appears_unasked(decision, commune, office):
    other = factories.issued_decision(commune, [Person.objects.get(full_name="Đỗ Thị Êm")])
    make_payment_list(by=office, decision=decision)
    for one in (decision, other):
        amendment_steps.issued(one, CANCELLATION)
    assert not Draft.objects.filter(kind="danh_sach_chi_tien").exists()


def test_an_issued_amendment_offers_recovery_only_while_something_is_to_recover(decision, clerk, signed_in):
    hand_over(clerk)
    amendment = amendment_steps.issued(decision, CANCELLATION, [PERSON])
    page = amendment.get_absolute_url()
    act = reverse("commendations:recover_awards", args=[amendment.pk])
    assert act in page_of(signed_in("vanthu").get(page))
    recover(clerk, award_named(PERSON), amount=760_000, certificate=True)
    assert "Ghi đã thu hồi nhiều người" not in page_of(signed_in("vanthu").get(page))
    signed_in("vanthu").post(act, {"award": award_named(PERSON).pk})
    assert award_named(PERSON).recoveries.count() == 1


def test_nobody_chosen_is_marked_at_the_boxes(decision, clerk, signed_in):
    day = format_date(timezone.localdate())
    first = decision.awards.order_by("decision_serial").first()
    answer = signed_in("vanthu").post(
        reverse("commendations:hand_over_awards", args=[decision.pk]), {"received_on": day}
    )
    assert answer.status_code == 422
    assert f'href="#id_award_{first.pk}"' in page_of(answer) and "còn 1 chỗ" in page_of(answer)
    hand_over(clerk)
    amendment = amendment_steps.issued(decision, CANCELLATION, [PERSON])
    act = reverse("commendations:recover_awards", args=[amendment.pk])
    page = page_of(signed_in("vanthu").post(act, {"recovered_on": day}))
    assert f'href="#id_award_{award_named(PERSON).pk}"' in page and "còn 2 chỗ" in page  # and what came back


def test_a_wholly_cancelled_decision_gives_the_reason_of_its_refused_acts_once(decision, signed_in):
    amendment_steps.issued(decision, CANCELLATION)
    page = page_of(signed_in("vanthu").get(decision.get_absolute_url()))
    assert page.count("Mọi khen thưởng của quyết định này đã bị hủy bỏ hoặc được thay thế.") == 1
    assert "Lập danh sách chi tiền, Ghi đã trao nhiều người" in page


def test_the_print_of_a_decision_names_the_sheets_that_are_left_out(decision, signed_in):
    amendment_steps.issued(decision, CANCELLATION, [PERSON])
    amendment_steps.issued(decision, REPLACEMENT, [HOUSEHOLD], place="Thôn 9")
    page = page_of(signed_in("vanthu").get(decision.get_absolute_url()))
    assert "gồm 1 giấy khen" in page
    left_out = re.search(r"Không in giấy khen của:([^<]*)", page)[1]
    assert " ".join(left_out.split()) == f"{HOUSEHOLD} (đã được thay thế); {PERSON} (đã hủy bỏ)."


def test_the_workbook_has_the_page_s_total_and_the_recovery(decision, clerk, signed_in):
    hand_over(clerk)
    amendment_steps.issued(decision, CANCELLATION, [PERSON])
    recover(clerk, award_named(PERSON), amount=10_000)
    browser = signed_in("vanphong")
    totals = browser.get(reverse("commendations:register")).context["totals"]
    answer = browser.get(reverse("commendations:register"), {"dang": "xlsx"})
    with ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    cancelled = award_named(PERSON).amount
    for column, total in (("L", totals.money), ("M", cancelled), ("T", 10_000), ("U", cancelled - 10_000)):
        assert f"<f>SUBTOTAL(109,{column}2:{column}4)</f><v>{total}</v>" in sheet
    for words in ("Tổng cộng 2 lượt khen còn hiệu lực theo 1 quyết định", "Lê A", "còn phải thu", "Ngày trao"):
        assert words in strings


# ── the decision's page ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("steps", "pill"),
    [
        ([(CANCELLATION, [PERSON])], "Đã hủy một phần"),
        ([(CANCELLATION, None)], "Đã hủy toàn bộ"),
        ([(REPLACEMENT, [PERSON])], "Đã thay thế một phần"),
        ([(REPLACEMENT, None)], "Đã được thay thế"),
        ([(REPLACEMENT, [PERSON]), (CANCELLATION, [HOUSEHOLD])], "Đã hủy, thay thế một phần"),
        ([(REPLACEMENT, [PERSON]), (CANCELLATION, None)], "Đã hủy, thay thế toàn bộ"),
    ],
)
def test_the_decision_shows_what_became_of_its_awards(steps, pill, decision, signed_in):
    for kind, names in steps:
        amendment_steps.issued(decision, kind, names, **({"place": "Thôn 9"} if kind == REPLACEMENT else {}))
    browser = signed_in("vanphong")
    page = page_of(browser.get(decision.get_absolute_url()))
    assert pill in page and pill in page_of(browser.get(reverse("commendations:decisions")))
    for wrong in ("không kèm tiền thưởng", "không có giấy, bằng kèm theo", "gồm 0 ", "Thu hồi 0 "):
        assert wrong not in page
    if steps[-1][1] is None:
        assert "Mọi khen thưởng của quyết định này đã bị hủy bỏ hoặc được thay thế" in page
        assert "Không còn giấy khen nào để in" in page


def test_effects_leave_out_what_is_zero(commune, signed_in):
    paper = factories.decided_awards(commune, ("LDTT", Person.objects.get(full_name="Đỗ Thị Êm"), 2026))
    decision = factories.sign_and_issue(commune, paper.decisions.get())
    for kind in (CANCELLATION, REPLACEMENT, CORRECTION):
        amendment = amendment_steps.draft(decision, kind, **({} if kind == CANCELLATION else {"place": "Thôn 9"}))
        page = page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
        assert "0 giấy khen" not in page and "<b>0" not in page
        Amendment.objects.filter(pk=amendment.pk).update(state=Amendment.DROPPED)


def test_the_register_shows_its_totals_when_all_shown_rows_have_ended(decision, signed_in):
    amendment_steps.issued(decision, CANCELLATION, [PERSON])
    page = compact(
        signed_in("vanphong").get(reverse("commendations:register"), {"tinh-trang": "cancelled"}).content.decode()
    )
    assert "0 lượt khen theo 0 quyết định" in page and "Không tính 1 dòng" in page
    number = decision.amendments.get().document.reference
    assert f'<small>Quyết định số <span class="nowrap">{number}</span> ngày' in page
