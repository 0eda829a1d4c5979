"""The pages of local values in the browser: from a line of "Căn cứ pháp lý" to the chair's decision and back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.legal.local_values import actions
from emulation.legal.models import LocalValue
from emulation.legal.tests.local_value_builders import (
    CITATION_TEXT,
    FIRST_DAY,
    PDF_BYTES,
    QUESTION_CODE,
    approved_local_value,
    commune_user,
    drafted_local_value,
    proposed_local_value,
)
from tests.html import page_of

Browser = Callable[[str], Client]
VALUES, LIST, NEW = "/phap-luat/", "/phap-luat/dia-phuong/", "/phap-luat/dia-phuong/moi/"
OVERRIDE = f"{NEW}?ma={QUESTION_CODE}&cach=override&pham-vi=person."


def form(**changes: Any) -> dict[str, Any]:
    return {
        "scopes": ["person."],
        "starts_on": "01/12/2099",
        "ends_on": "",
        "content_value": "0,45",
        "paper_name": "Quyết định",
        "paper_number": "12/2026/QĐ-UBND",
        "paper_date": "20/10/2026",
        "paper_issuer": "Ủy ban nhân dân tỉnh Thanh Hóa",
        "article": "Điều 5",
        "clause": "khoản 2",
        "point": "",
        "reason": "Tỉnh quy định mức riêng",
        "file": SimpleUploadedFile("quyet-dinh.pdf", PDF_BYTES),
        "once": "khóa-1",
        **changes,
    }


def text(answer: Any) -> str:
    return str(page_of(answer))


def test_from_the_line_to_the_draft(commune: Commune, signed_in: Browser) -> None:
    office = signed_in("vanphong")
    page = text(office.get(VALUES, {"ngay": "15/11/2026"}))
    assert f"{NEW}?ma={QUESTION_CODE}&amp;ngay=15/11/2026&amp;pham-vi=person." in page
    choices = text(office.get(f"{NEW}?ma={QUESTION_CODE}&ngay=15/11/2026&pham-vi=person."))
    assert "0,3 lần mức lương cơ sở" in choices
    assert [f"cach={mode}" in choices for mode in ("confirm", "override", "withdraw")] == [True, True, False]
    asked = text(office.get(OVERRIDE))
    assert 'value="0,3"' in asked and 'value="Ủy ban nhân dân tỉnh' in asked
    assert asked.count("checked") == 1
    answer = office.post(OVERRIDE, form())
    local = LocalValue.objects.get()
    assert answer["Location"] == local.get_absolute_url()
    assert (local.state, local.contents, local.pairs) == ("draft", ["0.45"], [("person", "")])
    assert local.citation.text == CITATION_TEXT.replace("Điều 5", "khoản 2 Điều 5")
    assert current.prize_money_for(commune.pk, "GKX", "person", date(2100, 1, 1)).money.raw == 759_000


def test_the_form_sent_twice_makes_one(commune: Commune, signed_in: Browser) -> None:
    office = signed_in("vanphong")
    first, second = (office.post(OVERRIDE, form(file=SimpleUploadedFile("a.pdf", PDF_BYTES))) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert LocalValue.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scopes": []}, "Hãy chọn ít nhất một đối tượng"),
        ({"scopes": ["village."]}, "village."),
        ({"starts_on": "31/02/2027"}, "không có ngày 31"),
        ({"starts_on": "01/01/2018", "late_ok": "on"}, "chỉ trả lời nội dung này từ ngày"),
        ({"starts_on": "01/11/2026"}, "Ngày 01/11/2026 đã qua"),
        ({"ends_on": "01/11/2099"}, "không thể trước ngày bắt đầu"),
        ({"content_value": "nhiều"}, "Nhập một số không âm"),
        ({"content_value": ""}, "Hãy nhập mục này"),
        ({"paper_number": ""}, "Hãy nhập mục này"),
        ({"paper_date": "01/01/2099"}, "không được sau hôm nay"),
        ({"article": " "}, "Hãy nhập mục này"),
        ({"reason": ""}, "Hãy nhập mục này"),
        ({"file": ""}, "Hãy đính kèm văn bản"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ program")}, "Chỉ nhận tệp PDF"),
    ],
)
def test_invalid_input_has_an_error_stays_in_the_form_and_changes_nothing(
    commune: Commune, signed_in: Browser, changes: dict[str, Any], message: str
) -> None:
    answer = signed_in("vanphong").post(OVERRIDE, form(**changes))
    page = text(answer)
    assert answer.status_code == 422 and message in page
    assert "Tỉnh quy định mức riêng" in page or changes.get("reason") == ""
    assert not LocalValue.objects.exists()


def test_a_past_day_needs_a_check_mark_and_the_page_warns(commune: Commune, signed_in: Browser) -> None:
    office = signed_in("vanphong")
    office.post(OVERRIDE, form(starts_on="01/11/2026", late_ok="on"))
    local = LocalValue.objects.get()
    for who in ("vanphong", "chutich"):
        page = text(signed_in(who).get(local.get_absolute_url()))
        assert "Ngày áp dụng đã qua" in page and "Quyết định đã ban hành" in page


@pytest.mark.parametrize(
    "address",
    [NEW, f"{NEW}?ma=XYZ", f"{NEW}?ma={QUESTION_CODE}&cach=xoa", f"{NEW}?ma={QUESTION_CODE}&ngay=hôm+nay&pham-vi=x.y", f"{NEW}?ma=basis&cach=override"],
)  # fmt: skip
def test_an_invalid_url_changes_nothing(commune: Commune, signed_in: Browser, address: str) -> None:
    office = signed_in("vanphong")
    assert office.get(address).status_code in (200, 302)
    assert office.post(address, form()).status_code == 404
    assert not LocalValue.objects.exists()


def test_a_question_without_a_form_can_only_be_confirmed(commune: Commune, signed_in: Browser) -> None:
    page = text(signed_in("vanphong").get(f"{NEW}?ma=basis&pham-vi=.quyet_dinh"))
    assert "cach=confirm" in page and "cach=override" not in page and "chỉ xác nhận được" in page


def test_every_question_has_its_pages(commune: Commune, signed_in: Browser) -> None:
    """One question of each shape: the choice of the mode, and the form of each mode."""
    from emulation.legal.engine.loader import legal_questions
    from emulation.legal.local_values.forms import modes_for

    office, shapes = signed_in("vanphong"), {code.shape: code for code in legal_questions().values()}
    for code in shapes.values():
        assert code.label.split(":")[0] in text(office.get(f"{NEW}?ma={code.code}"))
        for mode in modes_for(code):
            answer = office.get(f"{NEW}?ma={code.code}&cach={mode}")
            assert answer.status_code == 200 and "Lưu bản soạn" in text(answer), (code.code, mode)


def test_confirming_by_the_form(commune: Commune, signed_in: Browser) -> None:
    office = signed_in("vanphong")
    answer = office.post(f"{NEW}?ma=award.rounding&cach=confirm", form(starts_on=format_date(timezone.localdate())))
    assert answer.status_code == 302
    local = LocalValue.objects.get()
    general = current.general_law().value_on("award.rounding", timezone.localdate())
    assert (local.mode, local.contents) == ("confirm", [general.content])


def test_editing_keeps_the_paper_and_refuses_a_stale_form(commune: Commune, signed_in: Browser) -> None:
    local, office = drafted_local_value(commune), signed_in("vanphong")
    address = f"{local.get_absolute_url()}sua/"
    page = text(office.get(address))
    assert 'value="0,45"' in page and "giữ tệp đã đính kèm" in page
    sent = {**form(starts_on=format_date(FIRST_DAY), late_ok="on", content_value="0,5"), "seen": local.version}
    del sent["file"]
    assert office.post(address, sent).status_code == 302
    old = local.file_sha256
    local.refresh_from_db()
    assert (local.contents, local.file_sha256) == (["0.5"], old)
    again = office.post(address, {**sent, "content_value": "0,7"})
    assert again.status_code == 409 and 'value="0,7"' in text(again)
    local.refresh_from_db()
    assert local.contents == ["0.5"]


def test_proposed_approved_and_shown_to_all(commune: Commune, signed_in: Browser) -> None:
    office, chair = signed_in("vanphong"), signed_in("chutich")
    local = drafted_local_value(commune)
    address = local.get_absolute_url()
    assert "Trình Chủ tịch duyệt" in text(office.get(address))
    office.post(f"{address}trinh/", {"seen": local.version})
    assert "Duyệt quy định của địa phương" in text(chair.get("/viec-cua-toi/"))
    page = text(chair.get(address))
    assert "0,3 lần mức lương cơ sở" in page and "0,45 lần mức lương cơ sở" in page and CITATION_TEXT in page
    local.refresh_from_db()
    for _ in range(2):
        chair.post(f"{address}duyet/", {"seen": local.version})
    local.refresh_from_db()
    assert local.state == "approved" and local.values.count() == 1
    for who in ("thon1", "vanphong", "hoidong2", "phongnoivu"):
        values = text(signed_in(who).get(VALUES, {"ngay": format_date(FIRST_DAY)}))
        assert "quy định của địa phương" in values and CITATION_TEXT in values and f'href="{address}"' in values
        assert CITATION_TEXT not in text(
            signed_in(who).get(VALUES, {"ngay": format_date(FIRST_DAY - timedelta(days=1))})
        )
        page = text(signed_in(who).get(address))
        assert "cho đến khi có quy định mới" in page
        assert ("Quá trình" in page) is (who == "vanphong")
        assert "Tỉnh quy định mức riêng" in page
    assert local.label in text(signed_in("thon1").get(LIST))


def test_refused_with_a_reason(commune: Commune, signed_in: Browser) -> None:
    local, chair = proposed_local_value(commune), signed_in("chutich")
    address = f"{local.get_absolute_url()}khong-duyet/"
    assert chair.post(address, {"reason": ""}).status_code == 422
    assert chair.post(address, {"reason": "Chưa có bản gốc", "seen": local.version}).status_code == 302
    page = text(signed_in("vanphong").get(local.get_absolute_url()))
    assert "Chủ tịch không duyệt" in page and "Chưa có bản gốc" in page
    assert chair.post(address, {"reason": "Lần nữa"}).status_code == 422
    local.refresh_from_db()
    assert local.refused_reason == "Chưa có bản gốc"


def test_a_stale_button_changes_nothing(commune: Commune, signed_in: Browser) -> None:
    local, chair = proposed_local_value(commune), signed_in("chutich")
    answer = chair.post(f"{local.get_absolute_url()}duyet/", {"seen": local.version - 1}, follow=True)
    assert "đã được người khác thay đổi" in text(answer)
    local.refresh_from_db()
    assert local.state == "proposed"


def test_only_the_staff_sees_what_is_not_approved(commune: Commune, other_commune: Commune, signed_in: Browser) -> None:
    local = proposed_local_value(commune)
    addresses = [local.get_absolute_url(), f"{local.get_absolute_url()}van-ban/"]
    for login_name, status in (("vanphong", 200), ("vanthu", 200), ("chutich", 200), ("thon1", 404), ("hoidong2", 404)):
        assert [signed_in(login_name).get(one).status_code for one in addresses] == [status] * 2
    for who in ("la-vanphong", "la-chutich"):
        assert [signed_in(who).get(one).status_code for one in addresses] == [404] * 2
    assert local.label not in text(signed_in("thon1").get(LIST))
    approved_local_value(commune, "council.quorum", pairs=[("", "")], content={"numerator": 1, "denominator": 1})
    assert "ít nhất 1/1" in text(signed_in("vanphong").get(VALUES, {"ngay": format_date(FIRST_DAY)}))
    assert "ít nhất 1/1" not in text(signed_in("la-vanphong").get(VALUES, {"ngay": format_date(FIRST_DAY)}))


def test_the_paper_is_a_download(commune: Commune, signed_in: Browser) -> None:
    local = approved_local_value(commune)
    answer: Any = signed_in("thon1").get(f"{local.get_absolute_url()}van-ban/")
    assert b"".join(answer.streaming_content) == PDF_BYTES
    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="quyet-dinh-12-2026-qd-ubnd.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_withdrawal_has_no_file(commune: Commune, signed_in: Browser) -> None:
    approved_local_value(commune)
    office = signed_in("vanphong")
    onward = text(office.get(LocalValue.objects.get().get_absolute_url()))
    assert f'href="{NEW}?ma={QUESTION_CODE}&amp;pham-vi=person."' in onward
    assert "cach=withdraw" in text(office.get(f"{NEW}?ma={QUESTION_CODE}&pham-vi=person."))
    sent = {
        "scopes": ["person."], "starts_on": "01/01/2099", "reason": "Quyết định của tỉnh đã bị bãi bỏ", "paper_name": "",
        "paper_number": "", "paper_date": "", "paper_issuer": "", "article": "", "clause": "", "point": "",
    }  # fmt: skip
    answer = office.post(f"{NEW}?ma={QUESTION_CODE}&cach=withdraw", sent)
    assert answer.status_code == 302, text(answer)
    local = LocalValue.objects.latest("pk")
    assert office.get(f"{local.get_absolute_url()}van-ban/").status_code == 404
    actions.approve_local_value(
        by=commune_user(commune, "chutich"),
        local=actions.propose_local_value(by=commune_user(commune, "vanphong"), local=local),
    )
    page = text(office.get(local.get_absolute_url()))
    assert "Trở lại quy định chung" in page and "theo quy định chung" in page
    assert not current.law_for(commune.pk).value_on(QUESTION_CODE, date(2099, 1, 1), "person").local


def test_the_list_needs_as_many_queries_for_many_as_for_few(
    commune: Commune, signed_in: Browser, django_assert_max_num_queries: Any
) -> None:
    office = signed_in("vanphong")
    drafted_local_value(commune)
    office.get(LIST)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        office.get(LIST)
    for month in range(1, 10):
        proposed_local_value(commune, starts_on=date(2027, month, 1))
    with django_assert_max_num_queries(len(few)):
        office.get(LIST)
