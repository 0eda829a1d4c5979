"""Takes the screenshots of bin/screens and reports faults: errors, refused pages, pages wider than the screen.

python bin/lib/screens.py DIR [LOGIN…]
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from paths import ROOT
from playwright.sync_api import Browser, Page, sync_playwright
from stack import CHROMIUM_FLAGS, WIDTHS, chromium_path, menu_addresses, running_stack, sign_in

VISITOR = "khach"
EXPECTED_FAULTS = {"khong-co-trang", "ma-khong-co"}


def pages_to_capture(login: str, plan: dict[str, Any], page: Page, url: str) -> Iterator[tuple[str, str]]:
    """Name and address of each page to capture: those of the plan, then those of the user's menu."""
    seen: set[str] = set()
    for name, path, *follow in plan.get("pages", []):
        address = linked_address(page, urljoin(url, path), follow[0]) if follow else urljoin(url, path)
        if not address:
            print(f"  {login}: nothing on {path} matches {follow[0]}")
            continue
        seen.add(address)
        yield name, address
    if login == VISITOR:
        return
    for name, address in menu_pages(page, url):
        if address not in seen:
            seen.add(address)
            yield name, address


def linked_address(page: Page, address: str, selector: str) -> str:
    """The address of the first link on the page that matches; "" if there is none."""
    page.goto(address)
    link = page.locator(selector).first
    return urljoin(address, link.get_attribute("href") or "") if link.count() else ""


def menu_pages(page: Page, url: str) -> Iterator[tuple[str, str]]:
    """Name and address of each page of the user's navigation."""
    for address in menu_addresses(page, url):
        yield re.sub(r"[^a-z0-9]+", "-", address.removeprefix(url).lower()).strip("-") or "trang-dau", address


def capture_page(page: Page, address: str, target: Path) -> list[str]:
    """Saves a full-page screenshot; returns the faults of the page."""
    faults: list[str] = []

    def on_console(message: Any) -> None:
        if message.type == "error":
            faults.append(message.text)

    page.on("console", on_console)
    answer = page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=str(target), full_page=True)
    page.remove_listener("console", on_console)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if answer and answer.status >= 400:
        faults.insert(0, f"HTTP {answer.status}")
    if overflow > 0:
        faults.append(f"{overflow} px wider than the screen")
    return faults


def capture_login(browser: Browser, url: str, login: str, plan: dict[str, Any], folder: Path) -> tuple[int, int]:
    """Captures all pages of one user at each width; returns the number of screenshots and of those with faults."""
    taken = bad = 0
    for width, height in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        page = context.new_page()
        if login != VISITOR:
            sign_in(page, url, login)
        for name, address in list(pages_to_capture(login, plan, page, url)):
            faults = capture_page(page, address, folder / f"{login}-{name}-{width}.png")
            taken += 1
            if faults and name not in EXPECTED_FAULTS:
                bad += 1
                print(f"  {login}-{name}-{width}: {'; '.join(faults)}")
        context.close()
    return taken, bad


def main() -> int:
    folder = Path(sys.argv[1])
    logins = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    plans = tomllib.loads((ROOT / "bin" / "screens_pages.toml").read_text(encoding="utf-8"))
    taken = bad = 0
    with running_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        for login, plan in plans.items():
            if logins and login not in logins:
                continue
            print(login, flush=True)
            taken_here, bad_here = capture_login(browser, stack.url, login, plan, folder)
            taken += taken_here
            bad += bad_here
        browser.close()
    print(f"{taken} screenshots in {folder}, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
