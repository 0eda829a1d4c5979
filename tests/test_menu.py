"""The navigation: doors by role, every page behind a door, the numbers beside the doors."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import Role
from emulation.workflow import menu, permissions
from reports.queries import todo
from reports.queries.url_routes import url_routes
from tests.html import page_of

OFF_THE_DOORS = ("/tai-khoan/", "/thong-bao/", "/tro-giup/", "/lich/")
"""Under the own name, behind the bell, in the foot, and the feed of a calendar."""
DOORS = {
    "vanphong": ["Việc của tôi", "Điển hình tháng", "Khen thưởng", "Phong trào", "Văn bản", "Con người", "Thêm"],
    "chutich": ["Việc của tôi", "Thi đua", "Khen thưởng", "Thêm"],
    "vanthu": ["Việc của tôi", "Khen thưởng", "Văn bản", "Thêm"],
    "thon1": ["Việc của tôi", "Điển hình tháng", "Khen thưởng", "Thêm"],
    "phongnoivu": ["Việc của tôi", "Báo cáo", "Thêm"],
    "quantri": ["Việc của tôi", "Hệ thống", "Thêm"],
}


def capacity(*roles: Role) -> UserCapacity:
    return UserCapacity(1, 1, frozenset(roles), {role: frozenset({1}) for role in roles})


@pytest.mark.parametrize("login", DOORS)
def test_a_role_has_its_doors(commune, user, login):
    shown = menu.menu_for(capacity_of(user(login)), "/viec-cua-toi/")
    assert [door["label"] for door in shown.doors] == DOORS[login]
    assert len(shown.bar_doors) <= 5 and shown.bar_doors[-1]["label"] == "Thêm"
    assert [door["label"] for door in shown.doors if door["active"]] == ["Việc của tôi"]


def test_no_combination_of_two_roles_has_more_than_seven_doors_or_loses_an_entry():
    for one in Role:
        for other in Role:
            both = capacity(one, other)
            shown = menu.menu_for(both, "/viec-cua-toi/")
            assert len(shown.doors) <= 7, (one, other)
            behind = [entry["name"] for door in shown.doors for entry in door["entries"]]
            assert sorted(behind) == sorted(entry.url for entry in menu.entries_for(both)), (one, other)


def test_the_tabs_are_the_pages_of_the_open_door():
    shown = menu.menu_for(capacity(Role.office), reverse("commendations:sessions"))
    labels = ["Đề nghị", "Phiên họp", "Trình Chủ tịch", "Quyết định", "Trình cấp trên", "Sổ vàng"]
    assert [tab["label"] for tab in shown.tabs] == labels
    assert [tab["label"] for tab in shown.tabs if tab["active"]] == ["Phiên họp"]
    below = menu.menu_for(capacity(Role.office), reverse("commendations:session", args=[1]))
    assert below.tabs == [] and [door["key"] for door in below.doors if door["active"]] == ["awards"]
    law = menu.menu_for(capacity(Role.office), reverse("legal:values"))
    assert [tab["label"] for tab in law.tabs] == ["Danh hiệu, hình thức", "Căn cứ pháp lý", "Quy định của địa phương"]


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_is_behind_a_door(role):
    entries = menu.entries_for(capacity(role))
    opened = [
        "/" + route.route.replace("<int:pk>", "1").lstrip("/")
        for route in url_routes()
        if route.permission.needs_login and route.permission.allows(capacity(role), None)
    ]
    assert {at for at in opened if not at.startswith(OFF_THE_DOORS) and not menu.active_entry(entries, at)} == set()


def test_the_numbers_beside_the_doors_are_those_of_the_queue(full_demo, user):
    for login in DOORS:
        of_user = user(login)
        waiting = todo.waiting_by_entry(capacity_of(of_user), timezone.localdate())
        total = todo.todo_of(of_user, timezone.localdate()).total
        assert waiting.pop("total", 0) == total == sum(waiting.values()), login


def test_the_numbers_need_a_sign_in(commune, signed_in):
    assert Client().get(reverse("reports:counts")).status_code == 302
    assert signed_in("thon1").get(reverse("reports:counts")).json() == {}


def test_who_is_signed_in_stands_on_every_page(commune, signed_in):
    page = page_of(signed_in("thon1").get(reverse("reports:more")))
    assert "Trưởng thôn, Thôn 1" in page and "Đăng xuất" in page
    assert permissions.signed_in.allows(capacity(), None)
