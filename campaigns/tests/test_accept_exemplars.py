"""The office accepts several exemplars of the list at once: ticked, looked through, confirmed."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    accept_exemplars,
    return_exemplar,
    start_exemplar,
    submit_exemplar,
    withdraw_exemplar,
)
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.rules.exemplar import MAX_TICKED, ticked_exemplars
from campaigns.tests.conftest import DEED
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed
from emulation.notices.models import Notification
from tests.html import page_of
from villages.models import Person, Unit

MANY = reverse("campaigns:accept_many")
LIST = reverse("campaigns:exemplars")
WAITING = "?trang-thai=submitted"


@pytest.fixture
def waiting(period, village_head):
    """Three submitted exemplars of one unit."""
    unit = Unit.objects.get(code="thon1")
    people = Person.objects.filter(unit=unit).order_by("pk")[:3]
    for person in people:
        content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=DEED, result="Xong.")
        exemplar = start_exemplar(by=village_head, unit=unit, period=period, content=content)
        submit_exemplar(by=village_head, exemplar=exemplar)
    return list(Exemplar.objects.order_by("pk"))


@pytest.fixture
def office_client(signed_in):
    return signed_in("vanphong")


def keys(exemplars):
    return [str(exemplar.pk) for exemplar in exemplars]


def seen(exemplars):
    return [f"{exemplar.pk}:{exemplar.version}" for exemplar in exemplars]


def states():
    return list(Exemplar.objects.order_by("pk").values_list("state", flat=True))


def confirm(client, values, query=""):
    return client.post(MANY + query, {"dien-hinh": values, "do": "confirm"})


def test_the_list_has_boxes_for_those_who_may_accept_and_only_for_what_waits(waiting, office, signed_in):
    accept_exemplar(by=office, exemplar=waiting[0])
    page = page_of(signed_in("vanphong").get(LIST))
    boxes = re.findall(r'name="dien-hinh"\s+value="(\d+)"', page)
    assert sorted(boxes) == keys(waiting[1:]) and "điển hình đã chọn" in page
    for login in ("vanthu", "chutich", "hoidong2"):
        assert 'name="dien-hinh"' not in page_of(signed_in(login).get(LIST)), login


def test_ticked_exemplars_are_shown_first_and_accepted_after_the_confirmation(waiting, office_client):
    preview = page_of(office_client.post(MANY + WAITING, {"dien-hinh": keys(waiting[:2])}))
    assert states() == ["submitted"] * 3
    for exemplar in waiting[:2]:
        assert exemplar.nominee_name in preview and exemplar.get_absolute_url() in preview
    assert waiting[2].nominee_name not in preview and DEED.rstrip(".") in preview
    assert f'href="{LIST}{WAITING}"' in unescape(preview)
    shown = re.findall(r'name="dien-hinh"\s+value="([\d:]+)"', preview)
    assert sorted(shown) == sorted(seen(waiting[:2]))
    Notification.objects.all().delete()
    answer = confirm(office_client, shown, WAITING)
    assert answer.url == LIST + WAITING
    assert "Đã chấp nhận 2 điển hình" in page_of(office_client.get(answer.url))
    assert states() == ["accepted", "accepted", "submitted"]
    assert AuditEntry.objects.filter(act="campaigns.accept").count() == 2
    assert set(Notification.objects.values_list("link", flat=True)) == {
        exemplar.get_absolute_url() for exemplar in waiting[:2]
    }


def test_confirming_twice_accepts_once(waiting, office_client):
    values = seen(waiting)
    confirm(office_client, values)
    notices = Notification.objects.count()
    again = confirm(office_client, values)
    assert again.url == LIST
    assert "Đã được chấp nhận từ trước" in page_of(office_client.get(LIST))
    assert (AuditEntry.objects.filter(act="campaigns.accept").count(), Notification.objects.count()) == (3, notices)


def test_what_was_returned_or_changed_meanwhile_is_named_and_the_others_are_accepted(
    waiting, office, village_head, office_client
):
    values = seen(waiting)
    return_exemplar(by=office, exemplar=waiting[0], notes={"deed": "Ghi số ngày công."})
    withdraw_exemplar(by=village_head, exemplar=waiting[1])
    submit_exemplar(by=village_head, exemplar=waiting[1])
    answer = confirm(office_client, values)
    page = page_of(answer)
    assert answer.status_code == 200 and "Không chấp nhận được 2 điển hình" in page
    assert "đang ở trạng thái “Trả lại để sửa”" in page and "Đơn vị đã rút về sửa rồi gửi lại" in page
    assert "Đã chấp nhận 1 điển hình" in page
    assert states() == ["returned", "submitted", "accepted"]


def test_none_can_be_accepted(waiting, office, office_client):
    values = seen(waiting[:1])
    return_exemplar(by=office, exemplar=waiting[0], notes={"deed": "Ghi số ngày công."})
    assert confirm(office_client, values).status_code == 409
    preview = page_of(office_client.post(MANY, {"dien-hinh": keys(waiting[:1])}))
    assert "Không chấp nhận được" in preview and 'value="confirm"' not in preview


@pytest.mark.parametrize("values", [[], ["x", "", "-1", "1;2", "9" * 40], ["999999999"]])
@pytest.mark.parametrize("do", ["", "confirm"])
def test_none_chosen_changes_nothing_and_returns_to_the_filtered_list(waiting, office_client, values, do):
    answer = office_client.post(MANY + WAITING, {"dien-hinh": values, "do": do})
    assert answer.url == LIST + WAITING
    assert "Chưa chọn điển hình nào" in page_of(office_client.get(answer.url))
    assert states() == ["submitted"] * 3


@pytest.mark.parametrize("login", ["thon1", "chutich", "vanthu", "hoidong2", "quantri"])
def test_nobody_else_accepts(waiting, signed_in, login):
    assert confirm(signed_in(login), seen(waiting)).status_code == 403
    assert states() == ["submitted"] * 3


def test_the_action_refuses_the_unit_itself(waiting, village_head):
    with pytest.raises(NotAllowed):
        accept_exemplars(by=village_head, chosen=[(exemplar, None) for exemplar in waiting])
    assert states() == ["submitted"] * 3


def test_drafts_are_neither_shown_nor_accepted(draft, office_client):
    assert confirm(office_client, [f"{draft.pk}:{draft.version}"]).url == LIST
    assert states() == ["draft"]


def test_the_page_names_the_same_persons_other_exemplar(waiting, office_client):
    Exemplar.objects.filter(pk=waiting[1].pk).update(person=waiting[0].person)
    page = page_of(office_client.post(MANY, {"dien-hinh": keys(waiting)}))
    assert page.count("Đã có điển hình") == 2


def test_opening_the_address_leads_to_the_list(waiting, office_client):
    assert office_client.get(MANY + WAITING).url == LIST + WAITING


def test_the_preview_sends_the_same_queries_for_any_number(waiting, office_client):
    counts = []
    for exemplars in (waiting[:1], waiting):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            office_client.post(MANY, {"dien-hinh": keys(exemplars)})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@given(st.dictionaries(st.integers(1, 10**12 - 1), st.none() | st.integers(0, 10**9 - 1), max_size=MAX_TICKED))
def test_ticked_values_are_read_back(versions):
    values = [str(key) if version is None else f"{key}:{version}" for key, version in versions.items()]
    assert ticked_exemplars(values) == versions


@given(st.lists(st.text() | st.from_regex(r"[0-9]{1,14}(:[0-9]{0,12})?", fullmatch=True)))
def test_any_text_is_read_without_an_error(values):
    assert all(0 <= key < 10**12 for key in ticked_exemplars(values))
