"""A passkey in Chromium's virtual authenticator: made, asked for at the sign-in, refused to others, removed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from stack import PASSWORD, Stack, sign_in, type_own_password

LOGIN = "phongnoivu"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(stack: Stack, chrome: Browser) -> Iterator[Page]:
    """At http://localhost: browsers offer no passkeys at an IP number."""
    context = chrome.new_context(base_url=stack.url.replace("127.0.0.1", "localhost"), locale="vi-VN")
    yield context.new_page()
    context.close()


def authenticator(page: Page) -> CDPSession:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devices


def type_password(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=username]", LOGIN)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[method=post] button.btn-primary")
    page.wait_for_url("**/buoc-hai/")


def test_a_passkey_is_made_signs_in_and_is_removed(stack: Stack, page: Page, chrome: Browser) -> None:
    devices = authenticator(page)
    origin = stack.url.replace("127.0.0.1", "localhost")
    sign_in(page, origin, LOGIN)
    page.goto("/tai-khoan/hai-buoc/")
    page.click("text=Thêm khóa")
    type_own_password(page)
    page.click("form[data-passkey] button.btn-primary")  # without a name: our own words, not the browser's bubble
    page.wait_for_selector("text=Hãy đặt tên cho khóa")
    page.fill("input[name=name]", "Máy ở phòng")
    type_own_password(page)
    page.click("form[data-passkey] button.btn-primary")
    page.wait_for_selector("text=Mã dự phòng Sổ Vàng")
    assert page.locator("ol b.code").count() == 10
    codes = page.locator("ol b.code").all_inner_texts()

    page.goto("/tai-khoan/hai-buoc/khoa/")  # the same device once more
    page.fill("input[name=name]", "Máy ở phòng, lần hai")
    type_own_password(page)
    page.click("form[data-passkey] button.btn-primary")
    page.wait_for_selector("text=Máy này đã có khóa của bạn rồi")

    type_password(page)
    page.click("text=Dùng khóa trên máy này")
    page.wait_for_url("**/viec-cua-toi/")

    page.context.clear_cookies()  # the passkey alone, back to the page that was asked for
    page.goto("/tai-khoan/hai-buoc/")
    page.click("text=Đăng nhập bằng khóa trên máy")
    page.wait_for_selector("h1:has-text('Xác nhận hai bước')")
    page.goto("/tai-khoan/cua-toi/")
    assert "Đăng nhập bằng khóa, không cần mật khẩu" in page.inner_text("main")

    page.goto("/tai-khoan/hai-buoc/ma-du-phong/")  # the password again, for which the passkey is as good
    page.click("text=Dùng khóa trên máy này")
    page.wait_for_selector("text=Đã lập mã dự phòng mới")
    codes = page.locator("ol b.code").all_inner_texts()

    stranger = chrome.new_context(base_url=origin).new_page()
    authenticator(stranger)
    stranger.goto("/tai-khoan/dang-nhap/")
    stranger.click("form[method=post] button:has-text('Đăng nhập') >> nth=0")  # nothing typed
    stranger.wait_for_selector("text=Chưa gửi được: còn 2 chỗ cần xem lại")
    stranger.click("text=Đăng nhập bằng khóa trên máy")
    stranger.wait_for_selector("text=Chưa nhận được khóa")
    type_password(stranger)
    stranger.click("text=Dùng khóa trên máy này")
    stranger.wait_for_selector("text=Chưa nhận được khóa")
    stranger.fill("input[name=code]", codes[0])
    stranger.click("text=Đăng nhập bằng mã")
    stranger.wait_for_url("**/viec-cua-toi/")
    stranger.context.close()

    page.goto("/tai-khoan/hai-buoc/")
    assert "Còn 9 mã dự phòng" in page.inner_text("main")
    page.click("text=Gỡ")
    type_own_password(page)
    page.click("form.sheet button.btn-primary")
    page.wait_for_url("**/hai-buoc/")
    assert "Chưa bật" in page.inner_text("main")
    devices.detach()


def test_a_passkey_that_was_removed_no_longer_signs_in(stack: Stack, page: Page) -> None:
    devices = authenticator(page)
    # Nobody else's test signs in as this user: their sessions end here.
    sign_in(page, stack.url.replace("127.0.0.1", "localhost"), "phunu")
    page.goto("/tai-khoan/hai-buoc/khoa/")
    page.fill("input[name=name]", "Điện thoại")
    type_own_password(page)
    page.click("form[data-passkey] button.btn-primary")
    page.wait_for_selector("text=Mã dự phòng Sổ Vàng")
    page.goto("/tai-khoan/hai-buoc/")
    page.click("text=Gỡ")
    type_own_password(page)
    page.click("form.sheet button.btn-primary")
    page.wait_for_url("**/hai-buoc/")
    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")
    page.click("text=Đăng nhập bằng khóa trên máy")
    page.wait_for_selector("text=khóa đã gỡ, tài khoản bị khóa")
    assert page.locator("input[name=username]").count() == 1
    devices.detach()


def test_without_javascript_the_sign_in_offers_no_passkey(stack: Stack, chrome: Browser) -> None:
    url = stack.url.replace("127.0.0.1", "localhost")
    visitor = chrome.new_context(base_url=url, java_script_enabled=False).new_page()
    visitor.goto("/tai-khoan/dang-nhap/")
    assert visitor.locator("form[data-passkey]").count() == 1
    assert not visitor.locator("text=Đăng nhập bằng khóa trên máy").is_visible()
    visitor.context.close()


def test_at_an_ip_number_the_page_names_what_is_missing(stack: Stack, chrome: Browser) -> None:
    visitor = chrome.new_context(base_url=stack.url).new_page()
    visitor.goto("/tai-khoan/dang-nhap/")
    assert visitor.locator("form[data-passkey]").count() == 0
    sign_in(visitor, stack.url, "phongnoivu")
    visitor.goto("/tai-khoan/hai-buoc/khoa/")
    assert "tên miền có https" in visitor.inner_text("main")
    assert visitor.locator("form[data-passkey]").count() == 0
    visitor.context.close()
