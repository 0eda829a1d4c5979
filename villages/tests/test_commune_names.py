"""A new name of the commune: found inside other names, taken over by its units from the same day, taken back with them."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from emulation.audit.models import AuditEntry
from villages.actions.unit_changes import record_unit_change
from villages.models import CouncilVersion, Unit, UnitChange
from villages.queries.commune_names import council_name_on
from villages.rules.commune_names import with_new_commune_name
from villages.rules.unit_changes import NewUnit, UnitPlan

OLD = "xã Bình Lương"
NEW = "xã Bình Lương Mới"
DAY = date(2026, 12, 2)


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trạm Y tế xã Bình Lương", "Trạm Y tế xã Bình Lương Mới"),
        ("TRẠM Y TẾ XÃ BÌNH LƯƠNG", "TRẠM Y TẾ XÃ BÌNH LƯƠNG MỚI"),
        ("Trạm Y tế xa binh luong", "Trạm Y tế xã Bình Lương Mới"),
        ("Xã Bình Lương, tổ 2", "Xã Bình Lương Mới, tổ 2"),
        ("Trường Mầm non Bình Lương", "Trường Mầm non Bình Lương Mới"),
        ("Trường THCS Bình Lương 2", "Trường THCS Bình Lương Mới 2"),
        ("Trạm Y tế xã Bình Lương Thượng", "Trạm Y tế xã Bình Lương Thượng"),
        ("Trường THCS Tân Bình Lương", "Trường THCS Tân Bình Lương"),
        ("Trạm Y tế xã Bình Lương Mới", "Trạm Y tế xã Bình Lương Mới"),
        ("Thôn 2", "Thôn 2"),
    ],
)
def test_the_name_is_replaced_where_it_is_the_whole_name(text, expected):
    assert with_new_commune_name(text, OLD, NEW) == expected


WORDS = st.lists(
    st.sampled_from(["xã", "Bình", "Lương", "Mới", "Trạm", "y", "tế", "2", "-", "BÌNH", "binh"]), max_size=9
)
NAMES = st.sampled_from([NEW, "phường Bình Lương", "xã Hóa Quỳ", "xã Tân Bình Lương", "xã Bình Lương 2", OLD])


@pytest.mark.no_db
@given(WORDS, NAMES)
def test_replacing_twice_is_replacing_once(words, new):
    once = with_new_commune_name(" ".join(words), OLD, new)
    assert with_new_commune_name(once, OLD, new) == once


def identity(**changed):
    typed = {
        "starts_on": "02/12/2026", "name": NEW, "place_name": "Bình Lương Mới", "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG MỚI",
        "issuer_short": "UBND xã Bình Lương Mới", "letterhead_parent": "", "superior_office": "Sở Nội vụ tỉnh Thanh Hóa",
        "district": "", "province": "tỉnh Thanh Hóa", "paper": "Nghị quyết số 9",
    }  # fmt: skip
    return {**typed, **changed}


@pytest.fixture
def browser(in_november, commune, signed_in):
    browser = signed_in("vanphong")
    assert browser.post(reverse("villages:set_identity"), identity()).status_code == 302
    return browser


def offered(browser):
    return {row.unit.pk: row.name for row in browser.get(reverse("villages:identities")).context["to_follow"]}


def test_its_units_take_the_name_over_and_back(browser, commune):
    names = offered(browser)
    station = Unit.objects.get(commune=commune, code="tramyte")
    assert names[station.pk] == "Trạm Y tế xã Bình Lương Mới"
    address = reverse("villages:follow_commune_name")
    assert browser.post(address, {"unit": list(names)}).status_code == 302
    assert offered(browser) == {} and UnitChange.objects.filter(state="planned", effective_on=DAY).count() == len(names)
    assert AuditEntry.objects.filter(act="villages.follow_commune_name").count() == 1
    page = browser.post(address, {"unit": list(names)}, follow=True).content.decode()
    assert "Chọn ít nhất một đơn vị" in page and UnitChange.objects.filter(state="planned").count() == len(names)
    browser.post(reverse("villages:take_back_identity"), {"reason": "Ghi nhầm ngày"})
    assert not UnitChange.objects.filter(state="planned").exists() and offered(browser) == {}
    assert Unit.objects.get(pk=station.pk).name == station.name


def test_a_unit_renamed_on_its_own_is_left_and_named(browser, commune, office):
    station = Unit.objects.get(commune=commune, code="tramyte")
    plan = UnitPlan(title="Trạm Y tế thành Trạm Y tế số 1", units=(NewUnit(name="Trạm Y tế số 1"),))
    record_unit_change(
        by=office, subject=station, kind=UnitChange.RENAME, sources=[station], plan=plan, effective_on=DAY
    )
    assert station.pk not in offered(browser)
    page = browser.post(reverse("villages:take_back_identity"), {"reason": "Ghi nhầm ngày"}, follow=True)
    assert "Trạm Y tế thành Trạm Y tế số 1" in page.content.decode()
    assert UnitChange.objects.get().state == UnitChange.PLANNED


def test_the_council_has_the_name_of_the_day(browser, commune):
    version = CouncilVersion.objects.filter(commune=commune).latest("starts_on")
    assert council_name_on(version, date(2026, 12, 1)) == version.name
    assert council_name_on(version, DAY) == f"{version.name} Mới"


def test_others_cannot_rename_the_units(browser, signed_in, commune):
    units = list(offered(browser))
    assert signed_in("thon1").post(reverse("villages:follow_commune_name"), {"unit": units}).status_code == 403
    assert not UnitChange.objects.exists()
