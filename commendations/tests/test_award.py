"""The golden register: search, filters, print, workbook, one award, handover."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commendations.actions.handover import record_award_handover
from commendations.models import Handover
from commendations.queries import award as queries
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
REGISTER = "/khen-thuong/so-vang/"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def names(answer):
    return [row.name for row in answer.context["rows"]]


def test_register_search_ignores_diacritics_and_filters_combine(decision, commune, signed_in):
    browser = signed_in("vanphong")
    assert names(browser.get(REGISTER)) == ["Thôn 2", "Hộ gia đình Lê Văn Bảy", "Vi Văn Thành"]
    assert names(browser.get(REGISTER, {"q": "vi van THANH"})) == ["Vi Văn Thành"]
    assert names(browser.get(REGISTER, {"q": "bay"})) == ["Hộ gia đình Lê Văn Bảy"]
    assert len(names(browser.get(REGISTER, {"q": "1"}))) == 3  # Quyết định số 01
    assert names(browser.get(REGISTER, {"loai": "collective"})) == ["Thôn 2"]
    assert names(browser.get(REGISTER, {"don-vi": factories.person_named("Vi Văn Thành").unit_id})) == [
        "Hộ gia đình Lê Văn Bảy",
        "Vi Văn Thành",
    ]
    assert len(names(browser.get(REGISTER, {"nam": "2026"}))) == 3
    page = page_of(browser.get(REGISTER, {"nam": "2025"}))
    assert "Không có ai khớp" in page
    assert "3 lượt khen theo 1 quyết định, tiền thưởng 3.420.000 đồng" in page_of(browser.get(REGISTER))


def test_invalid_query_parameters_are_ignored(decision, signed_in):
    browser = signed_in("vanphong")
    for query in (
        {"nam": "x"},
        {"don-vi": "9" * 30},
        {"loai": "'; drop"},
        {"trang": "-1"},
        {"q": "<script>alert(1)</script>"},
        {"nam": "²"},
    ):
        answer = browser.get(REGISTER, query)
        assert answer.status_code == 200 and "<script>alert" not in answer.content.decode(), query


def test_empty_register_explains_itself(commune, signed_in):
    assert "Sổ vàng chưa có dòng nào" in signed_in("vanphong").get(REGISTER).content.decode()
    unit = signed_in("mamnon").get(REGISTER).content.decode()
    assert "Đơn vị chưa có ai được ghi vào Sổ vàng" in unit and "Sổ vàng chưa có dòng nào" not in unit


def test_the_printed_register_has_its_buttons_above_the_rows(decision, signed_in):
    page = signed_in("vanphong").get(REGISTER, {"dang": "in"}).content.decode()
    assert 0 < page.index("data-print") < page.index("<table") and page.index("Về danh sách") < page.index("<table")


def test_register_rows_by_role(decision, other_commune, signed_in):
    assert len(names(signed_in("hoidong2").get(REGISTER))) == 3
    assert names(signed_in("thon2").get(REGISTER)) == ["Thôn 2"]
    assert names(signed_in("thon5").get(REGISTER)) == []
    assert names(signed_in("la-vanphong").get(REGISTER)) == []
    assert signed_in("quantri").get(REGISTER).status_code == 403
    award = decision.awards.get(person__isnull=False)
    assert signed_in("thon2").get(award.get_absolute_url()).status_code == 404
    assert signed_in("la-chutich").get(award.get_absolute_url()).status_code == 404
    assert signed_in("thon1").get(award.get_absolute_url()).status_code == 200
    assert signed_in("thon1").get(award.certificate.get_absolute_url()).status_code == 200
    assert signed_in("thon2").get(award.certificate.get_absolute_url()).status_code == 404


def test_the_page_of_an_award_shows_the_code_as_the_certificate_prints_it(decision, signed_in):
    award = decision.awards.get(person__isnull=False)
    printed = award.certificate.paper.code
    assert (
        printed.count("-") == 4
        and f"<code>{printed}</code>" in signed_in("vanphong").get(award.get_absolute_url()).content.decode()
    )


@pytest.mark.slow
def test_register_is_paged_and_printed_with_constant_queries(commune, signed_in):
    browser, counts = signed_in("vanphong"), []
    factories.issued_decision(commune, factories.many_people(commune, 3))
    for _ in range(2):
        for words in ({}, {"dang": "in"}):
            with CaptureQueriesContext(connection) as seen:
                answer = browser.get(REGISTER, words)
            counts.append(len(seen))
        if len(counts) == 2:
            factories.issued_decision(
                commune, factories.many_people(commune, 30), held_on=factories.HELD_ON + timedelta(1)
            )
    assert counts[0] == counts[2] and counts[1] == counts[3], counts
    first = browser.get(REGISTER)
    assert len(names(first)) == 25 and len(names(answer)) == 33
    assert len(names(browser.get(REGISTER, first.context["page"].following))) == 8


def test_award_page_shows_arithmetic_and_law_of_the_money(decision, signed_in):
    award = decision.awards.get(person__isnull=False)
    page = page_of(signed_in("vanphong").get(award.get_absolute_url()))
    for words in ("0,3 × 2.530.000 = 759.000 → 760.000 đồng", "Mức lương cơ sở", "161/2026/NĐ-CP", "Chưa xác nhận",
                  "Số 01/QĐ-UBND", "Chưa ghi ai đã nhận", "lần khen duy nhất"):  # fmt: skip
        assert words in page, words
    assert "Mức lương cơ sở: Nghị định số 161/2026/NĐ-CP" in page and "cơ sở: Mức lương" not in page


def test_awards_of_a_person_keep_the_name_of_their_day(commune, decision, signed_in):
    someone = factories.person_named("Vi Văn Thành")
    someone.put_name("Vi Văn Thanh")
    someone.save()
    second = factories.issued_decision(commune, [someone], held_on=factories.HELD_ON + timedelta(1))
    award = second.awards.get()
    answer = signed_in("vanphong").get(reverse("commendations:awards_of", args=[award.pk]))
    assert names(answer) == ["Vi Văn Thanh", "Vi Văn Thành"]
    assert "2 lượt khen, tiền thưởng 1.520.000 đồng" in page_of(answer)


def test_workbook_contains_the_rows_and_no_formula(commune, signed_in):
    bad = factories.many_people(commune, 2)
    bad[0].put_name('=HYPERLINK("http://x","bấm")')
    bad[0].save()
    bad[1].put_name("+84 Cộng")
    bad[1].save()
    factories.issued_decision(commune, bad)
    answer = signed_in("vanphong").get(reverse("commendations:register"), {"dang": "xlsx"})
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"].endswith("sheet")
    with ZipFile(BytesIO(answer.content)) as book:
        sheet, strings = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()
    assert re.findall(r"<f>(?!SUBTOTAL\(109,[A-Z]2:[A-Z]3\)<)", sheet) == [] and "<hyperlink" not in sheet
    assert "=HYPERLINK(" in strings and "+84 Cộng" in strings and "01/QĐ-UBND" in strings


def test_the_workbook_follows_the_filters(decision, signed_in):
    answer = signed_in("vanphong").get(reverse("commendations:register"), {"dang": "xlsx", "loai": "household"})
    with ZipFile(BytesIO(answer.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "Lê Văn Bảy" in strings and "Vi Văn Thành" not in strings


# ── handover ─────────────────────────────────────────────────────────────────────────────────────


def test_handover_is_recorded_once_per_form(decision, signed_in):
    award = decision.awards.get(person__isnull=False)
    address = reverse("commendations:hand_over", args=[award.pk])
    browser = signed_in("thon1")
    data = {"received_by": "Vi Văn Thành", "received_on": "12/11/2026", "note": "", "once": "k" * 20}
    for _ in range(2):
        page = page_of(browser.post(address, data, follow=True))
        assert "Vi Văn Thành nhận ngày 12/11/2026" in page
    assert Handover.objects.count() == 1
    assert queries.register_rows(award.certificate.issued_by).get(pk=award.pk).handover_state.label == "Đã trao"
    assert "Sổ vàng đã ghi: đã trao ngày 12/11/2026 cho Vi Văn Thành." in page_of(browser.get(address))


def test_invalid_handovers_are_refused(decision, clerk):
    award = decision.awards.first()
    for received_by, day, message, field in (
        ("Vi Văn Thành", date(2026, 11, 9), "không được trước ngày quyết định", "received_on"),
        ("Vi Văn Thành", timezone.localdate() + timedelta(1), "không được sau hôm nay", "received_on"),
        (" ", factories.HELD_ON, "Hãy ghi họ tên người nhận", "received_by"),
    ):
        with pytest.raises(RuleBroken, match=message) as broken:
            record_award_handover(by=clerk, award=award, received_by=received_by, received_on=day)
        assert broken.value.field == field and not Handover.objects.exists()


def test_head_of_another_unit_may_not_record_a_handover(decision, user, signed_in):
    award = decision.awards.get(person__isnull=False)
    with pytest.raises(NotAllowed, match="dành cho Văn phòng phụ trách TĐKT hoặc Văn thư hoặc người đứng đầu đơn vị"):
        record_award_handover(by=user("thon2"), award=award, received_by="A", received_on=factories.HELD_ON)
    address = reverse("commendations:hand_over", args=[award.pk])
    assert signed_in("thon2").get(address).status_code == 404
    assert signed_in("hoidong2").get(address).status_code == 403


def test_wrong_handover_day_is_an_error_at_its_field(decision, signed_in):
    award = decision.awards.first()
    data = {"received_by": "Vi Thị Thúy", "received_on": "01/11/2026"}
    answer = signed_in("vanthu").post(reverse("commendations:hand_over", args=[award.pk]), data)
    page = page_of(answer)
    assert (
        answer.status_code == 422
        and "không được trước ngày quyết định (10/11/2026)" in page
        and 'value="Vi Thị Thúy"' in page
    )
