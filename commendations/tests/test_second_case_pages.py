"""Nobody twice, on pages: the refusal of a second case, somebody of another unit."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.actions.nomination import start_nomination
from commendations.models import Nomination
from commendations.tests import case_steps
from commendations.tests.test_same_case import DEED, deed_case, title_case, unit
from emulation.accounts.models import OfficePhone
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_the_second_unit_reads_the_office_number_and_keeps_what_was_typed(commune, user, lua, signed_in):
    deed_case(user("thon1"), "thon1", lua)
    OfficePhone.objects.create(commune=commune, phone="0237 123 456", starts_on=timezone.localdate())
    second = start_nomination(by=user("phunu"), unit=unit("phunu"), nominee=lua)
    data = {"deed": DEED, "achievement": "tốt", "kind": "CT", "seen": second.version, "do": "save"}
    response = signed_in("phunu").post(reverse("commendations:edit", args=[second.pk]), data)
    page = page_of(response)
    assert response.status_code == 422 and "do Thôn 1 lập ngày" in page and "0237 123 456" in page and DEED in page
    second.refresh_from_db()
    assert second.deed == ""


def test_the_office_opens_the_first_case_from_the_refusal(user, lua, signed_in):
    first = title_case(user("thon1"), nominee=lua)
    data = {
        "unit": unit("phunu").pk,
        "nominee": f"person:{lua.pk}",
        "tim": "Lê Thị Lụa",
        "danh-hieu": "LDTT",
        "nam": "2026",
    }
    response = signed_in("vanphong").post(reverse("commendations:start"), data)
    assert response.status_code == 422 and f'href="{first.get_absolute_url()}"' in page_of(response)


# ── somebody of another unit ─────────────────────────────────────────────────────────────────────
def test_a_unit_finds_somebody_of_another_unit_by_the_whole_name(signed_in, lua):
    browser = signed_in("phunu")
    start = reverse("commendations:start")
    assert f"person:{lua.pk}" not in page_of(browser.get(start, {"tim": "lua"}))
    page = page_of(browser.get(start, {"tim": "le thi lua"}))
    assert f"person:{lua.pk}" in page and "của Thôn 1" in page and str(lua.birth_year) not in page
    browser.post(start, {"unit": unit("phunu").pk, "nominee": f"person:{lua.pk}", "tim": "le thi lua"})
    case = Nomination.objects.get()
    assert (case.unit.code, case.person) == ("phunu", lua)
    why = reverse("commendations:why", args=[case.pk])
    assert why not in page_of(browser.get(case.get_absolute_url())) and browser.get(why).status_code == 403


def test_nobody_of_another_unit_is_chosen_by_a_guessed_number(signed_in, lua):
    data = {"unit": unit("phunu").pk, "nominee": f"person:{lua.pk}", "tim": ""}
    response = signed_in("phunu").post(reverse("commendations:start"), data)
    assert response.status_code == 422 and not Nomination.objects.exists()


# ── two cases of before the rule, or of two records of one person ────────────────────────────────
@pytest.mark.parametrize("login", ["vanphong", "hoidong2"])
def test_the_session_names_each_of_two_cases_for_one_title_at_the_other(user, lua, signed_in, login):
    first = title_case(user("thon1"), nominee=lua)
    second = Nomination.objects.get(pk=first.pk)
    second.pk = second.live_key = None
    second.unit = unit("phunu")
    second.save(force_insert=True)
    Nomination.objects.update(state="complete", received_on=case_steps.SESSION_DAY)
    session = case_steps.with_attendance(case_steps.opened_session(*Nomination.objects.order_by("pk")))
    page = page_of(signed_in(login).get(session.get_absolute_url()))
    assert page.count("Trùng với một hồ sơ khác") == 2
    assert re.search(r"do Thôn 1 đề nghị\.\s*<a href=\"" + first.get_absolute_url(), page)
    assert re.search(r"do Hội Liên hiệp Phụ nữ[^.]* đề nghị\.\s*<a href=\"" + second.get_absolute_url(), page)
