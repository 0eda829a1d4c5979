"""Public stories of exemplars: shown with consent, removed without it, no private data."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.exemplars.actions.exemplar import accept_exemplar, submit_exemplar
from campaigns.exemplars.actions.exemplar_photo import add_photo
from campaigns.exemplars.actions.shortlist import add_to_shortlist, publish_shortlist, unpublish_shortlist_entry
from campaigns.models import Exemplar, ShortlistEntry
from campaigns.tests.conftest import draft, full_content, period, submitted, unit  # noqa: F401
from campaigns.tests.test_exemplar_pages import jpeg
from campaigns.tests.test_shortlist import agree
from commendations.models import Amendment, Nomination
from commendations.tests import amendment_steps, factories
from emulation.documents.codes import new_code
from tests.html import page_of


@pytest.fixture
def published(village_head, office, period, draft):  # noqa: F811
    add_photo(by=village_head, exemplar=draft, data=jpeg())
    submit_exemplar(by=village_head, exemplar=draft)
    accept_exemplar(by=office, exemplar=draft)
    story = add_to_shortlist(by=office, period=period, exemplars=[draft])[0]
    agree(village_head, draft, photos=True)
    publish_shortlist(by=office, period=period)
    return story


def test_a_story_is_found_by_month_and_name(client, published, period):  # noqa: F811
    for path in ("/", "/dien-hinh/", f"/dien-hinh/?ky={period.pk}", "/dien-hinh/?q=thanh+vi"):
        assert "Vi Văn Thành" in client.get(path).content.decode(), path
    assert "Không tìm thấy ai" in client.get("/dien-hinh/?ky=9999").content.decode()
    for odd in ("?ky=abc", "?ky=²", "?ky=" + "9" * 30, "?q=%00%27", "?trang=x"):
        assert client.get(f"/dien-hinh/{odd}").status_code == 200, odd


def test_nothing_private_is_published(client, published):
    person = published.exemplar.person
    person.birth_year = 1937
    person.post = "Nghề Canary"
    person.name_mark = "sinh ngày 02/03/1937 – hộ Canary"  # another of the name in the unit
    person.save()
    for path in ("/", "/dien-hinh/", f"/dien-hinh/{published.code}/"):
        page = client.get(path).content.decode()
        assert person.full_name in page and "1937" not in page and "Canary" not in page, path


def test_a_withdrawn_consent_unpublishes_everything_at_once(client, village_head, published):
    story = f"/dien-hinh/{published.code}/"
    photo = f"{story}anh/1/"
    assert (
        client.get(story).status_code == client.get(photo).status_code == client.get(f"{photo}nho/").status_code == 200
    )
    agree(village_head, published.exemplar, answer="refused")
    assert [client.get(path).status_code for path in (story, photo, f"{photo}nho/")] == [404, 404, 404]
    assert "Vi Văn Thành" not in client.get("/dien-hinh/").content.decode()


def test_photos_need_a_consent_of_their_own(client, village_head, published):
    agree(village_head, published.exemplar, photos=False)
    page = client.get(f"/dien-hinh/{published.code}/")
    assert page.status_code == 200 and "/anh/" not in page.content.decode()
    assert client.get(f"/dien-hinh/{published.code}/anh/1/").status_code == 404


def test_an_unpublished_or_unknown_story_is_not_found(client, office, published):
    unpublish_shortlist_entry(by=office, entry=published, reason="Rà soát")
    for path in (published.code, new_code(), "-", "%C4%91", f"{published.code}/anh/0"):
        assert client.get(f"/dien-hinh/{path}/").status_code == 404
    assert "Chưa đăng gương nào" in client.get("/dien-hinh/").content.decode()


def test_the_list_uses_the_same_number_of_queries_with_many_stories(client, village_head, published):
    counts = []
    for total in (3, 30):
        while ShortlistEntry.objects.count() < total:
            row = Exemplar.objects.get(pk=published.exemplar_id)
            row.pk = None
            row.save(force_insert=True)
            story = ShortlistEntry.objects.get(pk=published.pk)
            story.pk = None
            story.exemplar = row
            story.code = new_code()
            story.save(force_insert=True)
            agree(village_head, row)
            ShortlistEntry.objects.filter(pk=story.pk).update(published_on=published.chosen_on)
        with CaptureQueriesContext(connection) as caught:
            page = client.get("/dien-hinh/").content.decode()
        counts.append(len(caught))
        assert page.count('class="honour"') == min(total, 25)
    assert counts[0] == counts[1]


def test_the_cancellation_of_its_award_names_the_story_until_it_is_taken_off(office, signed_in, published, commune):
    decision = factories.issued_decision(commune)
    amendment = amendment_steps.draft(decision, Amendment.CANCELLATION, ["Vi Văn Thành"])
    browser = signed_in("vanphong")
    words = "đang đăng trên trang công khai"
    assert words not in page_of(browser.get(amendment.get_absolute_url())), "the award of another deed"
    award = amendment_steps.award_named("Vi Văn Thành")
    Nomination.objects.filter(pk=award.nomination_id).update(exemplar=published.exemplar)
    page = page_of(browser.get(amendment.get_absolute_url()))
    assert words in page and published.get_absolute_url() in page
    unpublish_shortlist_entry(by=office, entry=published, reason="Khen thưởng bị hủy bỏ.")
    assert words not in page_of(browser.get(amendment.get_absolute_url()))
