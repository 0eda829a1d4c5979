"""An exemplar of a campaign, and the nomination made from it."""

import pytest

from campaigns.exemplars.actions.exemplar import ExemplarContent, save_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Exemplar, Field
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import TODAY
from commendations.actions.nomination import nominate_exemplar, withdraw_nomination
from emulation.core.errors import RuleBroken
from villages.models import Unit


@pytest.fixture
def running(commune):
    return campaign_steps.issued_campaign(commune)


def test_the_campaign_goes_from_the_exemplar_to_the_nomination(
    commune, office, chair, village_head, running, signed_in
):
    unit = Unit.objects.get(commune=commune, code="thon1")
    period = open_month(commune=commune, on=TODAY)
    facts = {"kind": "collective", "field": Field.objects.first(), "deed": "Cả thôn làm đường bê tông dài 600 m."}
    content = ExemplarContent(campaign=running, **facts)
    exemplar = start_exemplar(by=village_head, unit=unit, period=period, content=content)
    submit_exemplar(by=village_head, exemplar=exemplar)
    case = nominate_exemplar(by=office, exemplar=exemplar)
    assert (case.campaign, case.kind) == (running, "PT")
    assert case.achievement.startswith("xuất sắc trong phong trào thi đua “Chung sức xây dựng nông thôn mới” tháng")
    page = signed_in("thon1").get(running.get_absolute_url()).content.decode()
    assert "Đề nghị khen thưởng của phong trào" in page and case.get_absolute_url() in page
    assert case.get_absolute_url() not in signed_in("thon2").get(running.get_absolute_url()).content.decode()
    withdraw_nomination(by=office, nomination=case, reason="Trùng.")
    assert case.get_absolute_url() not in signed_in("thon1").get(running.get_absolute_url()).content.decode()


def test_only_a_running_campaign_can_be_chosen(commune, village_head, running, signed_in):
    unit = Unit.objects.get(commune=commune, code="thon1")
    period = open_month(commune=commune, on=TODAY)
    browser, url = signed_in("thon1"), f"/thi-dua/ky/{period.pk}/don-vi/{unit.pk}/dien-hinh-moi/"
    assert "Thuộc phong trào thi đua nào?" in browser.get(url).content.decode()
    browser.post(url, {"kind": "collective", "campaign": running.pk, "deed": "Cả thôn làm đường.", "once": "d" * 20})
    saved = Exemplar.objects.get()
    assert saved.campaign == running
    campaign_steps.cancelled_campaign(running)
    assert "Thuộc phong trào thi đua nào?" not in browser.get(url).content.decode()
    fresh = start_exemplar(by=village_head, unit=unit, period=period)
    with pytest.raises(RuleBroken, match="đang thực hiện") as broken:
        save_exemplar(by=village_head, exemplar=fresh, content=ExemplarContent(campaign=running))
    assert broken.value.field == "campaign"
    save_exemplar(by=village_head, exemplar=saved, content=ExemplarContent(campaign=running, deed="Thêm."))
    assert Exemplar.objects.get(pk=saved.pk).campaign == running
