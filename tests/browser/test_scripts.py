"""The scripts in a real browser: a form is sent once, typed text is not lost, photos are resized."""

import re
import threading
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, expect

from tests.browser.form_server import REFUSED, FormServer


def stored_drafts(page: Page) -> list[str]:
    return page.evaluate("Object.entries(localStorage).map(([key, value]) => key + ' ' + value)")


def test_a_form_is_sent_once(sink: FormServer, page: Page) -> None:
    sink.slow.clear()
    page.goto(sink.url)
    page.evaluate(
        """() => { const button = document.querySelector("form button"); button.click();
        setTimeout(() => { button.click(); sessionStorage.said = button.textContent; }, 100); }"""
    )
    threading.Timer(0.6, sink.slow.set).start()
    page.wait_for_url("**/xong")
    assert page.evaluate("sessionStorage.said") == "Đang gửi…"
    assert len(sink.sent) == 1


def test_typed_text_can_be_restored_after_a_failure_and_is_deleted_after_success(sink: FormServer, page: Page) -> None:
    sink.after = "/loi"
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.fill("#secret", "mat-khau-cua-toi")
    page.click("form button")
    page.wait_for_url("**/loi")
    assert len(stored_drafts(page)) == 1
    assert "mat-khau-cua-toi" not in stored_drafts(page)[0]

    page.goto(sink.url)
    assert page.input_value("#deed") == ""  # the text is restored only on request
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#deed") == "Hiến đất mở đường"

    sink.after = "/xong"
    page.locator("form button", has_text="Gửi").first.click()
    page.wait_for_url("**/xong")
    assert stored_drafts(page) == []


@pytest.mark.parametrize("fails", ["", 'if (key !== "so-vang:?") '], ids=["from the start", "later"])
def test_a_full_device_is_named_and_nothing_is_called_kept(sink: FormServer, page: Page, fails: str) -> None:
    full = "throw new DOMException('full', 'QuotaExceededError');"
    page.add_init_script(f"Storage.prototype.setItem = function (key) {{ {fails}{full} }};")
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    expect(page.locator("[data-keep-note]")).to_contain_text("Máy này hết chỗ, không giữ tạm được")


