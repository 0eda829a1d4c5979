"""Lists page by page by their order values: every row once, forward and backward, at the same cost at any depth."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import Exemplar
from commendations.models import Decision
from emulation.notices.models import Notification
from emulation.workflow import keyset
from tests.html import page_of

pytestmark = pytest.mark.both_databases

START = datetime(2026, 11, 1, 8, 0, 0, 123456, tzinfo=UTC)
ORDERS = (["-created_at", "-pk"], ["created_at", "-pk"], ["text", "-created_at"], ["-user__username", "text", "pk"])


def notices(commune, user, moments: list[int]) -> list[Notification]:
    made = [
        Notification(commune=commune, user=user, key=f"k{at}", text=f"Tin {moment}")
        for at, moment in enumerate(moments)
    ]
    Notification.objects.bulk_create(made)
    rows = list(Notification.objects.order_by("pk"))
    for row, moment in zip(rows, moments, strict=True):
        row.created_at = START + timedelta(microseconds=moment)
    Notification.objects.bulk_update(rows, ["created_at"])
    return rows


def walk(rows, parameter: str, size: int, start: dict[str, str]) -> list[list[int]]:
    """The primary keys of all pages, from `start` by the links to the following or previous page."""
    order = keyset.order_of(rows)
    asked = QueryDict(mutable=True)
    asked.update(start)
    pages = []
    while True:
        page = keyset.keyset_page(rows, order, asked, size)
        pages.append([row.pk for row in page.object_list])
        onward = page.following if parameter == keyset.AFTER else page.previous
        if not onward:
            return pages
        asked = QueryDict(mutable=True)
        asked.update(onward)


@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(st.integers(0, 3), min_size=1, max_size=14), size=st.integers(1, 5))
def test_every_row_once_in_the_order_and_back(commune, office, order, moments, size):
    Notification.objects.all().delete()
    notices(commune, office, moments)
    rows = Notification.objects.order_by(*order)
    wanted = [row.pk for row in rows.order_by(*order, *([] if "pk" in order[-1] else ["-pk"]))]
    forward = walk(rows, keyset.AFTER, size, {})
    assert list(chain.from_iterable(forward)) == wanted
    backward = walk(rows, keyset.BEFORE, size, {keyset.LAST: "1"})
    assert list(chain.from_iterable(reversed(backward))) == wanted


def test_a_row_that_goes_or_comes_shifts_nothing(commune, office):
    made = notices(commune, office, [5, 4, 3, 2, 1])
    rows = Notification.objects.order_by("-created_at", "-pk")
    order = keyset.order_of(rows)
    first = keyset.keyset_page(rows, order, QueryDict(), 2)
    made[1].delete()
    following = QueryDict(mutable=True)
    following.update(first.following)
    assert [row.pk for row in keyset.keyset_page(rows, order, following, 2).object_list] == [made[2].pk, made[3].pk]


@pytest.mark.parametrize("typed", ["", "x", "W10", "WyIxIl0", "////", "é" * 50, "WzEsMiwzXQ", "bnVsbA"])
def test_what_is_no_page_is_the_first_page(commune, office, signed_in, typed):
    notices(commune, office, list(range(30)))
    for parameter in ("sau", "truoc", "trang"):
        answer = signed_in("vanphong").get(reverse("notices:list"), {parameter: typed})
        assert answer.status_code == 200 and "Tin 29" in page_of(answer), parameter


def test_orders_with_nulls_or_expressions_are_counted_pages():
    assert keyset.order_of(Decision.objects.order_by("-issued_on")) is None
    names = [field.path for field in keyset.order_of(Exemplar.objects.order_by("-period__opens_on", "state_since"))]
    assert names == ["period__opens_on", "state_since", "pk"]


def test_the_number_of_all_rows_is_counted_up_to_a_limit(commune, office, monkeypatch):
    notices(commune, office, list(range(9)))
    rows = Notification.objects.order_by("-created_at", "-pk")
    monkeypatch.setattr(keyset, "MAX_COUNTED", 8)
    with CaptureQueriesContext(connection) as caught:
        page = keyset.keyset_page(rows, keyset.order_of(rows), QueryDict(), 3)
    assert (page.total, len(caught)) == ("hơn 8", 2)
    monkeypatch.setattr(keyset, "MAX_COUNTED", 9)
    assert keyset.keyset_page(rows, keyset.order_of(rows), QueryDict(), 3).total == "9"


def test_the_pager_leads_on_back_and_to_both_ends(commune, office, signed_in):
    notices(commune, office, list(range(260)))
    browser = signed_in("vanphong")
    page = page_of(browser.get(reverse("notices:list")))
    assert "100 trong 260" in page and 'rel="prev"' not in page and "cuoi=1" in page
    last = page_of(browser.get(reverse("notices:list"), {"cuoi": "1"}))
    assert 'rel="next"' not in last and 'rel="prev"' in last and "Tin 0" in last
