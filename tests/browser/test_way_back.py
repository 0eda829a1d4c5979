"""Every paper that is approved or at signature, but not issued, goes back to the office, is corrected and issued."""

import json
import os
import re
import subprocess
from collections.abc import Callable

import pytest
from paths import PYTHON, ROOT
from playwright.sync_api import Page, expect
from stack import Stack, type_own_password

from tests.browser.conftest import too_wide

Visit = Callable[..., Page]
MAKE_PAPERS = (
    "import json; from emulation.communes.models import Commune; from tests.approval_papers import papers_before_issue;"
    "print('papers:' + json.dumps(papers_before_issue(Commune.objects.get(is_demo=True))))"
)
REASON = "Ghi lại người ký cho đúng."


@pytest.fixture(scope="module")
def papers() -> dict[str, dict[str, str]]:
    """Filled once by `urls`: the URL of one paper of each kind."""
    return {}


@pytest.fixture
def urls(papers: dict[str, dict[str, str]], stack: Stack, width: int) -> dict[str, str]:
    if not papers:
        env = {
            **os.environ,
            "DATA_DIR": str(stack.data),
            "DATABASE_URL": os.environ.get("STACK_DATABASE_URL", ""),
            "REDIS_URL": os.environ.get("STACK_REDIS_URL", ""),
        }
        done = subprocess.run(
            [PYTHON, "manage.py", "shell", "-c", MAKE_PAPERS], cwd=ROOT, env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        papers["urls"] = json.loads(done.stdout.split("papers:")[1])
    return papers["urls"]


def open_at(visit: Visit, login: str, url: str) -> Page:
    page = visit(login)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    assert too_wide(page) <= 0
    return page


def press(page: Page, label: str) -> None:
    """Presses the step with exactly this label, and confirms it where it asks."""
    exactly = re.compile(rf"^\s*{label}\s*$")
    step = page.locator("main").locator("a.btn, button, summary.btn").filter(has_text=exactly).first
    asks = step.evaluate("element => element.matches('summary')")
    step.click()
    if asks:
        page.locator("details[open] button.btn-primary").click()
    page.wait_for_load_state()


def send_back(visit: Visit, login: str, url: str, label: str) -> None:
    page = open_at(visit, login, url)
    press(page, label)
    page.fill("textarea[name=reason]", "...")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("bằng vài chữ")
    page.fill("textarea[name=reason]", REASON)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(REASON)


@pytest.mark.parametrize("width", [360, 1280], indirect=True)
def test_approved_papers_go_back_and_are_issued(visit: Visit, width: int, urls: dict[str, str]) -> None:
    """On the phone the papers go back twice, by the clerk and by the chair; the desktop then issues them."""
    labels = {
        "letter": ("Sửa nội dung", "Lấy số, ban hành"),
        "shortlist_notice": ("Sửa lời văn", "Lấy số, ban hành"),
        "campaign": ("Sửa kế hoạch", "Lấy số, ban hành kế hoạch"),
        "period_report": ("Viết phần lời", "Lấy số, gửi cấp trên"),
    }
    for name, (edit, issue) in labels.items():
        send_back(visit, "vanthu" if width == 360 else "chutich", urls[name], "Đưa về Văn phòng sửa")
        office = open_at(visit, "vanphong", urls[name])
        expect(office.locator("main")).to_contain_text(REASON)
        press(office, edit)
        office.fill("input[name=signer]", f"Hà Văn Thắng {width}")
        office.locator("main form button.btn-primary").last.click()
        expect(office.locator("main")).not_to_contain_text("Chưa làm được")
        office.goto(urls[name])
        press(office, "Trình Chủ tịch")
        chair = open_at(visit, "chutich", urls[name])
        press(chair, "Duyệt")
        if width == 1280:
            clerk = open_at(visit, "vanthu", urls[name])
            press(clerk, issue)
            type_own_password(clerk)
            clerk.locator("main form button.btn-primary").click()
            clerk.wait_for_load_state()
            clerk.goto(urls[name])
            clerk.locator('main a[href^="/van-ban/"]').first.click()
            expect(clerk.frame_locator("iframe").first.locator("body")).to_contain_text("Hà Văn Thắng 1280")


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_papers_at_signature_go_back_and_are_issued(visit: Visit, width: int, urls: dict[str, str]) -> None:
    for name, issue in (("decision", "Ban hành, lấy số"), ("proposal", "Lấy số, gửi cấp trên")):
        send_back(visit, "chutich", urls[name], "Đưa về dự thảo")
        office = open_at(visit, "vanphong", urls[name])
        press(office, "Sửa dự thảo")
        office.fill("input[name=subject]", f"Về việc khen thưởng, bản sửa {name}")
        office.locator("main form button.btn-primary").last.click()
        office.goto(urls[name])
        press(office, "Lập bản trình ký")
        clerk = open_at(visit, "vanthu", urls[name])
        press(clerk, issue)
        if not clerk.input_value("input[name=issued_on]"):
            clerk.fill("input[name=issued_on]", clerk.evaluate("new Date().toLocaleDateString('vi-VN')"))
        type_own_password(clerk)
        clerk.locator("main form button.btn-primary").last.click()
        expect(clerk.locator("main")).to_contain_text(f"bản sửa {name}")
        expect(clerk.locator("main")).to_contain_text("Đã ban hành")
