"""Registrations after the time of their campaign: nobody is asked any more, what was returned is still answered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from campaigns.campaigns.actions.registration import decline_campaign, register_for_campaign, return_registration
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.queries.campaign import open_registrations
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import TODAY
from emulation.core.errors import RuleBroken
from emulation.legal.calendar.due_days import last_days_of
from tests.html import page_of

TEXT = "Bê tông hóa đường xóm"


@pytest.fixture
def registration(commune):
    return campaign_steps.issued_campaign(commune).registrations.get(unit__code="thon1")


@pytest.fixture
def registered(village_head, registration):
    return register_for_campaign(by=village_head, registration=registration, text=TEXT)


def test_after_the_time_of_a_campaign_nobody_is_asked_to_register(registration, village_head, office, signed_in):
    asked = f'href="{reverse("campaigns:register", args=[registration.pk])}'
    assert len(open_registrations(registration.commune_id, TODAY)) > 0
    assert asked in signed_in("thon1").get("/viec-cua-toi/").content.decode()
    Campaign.objects.update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    assert open_registrations(registration.commune_id, TODAY) == []
    assert asked not in signed_in("thon1").get("/viec-cua-toi/").content.decode()
    registration = Registration.objects.get(pk=registration.pk)
    for act in (register_for_campaign, decline_campaign):
        words = {"text": TEXT} if act is register_for_campaign else {"reason": "Thôn đang sáp nhập."}
        with pytest.raises(RuleBroken, match="không đăng ký được nữa"):
            act(by=village_head, registration=registration, **words)
    assert registration.state == "waiting"


def test_a_registration_returned_after_the_time_of_a_campaign_is_answered(registered, village_head, office, signed_in):
    Campaign.objects.update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    registered = Registration.objects.get(pk=registered.pk)
    return_registration(by=office, registration=registered, reason="Con số thấp.")
    page = signed_in("thon1").get("/viec-cua-toi/").content.decode()
    assert f'href="{reverse("campaigns:register", args=[registered.pk])}' in page
    register_for_campaign(by=village_head, registration=registered, text="Nhiều hơn")
    assert registered.state == "registered"


@pytest.mark.parametrize(
    ("planned", "last", "why"),
    [
        (date(2027, 2, 26), "26/02/2027", ""),
        (date(2027, 2, 27), "01/03/2027", "ế hoạch ghi 27/02/2027, là ngày nghỉ"),  # a Saturday
        (date(2027, 3, 1), "01/03/2027", ""),
    ],
)
def test_every_page_has_the_one_last_day_with_the_reason(registration, signed_in, planned, last, why):
    campaign = registration.campaign
    Campaign.objects.update(register_by=planned, register_until=last_days_of(campaign.commune_id).of(planned))
    addresses = [
        campaign.get_absolute_url(),
        reverse("campaigns:registrations", args=[campaign.pk]),
        registration.get_absolute_url(),
    ]
    for address in [*addresses, reverse("campaigns:campaigns")]:
        page = page_of(signed_in("vanphong").get(address))
        assert last in page, address
        assert ("là ngày nghỉ" in page, why in page) == (
            bool(why) and address in addresses,
            address in addresses or not why,
        )
