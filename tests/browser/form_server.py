"""A web server of its own for tests of the scripts: one form, and answers of every kind."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings

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
EXEMPLAR = """<!doctype html><meta charset="utf-8"><body><form class="exemplar" method="post">
    <input type="radio" name="kind" value="person" checked id="person"><input type="radio" name="kind" value="household" id="household">
    <input type="radio" name="kind" value="collective" id="collective">
    <p class="of-collective">Tập thể nào?</p><div class="nominee"><p>Họ và tên <span class="of-household">chủ hộ</span></p>
    <div aria-live="polite"></div><fieldset class="new-nominee">Người mới <p class="of-person">Năm sinh</p></fieldset></div></form>
    <script src="/person-search.js" defer></script>"""
PAGES = {
    "/guong": EXEMPLAR,
    "/": FORM,
    "/gui": FORM,
    "/trang-2": FORM.replace('name="deed"', 'name="reason"'),
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
