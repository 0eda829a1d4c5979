"""The scripts in a real browser: a form is sent once, typed text is not lost, photos are resized."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page

from emulation.core.middleware import CSP

JS = Path(settings.BASE_DIR) / "static" / "built" / "js"
SCRIPTS = "".join(f'<script src="/{name}.js" defer></script>' for name in ("base", "draft-storage", "photo"))
FORM = (
    """<!doctype html><meta charset="utf-8"><body data-user="5"><form method="post" action="/gui" data-keep="guong"
    enctype="multipart/form-data"><textarea name="deed" id="deed"></textarea><input type="password" name="secret" id="secret">
    <div class="photo-drop"><input type="file" id="photo" name="photo" accept="image/*"><p data-photo-note hidden></p>
    <ul data-photo-previews></ul></div><button>Gửi</button><span data-keep-note hidden></span></form>
    <form method="post" action="/ra" data-signout><button id="out">Đăng xuất</button></form>"""
    + SCRIPTS
)
REFUSED = (
    """<!doctype html><meta charset="utf-8"><body data-user="5" data-answer><div id="loi" tabindex="-1">Ghi thiếu ngày.</div>
    <form method="post" action="/gui" data-keep="guong"><textarea name="deed" id="deed">Hiến đất mở đường</textarea>
    <input name="place" id="place"><button>Gửi</button><span data-keep-note hidden></span></form><a href="/viec">Việc của tôi</a>"""
    + SCRIPTS
)
PAGES = {
    "/": FORM,
    "/gui": FORM,
    "/xong": f"<!doctype html><meta charset=utf-8><body data-user=5><p data-said=success>Đã nhận{SCRIPTS}",
    "/viec": f"<!doctype html><meta charset=utf-8><body data-user=5>Việc của tôi{SCRIPTS}",
    "/loi": f'<!doctype html><meta charset=utf-8><meta name="so-vang" content="failed"><body data-user=5>Lỗi{SCRIPTS}',
}


class FormServer:
    """A web server that counts submitted forms and redirects to `after`; it waits while `slow` is not set."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.after = "/xong"
        self.refusal = ""
        self.slow = threading.Event()
        self.slow.set()
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None: ...

            def do_GET(self) -> None:
                script = JS / self.path.strip("/")
                found = script.read_bytes() if self.path.endswith(".js") else PAGES.get(self.path, "").encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
                self.send_header("Content-Security-Policy", CSP)
                self.end_headers()
                self.wfile.write(found)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self.rfile.read(length)
                sink.sent.append(length)
                sink.slow.wait(5)
                if sink.refusal:
                    self.send_response(422)
                    self.send_header("Content-Type", "text/html")
                    self.send_header("Cache-Control", "no-store")
                    self.end_headers()
                    self.wfile.write(sink.refusal.encode())
                    return
                self.send_response(302)
                self.send_header("Location", sink.after)
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def sink() -> Iterator[FormServer]:
    made = FormServer()
    yield made
    made.server.shutdown()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context()
    made = context.new_page()
    made.set_default_timeout(5000)
    yield made
    context.close()


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
