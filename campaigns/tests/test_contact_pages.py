"""The boards of a month and of a year, and the telephone numbers of unit heads: what is read, who is led where."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import return_exemplar, start_nothing, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from emulation.accounts.models import User
from tests.html import page_of
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def november(commune):
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=timezone.get_current_timezone()), tick=False):
        yield open_month(commune=commune, on=date(2026, 11, 1))


def test_the_annual_board_links_to_the_board_of_a_period_only_for_its_readers(november, signed_in):
    link = f'href="{november.get_absolute_url()}"'
    for login, status in (("vanphong", 200), ("mattran", 403)):
        browser = signed_in(login)
        page = page_of(browser.get("/thi-dua/bang-nam/"))
        assert f'title="{november}"' in page and (link in page) == (status == 200), login
        assert browser.get(november.get_absolute_url()).status_code == status


def test_numbers_are_called_without_spaces(november, signed_in):
    User.objects.filter(username="thon1").update(phone="0912 345 678")
    unit = Unit.objects.get(code="thon1")
    browser = signed_in("vanphong")
    for url in (
        "/thi-dua/don-doc/",
        "/thi-dua/don-doc/goi-dien/",
        november.get_absolute_url(),
        "/don-vi/",
        unit.get_absolute_url(),
    ):
        page = page_of(browser.get(url))
        assert 'href="tel:0912345678"' in page and "0912 345 678" in page, url


def test_the_board_of_a_month_names_what_was_sent_back(november, village_head, office, signed_in):
    nothing = start_nothing(by=village_head, period=november, unit=Unit.objects.get(code="thon1"), reason="Chưa có")
    submit_exemplar(by=village_head, exemplar=nothing)
    browser = signed_in("vanphong")
    page = page_of(browser.get(november.get_absolute_url()))
    assert "Báo không có" in page and "Đang sửa" not in page
    return_exemplar(by=office, exemplar=nothing, notes={"nothing_reason": "Ghi rõ vì sao chưa có."})
    page = page_of(browser.get(november.get_absolute_url()))
    assert page.count("Đang sửa") == 1 and "Báo không có" not in page
