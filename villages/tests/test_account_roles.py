"""Locking and unlocking, giving, ending and handing over roles, from the screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from emulation.accounts.models import PasswordSlip, User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import name_key
from emulation.notices.models import Notification
from villages.actions import accounts as actions
from villages.actions.absences import record_absence
from villages.actions.account_roles import assign_role, end_role
from villages.models import Absence, Appointment, Unit
from villages.queries.account_roles import RoleGrant, left_behind, plan_of_grant
from villages.tests.account_helpers import page, send_twice, set_password, show_code, with_password

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


# ── locking ──────────────────────────────────────────────────────────────────────────────────────
def test_a_lock_ends_sessions_and_slips_at_once_and_the_owner_is_notified(commune, signed_in, office, user):
    code = actions.reset_password(by=office, user=user("thon3"))
    browser, _ = show_code("thon3", code)
    set_password(browser)
    actions.reset_password(by=office, user=user("thon2"))
    assert browser.get("/viec-cua-toi/").status_code == 200
    for login in ("thon3", "thon2"):
        answer = signed_in("vanphong").post(page(login, "khoa/"), {"reason": "mất điện thoại"})
        assert answer.status_code == 302
    assert browser.get("/viec-cua-toi/").status_code == 302
    assert not PasswordSlip.objects.filter(used_at=None, ended_at=None).exists()
    assert "mất điện thoại" in Notification.objects.filter(user__username="thon3").latest("pk").text
    with pytest.raises(RuleBroken, match="đang bị khóa"):
        actions.reset_password(by=office, user=user("thon3"))
    with pytest.raises(RuleBroken, match="đã khóa rồi"):
        actions.lock_account(by=office, user=user("thon3"), reason="lần nữa")
    answer = signed_in("vanphong").post(page("thon3", "mo-khoa/"), with_password(reason="đã tìm thấy"))
    assert answer.status_code == 302 and user("thon3").is_active
    assert browser.get("/viec-cua-toi/").status_code == 302
    with pytest.raises(RuleBroken, match="không bị khóa"):
        actions.unlock_account(by=office, user=user("thon3"), reason="lần nữa")


def test_nobody_locks_themselves_or_the_last_administrator(commune, office, administrator, user):
    with pytest.raises(RuleBroken, match="Không tự khóa"):
        actions.lock_account(by=office, user=office, reason="nghỉ phép")
    with pytest.raises(RuleBroken, match="quản trị hệ thống cuối cùng"):
        actions.lock_account(by=office, user=administrator, reason="nghỉ phép")
    Membership.objects.create(
        commune=commune, user_id=user("thon6").pk, role="administrator", starts_on=timezone.localdate()
    )
    actions.lock_account(by=office, user=administrator, reason="nghỉ phép")
    assert not user("quantri").is_active


# ── roles ────────────────────────────────────────────────────────────────────────────────────────
def test_a_role_passes_from_a_day_and_the_work_stays_with_the_post(commune, signed_in, today, user):
    day = today + timedelta(days=10)
    membership = rows("thon1")[0]
    data = {
        "membership": membership.pk, "to": User.objects.get(username="thon2").pk, "starts_on": format_date(day),
        "reason": "Quyết định số 12",
    }  # fmt: skip
    shown = signed_in("vanphong").post(page("thon1", "chuyen-giao/"), with_password(**data))
    text = shown.content.decode()
    assert f"ngày cuối {format_date(day - timedelta(days=1))}" in text and f"từ ngày {format_date(day)}" in text
    assert rows("thon1")[0].ends_on is None
    assert send_twice(signed_in("vanphong"), page("thon1", "chuyen-giao/"), **data).status_code == 302
    assert rows("thon1")[0].ends_on == day - timedelta(days=1)
    gained = Membership.objects.get(user_id=user("thon2").pk, unit_id=unit().pk)
    assert (gained.starts_on, gained.ends_on) == (day, None)
    old, fresh = Appointment.objects.filter(unit=unit()).order_by("starts_on")
    assert (old.ends_on, fresh.starts_on, fresh.person.user.username) == (day - timedelta(days=1), day, "thon2")
    head = user("thon1")
    successor = user("thon2")
    assert capacity_of(head).heads(unit().pk) and not capacity_of(successor).heads(unit().pk)
    assert not capacity_of(head, day).heads(unit().pk) and capacity_of(successor, day).heads(unit().pk)
    for login in ("thon1", "thon2"):
        assert format_date(day) in Notification.objects.get(user__username=login).text
    entry = AuditEntry.objects.get(act="accounts.hand_over")
    assert entry.facts["instead_of"] == "thon1" and entry.facts["account"] == "thon2"


def test_a_handover_today_ends_the_old_role_yesterday(commune, office, today):
    assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, today, instead_of="thon1"))
    assert rows("thon1")[0].ends_on == today - timedelta(days=1)


def test_impossible_handovers(commune, office, today, user):
    with pytest.raises(RuleBroken, match="không giữ vai"):
        assign_role(by=office, commune=commune, grant=grant_of("thon3", Role.village_head, today, instead_of="thon2"))
    assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, today, instead_of="thon1"))
    with pytest.raises(RuleBroken, match="không có gì để chuyển"):  # begun today, so nothing could end yesterday
        assign_role(by=office, commune=commune, grant=grant_of("thon3", Role.village_head, today, instead_of="thon2"))
    with pytest.raises(RuleBroken, match="đã giữ vai"):
        assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, today))
    with pytest.raises(NotAllowed, match="Không tự giao"):
        assign_role(by=office, commune=commune, grant=grant_of("vanphong", Role.village_head, today))
    with pytest.raises(RuleBroken, match="lùi được"):
        day = today - timedelta(days=32)
        assign_role(by=office, commune=commune, grant=grant_of("thon3", Role.village_head, day))
    actions.lock_account(by=office, user=user("thon3"), reason="nghỉ phép")
    with pytest.raises(RuleBroken, match="đang bị khóa"):
        assign_role(by=office, commune=commune, grant=grant_of("thon3", Role.village_head, today))


def test_who_has_the_role_already_needs_no_handover(commune, office, today, user):
    day = today + timedelta(days=2)
    plan = plan_of_grant(commune, grant_of("thon2", Role.village_head, day))
    assert f"Muốn thay người thì cho {user('thon1').full_name} thôi vai." in plan.cautions[0]
    assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, day))
    with pytest.raises(RuleBroken, match=f"chỉ cần cho {user('thon1').full_name} thôi vai"):
        assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, day, instead_of="thon1"))


def test_a_handover_to_who_has_the_role_is_refused_at_who_receives_it(commune, office, signed_in, today, user):
    day = today + timedelta(days=2)
    assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, day))
    data = {
        "membership": rows("thon1")[0].pk,
        "to": user("thon2").pk,
        "starts_on": format_date(day),
        "reason": "Quyết định số 12",
    }
    refused = signed_in("vanphong").post(page("thon1", "chuyen-giao/"), with_password(**data))
    assert refused.status_code == 422
    (fault,) = refused.context["form"].errors["to"]
    assert f"từ ngày {format_date(day)}" in fault and "“Cho thôi vai”" in fault
    assert "“Cho thôi vai”" not in refused.context["form"].errors.get("__all__", [])
    assert rows("thon1")[0].ends_on is None


def test_an_absence_ends_with_the_role_and_the_deputy_too(commune, office, today, user):
    record_absence(
        by=office, unit=unit(), head=user("thon1"), starts_on=today, ends_on=today + timedelta(days=20),
        deputy=user("thon2"),
    )  # fmt: skip
    day = today + timedelta(days=5)
    plan = plan_of_grant(commune, grant_of("thon3", Role.village_head, day, instead_of="thon1"))
    assert any("Đợt vắng (Trưởng thôn, Thôn 1" in line for line in plan.cautions)
    assign_role(by=office, commune=commune, grant=grant_of("thon3", Role.village_head, day, instead_of="thon1"))
    last = day - timedelta(days=1)
    assert Absence.objects.get().ends_on == last
    assert Membership.objects.get(user_id=user("thon2").pk, unit_id=unit().pk).ends_on == last


def test_a_role_ends_on_a_day_and_a_future_one_is_taken_back(commune, signed_in, office, today, user):
    browser = signed_in("vanphong")
    data = {"membership": rows("thon1")[0].pk, "ends_on": format_date(today)}
    shown = browser.post(page("thon1", "thoi-vai/"), with_password(**data))
    assert "ngày cuối" in shown.content.decode() and rows("thon1")[0].ends_on is None
    assert send_twice(browser, page("thon1", "thoi-vai/"), **data).status_code == 302
    assert rows("thon1")[0].ends_on == today == Appointment.objects.get(unit=unit()).ends_on
    future = assign_role(
        by=office, commune=commune, grant=grant_of("thon2", Role.village_head, today + timedelta(days=3))
    )
    end_role(by=office, commune=commune, user=user("thon2"), membership=future, ends_on=today)
    assert not Membership.objects.filter(pk=future.pk).exists()
    assert not Appointment.objects.filter(unit=unit(), starts_on__gt=today).exists()
    with pytest.raises(RuleBroken, match="đã hết rồi"):
        end_role(by=office, commune=commune, user=user("thon2"), membership=future, ends_on=today)


def test_the_end_of_a_role_names_who_goes_on(commune, signed_in, office, today, user):
    data = with_password(membership=rows("thon1")[0].pk, ends_on=format_date(today))
    browser = signed_in("vanphong")
    assert "Chưa có người thay" in browser.post(page("thon1", "thoi-vai/"), data).content.decode()
    assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.village_head, today + timedelta(days=1)))
    shown = browser.post(page("thon1", "thoi-vai/"), data).content.decode()
    assert f"Việc của vai này có {user('thon2').full_name} làm tiếp." in shown and "Chưa có người thay" not in shown


def test_a_role_cannot_end_long_ago_nor_can_the_last_administrator(commune, office, today, user):
    with pytest.raises(RuleBroken, match="sớm nhất là hôm qua"):
        end_role(
            by=office, commune=commune, user=user("thon1"), membership=rows("thon1")[0],
            ends_on=today - timedelta(days=2),
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="quản trị hệ thống cuối cùng"):
        end_role(
            by=office, commune=commune, user=user("quantri"), membership=rows("quantri", Role.administrator)[0],
            ends_on=today,
        )  # fmt: skip
    end_role(
        by=office, commune=commune, user=user("thon1"), membership=rows("thon1")[0], ends_on=today - timedelta(days=1)
    )
    left = user("thon1")
    clear_capacity_cache(left)
    assert not capacity_of(left).roles - {Role.council_member}


def test_what_a_council_member_has_personally_is_listed(commune, signed_in, user, today):
    lines = left_behind(user("hoidong2"), today)
    assert any("thành viên cho đến quyết định mới" in line for line in lines)
    text = signed_in("quantri").get(page("hoidong2")).content.decode()
    assert lines[0] in text and "Chưa đăng nhập lần nào" in text and "chưa in phiếu nào" in text


def test_staff_serve_in_the_office_and_administrators_in_no_unit(commune, office, today):
    made = assign_role(by=office, commune=commune, grant=grant_of("thon2", Role.council_member, today, code="vanphong"))
    assert (made.given_by_id, made.unit_id) == (office.pk, unit("vanphong").pk)
    assert not Appointment.objects.filter(person__user__username="thon2", starts_on=today).exists()


def test_nobody_of_the_demo_has_a_role_twice(commune):
    roles = list(Membership.objects.filter(commune=commune, ends_on=None).values_list("user_id", "role"))
    assert Role.council_member in dict(roles).values() and len(roles) == len(set(roles))


def test_who_may_take_a_role_over_is_listed_by_given_name(commune, signed_in):
    form = signed_in("quantri").get(page("thon4", "chuyen-giao/")).context["form"]
    names = [form.colleagues[pk].full_name for pk, _ in form.fields["to"].choices[1:]]
    assert names == sorted(names, key=name_key) != sorted(names)
