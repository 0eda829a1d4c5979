"""On a page one act is red and first, the others are quiet; a list offers its act on many only with a tick."""

import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.exemplars.actions.exemplar import (
    accept_exemplar,
    cancel_exemplar,
    return_exemplar,
    save_exemplar,
    start_exemplar,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.models.exemplar import Exemplar
from tests.html import page_of

BUTTON = re.compile(r'class="btn btn-(primary|secondary|quiet|danger)"[^>]*>(?:<svg.*?</svg>)? ?([^<]+?) ?<')


def acts(page):
    """(tone, label) of the buttons in the content of a page, from the top; without those that ask once more."""
    return BUTTON.findall(re.sub(r"(</summary>)<form.*?</form>", r"\1", page[page.index("<main") :]))


def test_the_office_nominates_an_accepted_exemplar_with_one_press(office, submitted, signed_in):
    accept_exemplar(by=office, exemplar=submitted)
    browser = signed_in("vanphong")
    found = acts(page_of(browser.get(submitted.get_absolute_url())))
    assert found[0] == ("primary", "Đề nghị khen thưởng")
    assert {tone for tone, label in found[1:]} == {"quiet"} and len(found) > 3
    answer = browser.post(reverse("commendations:nominate", args=[submitted.pk]))
    assert answer.url == Exemplar.objects.get(pk=submitted.pk).nominations.get().get_absolute_url()


def test_a_review_has_its_only_red_act_in_the_foot(submitted, signed_in):
    found = acts(page_of(signed_in("vanphong").get(submitted.get_absolute_url())))
    assert ("secondary", "Đề nghị khen thưởng") in found
    assert [label for tone, label in found if tone == "primary"] in ([], ["Chấp nhận"])


@pytest.mark.parametrize(
    ("day", "main"), [("2026-11-20", "Chọn vào danh sách"), ("2026-11-27", "Nhắc 14 đơn vị chưa gửi")]
)
def test_a_period_has_one_red_act(period, signed_in, day, main):
    with time_machine.travel(f"{day} 08:00+07:00", tick=False):
        found = acts(page_of(signed_in("vanphong").get(period.get_absolute_url())))
    assert [label for tone, label in found if tone == "primary"] == [main]


def test_a_draft_of_the_period_comes_before_a_new_exemplar(village_head, unit, period, office, full_content, signed_in):
    browser = signed_in("thon1")
    month = reverse("campaigns:month")
    new = reverse("campaigns:new", args=[period.pk, unit.pk])
    with time_machine.travel("2026-11-20 08:00+07:00", tick=False):
        assert red_links(page_of(browser.get(month))) == [new]
        one = start_exemplar(by=village_head, unit=unit, period=period, content=full_content)
        assert red_links(page_of(browser.get(month))) == [edit_address(one)]
        two = start_exemplar(
            by=village_head, unit=unit, period=period, content=replace(full_content, deed="Trồng cây.")
        )
        page = page_of(browser.get(month))
        assert red_links(page) == [edit_address(two)] and "Viết tiếp bản mới nhất" in page and f'href="{new}"' in page
        submit_exemplar(by=village_head, exemplar=one)
        return_exemplar(by=office, exemplar=one, notes={"deed": "Ghi rõ bao nhiêu mét vuông"})
        page = page_of(browser.get(month))
        assert red_links(page) == [edit_address(one)] and "Sửa bản được trả lại" in page
        cancel_exemplar(by=village_head, exemplar=two)
        fuller = replace(full_content, deed="Hiến 200 m2 đất vườn làm đường.")
        submit_exemplar(by=village_head, exemplar=save_exemplar(by=village_head, exemplar=one, content=fuller))
        page = page_of(browser.get(month))
    assert red_links(page) == [] and "Viết tiếp" not in page and f'href="{new}"' in page


def test_the_red_act_of_a_head_is_of_the_month_that_is_due_first(commune, unit, period, signed_in):
    with time_machine.travel("2026-12-01 08:00+07:00", tick=False):
        open_month(commune=commune, on=date(2026, 12, 1))
        page = page_of(signed_in("thon1").get(reverse("campaigns:month")))
    assert red_links(page) == [reverse("campaigns:new", args=[period.pk, unit.pk])]


def edit_address(exemplar):
    return reverse("campaigns:edit", args=[exemplar.pk])


def red_links(page):
    """The addresses of the red links of the page."""
    return re.findall(r'<a[^>]*class="btn btn-primary"[^>]*href="([^"]+)"', page)


def test_the_reasons_of_a_return_lead_to_their_fields(office, submitted, signed_in):
    return_exemplar(by=office, exemplar=submitted, notes={"deed": "Ghi rõ bao nhiêu mét vuông"})
    address = submitted.get_absolute_url()
    edit = reverse("campaigns:edit", args=[submitted.pk])
    page = page_of(signed_in("thon1").get(address))
    assert f'<a href="{edit}#div_id_deed">' in page
    assert page.index("Ghi rõ bao nhiêu mét vuông") < page.index("Viết tiếp") < page.index('<dl class="facts">')
    assert 'id="div_id_deed"' in page_of(signed_in("thon1").get(edit))
    assert f'href="{edit}#' not in page_of(signed_in("vanphong").get(address))


def test_ticks_come_before_the_act_on_many(submitted, signed_in):
    page = page_of(signed_in("vanphong").get(reverse("campaigns:exemplars")))
    assert page.index('class="ticking"') < page.index('name="dien-hinh"') < page.index('class="act-foot')
