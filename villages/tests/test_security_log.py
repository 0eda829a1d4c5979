"""The security log: what it shows, to whom, narrowed by account, kind, day and words; and the list and page of accounts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.formatting import format_date
from emulation.core.text import name_key
from tests.html import page_of
from villages.actions import accounts
from villages.actions.absences import record_absence, record_role_absence
from villages.actions.heads import set_unit_head
from villages.actions.people import add_person
from villages.actions.person_stay import record_leaving
from villages.models import Person, PersonChange, Unit
from villages.queries.accounts import names_by_login
from villages.tests.account_helpers import LOGIN, page, set_password, show_code

pytestmark = pytest.mark.both_databases

PAGE = "/don-vi/tai-khoan/nhat-ky/"


@pytest.fixture
def entries(commune, office):
    Client().post(LOGIN, {"username": "thon1", "password": "sovang-2026"})
    Client().post(LOGIN, {"username": "thon2", "password": "sai-mat-khau"})
    accounts.reset_password(by=office, user=User.objects.get(username="thon3"))
    add_person(by=office, unit=Unit.objects.get(code="thon1", commune=commune), full_name="Lê Văn Tám")


def acts(client, query=""):
    return [row.act.removeprefix("accounts.") for row in client.get(PAGE + query).context["rows"]]


def test_it_has_what_concerns_accounts_and_no_cases(commune, entries, signed_in):
    assert AuditEntry.objects.filter(act="villages.add_person").exists()
    assert acts(signed_in("quantri")) == ["reset", "sign_in_failed", "sign_in"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?tai-khoan=thon1", ["sign_in"]),
        ("?tai-khoan=thon3", ["reset"]),
        ("?tai-khoan=vanphong", ["reset"]),
        ("?tai-khoan=khong-co", ["reset", "sign_in_failed", "sign_in"]),
        ("?viec=accounts.sign_in_failed", ["sign_in_failed"]),
        ("?viec=villages.add_person", ["reset", "sign_in_failed", "sign_in"]),
        ("?q=Lương+Văn+Đức", ["reset"]),
        ("?q=Tám", []),
        ("?ngay=01/01/2021", []),
    ],
)
def test_it_is_narrowed(commune, entries, signed_in, query, found):
    assert acts(signed_in("quantri"), query) == found


def test_a_day_and_what_is_no_day(commune, entries, signed_in):
    browser = signed_in("quantri")
    assert len(acts(browser, f"?ngay={format_date(timezone.localdate())}")) == 3
    answer = browser.get(PAGE + "?ngay=hôm qua")
    assert "ngày/tháng/năm" in answer.content.decode() and len(answer.context["rows"]) == 3
    printed = browser.get(PAGE + "?tai-khoan=thon3&dang=in").content.decode()
    assert "Cấp lại mật khẩu" in printed and "thon3" in printed and "(thon1)" not in printed


def test_who_was_given_a_role_by_another_act_is_in_it_with_the_days(commune, office, user, signed_in):
    today = timezone.localdate()
    until = today + timedelta(days=30)
    thon4 = Unit.objects.get(commune=commune, code="thon4")
    head = Person.objects.get(user__username="thon3")
    set_unit_head(by=office, unit=thon4, person=head, starts_on=today, acting_until=until)
    absent = user("thon5")
    record_absence(
        by=absent,
        unit=Unit.objects.get(commune=commune, code="thon5"),
        head=absent,
        starts_on=today,
        ends_on=until,
        deputy=user("thon6"),
    )
    browser = signed_in("quantri")
    html = page_of(browser.get(PAGE))
    deputy = user("thon6").full_name
    days = f"từ {format_date(today)}; đến hết {format_date(until)}"
    assert f'Cử người đứng đầu <small class="soft">{head.full_name}; {days}</small>' in html
    assert f'Báo vắng <small class="soft">{absent.full_name}; làm thay: {deputy}; {days}</small>' in html
    for login, act in (("thon3", "villages.set_unit_head"), ("thon6", "villages.record_absence")):
        assert act in acts(browser, f"?tai-khoan={login}")
    printed = browser.get(PAGE + "?tai-khoan=thon6&dang=in").content.decode()
    assert days in printed and f"làm thay: {deputy}" in printed


def test_a_login_is_named_where_two_accounts_have_one_name(commune, user):
    User.objects.filter(username="thon6").update(full_name=user("thon5").full_name)
    names = names_by_login(User.objects.filter(username__in=["thon4", "thon5", "thon6"]))
    assert names["thon4"] == user("thon4").full_name
    assert [("(thon5)" in names["thon5"]), ("(thon6)" in names["thon6"])] == [True, True]


def test_accounts_are_in_the_order_of_ten(commune, signed_in):
    for path in ("/don-vi/tai-khoan/", PAGE):
        context = signed_in("quantri").get(path).context
        if path == PAGE:
            logins = list(context["filters"][0].choices)
            found = [User.objects.get(username=login).full_name for login in logins]
        else:
            found = [line.user.full_name for line in context["rows"]]
        assert found == sorted(found, key=name_key) and len(found) > 10, path


def test_texts_name_only_buttons_that_the_reader_has(commune, signed_in):
    pressed = {
        reverse("villages:unit_changes"): "mở trang của đơn vị",
        reverse("villages:identities"): "bấm “Đổi tên”",
        reverse("legal:locals"): "Mở Căn cứ pháp lý",
    }
    for address, words in pressed.items():
        assert words in page_of(signed_in("vanphong").get(address)), address
        for login in ("hoidong2", "thcs", "quantri"):
            answer = signed_in(login).get(address)
            assert answer.status_code == 403 or words not in page_of(answer), (address, login)


def test_who_leaves_is_in_it_only_with_an_account(commune, office, signed_in):
    today = timezone.localdate()
    for name in ("Lê Thị Lụa", "Lê Văn Hòa"):
        record_leaving(
            by=office, person=Person.objects.get(full_name=name), kind=PersonChange.RETIRED, effective_on=today, note=""
        )
    rows = signed_in("quantri").get(PAGE).context["rows"]
    assert [row.subject_label for row in rows if row.act == "villages.record_leaving"] == ["Lê Văn Hòa"]


def test_the_reason_of_a_reset_is_shown(commune, office, signed_in):
    accounts.reset_password(by=office, user=User.objects.get(username="thon3"), reason="quên mật khẩu")
    assert "lý do: quên mật khẩu" in page_of(signed_in("quantri").get(PAGE))


@pytest.mark.parametrize("login", ["vanphong", "chutich", "vanthu", "thon1"])
def test_it_is_the_administrators(commune, entries, signed_in, login):
    assert signed_in(login).get(PAGE).status_code == 403


def test_another_commune_has_a_log_of_its_own(commune, other_commune, entries, signed_in):
    assert acts(signed_in("la-quantri")) == [] and acts(signed_in("la-quantri"), "?tai-khoan=thon1") == []


def test_the_list_finds_by_name_and_login_and_shows_who_is_locked(commune, signed_in, office):
    accounts.lock_account(by=office, user=User.objects.get(username="thon2"), reason="mất điện thoại")
    browser = signed_in("vanphong")
    names = [line.user.username for line in browser.get("/don-vi/tai-khoan/?q=Thúy").context["rows"]]
    assert names == ["thon2"]
    text = browser.get("/don-vi/tai-khoan/?q=THON2").content.decode()
    assert "Đang khóa" in text and "Trưởng thôn, Thôn 2" in text
    text = browser.get(page("thon2")).content.decode()
    assert "Mở khóa" in text and "đang khóa" in text and "Cấp lại mật khẩu</a>" not in text


def test_ones_own_page_offers_neither_lock_nor_role(commune, signed_in):
    text = signed_in("vanphong").get(page("vanphong")).content.decode()
    assert "khoa/" not in text and "giao-vai/" not in text and "cap-lai/" in text


def test_it_has_the_slip_used_before_the_first_day_and_the_sign_in_after_the_last(commune, office, signed_in, user):
    today = timezone.localdate()
    coming = user("thon5")
    Membership.objects.filter(user_id=coming.pk).update(starts_on=today + timedelta(days=5))
    code = accounts.reset_password(by=office, user=coming)
    assert show_code("thon5", "aaaa-bbbb")[1].status_code == 422
    assert set_password(show_code("thon5", code)[0]).status_code == 302
    assert acts(signed_in("quantri"), "?tai-khoan=thon5") == ["set_password", "sign_in_failed", "reset"]
    gone = user("thon6")
    Membership.objects.filter(user_id=gone.pk).update(ends_on=today - timedelta(days=1))
    Client().post(LOGIN, {"username": "thon6", "password": "sovang-2026"})
    assert acts(signed_in("quantri"), "?tai-khoan=thon6") == ["sign_in"]


def test_the_reason_of_an_unlocking_names_a_second_person_only_where_one_is_needed(commune, signed_in, user):
    browser = signed_in("quantri")
    for login, second in (("thon3", False), ("vanthu", True)):
        User.objects.filter(pk=user(login).pk).update(is_active=False)
        html = page_of(browser.get(page(login, "mo-khoa/")))
        assert ("Người thứ hai" in html) is second and "hủ tài khoản đọc lý do này" in html


def test_the_wrong_code_of_a_slip_is_not_named_a_password(commune, office, user):
    accounts.reset_password(by=office, user=user("thon3"))
    refused = [
        page_of(Client().post(reverse("accounts:slip"), {"username": login, "password": "aaaa-bbbb"}))
        for login in ("thon3", "khong-co-ai")
    ]
    for html in refused:
        assert "Tên đăng nhập hoặc mã trên phiếu chưa đúng" in html and "mật khẩu chưa đúng" not in html


def test_no_internal_code_of_the_commune_is_shown(commune, office, signed_in, user):
    today = timezone.localdate()
    away = {"role": Role.chair, "holder": user("chutich"), "starts_on": today, "ends_on": today}
    record_role_absence(by=office, commune=commune, **away)
    older = {"act": "villages.record_role_absence", "label": "Báo vắng, ủy quyền", "subject": commune}
    record_entry(commune_id=commune.pk, actor=office, **older)
    browser = signed_in("quantri")
    html = page_of(browser.get(PAGE))
    assert "Lê Đăng Trường vắng" in html and "cả xã" in html and commune.code not in html
