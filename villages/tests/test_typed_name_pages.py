"""Forms of people and households: what was read is proposed once, twins are distinguished, one CCCD is one person's."""

import pytest
from django.urls import reverse

from emulation.core.errors import RuleBroken
from tests.html import page_of
from villages.actions.households import add_household
from villages.actions.people import TwinFound, add_person, edit_person, edit_private
from villages.forms.people import PersonForm
from villages.models import Household, Person, PersonPrivate, Unit

NEW = {"full_name": "Lê Văn Tám", "birth_year": "1962", "group": "direct"}


@pytest.fixture
def unit(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def url(unit):
    return reverse("villages:add_person", args=[unit.pk])


@pytest.fixture
def tam(unit, office):
    return add_person(by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962, post="Nông dân")


def values(answer):
    """What the fields of the page contain."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize(
    ("typed", "sentence", "read"),
    [
        ("ông Lê Văn Tám", "Đã tách “ông” sang ô Cách xưng hô", {"form_of_address": "ông"}),
        ("Đ/c Lê Văn Tám", "sang ô Cách xưng hô (“đồng chí”)", {"form_of_address": "đồng chí"}),
        ("Thượng tá Lê Văn Tám", "sang ô Nghề nghiệp", {"post": "Thượng tá"}),
        ("ThS. Lê Văn Tám", "sang ô Nghề nghiệp", {"post": "Thạc sĩ"}),
        ("LÊ VĂN TÁM", "Viết hoa tất cả: đề nghị “Lê Văn Tám”", {}),
        ("lê văn tám", "đề nghị “Lê Văn Tám”", {}),
        ("Lê Văn Tám (Tám Cò)", "sang ô Tên thường gọi", {"nickname": "Tám Cò"}),
        ("Lª V¨n T¸m", "TCVN3", {}),
        ("Leâ Vaên Taùm", "VNI", {}),
        ("Lê Vаn Tám", "khác mã", {"full_name": "Lê Van Tám"}),
    ],
)
def test_what_was_read_is_proposed_once_and_then_saved(signed_in, url, typed, sentence, read):
    browser = signed_in("thon1")
    first = browser.post(url, {**NEW, "full_name": typed})
    assert first.status_code == 422 and sentence in page_of(first)
    assert not Person.objects.filter(birth_year=1962, unit__code="thon1").exists()
    proposed = values(first)
    assert {**proposed, "full_name": "Lê Văn Tám", **read} == proposed
    assert browser.post(url, proposed).status_code == 302
    person = Person.objects.get(name_key=Person.objects.latest("pk").name_key)
    assert (person.full_name, person.post, person.nickname) == (
        proposed["full_name"], proposed["post"], proposed["nickname"]
    )  # fmt: skip


def test_a_proposal_may_be_refused(signed_in, url):
    browser = signed_in("thon1")
    first = browser.post(url, {**NEW, "full_name": "ông LÊ VĂN TÁM", "post": "Tr\u00adëng th«n"})
    assert "Giữ như đã gõ" in page_of(first) and values(first)["post"] == "Trưởng thôn"
    kept = {**values(first), **first.context["form"].typed_values, "keep_typed": "1"}
    assert browser.post(url, kept).status_code == 302
    person = Person.objects.latest("pk")
    assert (person.full_name, person.form_of_address) == ("LÊ VĂN TÁM", "ông")
    edited = {**values(browser.get(reverse("villages:edit_person", args=[person.pk]))), "sex": "nam"}
    assert browser.post(reverse("villages:edit_person", args=[person.pk]), edited).status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Lê Văn T\ufffdm", "bị hỏng khi chép"), ("Lê Văn Tám 😀", "không in được trong tên: “😀”"),
     ("Lê Văn Ta\u0301\u0302\u0303\u0308m", "Dấu chồng quá nhiều")],
)  # fmt: skip
def test_characters_that_no_name_has_are_refused_and_kept_in_the_box(signed_in, url, unit, typed, words):
    browser = signed_in("thon1")
    for address, field in ((url, "full_name"), (reverse("villages:add_household", args=[unit.pk]), "head_name")):
        page = browser.post(address, {**NEW, field: typed})
        assert page.status_code == 422 and words in str(page.context["form"].errors[field])
        assert page.context["form"][field].value() == typed
    assert not Person.objects.filter(full_name__startswith="Lê Văn T").exists()


def test_a_title_is_no_proposal_to_refuse(signed_in, url):
    assert "Giữ như đã gõ" not in page_of(signed_in("thon1").post(url, {**NEW, "full_name": "ông Lê Văn Tám"}))


def test_ong_is_a_family_name_with_its_form_of_address(signed_in, url):
    browser = signed_in("thon1")
    first = browser.post(url, {**NEW, "full_name": "Ông Ích Khiêm"})
    assert "Nếu họ đúng là “Ông”" in page_of(first)
    assert browser.post(url, {**values(first), "full_name": "Ông Ích Khiêm"}).status_code == 302
    assert Person.objects.latest("pk").addressed_in_sentence == "ông Ông Ích Khiêm"


@pytest.mark.parametrize(("typed", "head", "form"), [("Hộ ông Lê Văn Chín", "Lê Văn Chín", "ông"),
                                                      ("HỘ GIA ĐÌNH BÀ LÒ THỊ MƯỜI", "Lò Thị Mười", "bà")])  # fmt: skip
def test_a_household_is_read_apart_too(signed_in, unit, typed, head, form):
    browser = signed_in("vanphong")
    add = reverse("villages:add_household", args=[unit.pk])
    proposed = values(browser.post(add, {"head_name": typed}))
    assert browser.post(add, proposed).status_code == 302
    assert Household.objects.filter(head_name=head, form_of_address=form).exists()


def test_households_compare_with_their_marks(signed_in, unit):
    browser = signed_in("vanphong")
    add = reverse("villages:add_household", args=[unit.pk])
    for name in ("Lò Văn Bảy", "Lò Văn Bẩy", "H'Mai Lò"):
        assert browser.post(add, {"head_name": name}).status_code == 302, name
    again = browser.post(add, {"head_name": "H’Mai Lò"})
    there = Household.objects.get(head_name="H'Mai Lò")
    assert again.status_code == 422 and there.get_absolute_url() in page_of(again)


@pytest.mark.parametrize(
    ("typed", "year", "day"),
    [("22/7/1962", 1962, "22/07/1962"), ("sinh năm 1962", 1962, None), ("7/1962", 1962, None),
     ("ngày 22 tháng 7 năm 1962", 1962, "22/07/1962"), ("1962-07-22 00:00:00", 1962, "22/07/1962"), ("", None, None)],
)  # fmt: skip
def test_a_whole_day_is_read_in_the_field_of_the_year(signed_in, url, typed, year, day):
    page = signed_in("thon1").post(url, {**NEW, "birth_year": typed}, follow=True)
    person = Person.objects.latest("pk")
    assert (person.birth_year, f"{person.birth_date:%d/%m/%Y}" if person.birth_date else None) == (year, day)
    assert ("Ô Năm sinh ghi cả ngày" in page_of(page)) is (day is not None)


@pytest.mark.parametrize(
    ("typed", "message"), [("31/2/1962", "Không có ngày 31"), ("62", "bốn chữ số"), ("1762", "từ 1900")]
)
def test_another_year_is_kept_with_the_reason(signed_in, url, typed, message):
    page = signed_in("thon1").post(url, {**NEW, "birth_year": typed})
    assert page.status_code == 422 and message in page_of(page) and values(page)["birth_year"] == typed


# ── twins ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("fact", "shown"),
    [({"twin_note": "con ông Bảy"}, "Lê Văn Tám, con ông Bảy"), ({"birth_date": "1/2/1962"}, "Lê Văn Tám, sinh ngày 01/02/1962"),
     ({"post": "Giáo viên"}, "Lê Văn Tám, giáo viên")],
)  # fmt: skip
def test_a_twin_is_entered_with_what_distinguishes_them(signed_in, url, unit, tam, fact, shown):
    browser = signed_in("thon1")
    first = browser.post(url, {**NEW, **({} if "post" in fact else {"post": "Nông dân"})})
    page = page_of(first)
    assert first.status_code == 422 and tam.get_absolute_url() in page and "Nông dân" in page
    assert 'name="twin_note"' in page and 'type="hidden" name="twin_note"' not in page
    seen = f"{tam.pk},"
    assert browser.post(url, {**values(first), "twins_seen": seen}).status_code == 422
    assert browser.post(url, {**values(first), **fact}).status_code == 422  # the page had not shown who is there
    assert browser.post(url, {**values(first), **fact, "twins_seen": seen}).status_code == 302
    rows = page_of(browser.get(unit.get_absolute_url(), {"q": "tam"}))
    assert f">{shown}</a>" in rows
    found = page_of(browser.get(reverse("villages:person_search"), {"unit": unit.pk, "name": "tam"}))
    assert shown in found
    tam.delete()
    assert f">{shown}</a>" not in page_of(browser.get(unit.get_absolute_url(), {"q": "tam"}))


def test_a_fact_that_the_twin_lacks_is_named_as_not_compared(signed_in, url, unit, tam):
    browser = signed_in("thon1")
    typed = {**NEW, "sex": "nam", "post": "Nông dân"}
    page = page_of(browser.post(url, {**typed, "twins_seen": f"{tam.pk},"}))
    assert "Giới tính chưa so được, vì người đã có chưa ghi mục này." in page
    assert Person.objects.filter(unit=unit, full_name="Lê Văn Tám").count() == 1
    assert "chưa so được" not in page_of(browser.post(url, NEW))


def test_a_household_distinguishes_twins(unit, office, tam):
    home = Household.objects.filter(unit=unit).first()
    other = add_household(by=office, unit=unit, head_name="Lò Văn Chín")
    edit_person(by=office, person=tam, **{**PersonForm.initial_of(tam), "household": home})
    twin = add_person(
        by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962, household=other, twins_seen=[tam.pk]
    )
    with pytest.raises(TwinFound):
        edit_person(by=office, person=twin, **{**PersonForm.initial_of(twin), "household": home})
    stranger = add_household(by=office, unit=Unit.objects.get(code="thon2"), head_name="Lò Văn Chín")
    with pytest.raises(RuleBroken, match="không thuộc đơn vị"):
        edit_person(by=office, person=twin, **{**PersonForm.initial_of(twin), "household": stranger})


def test_a_twin_without_facts_may_still_be_edited(unit, office, tam):
    add_person(
        by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962, twin_note="xóm Trong", twins_seen=[tam.pk]
    )
    edit_person(by=office, person=tam, **{**PersonForm.initial_of(tam), "post": ""})
    with pytest.raises(TwinFound):
        edit_person(by=office, person=tam, **{**PersonForm.initial_of(tam), "twin_note": "Xóm trong"})


def test_a_twin_added_meanwhile_is_shown_first(unit, office, tam):
    add_person(
        by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962, twin_note="xóm Trong", twins_seen=[tam.pk]
    )
    with pytest.raises(TwinFound) as found:
        add_person(
            by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962, twin_note="xóm Núi", twins_seen=[tam.pk]
        )
    assert len(found.value.twins) == 2


# ── CCCD ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_pasted_cccd_is_read_and_one_number_is_one_persons(signed_in, office, unit, tam):
    browser = signed_in("vanphong")
    save = reverse("villages:edit_private", args=[tam.pk])
    assert browser.post(save, {"cccd": "038 062.001 234"}).status_code == 302
    assert PersonPrivate.objects.get(person=tam).cccd == "038062001234"
    other = add_person(by=office, unit=unit, full_name="Lò Văn Chín", birth_year=1962)
    refused = browser.post(
        reverse("villages:edit_private", args=[other.pk]), {"cccd": "038062001234", "ethnicity": "Thái"}
    )
    page = page_of(refused)
    assert refused.status_code == 422 and tam.get_absolute_url() in page and 'value="Thái"' in page
    assert browser.post(save, {"cccd": "038062001234", "ethnicity": "Thái"}).status_code == 302


@pytest.mark.parametrize(
    ("cccd", "message"),
    [("03806200123", "có 11 chữ số"), ("CCCD 038062001234", "bỏ chữ"), ("038062001", "chứng minh nhân dân cũ"),
     ("038162001234", "là của nữ"), ("038085001234", "sinh năm 1985"), ("038262001234", "sinh năm 2062")],
)  # fmt: skip
def test_a_wrong_cccd_is_refused_with_the_reason(signed_in, office, tam, cccd, message):
    edit_person(by=office, person=tam, **{**PersonForm.initial_of(tam), "sex": "nam"})
    answer = signed_in("vanphong").post(reverse("villages:edit_private", args=[tam.pk]), {"cccd": cccd})
    assert answer.status_code == 422 and message in page_of(answer) and cccd in page_of(answer)
    assert not PersonPrivate.objects.exists()


def test_a_later_sex_or_year_is_compared_with_the_stored_cccd_without_revealing_it(signed_in, office, tam):
    edit_private(by=office, person=tam, ethnicity="", cccd="038062001234", discipline="")
    url = reverse("villages:edit_person", args=[tam.pk])
    browser = signed_in("thon1")
    answer = browser.post(url, {**NEW, "sex": "nu", "birth_year": "1963"})
    page = page_of(answer)
    assert answer.status_code == 422 and page.count("không khớp với số CCCD đang lưu") >= 2
    assert "038062001234" not in page
    assert browser.post(url, {**NEW, "sex": "nam", "post": "Giáo viên"}).status_code == 302