def test_text_that_the_server_has_not_confirmed_is_offered_again(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.context.set_offline(True)
    page.locator("form button", has_text="Gửi").first.click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    for other in ("/viec", "/xong"):  # other pages, even one with the success message of another form
        page.goto(sink.url + other, referer=sink.url + "/viec")
        assert len(stored_drafts(page)) == 1, other
    page.goto(sink.url)
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#deed") == "Hiến đất mở đường"


@pytest.mark.parametrize("answer", ["/loi", "/trang-trang"])
def test_opening_another_page_after_a_failure_keeps_the_text(sink: FormServer, page: Page, answer: str) -> None:
    sink.after = answer
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.locator("form button", has_text="Gửi").first.click()
    page.wait_for_url("**" + answer)
    page.wait_for_timeout(1100)
    page.goto(sink.url + "/viec", referer=sink.url + "/")
    page.goto(sink.url)
    assert page.get_by_role("button", name="Lấy lại").is_visible()
    assert len(stored_drafts(page)) == 1


def test_back_to_a_refused_form_opens_the_form_with_what_was_typed(sink: FormServer, page: Page) -> None:
    sink.refusal = REFUSED
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.locator("form button", has_text="Gửi").first.click()
    page.wait_for_selector("#loi")
    page.fill("#deed", "Hiến 120 m² đất mở đường")
    page.wait_for_timeout(900)
    page.click("a")
    page.wait_for_url("**/viec")
    page.go_back()
    page.wait_for_url("**/gui")
    if page.get_by_role("button", name="Lấy lại").count():
        page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#deed") == "Hiến 120 m² đất mở đường"
    assert len(sink.sent) == 1  # the form was not sent again


def test_a_form_that_comes_back_as_it_was_read_offers_nothing(sink: FormServer, page: Page) -> None:
    sink.refusal = REFUSED.replace(' id="loi"', "").replace("Hiến đất mở đường", "Hiến Đất")
    page.goto(sink.url)
    page.fill("#deed", "HIẾN ĐẤT")
    page.locator("form button", has_text="Gửi").first.click()
    page.get_by_text("Ghi thiếu ngày.").wait_for()
    assert page.input_value("#deed") == "Hiến Đất" and page.get_by_role("button", name="Lấy lại").count() == 0

    page.goto(sink.url)  # left without sending it again: what was typed is offered
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#deed") == "HIẾN ĐẤT"


def test_a_refused_form_that_shows_what_was_typed_offers_it_only_later(sink: FormServer, page: Page) -> None:
    """The server writes it in another way than it was typed: a name in title case, a place without what it cannot keep."""
    sink.refusal = REFUSED.replace("Hiến đất mở đường", "Hiến Đất")
    page.goto(sink.url)
    page.fill("#deed", "hiến đất")
    page.locator("form button", has_text="Gửi").first.click()
    expect(page.locator("#loi")).to_be_visible()
    page.wait_for_timeout(200)
    assert page.get_by_text("Trên máy này còn phần đã nhập chưa gửi").count() == 0
    page.goto(sink.url)
    written = re.compile(r"Trên máy này còn phần đã nhập chưa gửi \(\d\d:\d\d, \d\d/\d\d/\d{4}\)")
    expect(page.get_by_text(written)).to_be_visible()


@pytest.mark.parametrize("supports", [False, True], ids=["without :has()", "with"])
def test_without_has_a_script_shows_only_what_the_kind_asks_for(sink: FormServer, page: Page, supports: bool) -> None:
    """The page has no style sheet: what is hidden is hidden by the script."""
    page.add_init_script(f"CSS.supports = () => {str(supports).lower()}")
    page.goto(f"{sink.url}/guong")
    words = ["Tập thể nào?", "Họ và tên", "chủ hộ", "Người mới", "Năm sinh"]
    found = """<input type="radio" name="pick" value="new" checked>"""

    def shown() -> list[str]:
        text = page.locator("form").inner_text()
        return [word for word in words if word in text]

    if supports:
        assert shown() == words
        return
    assert shown() == ["Họ và tên"]
    page.evaluate(f"document.querySelector('[aria-live]').innerHTML = '{found}'")
    expect(page.get_by_text("Năm sinh")).to_be_visible()
    assert shown() == ["Họ và tên", "Người mới", "Năm sinh"]
    page.check("#household")
    assert shown() == ["Họ và tên", "chủ hộ", "Người mới"]
    page.check("#collective")
    assert shown() == ["Tập thể nào?"]
    page.check("#person")
    assert shown() == ["Họ và tên", "Người mới", "Năm sinh"]


def test_another_page_of_a_form_offers_nothing_that_it_has_no_field_for(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.wait_for_timeout(900)
    page.goto(sink.url + "/trang-2")
    assert page.get_by_role("button", name="Lấy lại").count() == 0
    page.goto(sink.url)
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#deed") == "Hiến đất mở đường"


def test_a_redirect_without_a_message_confirms_the_form_it_answers(sink: FormServer, page: Page) -> None:
    sink.after = "/viec"
    page.goto(sink.url)
    page.fill("#deed", "Hiến đất mở đường")
    page.locator("form button", has_text="Gửi").first.click()
    page.wait_for_url("**/viec")
    assert stored_drafts(page) == []


def test_signing_out_asks_first_and_deletes_only_the_own_stored_text(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    page.evaluate("localStorage.setItem('so-vang:7:guong', '{}')")
    page.fill("#deed", "Nhặt được của rơi")
    page.wait_for_timeout(900)
    questions: list[str] = []

    def answer(dialog: Dialog) -> None:
        questions.append(dialog.message)
        dialog.accept() if len(questions) > 1 else dialog.dismiss()

    page.on("dialog", answer)
    page.click("#out")
    assert "chưa gửi" in questions[0] and not sink.sent
    assert page.evaluate("Object.keys(localStorage).length") == 2
    page.click("#out")
    page.wait_for_url("**/xong")
    assert len(questions) == 2 and len(sink.sent) == 1
    assert page.evaluate("Object.keys(localStorage)") == ["so-vang:7:guong"]
    page.goto(sink.url)
    page.click("#out")
    page.wait_for_url("**/xong")
    assert len(questions) == 2


def test_a_large_photo_is_resized_and_previewed(sink: FormServer, page: Page) -> None:
    buffer = BytesIO()
    Image.effect_noise((3000, 2250), 60).convert("RGB").save(buffer, "JPEG", quality=95)
    page.goto(sink.url)
    page.set_input_files("#photo", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()})
    page.wait_for_selector("img[data-photo-preview]")
    size, name = page.evaluate(
        "[document.querySelector('#photo').files[0].size, document.querySelector('#photo').files[0].name]"
    )
    assert size < buffer.tell() / 2
    assert name == "anh.jpg"
    assert "đã thu nhỏ" in page.locator("[data-photo-note]").inner_text()


def test_a_chosen_photo_is_taken_out_again(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    files = []
    for name in ("mot.jpg", "hai.jpg"):
        buffer = BytesIO()
        Image.new("RGB", (40, 30), "green").save(buffer, "JPEG")
        files.append({"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()})
    page.evaluate("document.querySelector('#photo').multiple = true")
    page.set_input_files("#photo", files)
    page.get_by_role("button", name="Bỏ ảnh mot.jpg").click()
    assert page.evaluate("[...document.querySelector('#photo').files].map((file) => file.name)") == ["hai.jpg"]
    assert page.locator("img[data-photo-preview]").count() == 1


def test_an_invalid_photo_shows_a_note_and_stays_selected(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    page.set_input_files("#photo", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 500_000})
    page.wait_for_function("document.querySelector('[data-photo-note]').textContent.includes('Không xem trước')")
    assert page.evaluate("document.querySelector('#photo').files.length") == 1


def test_a_chosen_file_that_is_no_photo_is_named(sink: FormServer, page: Page) -> None:
    page.goto(sink.url)
    page.set_input_files("#photo", {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": b"%" * 500_000})
    page.wait_for_function("document.querySelector('[data-photo-note]').textContent.includes('bien-ban.pdf')")
    assert page.locator("img[data-photo-preview]").count() == 0
    assert page.evaluate("document.querySelector('#photo').files[0].size") == 500_000
