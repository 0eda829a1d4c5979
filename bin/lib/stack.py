"""Runs the whole product as bin/serve does, on a free port with its own data, for screenshots and browser tests."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from paths import PYTHON, ROOT
from servers import free_port, stop_process, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM_FLAGS = [
    "--headless", "--lang=vi", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars",
]  # fmt: skip
WIDTHS = {360: 740, 1280: 900}
PASSWORD = "sovang-2026"  # of every demo login


@dataclass(frozen=True)
class Stack:
    url: str
    data: Path
    process: "subprocess.Popen[bytes]"


def chromium_path() -> str:
    """The path of the installed browser (Playwright's own download is not used). Raises FileNotFoundError if none."""
    names = [os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    for name in filter(None, names):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("chromium")


@contextmanager
def running_stack(*, seconds: float = 300, **environment: str) -> Iterator[Stack]:
    """The running product with the demo commune; its output goes to a log, which is printed on failure.

    Uses SQLite and the file broker, or STACK_DATABASE_URL and STACK_REDIS_URL if set. STACK_DEMO names a folder of
    data that is prepared already.
    """
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.setdefault(name, os.environ.get(f"STACK_{name}", ""))
    port = free_port()
    folder = tempfile.mkdtemp(prefix="sovang-data-")
    env = {**os.environ, "PORT": str(port), "DATA_DIR": folder, "HOST": "127.0.0.1", **environment}
    for name in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "SITE_URL"} - environment.keys():
        env[name] = ""
    del env["DJANGO_SETTINGS_MODULE"]
    if prepared := os.environ.get("STACK_DEMO"):
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
    log = Path(folder) / "serve.log"
    try:
        log.touch(0o600)
        with log.open("wb") as out:
            process = subprocess.Popen([PYTHON, "bin/lib/serve.py"], cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            ready = f"http://127.0.0.1:{port}/".encode()
            wait_until(lambda: ready in log.read_bytes(), process, "bin/serve", seconds)
            yield Stack(f"http://127.0.0.1:{port}", Path(folder), process)
        except BaseException:
            sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-4000:])
            raise
        finally:
            stop_process(process, signal.SIGTERM, 40)
    finally:
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


def sign_in(page: "Page", url: str, login: str) -> None:
    """Signs in a demo user through the login form."""
    page.goto(f"{url}/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("form[method=post] button.btn-primary")
    if "/dang-nhap/" in page.url:
        raise RuntimeError(f"{login} could not sign in")


def type_own_password(page: "Page") -> None:
    """Fills in the password that a form asks for once more before an act that issues, cancels or resets."""
    page.fill("input[name=own_password]", PASSWORD)


def menu_addresses(page: "Page", url: str) -> list[str]:
    """The addresses of all pages of the user's navigation: areas, their tabs, and what the page "Thêm" lists."""
    page.goto(f"{url}/viec-cua-toi/")
    areas = _hrefs(page, "nav.areas a[href]")
    inside = []
    for area in areas:
        page.goto(urljoin(url, area))
        inside += _hrefs(page, "nav.tabs a[href], .entries a[href]")
    return [urljoin(url, href) for href in dict.fromkeys([*areas, *inside])]


def _hrefs(page: "Page", selector: str) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(selector).all()]
