"""Adding an account from the screen, and who may manage accounts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed
from emulation.core.formatting import format_date
from tests.html import page_of
from villages.actions import accounts as actions
from villages.models import Appointment, Person, Unit
from villages.queries.account_roles import RoleGrant
from villages.tests.account_helpers import code_of, page, send_twice, set_password, show_code, with_password

ADD = "/don-vi/tai-khoan/them/"


@pytest.fixture
def today(commune):
    return timezone.localdate()


def unit(code="thon1"):
    return Unit.objects.get(code=code, commune__code="binh-luong")


def rows(login, role=Role.village_head):
    user = User.objects.get(username=login)
    return list(Membership.objects.filter(user_id=user.pk, role=role).order_by("starts_on"))


def new(**data):
    today = format_date(timezone.localdate())
    return {"full_name": "Lê Văn Tám", "username": "", "role": "village_head", "starts_on": today, "reason": "", **data}


def grant_of(login, role, day, code="thon1", instead_of=None):
    user = User.objects.get(username=login)
    other = User.objects.get(username=instead_of) if instead_of else None
    return RoleGrant(user, user.full_name, role, unit(code) if code else None, day, other)


# ── adding ───────────────────────────────────────────────────────────────────────────────────────
def test_the_office_adds_a_village_head_who_signs_in_with_the_slip(commune, signed_in, today):
    data = new(unit=unit().pk, phone="0912345678", email="tam@vidu.vn")
    shown = signed_in("vanphong").post(ADD, with_password(**data))
    text = shown.content.decode()
    assert "tam.lv" in text and "cũng giữ vai này" in text and not User.objects.filter(username="tam.lv").exists()
    answer = send_twice(signed_in("vanphong"), ADD, **data)
    code = code_of(answer)
    made = User.objects.get(username="tam.lv")
    assert (made.phone, made.email, made.full_name) == ("0912 345 678", "tam@vidu.vn", "Lê Văn Tám")
    membership = Membership.objects.get(user_id=made.pk)
    assert (membership.role, membership.unit_id, membership.starts_on, membership.ends_on) == (
        "village_head", unit().pk, today, None,
    )  # fmt: skip
    person = Person.objects.get(user=made)
    appointment = Appointment.objects.get(person=person)
    assert person.unit == unit() and (appointment.post, appointment.starts_on) == (unit().head_title, today)
    browser, _ = show_code("tam.lv", code)
    set_password(browser)
    assert "Thôn 1" in browser.get("/tai-khoan/cua-toi/").content.decode()


def test_the_preview_must_be_of_what_is_sent(commune, signed_in):
    browser = signed_in("vanphong")
    shown = browser.post(ADD, with_password(**new(unit=unit().pk)))
    changed = {**new(unit=unit("thon2").pk), "previewed": shown.context["previewed"]}
    assert browser.post(ADD, changed).context["planned"] and not User.objects.filter(username="tam.lv").exists()


def test_a_person_of_that_name_is_chosen_or_another_is_added(commune, signed_in):
    known = Person(commune=commune, unit=unit(), birth_year=1970)
    known.put_name("Lê Văn Tám", nickname="Tám Đen")
    known.save()
    browser = signed_in("vanphong")
    asked = browser.post(ADD, with_password(**new(unit=unit().pk)))
    assert asked.status_code == 422 and "sinh 1970" in asked.content.decode()
    foreign = Person.objects.filter(unit=unit("thon2")).first()
    assert browser.post(ADD, with_password(**new(unit=unit().pk, person=foreign.pk))).status_code == 422
    send_twice(browser, ADD, **new(unit=unit().pk, person=known.pk))
    known.refresh_from_db()
    assert known.user.username == "tam.lv"
    namesake = Person(commune=commune, unit=unit())
    namesake.put_name("Lê Văn Tám")
    namesake.save()
    send_twice(browser, ADD, **new(unit=unit().pk, person="new"))
    assert Person.objects.get(user__username="tam.lv2").pk not in (known.pk, namesake.pk)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"full_name": ""}, "Hãy nhập"),
        ({"full_name": "..."}, "bằng chữ"),
        ({"full_name": "bà Lê Thị Bẩy"}, "“Lê Thị Bẩy”"),
        ({"username": "thon1"}, "đã có người dùng"),
        ({"username": "Lê Tám"}, "chữ thường không dấu"),
        ({"phone": "123"}, "10 chữ số"),
        ({"email": "tam"}, "ten@vidu.vn"),
        ({"role": "king"}, "chọn"),
        ({"unit": ""}, "cần chọn đơn vị"),
        ({"unit": "truong"}, "không phải đơn vị"),
        ({"unit": "999999"}, "chọn"),
        ({"starts_on": "31/02/2026"}, "không có ngày 31"),
        ({"starts_on": "01/01/2020"}, "lùi được"),
        ({"starts_on": "01/01/2090"}, "quá một năm"),
        ({"role": "chair", "unit": ""}, "người thứ hai"),
    ],
)
def test_bad_input_is_refused_and_kept(commune, signed_in, data, fault):
    if data.get("unit") == "truong":
        data = {**data, "unit": unit("mamnon").pk}
    answer = signed_in("vanphong").post(ADD, with_password(**{**new(unit=unit().pk), **data}))
    assert answer.status_code == 422 and fault in answer.content.decode()
    assert data.get("full_name", "Lê Văn Tám") in answer.content.decode()
    assert not User.objects.filter(full_name="Lê Văn Tám").exists()


@pytest.mark.parametrize("login", ["thon1", "vanthu", "hoidong2", "chutich", "phongnoivu"])
def test_others_manage_no_accounts(commune, signed_in, login):
    browser = signed_in(login)
    acts = ("", "cap-lai/", "khoa/", "mo-khoa/", "giao-vai/", "thoi-vai/", "chuyen-giao/")
    for path in [ADD, "/don-vi/tai-khoan/", *(page("thon2", act) for act in acts)]:
        assert browser.get(path).status_code == 403
    assert browser.post(page("thon2", "khoa/"), {"reason": "không thích"}).status_code == 403


def test_strangers_find_no_account_of_the_commune(commune, other_commune, signed_in):
    for login in ("la-vanphong", "la-quantri"):
        for act in ("", "cap-lai/", "khoa/", "mo-khoa/", "giao-vai/", "thoi-vai/", "chuyen-giao/"):
            assert signed_in(login).get(page("thon1", act)).status_code == 404
            if act:
                assert signed_in(login).post(page("thon1", act), with_password(reason="thử xem")).status_code == 404


def test_an_account_that_moved_to_another_commune_is_managed_there(commune, other_commune, office, today):
    user = User.objects.get(username="thon1")
    Membership.objects.filter(user_id=user.pk).update(ends_on=today - timedelta(days=1))
    Membership.objects.create(commune=other_commune, user_id=user.pk, role="office", starts_on=today)
    with pytest.raises(NotAllowed, match="ở xã khác"):
        actions.reset_password(by=office, user=user)


def test_an_account_without_html_in_its_name(commune, signed_in):
    typed = new(full_name="Lê Văn <b>Đậm</b>", unit=unit().pk)
    answer = signed_in("vanphong").post(ADD, typed)
    text = page_of(answer)
    assert answer.status_code == 422 and not User.objects.filter(full_name__contains="Đậm").exists()
    assert "không thuộc về họ tên: đề nghị “Lê Văn Đậm”" in text and 'value="Lê Văn &lt;b&gt;Đậm&lt;/b&gt;"' in text
