"""The office's telephone number: recorded from a day on, shown before sign-in."""

from datetime import timedelta

from django.utils import timezone

from emulation.accounts.models import OfficePhone
from emulation.audit.models import AuditEntry
from tests.html import page_of

FORM = "/tai-khoan/so-van-phong/"
LOGIN = "/tai-khoan/dang-nhap/"


def record(browser, phone, day):
    return browser.post(FORM, {"phone": phone, "starts_on": f"{day:%d/%m/%Y}"})


def test_the_number_of_today_is_shown_before_sign_in(commune, client, signed_in):
    OfficePhone.objects.all().delete()
    today = timezone.localdate()
    assert "tel:" not in page_of(client.get(LOGIN)) and "tel:" not in page_of(client.get("/tro-giup/"))
    office = signed_in("vanphong")
    assert "Chưa ghi số điện thoại Văn phòng" in page_of(office.get("/don-vi/tai-khoan/"))
    assert record(office, "+84 237.3123.456", today).status_code == 302
    assert record(office, "0237 399 9999", today + timedelta(days=30)).status_code == 302
    for url in (LOGIN, "/tro-giup/", "/tro-giup/dang-nhap/"):
        page = page_of(client.get(url))
        assert 'href="tel:02373123456"' in page and "0237 312 3456" in page and "399" not in page, url
    assert AuditEntry.objects.filter(act="accounts.set_office_phone").count() == 2


def test_what_is_no_number_and_the_same_number_are_refused(commune, signed_in):
    today = timezone.localdate()
    office = signed_in("vanphong")
    record(office, "0237 312 3456", today)
    count = OfficePhone.objects.count()
    for phone, error in (("12345", "bắt đầu bằng 0"), ("", "Hãy nhập số"), ("02373123456", "Số này đã dùng từ ngày")):
        answer = record(office, phone, today)
        assert answer.status_code == 422 and error in page_of(answer), phone
    assert OfficePhone.objects.count() == count


def test_only_the_office_and_the_administrator_record_it(commune, other_commune, client, signed_in):
    today = timezone.localdate()
    for login in ("thon1", "chutich", "vanthu", "phongnoivu"):
        assert signed_in(login).get(FORM).status_code == 403
        assert record(signed_in(login), "0237 312 3456", today).status_code == 403, login
    record(signed_in("la-quantri"), "0237 355 5555", today)
    assert "355 5555" not in page_of(signed_in("thon1").get("/tro-giup/"))  # of the other commune
