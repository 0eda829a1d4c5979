"""Exemplars of collectives that are no units: chosen on the form, shown with their unit, listed, praised."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.praise_letter import start_praise_letter
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.papers.shortlist_notice import _rows as notice_rows
from campaigns.models import ShortlistEntry
from campaigns.tests.conftest import DEED
from emulation.core.errors import RuleBroken
from tests.html import page_of
from villages.actions.collectives import add_collective, end_collective
from villages.models import Unit


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def group(village_head, unit):
    return add_collective(by=village_head, owner=unit, name="Tổ liên gia số 3", kind="group")


@pytest.fixture
def answers(full_content):
    return {"kind": "collective", "field": full_content.field.pk, "deed": DEED, "result": "", "once": "k" * 20}


@pytest.fixture
def content(full_content, group):
    return ExemplarContent(kind="collective", collective=group, field=full_content.field, deed=DEED)


def test_the_form_asks_which_only_where_there_are_several(signed_in, period, unit, village_head):
    url = reverse("campaigns:new", args=[period.pk, unit.pk])
    page = page_of(signed_in("thon1").get(url))
    assert "Tập thể nào?" not in page
    assert "Tập thể Thôn 1" in page
    add_collective(by=village_head, owner=unit, name="Tổ liên gia số 3", kind="group")
    page = page_of(signed_in("thon1").get(url))
    assert "Tập thể nào?" in page
    assert "Cả đơn vị: Thôn 1" in page
    assert "Tổ liên gia số 3" in page


def test_a_group_is_sent_and_shown_with_its_unit(signed_in, period, unit, group, answers):
    browser = signed_in("thon1")
    url = reverse("campaigns:new", args=[period.pk, unit.pk])
    browser.post(url, {**answers, "collective": group.pk, "do": "submit"})
    exemplar = Exemplar.objects.get()
    assert (exemplar.state, exemplar.collective_id, exemplar.unit) == (Exemplar.SUBMITTED, group.pk, unit)
    assert exemplar.nominee_and_unit == "Tổ liên gia số 3, Thôn 1"
    page = page_of(signed_in("vanphong").get(exemplar.get_absolute_url()))
    assert "Tổ liên gia số 3" in page
    found = signed_in("vanphong").get(reverse("campaigns:exemplars"), {"q": "lien gia"})
    assert "Tổ liên gia số 3" in page_of(found)


def test_the_unit_itself_is_still_chosen(signed_in, period, unit, group, answers):
    signed_in("thon1").post(
        reverse("campaigns:new", args=[period.pk, unit.pk]), {**answers, "collective": unit.pk, "do": "submit"}
    )
    exemplar = Exemplar.objects.get()
    assert exemplar.collective_id == unit.pk
    assert exemplar.nominee_and_unit == "Thôn 1"


@pytest.mark.parametrize("whose", ["of another unit", "ended", "no number"])
def test_a_collective_that_cannot_be_chosen_is_refused_and_the_text_kept(
    signed_in, user, village_head, period, unit, group, answers, whose
):
    other = add_collective(by=user("thon2"), owner=Unit.objects.get(code="thon2"), name="Tổ 9", kind="group")
    add_collective(by=village_head, owner=unit, name="Tổ liên gia số 4", kind="group")
    if whose == "ended":
        end_collective(by=village_head, collective=group, ends_on=date(2026, 11, 20))
    value = {"of another unit": other.pk, "ended": group.pk, "no number": "x"}[whose]
    response = signed_in("thon1").post(
        reverse("campaigns:new", args=[period.pk, unit.pk]), {**answers, "collective": value, "do": "submit"}
    )
    assert response.status_code == 422
    assert "collective" in response.context["form"].errors
    assert DEED in page_of(response)
    assert not Exemplar.objects.filter(state=Exemplar.SUBMITTED).exists()


def test_the_action_refuses_a_collective_of_another_unit(user, village_head, period, unit, content):
    other = Unit.objects.get(code="thon2")
    with pytest.raises(RuleBroken, match="tập thể đang hoạt động của đơn vị"):
        start_exemplar(by=user("thon2"), unit=other, period=period, content=content)


def test_one_chosen_before_it_ended_stays_in_the_draft(signed_in, village_head, period, unit, group, content, answers):
    draft = start_exemplar(by=village_head, unit=unit, period=period, content=content)
    end_collective(by=village_head, collective=group, ends_on=date(2026, 11, 20))
    url = reverse("campaigns:edit", args=[draft.pk])
    assert "Tổ liên gia số 3" in page_of(signed_in("thon1").get(url))
    signed_in("thon1").post(url, {**answers, "collective": group.pk, "do": "submit", "seen": draft.version})
    draft.refresh_from_db()
    assert (draft.state, draft.collective_id) == (Exemplar.SUBMITTED, group.pk)


def test_it_is_listed_and_praised_with_its_unit(village_head, office, period, unit, content):
    exemplar = submit_exemplar(
        by=village_head, exemplar=start_exemplar(by=village_head, unit=unit, period=period, content=content)
    )
    accept_exemplar(by=office, exemplar=exemplar)
    entry = ShortlistEntry(commune=unit.commune, period=period, exemplar=exemplar, gist="Giữ an ninh")
    assert notice_rows([entry], "xã Bình Lương") == (("Tổ liên gia số 3", "Thôn 1", "Giữ an ninh"),)
    letter = start_praise_letter(by=office, exemplar=exemplar)
    assert "các thành viên Tổ liên gia số 3" in letter.text
    assert letter.addressee == "Tổ liên gia số 3, Thôn 1"
