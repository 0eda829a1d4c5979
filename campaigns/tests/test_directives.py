"""Directives: duplicates, similar ones, the chain, scans, assignments."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.directives.actions.directive import (
    DirectiveDetails,
    add_scan,
    edit_directive,
    finish_handling,
    recall_handling,
    receive_directive,
    route_directive,
)
from campaigns.directives.actions.letter import letter_approval, start_letter
from campaigns.directives.models.directive import Directive, DirectiveScan, Handling
from campaigns.directives.models.letter import Letter
from campaigns.directives.queries.directive import directive_chain, similar_directives
from campaigns.directives.queries.outlines import known_directives, outline_for
from campaigns.seeds.duties import drawn_page
from emulation.core.errors import NotAllowed, RuleBroken

FACTS = known_directives()["1757/UBND-NV"]


@pytest.fixture
def directive(commune, clerk):
    return receive_directive(by=clerk, commune=commune, **FACTS)


def entry(directive, **change):
    names = ("symbol", "issued_on", "issuer", "subject", "received_on", "urgency", "answer_due_on", "carries_out")
    return DirectiveDetails(**{**{name: getattr(directive, name) for name in names}, **change})


def typed(**change):
    return {
        "symbol": "1757/UBND- NV", "issued_on": "07/09/2021", "issuer": "Chủ tịch UBND huyện Như Xuân",
        "subject": "Giao triển khai Chỉ thị", "received_on": "09/09/2021", "urgency": "", "once": "o" * 20, **change,
    }  # fmt: skip


def test_a_duplicate_in_another_spelling_is_refused(commune, clerk, directive):
    with pytest.raises(RuleBroken, match="đã được ghi rồi"):
        receive_directive(by=clerk, commune=commune, **{**FACTS, "symbol": "1757 / ubnd–nv"}, different=True)
    assert Directive.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        ({"issued_on": date(2021, 9, 8)}, True),
        ({"issued_on": date(2021, 12, 1), "received_on": date(2021, 12, 2), "issuer": "Sở Nội vụ"}, True),
        ({"issued_on": date(2022, 1, 5), "received_on": date(2022, 1, 6)}, True),
        ({"issued_on": date(2022, 1, 5), "received_on": date(2022, 1, 6), "issuer": "Sở Nội vụ"}, False),
        ({"symbol": "1758/UBND-NV"}, False),
        ({"issuer": "Sở Nội vụ"}, True),
    ],
)
def test_a_similar_directive_must_be_confirmed(commune, clerk, directive, change, alike):
    facts = {**FACTS, **change}
    found = similar_directives(commune.pk, facts["symbol"], facts["issuer"], facts["issued_on"])
    assert [one.directive for one in found] == ([directive] if alike else [])
    if alike:
        with pytest.raises(RuleBroken, match="giống văn bản này") as broken:
            receive_directive(by=clerk, commune=commune, **facts)
        assert broken.value.field == "different"
    receive_directive(by=clerk, commune=commune, **facts, different=alike)
    assert Directive.objects.count() == 2


def test_the_page_links_similar_directives_and_keeps_the_input(directive, signed_in):
    browser = signed_in("vanthu")
    path = reverse("campaigns:receive_directive")
    answer = browser.post(path, typed(issued_on="08/09/2021", subject="Trích yếu gõ tay"))
    text = answer.content.decode()
    assert (answer.status_code, Directive.objects.count()) == (422, 1)
    assert f'href="{directive.get_absolute_url()}"' in text and "Trích yếu gõ tay" in text and "Tôi đã xem" in text
    for _ in range(2):
        browser.post(path, typed(issued_on="08/09/2021", different="on"))
    assert Directive.objects.count() == 2
    exact = browser.post(path, typed(once="p" * 20))
    assert exact.status_code == 422 and "không cần ghi lại" in exact.content.decode()
    assert "Tôi đã xem: đây" not in exact.content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"received_on": "01/01/2021"}, "Ngày đến không thể trước"),
        ({"received_on": "01/01/2099"}, "không được sau hôm nay"),
        ({"answer_due_on": "01/01/2021"}, "Hạn trả lời không thể trước"),
        ({"issued_on": "31/02/2021"}, "không có ngày 31"),
        ({"urgency": "la"}, ""),
        ({"carries_out": "999999"}, "không có trong sổ"),
        ({"scans": SimpleUploadedFile("a.exe", b"MZ la la")}, "Chỉ nhận tệp PDF"),
    ],
)
def test_invalid_fields_are_reported_and_nothing_changes(commune, signed_in, data, message):
    answer = signed_in("vanphong").post(reverse("campaigns:receive_directive"), typed(**data))
    assert answer.status_code == 422 and message in answer.content.decode()
    assert not Directive.objects.exists()


def test_a_chain_of_three(commune, clerk, office):
    above = receive_directive(by=clerk, commune=commune, **known_directives()["04-CT/TU"])
    directive = receive_directive(by=clerk, commune=commune, **FACTS, carries_out=above)
    letter = start_letter(by=office, directive=directive)
    assert [link.title for link in directive_chain(directive)] == ["04-CT/TU", "1757/UBND-NV", "Công văn đang soạn"]
    assert [link.title for link in directive_chain(above)] == ["04-CT/TU", "1757/UBND-NV"]
    assert [link.here for link in directive_chain(directive, at=letter)] == [False, False, True]
    assert not [link.url for link in directive_chain(directive, with_links=False, at=letter)[:2] if link.url]
    for one, parent, message in ((above, directive, "phải có trước"), (directive, directive, "thực hiện lẫn nhau")):
        with pytest.raises(RuleBroken, match=message) as broken:
            edit_directive(by=clerk, directive=one, entry=entry(one, carries_out=parent))
        assert broken.value.field == "carries_out"


def test_a_chain_has_no_cycle(commune, clerk):
    facts = {**FACTS, "issued_on": date(2021, 9, 7)}
    first = receive_directive(by=clerk, commune=commune, **{**facts, "symbol": "1/A"})
    second = receive_directive(by=clerk, commune=commune, **{**facts, "symbol": "2/A"}, carries_out=first)
    with pytest.raises(RuleBroken, match="thực hiện lẫn nhau"):
        edit_directive(by=clerk, directive=first, entry=entry(first, carries_out=second))


def test_no_paper_of_another_commune_is_carried_out(commune, other_commune, clerk, user, directive):
    with pytest.raises(RuleBroken, match="không có trong sổ"):
        receive_directive(
            by=user("la-vanthu"), commune=other_commune, **{**FACTS, "symbol": "9/B"}, carries_out=directive
        )


def test_edited_until_the_letter_is_issued(clerk, office, chair, directive):
    edit_directive(by=clerk, directive=directive, entry=entry(directive, symbol="1758/UBND-NV"))
    assert (directive.symbol, directive.symbol_key) == ("1758/UBND-NV", "1758/ubnd-nv")
    letter = start_letter(by=office, directive=directive)
    letter_approval.submit(letter, by=office)
    letter_approval.approve(letter, by=chair)
    letter_approval.issue(letter, by=clerk, issued_on=date(2026, 11, 20))
    with pytest.raises(RuleBroken, match="đã ban hành"):
        edit_directive(by=clerk, directive=directive, entry=entry(directive, symbol="1759/UBND-NV"))


def test_scans_are_checked_stored_once_and_downloaded_with_permission(signed_in, clerk, directive):
    browser = signed_in("vanphong")
    pdf = b"%PDF-1.4 minh hoa\n%%EOF\n"
    files = [SimpleUploadedFile("cv.pdf", pdf), SimpleUploadedFile("trang 2.png", drawn_page("x"))]
    path = reverse("campaigns:add_scan", args=[directive.pk])
    assert browser.post(path, {"scans": files}).status_code == 302
    add_scan(by=clerk, directive=directive, name="cv lần nữa.pdf", data=pdf)
    assert [scan.ending for scan in directive.scans.all()] == ["pdf", "png"]
    scan = DirectiveScan.objects.first()
    answer = browser.get(reverse("campaigns:scan", args=[scan.pk]))
    assert b"".join(answer.streaming_content) == pdf
    assert "attachment" in answer["Content-Disposition"] and "sandbox" in answer["Content-Security-Policy"]
    assert signed_in("thon1").get(reverse("campaigns:scan", args=[scan.pk])).status_code == 403
    assert signed_in("hoidong2").get(reverse("campaigns:scan", args=[scan.pk])).status_code == 404
    assert browser.post(path, {}).status_code == 422
    cut = browser.post(path, {"scans": SimpleUploadedFile("cut.pdf", b"%PDF-1.4 cut")})
    assert cut.status_code == 422 and "cắt cụt" in cut.content.decode()
    remove = reverse("campaigns:remove_scan", args=[scan.pk])
    for repeated in (False, True):  # the second time in another window
        page = browser.post(remove, follow=True)
        assert page.redirect_chain == [(directive.get_absolute_url(), 302)]
        assert ("bạn đã bỏ rồi" in page.content.decode()) is repeated and directive.scans.count() == 1


def test_too_many_scans_are_refused_before_any_is_decoded(signed_in, clerk, directive, commune):
    broken_png = b"\x89PNG\r\n\x1a\n broken_png"  # decoding it would raise another message
    with pytest.raises(RuleBroken, match="nhiều nhất 20 tệp"):
        receive_directive(
            by=clerk, commune=commune, **{**FACTS, "symbol": "77/B"}, scans=[("trang.png", broken_png)] * 21
        )
    path = reverse("campaigns:add_scan", args=[directive.pk])
    sent = [SimpleUploadedFile(f"{number}.png", broken_png) for number in range(21)]
    page = signed_in("vanphong").post(path, {"scans": sent})
    assert page.status_code == 422 and "nhiều nhất 20 tệp" in page.content.decode()
    pdfs = [b"%%PDF-1.4 %d\n%%%%EOF\n" % number for number in range(20)]
    for pdf in pdfs:
        add_scan(by=clerk, directive=directive, name="cv.pdf", data=pdf)
    with pytest.raises(RuleBroken, match="nhiều nhất 20 tệp"):
        add_scan(by=clerk, directive=directive, name="trang.png", data=broken_png)
    add_scan(by=clerk, directive=directive, name="cv.pdf", data=pdfs[3])
    assert directive.scans.count() == 20


def test_an_assigned_directive_appears_in_the_to_do_list(chair, office, council_member, directive, signed_in, user):
    handling = route_directive(by=chair, directive=directive, to=council_member, note="Tham mưu gấp.")
    work = signed_in("hoidong2").get("/viec-cua-toi/").content.decode()
    assert "Xử lý văn bản đến" in work and "1757/UBND-NV" in work
    with pytest.raises(RuleBroken, match="đang giữ"):
        route_directive(by=office, directive=directive, to=council_member)
    browser = signed_in("hoidong2")
    assert "Tham mưu gấp." in browser.get(directive.get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed):
        finish_handling(by=office, handling=handling)
    answer = browser.post(reverse("campaigns:finish_handling", args=[handling.pk]), {"result": "Đã trao đổi."})
    assert answer.status_code == 302
    handling.refresh_from_db()
    assert (handling.state, handling.result) == ("done", "Đã trao đổi.")
    with pytest.raises(RuleBroken, match="đã xử lý xong"):
        finish_handling(by=council_member, handling=handling)
    assert signed_in("phunu").get(directive.get_absolute_url()).status_code == 404


def test_directives_are_assigned_only_to_the_office_and_the_council(chair, office, directive, user, village_head):
    with pytest.raises(RuleBroken, match="không thuộc") as broken:
        route_directive(by=chair, directive=directive, to=user("phongnoivu"))
    assert broken.value.field == "to"
    with pytest.raises(NotAllowed):
        route_directive(by=village_head, directive=directive, to=office)
    handling = route_directive(by=chair, directive=directive, to=user("vanthu"))
    recall_handling(by=office, handling=handling)
    assert handling.state == Handling.RECALLED
    route_directive(by=office, directive=directive, to=user("vanthu"))


def test_starting_the_letter_finishes_the_assignment(chair, office, directive):
    handling = route_directive(by=chair, directive=directive, to=office)
    start_letter(by=office, directive=directive)
    handling.refresh_from_db()
    assert handling.state == Handling.DONE
    assert Letter.objects.count() == 1


def test_outlines_are_found_in_any_spelling_of_the_symbol():
    assert len(outline_for("1757 / ubnd – nv")["duties"]) == 27
    assert outline_for("04-CT/TU") == outline_for("la") == {}
