"""Texts that name a decision give its day, because numbers begin again every year."""

import re
from datetime import date

import pytest
from django.urls import reverse

from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Decision
from commendations.queries.record_hints import award_record_hints
from commendations.tests import amendment_steps, factories
from emulation.notices.models import Notification
from reports.queries.todo import todo_of
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
NURSE = "Đỗ Thị Êm"
WITHOUT_DAY = re.compile(r"(?:Quyết định|Công văn) số \d+/[\w-]+(?! ngày \d)\b[^-/\w].{0,20}")


def cancelled_and_corrected(commune):
    """Two decisions on titles of a nurse, the higher cancelled; one on three, of whom one is corrected and one is cancelled."""
    nurse = factories.person_named(NURSE)
    for code in ("CSTDCS", "LDTT"):
        paper = factories.decided_awards(commune, (code, nurse, 2026))
        factories.sign_and_issue(commune, paper.decisions.get())
    amendment_steps.issued(Decision.objects.get(award_code="CSTDCS"), Amendment.CANCELLATION)
    decision = factories.issued_decision(commune)
    clerk = factories.commune_user(commune, "vanthu")
    for award in decision.awards.all():
        record_award_handover(by=clerk, award=award, received_by="Lê A", received_on=factories.HELD_ON)
    amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], place="Nông dân, Thôn 9")
    amendment_steps.issued(decision, Amendment.CANCELLATION, ["Hộ gia đình Lê Văn Bảy"])
    return decision


def task_texts(user):
    return [f"{task.who}. {task.text} {task.key[0]}" for task in todo_of(user, factories.HELD_ON).tasks]


def notice_texts(user):
    return list(Notification.objects.values_list("text", flat=True))


def hint_texts(user):
    return [hint.text for hint in award_record_hints(user, factories.person_named(PERSON))]


@pytest.mark.parametrize("texts_of", [task_texts, notice_texts, hint_texts])
def test_a_text_gives_the_day_of_each_decision(texts_of, commune, office):
    cancelled_and_corrected(commune)
    named = [f"{text} " for text in texts_of(office) if "QĐ-UBND" in text]
    assert named
    assert list(filter(WITHOUT_DAY.search, named)) == []


def test_the_list_of_a_notice_has_only_the_awards_of_that_decision(commune, signed_in):
    """A decision of the year before has the same number."""
    village = factories.person_named(PERSON).unit
    factories.issued_decision(commune, [village, factories.person_named(PERSON)], held_on=date(2025, 11, 10))
    decision = factories.issued_decision(commune, [village, factories.person_named(PERSON)])
    assert decision.document.reference == "01/QĐ-UBND"
    amendment_steps.issued(decision, Amendment.CANCELLATION)
    notice = Notification.objects.filter(user__username=village.code, text__startswith="Xã hủy bỏ").get()
    rows = signed_in(village.code).get(notice.link).context["rows"]
    assert {row.decision_id for row in rows} == {decision.pk}


def test_a_page_of_a_certificate_names_its_decision_with_the_day(commune, signed_in):
    decision = factories.issued_decision(commune)
    certificate = decision.awards.first().certificate
    page = page_of(signed_in("vanphong").get(certificate.get_absolute_url()))
    assert f'Kèm theo <a href="{decision.document.get_absolute_url()}">{decision.document.dated}</a>.' in page
    assert "Ngày 10/11/2026. Người ký" in page and ". ngày" not in page


def test_the_office_that_pages_name_is_the_one_of_today(commune, signed_in):
    refused = page_of(signed_in("thon1").get(reverse("reports:trail")))
    assert "cán bộ Văn phòng UBND xã" in refused and "Thống kê" not in refused
