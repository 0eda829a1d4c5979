"""The office reviews an exemplar on its page: reasons at the fields, the next one after each, what to look up."""

import pytest
from django.urls import reverse

from campaigns.catalogue.models import Field, ReturnReason
from campaigns.exemplars.actions.exemplar import ExemplarContent, start_exemplar, submit_exemplar
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.tests.conftest import DEED
from tests.html import page_of
from villages.models import Person, Unit


@pytest.fixture
def waiting(period, village_head):
    """Two submitted exemplars, the first of somebody who has another one of the month."""
    unit = Unit.objects.get(code="thon1")
    people = [Person.objects.get(full_name=name) for name in ("Vi Văn Thành", "Lê Thị Lụa")]
    found = []
    for person in people:
        content = ExemplarContent(
            kind="person", person=person, field=Field.objects.first(), deed=DEED, result="Đường đã mở."
        )
        found.append(start_exemplar(by=village_head, unit=unit, period=period, content=content))
        submit_exemplar(by=village_head, exemplar=found[-1])
    return [Exemplar.objects.get(pk=exemplar.pk) for exemplar in found]


def test_the_review_shows_the_text_the_reasons_and_the_queue(waiting, signed_in):
    first, second = waiting
    page = page_of(signed_in("vanphong").get(first.get_absolute_url()))
    assert page.count("Cần sửa mục này?") == 5 and DEED in page
    assert "1 trong 2 điển hình chờ xem" in page and f'href="{second.get_absolute_url()}">Để sau' in page
    assert f'formaction="{reverse("campaigns:accept", args=[first.pk])}"' in page
    assert "12 tháng qua chưa có điển hình nào khác" in page
    assert "Trả lại để sửa" not in page, "the foot has the acts, not the row of buttons too"


def test_only_those_who_may_accept_review(waiting, signed_in):
    for login in ("thon1", "chutich", "vanthu"):
        assert "Cần sửa mục này?" not in page_of(signed_in(login).get(waiting[0].get_absolute_url())), login


def test_after_each_the_next_comes(waiting, signed_in):
    first, second = waiting
    browser = signed_in("vanphong")
    data = {"seen": first.version, "tiep": "1"}
    accepted = browser.post(reverse("campaigns:accept", args=[first.pk]), data)
    assert accepted.url == second.get_absolute_url()
    assert f"Đã chấp nhận: {first.nominee_name}." in page_of(browser.get(accepted.url)), "on the page of somebody else"
    reason = ReturnReason.objects.filter(field="deed").first()
    data = {"seen": second.version, "tiep": "1", "usual_deed": [reason.pk], "result": "Ghi số mét đường."}
    returned = browser.post(reverse("campaigns:return", args=[second.pk]), data)
    assert returned.url == second.get_absolute_url(), "nothing else waits"
    second.refresh_from_db()
    assert second.return_notes == {"deed": reason.text.rstrip(".") + ".", "result": "Ghi số mét đường."}


def test_a_return_without_reason_asks_for_one_and_changes_nothing(waiting, signed_in):
    first = waiting[0]
    answer = signed_in("vanphong").post(
        reverse("campaigns:return", args=[first.pk]), {"seen": first.version, "tiep": "1"}
    )
    assert answer.status_code == 422 and "lý do" in page_of(answer)
    first.refresh_from_db()
    assert first.state == Exemplar.SUBMITTED


def test_other_exemplars_of_the_same_person_are_named(waiting, signed_in, village_head):
    first, second = waiting
    Exemplar.objects.filter(pk=second.pk).update(person=first.person)
    page = page_of(signed_in("vanphong").get(first.get_absolute_url()))
    assert f'Đã có điển hình <a href="{second.get_absolute_url()}">' in page
