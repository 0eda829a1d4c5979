"""Submitting again after a return: refused when nothing changed, and the reader sees what did."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.campaigns.actions.registration import (
    decline_campaign,
    register_for_campaign,
    return_registration,
    withdraw_registration,
)
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    return_exemplar,
    save_exemplar,
    start_exemplar,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Field
from campaigns.tests import campaign_steps
from commendations.actions import nomination as nominations
from commendations.actions.appraisal import return_after_council, return_nomination
from commendations.models import Nomination
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.differences import Difference, differences
from tests.html import page_of

REASON = "Ghi rõ số liệu."
TEXTS = st.dictionaries(st.sampled_from("abcd"), st.text(max_size=2))


@given(TEXTS, TEXTS)
def test_differences_lead_from_the_old_content_to_the_new(old, new):
    found = differences(old, new)
    changed = dict(old) | {pair.label: pair.new for pair in found}
    assert {label: text for label, text in changed.items() if text} == {k: text for k, text in new.items() if text}
    assert not differences(new, new) and all(pair.old == old.get(pair.label, "") != pair.new for pair in found)


def resubmit(case, head):
    return nominations.submit_nomination(by=head, nomination=case, on=case_steps.SESSION_DAY)


def test_a_nomination_shows_what_changed_since_its_return(commune, office, village_head, signed_in):
    case = case_steps.submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"deed": REASON})
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        resubmit(case, village_head)
    assert Nomination.objects.get(pk=case.pk).state == "returned"
    case_steps.fill_nomination(case, deed="Hiến 150 m² đất.")
    resubmit(case, village_head)
    page = page_of(signed_in("vanphong").get(case.get_absolute_url()))
    assert "Đã sửa so với bản bị trả lại" in page and case_steps.DEED in page and "Hiến 150 m² đất." in page
    return_nomination(by=office, nomination=case, notes={"deed": REASON})
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        resubmit(case, village_head)


def test_the_page_refuses_an_unchanged_nomination_and_keeps_the_form(commune, office, village_head, signed_in):
    case = case_steps.submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"deed": REASON})
    answer = signed_in("thon1").post(f"{case.get_absolute_url()}nop/", {"seen": case.version}, follow=True)
    assert "Chưa sửa gì so với bản bị trả lại" in page_of(answer)


def test_an_old_return_may_come_back_unchanged(commune, office, village_head):
    case = case_steps.submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"deed": REASON})
    Nomination.objects.filter(pk=case.pk).update(returned_content={})  # returned before contents were kept
    assert resubmit(case, village_head).state == "submitted"


@pytest.mark.parametrize("after_council", [False, True])
def test_a_remark_on_the_whole_file_is_answered_in_words_or_by_a_change(
    after_council, commune, office, village_head, signed_in
):
    case = case_steps.submitted_nomination()

    def sent_back():
        if after_council:
            Nomination.objects.filter(pk=case.pk).update(state="passed")
            case.refresh_from_db()
            return_after_council(by=office, nomination=case, reason=REASON)
        else:
            return_nomination(by=office, nomination=case, notes={"file": REASON})

    sent_back()
    with pytest.raises(RuleBroken, match="ghi ở ô “Đã làm gì theo lý do trả lại”") as broken:
        resubmit(case, village_head)
    assert broken.value.field == "return_answer"
    browser = signed_in("thon1")
    address = reverse("commendations:edit", args=[case.pk])
    form = browser.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    data = {name: format_date(value) if isinstance(value, date) else value for name, value in values.items()}
    data["do"] = "submit"
    assert set(data) >= {"return_answer"}
    refused = browser.post(address, {**data, "seen": case.version})
    assert refused.status_code == 422 and refused.context["form"].errors["return_answer"]
    case.refresh_from_db()
    answer = "Đã bổ sung biên bản họp thôn."
    assert browser.post(address, {**data, "seen": case.version, "return_answer": answer}).status_code == 302
    page = page_of(signed_in("vanphong").get(case.get_absolute_url()))
    assert answer in page and "Đã sửa so với bản bị trả lại" in page
    case.refresh_from_db()
    sent_back()
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):  # an answer counts for one return
        resubmit(case, village_head)
    case_steps.fill_nomination(case, deed="Hiến 150 m² đất.")
    assert resubmit(case, village_head).state == "submitted"


def test_words_do_not_answer_a_remark_on_a_field(commune, office, village_head, signed_in):
    case = case_steps.submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"deed": REASON})
    assert (
        "return_answer"
        not in signed_in("thon1").get(reverse("commendations:edit", args=[case.pk])).context["form"].fields
    )


def test_an_exemplar_shows_what_changed_since_its_return(commune, office, village_head, signed_in):
    person = case_steps.draft_nomination().person
    content = {"kind": "person", "person": person, "field": Field.objects.first(), "deed": case_steps.DEED}
    exemplar = start_exemplar(
        by=village_head,
        unit=person.unit,
        period=open_month(commune=commune, on=timezone.localdate()),
        content=ExemplarContent(**content),
    )
    submit_exemplar(by=village_head, exemplar=exemplar)
    return_exemplar(by=office, exemplar=exemplar, notes={"name": REASON})
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        submit_exemplar(by=village_head, exemplar=exemplar)
    new = {"name": person.full_name, "birth_year": 1931}  # another person of the same name
    save_exemplar(
        by=village_head, exemplar=exemplar, content=ExemplarContent(**{**content, "person": None, "new_nominee": new})
    )
    submit_exemplar(by=village_head, exemplar=exemplar)
    page = page_of(signed_in("vanphong").get(exemplar.get_absolute_url()))
    assert f"{person.full_name}, sinh năm 1931" in page and "Đã sửa so với bản bị trả lại" in page


def test_a_registration_shows_what_changed_since_its_return(commune, office, village_head, signed_in):
    campaign = campaign_steps.issued_campaign(commune)
    row = campaign.registrations.get(unit__code="thon1")
    goal = campaign.goals.first()
    answer = {"by": village_head, "registration": row, "text": "Làm đường.", "figures": {goal.pk: 600}}
    register_for_campaign(**answer)
    return_registration(by=office, registration=row, reason=REASON)
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        register_for_campaign(**answer)
    assert row.pledges.get().value == 600
    register_for_campaign(**answer | {"figures": {goal.pk: 700}})
    page = page_of(signed_in("vanphong").get(row.get_absolute_url()))
    assert "600 m" in page and "700 m" in page and "Đã sửa so với bản bị trả lại" in page
    withdraw_registration(by=village_head, registration=row)
    register_for_campaign(**answer)  # withdrawn by the unit itself: nothing need change
    return_registration(by=office, registration=row, reason=REASON)
    decline_campaign(by=village_head, registration=row, reason="Thôn đang sáp nhập.")
    return_registration(by=office, registration=row, reason=REASON)
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        decline_campaign(by=village_head, registration=row, reason="Thôn đang sáp nhập.")


def test_a_part_that_is_gone_is_a_difference():
    assert differences({"a": "x"}, {"b": "y"}) == [Difference("b", "", "y"), Difference("a", "x", "")]
