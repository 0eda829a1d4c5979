"""The navigation: areas by role, every page in an area, the numbers of the areas."""

from itertools import chain

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
from villages.models import Unit

OFF_THE_AREAS = ("/tai-khoan/", "/thong-bao/", "/tro-giup/", "/lich/", "/tim-kiem/")
"""Reached by the own name, the notifications, the search, the foot; and the feed of a calendar."""
AREAS = {
    "vanphong": ["Việc của tôi", "Điển hình tháng", "Khen thưởng", "Phong trào", "Văn bản", "Con người", "Thêm"],
    "chutich": ["Việc của tôi", "Thi đua", "Khen thưởng", "Thêm"],
    "vanthu": ["Việc của tôi", "Khen thưởng", "Văn bản", "Thêm"],
    "thon1": ["Việc của tôi", "Điển hình tháng", "Khen thưởng", "Thêm"],
    "phongnoivu": ["Việc của tôi", "Báo cáo", "Thêm"],
    "quantri": ["Việc của tôi", "Hệ thống", "Thêm"],
}


def capacity(*roles: Role) -> UserCapacity:
    return UserCapacity(1, 1, frozenset(roles), {role: frozenset({1}) for role in roles})


@pytest.mark.parametrize("login", AREAS)
def test_a_role_has_its_areas(commune, user, login):
    shown = menu.menu_for(capacity_of(user(login)), "/viec-cua-toi/")
    assert [area["label"] for area in shown.areas] == AREAS[login]
    assert len(shown.bar_areas) <= 5 and shown.bar_areas[-1]["label"] == "Thêm"
    assert [area["label"] for area in shown.areas if area["active"]] == ["Việc của tôi"]


def test_no_combination_of_two_roles_has_more_than_seven_areas_or_loses_an_entry():
    for one in Role:
        for other in Role:
            both = capacity(one, other)
            shown = menu.menu_for(both, "/viec-cua-toi/")
            assert len(shown.areas) <= 7, (one, other)
            found = chain.from_iterable(area["entries"] for area in shown.areas)
            assert sorted(entry["name"] for entry in found) == sorted(entry.url for entry in menu.entries_for(both)), (
                one,
                other,
            )


def test_the_tabs_are_the_pages_of_the_open_area():
    shown = menu.menu_for(capacity(Role.office), reverse("commendations:sessions"))
    labels = ["Đề nghị", "Phiên họp", "Trình Chủ tịch", "Quyết định", "Trình cấp trên", "Sổ vàng"]
    assert [tab["label"] for tab in shown.tabs] == labels
    assert [tab["label"] for tab in shown.tabs if tab["active"]] == ["Phiên họp"]
    below = menu.menu_for(capacity(Role.office), reverse("commendations:session", args=[1]))
    assert below.tabs == [] and [area["key"] for area in below.areas if area["active"]] == ["awards"]
    assert (shown.trail, below.trail) == ([], [("Phiên họp", reverse("commendations:sessions"))])
    law = menu.menu_for(capacity(Role.office), reverse("legal:values"))
    assert [tab["label"] for tab in law.tabs] == ["Danh hiệu, hình thức", "Căn cứ pháp lý", "Quy định của địa phương"]


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_is_in_an_area(role):
    entries = menu.entries_for(capacity(role))
    opened = [
        "/" + route.route.replace("<int:pk>", "1").lstrip("/")
        for route in url_routes()
        if route.permission.needs_login and route.permission.allows(capacity(role), None)
    ]
    assert {at for at in opened if not at.startswith(OFF_THE_AREAS) and not menu.active_entry(entries, at)} == set()


def test_the_numbers_of_the_areas_are_those_of_the_queue(full_demo, user):
    for login in AREAS:
        of_user = user(login)
        waiting = todo.waiting_by_entry(capacity_of(of_user), timezone.localdate())
        areas = todo.waiting_by_area(capacity_of(of_user), waiting)
        total = todo.todo_of(of_user, timezone.localdate()).total
        assert areas.pop("work") == total == sum(waiting.values()) == sum(areas.values()), login


def test_the_numbers_need_a_sign_in(in_november, commune, signed_in):
    assert Client().get(reverse("reports:counts")).status_code == 302
    assert signed_in("thon1").get(reverse("reports:counts")).json() == {}


def test_every_page_names_who_is_signed_in(commune, signed_in):
    page = page_of(signed_in("thon1").get(reverse("reports:more")))
    assert "Trưởng thôn, Thôn 1" in page and "Đăng xuất" in page
    assert permissions.signed_in.allows(capacity(), None)


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("commendations:start", "commendations:nominations"),
        ("commendations:plan_session", "commendations:sessions"),
        ("campaigns:receive_directive", "campaigns:directives"),
        ("campaigns:open_period", "campaigns:periods"),
        ("villages:charges", "villages:units"),
        ("villages:add_commune_collective", "villages:units"),
        ("reports:start", "reports:reports"),
        ("campaigns:urge", "campaigns:outstanding"),
    ],
)
def test_a_form_of_the_commune_has_a_way_back_to_its_list(commune, signed_in, name, back):
    page = page_of(signed_in("vanphong").get(reverse(name)))
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert f'href="{reverse(back)}"' in crumbs and commune.code not in crumbs


@pytest.mark.parametrize("name", ["villages:record_absence", "villages:set_unit_head"])
def test_a_form_about_a_unit_names_it_in_the_way_back(commune, signed_in, name):
    unit = Unit.objects.get(commune=commune, code="thon1")
    page = page_of(signed_in("vanphong").get(reverse(name, args=[unit.pk])))
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert f'<a href="{unit.get_absolute_url()}">{unit.name}</a>' in crumbs
