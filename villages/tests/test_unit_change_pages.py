"""The pages of changes of units: preview and confirmation, what was typed stays, strangers, names of the commune."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from emulation.communes.models import UnitSuccession
from emulation.documents.letterheads import committee_letterhead
from tests.html import page_of
from villages.models import Household, Person, Unit, UnitChange
from villages.tests.mergers import at

DAY = "01/12/2026"


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def browser(signed_in):
    return signed_in("vanphong")


def merger(units, **changed):
    typed = {
        "sources": [units["thon1"].pk, units["thon2"].pk], "into": "new", "name": "Thôn Hòa Bình", "head_title": "",
        "head": Person.objects.get(user__username="thon1", commune=units["thon1"].commune).pk,
        "acting_until": "31/05/2027", "liaison": "", "effective_on": DAY, "paper_number": "12/NQ-HĐND",
        "paper_date": "10/11/2026", "paper_issuer": "HĐND xã Bình Lương", "paper_summary": "", "once": "abc",
    }  # fmt: skip
    return {**typed, **changed}


def confirmed(browser, url, typed):
    """Previews, then confirms what the preview showed."""
    page = browser.post(url, {**typed, "do": "preview"})
    assert page.status_code == 200, page_of(page)
    return browser.post(url, {**typed, "do": "confirm", "previewed": page.context["previewed"]})


def test_the_preview_names_figures_and_heads_and_writes_nothing(browser, units):
    people = Person.objects.filter(unit__in=[units["thon1"], units["thon2"]]).count()
    page = browser.post(reverse("villages:merge_units"), merger(units, do="preview"))
    html = page_of(page)
    assert not UnitChange.objects.exists()
    counted = {one.label: one.number for one in page.context["preview"].carried}
    assert counted["người trong danh sách"] == people
    for text in ("Thôn 1 kết thúc, từ ngày 01/12/2026 không còn.", "thôi đứng đầu Thôn 2", "Thôn Hòa Bình thành lập",
                 "phụ trách tạm thời đến hết ngày 31/05/2027"):  # fmt: skip
        assert text in html
    assert 'value="Thôn Hòa Bình"' in html


def test_what_is_rarely_done_to_a_unit_is_folded(browser, units):
    html = page_of(browser.get(units["thon1"].get_absolute_url()))
    often, rare = html.split("Việc ít khi làm", 1)
    assert "Thêm người" in often and reverse("villages:rename_unit", args=[units["thon1"].pk]) not in often
    for name in ("rename_unit", "split_unit", "close_unit", "set_unit_head"):
        assert reverse(f"villages:{name}", args=[units["thon1"].pk]) in rare


def test_confirming_records_what_was_shown(browser, units):
    response = confirmed(browser, reverse("villages:merge_units"), merger(units))
    change = UnitChange.objects.get()
    assert response["Location"] == change.get_absolute_url()
    html = page_of(browser.get(change.get_absolute_url()))
    assert "Chờ đến ngày" in html and "số 12/NQ-HĐND ngày 10/11/2026 của HĐND xã Bình Lương" in html
    assert "Thôn 1, Thôn 2 thành Thôn Hòa Bình" in page_of(browser.get(reverse("villages:unit_changes")))


def test_the_page_of_a_new_name_shows_the_name_of_before(browser, units):
    url = reverse("villages:rename_unit", args=[units["thon1"].pk])
    response = confirmed(browser, url, {"name": "Thôn Hòa Bình", "effective_on": "20/11/2026", "once": "abc"})
    page = page_of(browser.get(response["Location"]))
    before = page.split("<dt>Trước ngày đó</dt>")[1].split("<dt>Từ ngày đó</dt>")[0]
    assert "Thôn 1" in before and "Thôn Hòa Bình" not in before
    assert names_after(page) == "Thôn Hòa Bình"


def test_confirming_something_else_shows_the_preview_again(browser, units):
    url = reverse("villages:merge_units")
    seen = browser.post(url, merger(units, do="preview")).context["previewed"]
    page = browser.post(url, merger(units, name="Thôn Khác", do="confirm", previewed=seen))
    assert page.status_code == 200 and not UnitChange.objects.exists()
    assert browser.post(url, merger(units, do="confirm")).status_code == 200
    assert not UnitChange.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "text"),
    [({"sources": []}, "Chọn ít nhất hai đơn vị"), ({"name": ""}, "Ghi tên của đơn vị mới."),
     ({"effective_on": "31/02/2026"}, "không có ngày"), ({"effective_on": "01/12/2025"}, "Chỉ ghi lùi được trong năm"),
     ({"acting_until": "01/06/2027"}, "31/05/2027 là muộn nhất"), ({"paper_date": "01/01/2030"}, "sau hôm nay"),
     ({"head": "999999"}, "999999"), ({"into": "x"}, "x"), ({"name": "x" * 121}, "120"),
     ({"name": "Th\u00abn B\u00d7nh"}, "bảng mã TCVN3 (ABC): đề nghị “Thôn Bình”"), ({"name": "Thôn 2 😀"}, "“😀”"),
     ({"name": "Thôn Н\u043eа"}, "(chữ Nga)"), ({"name": "Thôn B\ufffdnh"}, "bị hỏng khi chép")],
)  # fmt: skip
def test_bad_input_names_what_is_wrong_and_keeps_the_rest(browser, units, wrong, text):
    page = browser.post(reverse("villages:merge_units"), merger(units, do="preview", **wrong))
    assert page.status_code == 422
    html = page_of(page)
    assert text in html and "12/NQ-HĐND" in html
    assert not UnitChange.objects.exists()


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "phongnoivu", "quantri"])
def test_others_cannot_open_the_forms(signed_in, units, login):
    other = signed_in(login)
    for url in (reverse("villages:merge_units"), reverse("villages:rename_unit", args=[units["thon1"].pk])):
        assert other.get(url).status_code == other.post(url, merger(units)).status_code == 403


def test_another_communes_units_are_not_found(signed_in, other_commune, browser, units):
    stranger = signed_in("la-vanphong")
    for name in ("rename_unit", "split_unit", "close_unit", "set_unit_head"):
        url = reverse(f"villages:{name}", args=[units["thon1"].pk])
        assert stranger.get(url).status_code == stranger.post(url, {}).status_code == 404
    assert stranger.post(reverse("villages:merge_units"), merger(units, do="preview")).status_code == 422
    confirmed(browser, reverse("villages:merge_units"), merger(units))
    assert stranger.get(UnitChange.objects.get().get_absolute_url()).status_code == 404


def test_a_change_in_the_past_warns_of_what_happened_since(browser, units):
    typed = {"into": units["thon2"].pk, "effective_on": "01/11/2026", "once": "1"}
    url = reverse("villages:close_unit", args=[units["thon1"].pk])
    assert confirmed(browser, url, typed).status_code == 302
    assert UnitChange.objects.get().state == UnitChange.DONE
    assert UnitSuccession.objects.get().successor_id == units["thon2"].pk
    html = page_of(browser.get(units["thon1"].get_absolute_url()))
    assert "Thôn 1 đã kết thúc từ ngày 01/11/2026." in html
    assert "Đơn vị đã kết thúc (1)" in page_of(browser.get(reverse("villages:units")))


def test_a_split_by_a_pasted_list(browser, units):
    unit = units["thon1"]
    url = reverse("villages:split_unit", args=[unit.pk])
    typed = {"name_1": "Thôn Mới", "list_1": "lê văn bảy\nAi Đó", "effective_on": "20/11/2026", "once": "1"}
    assert "Ai Đó (không có trong danh sách hộ)" in page_of(browser.post(url, {**typed, "do": "preview"}))
    assert confirmed(browser, url, {**typed, "list_1": "lê văn bảy"}).status_code == 302
    assert Household.objects.get(head_name="Lê Văn Bảy", commune=unit.commune).unit.name == "Thôn Mới"
    assert "Tên đơn vị mới thứ 3" in page_of(browser.get(url, {"moi": "3"}))


def identity(**changed):
    typed = {
        "starts_on": "01/01/2027", "name": "xã Hóa Quỳ", "place_name": "Hóa Quỳ", "issuer": "ỦY BAN NHÂN DÂN XÃ HÓA QUỲ",
        "issuer_short": "UBND xã Hóa Quỳ", "letterhead_parent": "", "superior_office": "Sở Nội vụ tỉnh Thanh Hóa",
        "district": "", "province": "tỉnh Thanh Hóa", "paper": "Nghị quyết số 1686/NQ-UBTVQH15",
    }  # fmt: skip
    return {**typed, **changed}


def test_a_new_name_of_the_commune_follows_the_day_of_issue(browser, commune):
    assert browser.post(reverse("villages:set_identity"), identity()).status_code == 302
    assert committee_letterhead(commune, date(2026, 12, 31)).issuer == "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"
    assert committee_letterhead(commune, date(2027, 1, 1)).issuer == "ỦY BAN NHÂN DÂN XÃ HÓA QUỲ"
    page = page_of(browser.get(reverse("villages:identities")))
    assert "Nghị quyết số 1686/NQ-UBTVQH15" in page
    masthead = '<small class="brand-commune">xã {}</small>'
    assert masthead.format("Bình Lương") in page and masthead.format("Bình Lương") in page_of(Client().get("/"))
    with at(date(2027, 1, 1)):
        assert masthead.format("Hóa Quỳ") in page_of(Client().get("/"))
    again = browser.post(reverse("villages:set_identity"), identity(starts_on="01/02/2027"))
    assert again.status_code == 422 and "chưa đến ngày" in page_of(again)
    assert browser.post(reverse("villages:take_back_identity"), {"reason": "Ghi nhầm ngày"}).status_code == 302
    assert commune.identity_on(date(2027, 1, 1)).name == "xã Bình Lương"
    assert browser.post(reverse("villages:take_back_identity"), {"reason": "Ghi nhầm ngày"}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "text"),
    [({"starts_on": "01/06/2025"}, "Chỉ ghi lùi được"), ({"name": ""}, "Hãy nhập mục này."),
     ({"name": "xã Bình Lương", "place_name": "Bình Lương", "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG",
       "issuer_short": "UBND xã Bình Lương"}, "Chưa có gì khác")],
)  # fmt: skip
def test_a_wrong_name_is_refused(browser, commune, wrong, text):
    page = browser.post(reverse("villages:set_identity"), identity(**wrong))
    assert page.status_code == 422 and text in page_of(page)
    assert commune.identities.count() == 2


def test_a_closed_unit_is_taken_over_by_one_of_its_kind(browser, units, commune):
    """A thôn by a thôn, a school by a school; the only station by any unit that is no thôn; what is not offered is refused."""
    kinds = {}
    for code in ("thon1", "mamnon", "tramyte"):
        url = reverse("villages:close_unit", args=[units[code].pk])
        offered = [pk for pk, _ in browser.get(url).context["form"].fields["into"].choices if pk]
        kinds[code] = {unit.kind for unit in Unit.objects.filter(pk__in=offered)}
        assert offered and str(units[code].pk) not in offered
    assert kinds == {
        "thon1": {Unit.VILLAGE},
        "mamnon": {Unit.SCHOOL},
        "tramyte": {Unit.SCHOOL, Unit.ORGANISATION},
    }
    typed = {"into": units["mamnon"].pk, "effective_on": "20/11/2026", "once": "1", "do": "confirm"}
    answer = browser.post(reverse("villages:close_unit", args=[units["thon1"].pk]), typed)
    assert answer.status_code == 422 and not UnitChange.objects.exists()


@pytest.mark.parametrize("name", ["rename_unit", "close_unit", "split_unit"])
def test_the_form_names_the_unit_in_its_title(commune, signed_in, name):
    unit = Unit.objects.get(commune=commune, code="thon4")
    page = page_of(signed_in("vanphong").get(reverse(f"villages:{name}", args=[unit.pk])))
    title = re.search(r"<title>\s*(.*?)\s*</title>", page)[1]
    assert ": Thôn 4 –" in title and re.search(r"<h1>[^<]*: Thôn 4</h1>", page)


def names_after(html):
    """What the page of a change gives after "Từ ngày đó"."""
    part = html.split("<dt>Từ ngày đó</dt>")[1].split("</dd>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", part).split())


def test_a_split_names_what_stays_and_the_post_that_has_the_old_name(browser, units):
    thon1 = units["thon1"]
    typed = {
        "name_1": "Thôn 1B", "households_1": [Household.objects.filter(unit=thon1).first().pk], "rest_name": "Thôn 1A",
        "effective_on": DAY, "once": "tách",
    }  # fmt: skip
    planned = confirmed(browser, reverse("villages:split_unit", args=[thon1.pk]), typed)["Location"]
    assert names_after(page_of(browser.get(planned))) == "Thôn 1A, Thôn 1B"
    browser.post(reverse("villages:take_back_change", args=[UnitChange.objects.get().pk]), {"reason": "lùi ngày"})
    today = {**typed, "effective_on": "20/11/2026", "once": "hôm nay"}
    done = confirmed(browser, reverse("villages:split_unit", args=[thon1.pk]), today)["Location"]
    html = page_of(browser.get(done))
    assert names_after(html) == "Thôn 1A, Thôn 1B"
    head = Person.objects.get(user__username="thon1", commune=thon1.commune)
    assert reverse("villages:change_post", args=[head.pk]) in html and "nay vẫn ghi “Trưởng Thôn 1”" in html


def test_a_rename_names_the_post_that_has_the_old_name(browser, units):
    typed = {"name": "Thôn Mài", "effective_on": "20/11/2026", "once": "tên"}
    done = confirmed(browser, reverse("villages:rename_unit", args=[units["thon2"].pk]), typed)["Location"]
    html = page_of(browser.get(done))
    assert names_after(html) == "Thôn Mài" and "nay vẫn ghi “Trưởng Thôn 2”" in html
    head = Person.objects.get(user__username="thon2", commune=units["thon2"].commune)
    Person.objects.filter(pk=head.pk).update(post="Trưởng Thôn Mài")
    assert "nay vẫn ghi" not in page_of(browser.get(done))
