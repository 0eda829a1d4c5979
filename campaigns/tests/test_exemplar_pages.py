"""Pages of exemplars: saved input, validation, visibility."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    return_exemplar,
    save_exemplar,
    start_exemplar,
    submit_exemplar,
)
from campaigns.exemplars.actions.exemplar_photo import add_photo
from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPhoto
from campaigns.tests.conftest import DEED
from emulation.core import content_store
from emulation.core.errors import RuleBroken
from tests.html import page_of
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_stay import record_leaving
from villages.models import Person, PersonChange, Unit

SCRIPT = '<script>alert("x")</script>'


def jpeg(colour="red", exif=None):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def upload(data, name="anh.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


@pytest.fixture
def new_url(period, unit):
    return reverse("campaigns:new", args=[period.pk, unit.pk])


@pytest.fixture
def answers(full_content):
    return {
        "kind": "person",
        "name": "Vi Văn Thành",
        "pick": f"p:{full_content.person.pk}",
        "field": full_content.field.pk,
        "deed": DEED,
        "result": "Đường rộng 4 m.",
        "once": "k" * 20,
    }


def edit_url(exemplar):
    return reverse("campaigns:edit", args=[exemplar.pk])


def test_a_village_head_sends_an_exemplar_with_a_photo(signed_in, new_url, answers):
    gps = Image.Exif()
    gps[0x8825] = {1: "N", 2: (19.0, 40.0, 0.0)}
    answers["photo"] = [upload(jpeg(exif=gps)), upload(jpeg("blue"), "hai.jpg")]
    page = signed_in("thon1").post(new_url, {**answers, "do": "submit"}, follow=True)
    exemplar = Exemplar.objects.get()
    assert page.redirect_chain[0][0] == exemplar.get_absolute_url()
    assert "Đã gửi Văn phòng" in page_of(page)
    assert (exemplar.state, exemplar.nominee_name, exemplar.photos.count()) == ("submitted", "Vi Văn Thành", 2)
    kept = Image.open(io.BytesIO(content_store.read(exemplar.photos.first().sha256)))
    assert not kept.getexif()


def test_a_draft_with_only_a_name_is_saved(signed_in, new_url):
    page = signed_in("thon1").post(new_url, {"name": "Lò Thị", "do": "save", "once": "a" * 20}, follow=True)
    exemplar = Exemplar.objects.get()
    assert page.redirect_chain[0][0] == edit_url(exemplar)
    assert (exemplar.state, exemplar.new_nominee) == ("draft", {"name": "Lò Thị", "undecided": True})
    assert 'value="Lò Thị"' in page_of(page)


def test_submitting_the_form_twice_creates_one_exemplar(signed_in, new_url, answers):
    browser = signed_in("thon1")
    for _ in range(2):
        page = browser.post(new_url, {**answers, "do": "submit"}, follow=True)
        assert page.status_code == 200
    assert Exemplar.objects.count() == 1


def test_going_back_and_submitting_again_saves_the_later_text(signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "field": "", "do": "submit"})
    browser.post(new_url, {**answers, "deed": f"{DEED} Thêm một câu.", "do": "submit"})
    exemplar = Exemplar.objects.get()
    assert (exemplar.state, exemplar.deed) == ("submitted", f"{DEED} Thêm một câu.")


def test_submitting_a_draft_twice_shows_that_it_was_sent(signed_in, draft, answers):
    browser = signed_in("thon1")
    data = {**answers, "seen": draft.version, "do": "submit"}
    browser.post(edit_url(draft), data)
    page = browser.post(edit_url(draft), data, follow=True)
    assert "Điển hình này đã gửi Văn phòng rồi." in page_of(page)
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_missing_fields_are_marked_and_the_rest_is_saved(signed_in, new_url):
    page = signed_in("thon1").post(new_url, {"kind": "person", "result": "Tốt hơn.", "do": "submit", "once": "b" * 20})
    html = page_of(page)
    assert page.status_code == 422
    for message in ("Hãy chọn lĩnh vực.", "Hãy kể việc đã làm", "Hãy gõ tên rồi chọn đúng người", "lưu vào bản nháp"):
        assert message in html
    exemplar = Exemplar.objects.get()
    assert (exemplar.state, exemplar.result) == ("draft", "Tốt hơn.")
    assert f'action="{edit_url(exemplar)}"' in html


BAD_PHOTOS = [
    (b"%PDF-1.4 not a picture", "không phải ảnh JPEG, PNG, WebP hoặc đã hỏng"),
    (b"\xff\xd8\xff\xe0" + b"\0" * 400, "không phải ảnh JPEG, PNG, WebP hoặc đã hỏng"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "không phải ảnh JPEG, PNG, WebP hoặc đã hỏng"),
    (b"GIF89a" + b"\0" * 100, "không phải ảnh JPEG, PNG, WebP hoặc đã hỏng"),
    (b"\0\0\0\x18ftypheic" + b"\0" * 40, "Ảnh HEIC chưa dùng được"),
    (b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024), "ảnh nặng 30 MB, nhiều nhất là 12 MB"),
]


@pytest.mark.parametrize(("data", "message"), BAD_PHOTOS, ids=["pdf", "torn", "svg", "gif", "heic", "heavy"])
def test_an_invalid_photo_loses_no_text(signed_in, new_url, answers, data, message):
    page = signed_in("thon1").post(new_url, {**answers, "photo": upload(data), "do": "submit"})
    html = page_of(page)
    assert page.status_code == 422
    assert message in html
    assert DEED in html
    exemplar = Exemplar.objects.get()
    assert (exemplar.state, exemplar.deed, exemplar.person.full_name) == ("draft", DEED, "Vi Văn Thành")
    assert not ExemplarPhoto.objects.exists()


def test_all_errors_are_shown_at_once(signed_in, new_url, answers):
    data = {**answers, "field": "", "photo": upload(b"no picture"), "do": "submit"}
    html = page_of(signed_in("thon1").post(new_url, data))
    assert "Hãy chọn lĩnh vực." in html
    assert "Tệp này không phải ảnh" in html


def test_the_valid_photo_of_three_is_saved(signed_in, new_url, answers):
    heavy = upload(b"\0" * (13 * 1024 * 1024), "nang.jpg")
    photos = [heavy, upload(jpeg()), upload(b"no picture", "hong.jpg")]
    page = signed_in("thon1").post(new_url, {**answers, "photo": photos, "do": "submit"})
    html = page_of(page)
    assert "hong.jpg: Tệp này không phải ảnh" in html
    assert "nang.jpg: ảnh nặng 13 MB" in html
    assert Exemplar.objects.get().photos.count() == 1


def test_a_lost_photo_is_a_placeholder(signed_in, village_head, draft):
    photo = add_photo(by=village_head, exemplar=draft, data=jpeg())
    for sha in {photo.sha256, photo.thumb_sha256}:
        content_store.path(sha).unlink()
    for name in ("photo", "photo_thumb"):
        response = signed_in("thon1").get(reverse(f"campaigns:{name}", args=[photo.pk]))
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert "Ảnh đã mất" in response.content.decode() and "no-store" in response["Cache-Control"]


def test_four_photos_are_one_too_many(signed_in, new_url, answers):
    photos = [upload(jpeg(colour)) for colour in ("red", "blue", "green", "black")]
    page = signed_in("thon1").post(new_url, {**answers, "photo": photos, "do": "save"})
    assert "nhiều nhất 3 ảnh" in page_of(page)
    assert Exemplar.objects.get().photos.count() == 3


def test_extra_photos_are_refused_before_decoding(signed_in, village_head, draft):
    for colour in ("red", "blue", "green"):
        add_photo(by=village_head, exemplar=draft, data=jpeg(colour))
    # decoding these bytes would raise another message
    with pytest.raises(RuleBroken, match="nhiều nhất 3 ảnh"):
        add_photo(by=village_head, exemplar=draft, data=b"no picture")
    again = add_photo(by=village_head, exemplar=draft, data=jpeg("blue"))
    assert again == draft.photos.all()[1] and draft.photos.count() == 3
    files = [upload(b"no picture", f"{number}.jpg") for number in range(5)]
    page = signed_in("thon1").post(edit_url(draft), {"kind": "person", "seen": draft.version, "photo": files})
    html = page.content.decode()
    for number in range(5):
        assert f"{number}.jpg: Mỗi điển hình có nhiều nhất 3 ảnh" in html
    assert "không phải ảnh" not in html


def test_an_extra_file_is_not_read(signed_in, new_url, answers):
    photos = [*(upload(b"no picture", f"{number}.jpg") for number in range(3)), upload(jpeg(), "3.jpg")]
    html = signed_in("thon1").post(new_url, {**answers, "photo": photos, "do": "save"}).content.decode()
    assert all(f"{number}.jpg: Tệp này không phải ảnh" in html for number in range(3))
    assert "3.jpg: Mỗi điển hình có nhiều nhất 3 ảnh" in html
    assert Exemplar.objects.get().photos.count() == 0


def test_a_photo_is_shown_and_removed_on_a_later_visit(signed_in, village_head, draft):
    photo = add_photo(by=village_head, exemplar=draft, data=jpeg())
    browser = signed_in("thon1")
    page = browser.get(edit_url(draft))
    assert photo.thumb_url in page_of(page)
    shown = browser.get(photo.url)
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"
    version = Exemplar.objects.get().version
    browser.post(edit_url(draft), {"kind": "person", "deed": "Đang viết", "seen": version, "remove_photo": photo.pk})
    draft.refresh_from_db()
    assert (draft.photos.count(), draft.deed) == (0, "Đang viết")


def test_photos_of_other_units_are_not_found(signed_in, village_head, draft, other_commune):
    photo = add_photo(by=village_head, exemplar=draft, data=jpeg())
    for login in ("thon2", "hoidong2", "la-vanphong"):
        assert signed_in(login).get(photo.url).status_code == 404
    assert signed_in("phongnoivu").get(photo.url).status_code == 403


def test_a_long_name_is_refused_and_the_rest_saved(signed_in, new_url, answers):
    page = signed_in("thon1").post(new_url, {**answers, "name": "Lê " * 250, "do": "submit"})
    html = page_of(page)
    assert page.status_code == 422
    assert "Nhiều nhất 120 ký tự" in html
    assert Exemplar.objects.get().deed == DEED


def test_decomposed_text_is_composed(signed_in, new_url, answers):
    import unicodedata

    signed_in("thon1").post(new_url, {**answers, "deed": unicodedata.normalize("NFD", DEED), "do": "save"})
    assert Exemplar.objects.get().deed == DEED


def test_script_in_every_text_is_shown_as_text(signed_in, office, new_url, answers, full_content):
    # the form takes tags out of a name; an older record may have them
    Person.objects.filter(pk=full_content.person.pk).update(full_name=SCRIPT, post=SCRIPT)
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "deed": SCRIPT * 2, "result": SCRIPT, "do": "submit"})
    exemplar = Exemplar.objects.get()
    assert exemplar.nominee_name == SCRIPT
    return_exemplar(by=office, exemplar=exemplar, notes={"deed": SCRIPT})
    pages = [exemplar.get_absolute_url(), edit_url(exemplar), reverse("campaigns:month")]
    texts = [page_of(browser.get(url)) for url in pages]
    texts.append(page_of(signed_in("vanphong").get(reverse("campaigns:exemplars"))))
    for text in texts:
        assert SCRIPT not in text
        assert "&lt;script&gt;" in text


def test_searching_a_name_without_diacritics_and_without_scripts(signed_in, new_url, full_content):
    page = signed_in("thon1").post(new_url, {"kind": "person", "name": "thanh", "do": "find", "once": "c" * 20})
    html = page_of(page)
    assert page.status_code == 200
    assert f'value="p:{full_content.person.pk}"' in html
    assert "Thêm mới: <b>thanh</b>" in html
    assert not Exemplar.objects.exists()


def test_what_enter_presses_searches(signed_in, new_url):
    first = re.search(r'<button[^>]*name="do"[^>]*>', page_of(signed_in("thon1").get(new_url)))
    assert 'value="find"' in first[0]


@pytest.mark.parametrize("button", ["submit", "save"])
def test_an_empty_form_makes_no_draft(signed_in, new_url, button):
    page = signed_in("thon1").post(new_url, {"kind": "person", "do": button, "once": "b" * 20})
    html = page_of(page)
    assert page.status_code == 422 and "chưa lưu bản nào" in html and "Hãy kể việc đã làm" in html
    assert "lưu vào bản nháp" not in html and not Exemplar.objects.exists()


def test_the_same_words_from_a_fresh_form_are_asked_about(signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "do": "save"})
    first = Exemplar.objects.get()
    fresh = {**answers, "once": "z" * 20, "do": "submit"}
    page = browser.post(new_url, fresh)
    assert page.status_code == 422 and "Đã có bản như thế này" in page_of(page)
    assert first.get_absolute_url() in page_of(page) and answers["deed"] in page_of(page)
    assert Exemplar.objects.count() == 1
    assert browser.post(new_url, {**fresh, "deed": f"{DEED} Việc thứ hai."}).status_code == 302
    assert browser.post(new_url, {**fresh, "once": "y" * 20, "again": "1"}).status_code == 302
    assert Exemplar.objects.count() == 3


def test_back_to_the_form_where_the_choice_is_lost_makes_no_second_draft(signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "do": "save"})
    again = {**answers, "name": "", "pick": "", "once": "z" * 20, "do": "save"}
    page = browser.post(new_url, again)
    assert page.status_code == 422 and "Đã có bản như thế này" in page_of(page) and Exemplar.objects.count() == 1
    assert browser.post(new_url, {**again, "deed": f"{DEED} Việc thứ hai."}).status_code == 302


def test_a_draft_is_dropped_from_the_list(in_november, signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "do": "save"})
    draft = Exemplar.objects.get()
    drop = reverse("campaigns:cancel", args=[draft.pk])
    assert f'action="{drop}"' in page_of(browser.get(reverse("campaigns:month")))
    page = page_of(browser.post(drop, {"seen": draft.version}, follow=True))
    assert "Đã bỏ bản này" in page and f'action="{drop}"' not in page


def test_a_single_match_is_not_chosen_automatically(signed_in, new_url, answers):
    page = signed_in("thon1").post(new_url, {**answers, "pick": "", "do": "submit"})
    assert page.status_code == 422
    assert "chọn đúng người trong danh sách" in page_of(page)


def test_a_person_of_another_unit_is_refused(signed_in, new_url, answers):
    stranger = Person.objects.get(full_name="Lương Văn Thúy")
    page = signed_in("thon1").post(new_url, {**answers, "pick": f"p:{stranger.pk}", "do": "submit"})
    assert page.status_code == 422
    assert "không có trong danh sách của đơn vị" in page_of(page)
    assert Exemplar.objects.get().person is None


def test_a_stale_form_is_refused_and_keeps_its_text(signed_in, village_head, draft, full_content):
    seen = draft.version
    save_exemplar(by=village_head, exemplar=draft, content=ExemplarContent(kind="person", deed="Bản mới hơn."))
    page = signed_in("thon1").post(edit_url(draft), {"kind": "person", "deed": "Bản cũ.", "seen": seen, "do": "save"})
    html = page_of(page)
    assert page.status_code == 409
    assert "đã được người khác thay đổi" in html
    assert "Bản cũ." in html
    draft.refresh_from_db()
    assert draft.deed == "Bản mới hơn."


def test_the_return_reason_is_shown_at_its_field(signed_in, submitted):
    office = signed_in("vanphong")
    url = reverse("campaigns:return", args=[submitted.pk])
    empty = office.post(url, {"deed": "", "seen": submitted.version})
    assert "Hãy ghi lý do trả lại ở ít nhất một mục" in page_of(empty)
    office.post(url, {"deed": "Ghi rõ ngày nào.", "seen": submitted.version})
    html = page_of(signed_in("thon1").get(edit_url(submitted)))
    at_deed = html[html.index('id="div_id_deed"') : html.index('id="div_id_result"')]
    assert "Ghi rõ ngày nào." in at_deed
    assert DEED in at_deed


def test_concurrent_reviews(signed_in, submitted):
    seen = submitted.version
    browser = signed_in("vanphong")
    browser.post(reverse("campaigns:accept", args=[submitted.pk]), {"seen": seen})
    page = browser.post(reverse("campaigns:return", args=[submitted.pk]), {"deed": "Sửa.", "seen": seen})
    assert page.status_code == 422
    assert "đang ở trạng thái “Đã chấp nhận”" in page_of(page)
    submitted.refresh_from_db()
    assert submitted.state == "accepted"


def test_an_answer_none_on_the_pages(in_november, signed_in, period, unit):
    url = reverse("campaigns:new_nothing", args=[period.pk, unit.pk])
    browser = signed_in("thon1")
    for button in ("submit", "save"):
        assert "Hãy ghi lý do" in page_of(browser.post(url, {"do": button, "once": "d" * 20}))
    assert not Exemplar.objects.exists()
    browser.post(url, {"nothing_reason": "Thôn lo vụ mùa.", "do": "submit", "once": "d" * 20})
    draft = Exemplar.objects.get()
    assert (draft.state, draft.nothing_reason) == ("submitted", "Thôn lo vụ mùa.")
    assert "Đã báo kỳ này không có" in page_of(browser.get(reverse("campaigns:month")))


def test_the_start_page_shows_returned_exemplars(in_november, signed_in, office, submitted):
    return_exemplar(by=office, exemplar=submitted, notes={"deed": "Ghi rõ ngày."})
    page = page_of(signed_in("thon1").get(reverse("campaigns:month")))
    assert "Văn phòng trả lại 1 bản" in page
    assert "Đã gửi 1 điển hình" not in page


def test_a_birth_year_out_of_range_is_refused_in_vietnamese(signed_in, new_url, answers):
    typed = {**answers, "pick": "", "birth_year": "1700", "do": "submit"}
    assert "Năm sinh phải từ 1900 đến nay." in page_of(signed_in("thon1").post(new_url, typed))


@pytest.mark.parametrize(
    ("login", "expected"), [("thon1", 200), ("thon2", 404), ("vanphong", 403), ("phongnoivu", 403), ("quantri", 403)]
)
def test_only_the_head_of_the_unit_opens_its_form(signed_in, draft, login, expected):
    assert signed_in(login).get(edit_url(draft)).status_code == expected


def test_a_head_cannot_write_for_another_unit(signed_in, period):
    other = Unit.objects.get(code="thon2")
    page = signed_in("thon1").post(reverse("campaigns:new", args=[period.pk, other.pk]), {"deed": DEED})
    assert page.status_code == 403
    assert "người đứng đầu đơn vị đó" in page_of(page)
    assert not Exemplar.objects.exists()


def test_users_of_another_commune_find_nothing(signed_in, other_commune, draft, period):
    browser = signed_in("la-vanphong")
    for name, pk in (("exemplar", draft.pk), ("return", draft.pk), ("board", period.pk)):
        assert browser.get(reverse(f"campaigns:{name}", args=[pk])).status_code == 404
    assert signed_in("la-thon1").get(edit_url(draft)).status_code == 404


@pytest.fixture
def many(commune, village_head, unit, period):
    def make(count):
        for number in range(count):
            person = Person(commune=commune, unit=unit, birth_year=1950 + number)
            person.put_name(f"Lê Văn {number}")
            person.save()
            content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=DEED)
            exemplar = start_exemplar(by=village_head, unit=unit, period=period, content=content)
            submit_exemplar(by=village_head, exemplar=exemplar)

    return make


@pytest.mark.parametrize(
    ("login", "name"),
    [("thon1", "month"), ("vanphong", "exemplars"), ("vanphong", "periods"), ("vanphong", "board")],
)
def test_lists_have_the_same_number_of_queries_with_3_and_23_rows(
    signed_in, many, period, login, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse(f"campaigns:{name}", args=[period.pk] if name == "board" else [])
    many(3)
    browser = signed_in(login)
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(url)
    many_more = 20
    for number in range(many_more):
        row = Exemplar.objects.first()
        row.pk = None
        row.deed = f"{DEED} {number}"
        row.save(force_insert=True)
    with django_assert_num_queries(len(few)):
        page = browser.get(url)
    assert page.status_code == 200
    assert len(few) <= 16


def test_search_and_filters_of_the_list(signed_in, submitted):
    browser = signed_in("vanphong")
    url = reverse("campaigns:exemplars")
    assert "Vi Văn Thành" in page_of(browser.get(url, {"q": "thanh vi"}))
    assert "Không tìm thấy ai" in page_of(browser.get(url, {"q": "khong co"}))
    assert "Chưa có điển hình nào ở đây" in page_of(browser.get(url, {"trang-thai": "accepted"}))


def test_only_the_office_opens_a_quarter_once(signed_in):
    url = reverse("campaigns:open_period")
    data = {"kind": "quarter", "number": "4", "year": "2026", "due_on": ""}
    assert signed_in("thon1").post(url, data).status_code == 403
    assert signed_in("chutich").get(url).status_code == 403
    browser = signed_in("vanphong")
    early = browser.post(url, {**data, "due_on": "01/02/2026"})
    assert "Hạn gửi không thể trước ngày đầu kỳ." in page_of(early)
    assert "Số kỳ phải từ 1 đến 4." in page_of(browser.post(url, {**data, "number": "5"}))
    opened = page_of(browser.post(url, data, follow=True))
    assert "Quý IV/2026: đơn vị nào đã gửi?" in opened
    assert "25/12/2026" in opened
    assert "Quý IV/2026 đã mở rồi." in page_of(browser.post(url, data))


def test_an_empty_form_names_as_many_places_as_it_counts(new_url, signed_in, period):
    for kind in ("person", "household"):
        page = page_of(signed_in("thon1").post(new_url, {"kind": kind, "do": "submit", "once": f"{kind:x<20}"}))
        summary = page[page.index('id="loi"') : page.index("</div>", page.index('id="loi"'))]
        assert summary.count("<li>") == 3 and "còn 3 chỗ" in summary and "chưa lưu bản nào" in summary
    assert not Exemplar.objects.filter(period=period).exists()


def test_the_page_names_that_the_person_died(office, submitted, signed_in):
    browser = signed_in("vanphong")
    page = submitted.get_absolute_url()
    words = "đã mất từ ngày 01/05/2026"
    assert submitted.person is not None and words not in page_of(browser.get(page))
    change = record_leaving(by=office, person=submitted.person, kind=PersonChange.DIED, effective_on=date(2026, 5, 1))
    assert words in page_of(browser.get(page))
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    assert words not in page_of(browser.get(page))
