"""A deed whose award was cancelled asks to be awarded again: the new case and the exemplar show a warning."""

import pytest
from django.urls import reverse

from campaigns.models import Exemplar
from commendations.actions import nomination as nominations
from commendations.models import Amendment, Nomination
from commendations.tests import amendment_steps, case_steps, factories
from commendations.tests.test_nomination import exemplar  # noqa: F401
from emulation.notices.models import Notification
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
WARNING = "Khen thưởng trước của thành tích này đã bị hủy bỏ"
CASE = "có hành vi gian dối trong việc kê khai thành tích"
PERSON = "Vi Văn Thành"


@pytest.fixture
def cancelled(commune):
    """The case of a giấy khen that was cancelled because of a false declaration, and the amendment."""
    decision = factories.issued_decision(commune)
    amendment = amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    return Nomination.objects.get(awards__cancellation__amendment=amendment), amendment


def copy_of(case, office):
    return nominations.copy_nomination(by=office, nomination=case)


def test_a_copy_warns_when_it_is_written_submitted_and_appraised(cancelled, office, signed_in):
    case, amendment = cancelled
    copy = copy_of(case, office)
    browser = signed_in("vanphong")

    def pages(*names):
        found = [page_of(browser.get(reverse(f"commendations:{name}", args=[copy.pk]))) for name in names]
        return [WARNING in page and amendment.document.dated in page and CASE in page for page in found]

    assert all(pages("nomination", "edit"))
    nominations.submit_nomination(by=office, nomination=copy)
    assert all(pages("nomination", "check"))
    text = Notification.objects.filter(text__contains="nộp đề nghị khen thưởng").latest("pk").text
    assert f"Lưu ý: Giấy khen của {PERSON} đã bị hủy bỏ theo {amendment.document.dated}" in text
    Nomination.objects.filter(pk=copy.pk).update(state="refused")
    assert pages("nomination") == [False], "decided"


def test_a_copy_of_a_copy_and_the_same_deed_typed_again_warn_too(cancelled, office, signed_in):
    case, _ = cancelled
    first = copy_of(case, office)
    nominations.withdraw_nomination(by=office, nomination=first, reason="Chưa xác minh.")
    second = copy_of(first, office)
    Nomination.objects.filter(pk=second.pk).update(deed="Viết lại cả")
    typed = nominations.start_nomination(by=office, unit=case.unit, nominee=case.person)
    browser = signed_in("vanphong")
    assert WARNING not in page_of(browser.get(typed.get_absolute_url()))
    Nomination.objects.filter(pk=typed.pk).update(deed=f"  {case.deed.upper()}")
    for one in (second, typed):
        assert WARNING in page_of(browser.get(one.get_absolute_url()))


def test_other_cases_do_not_warn(cancelled, commune, signed_in):
    other = case_steps.submitted_nomination()
    assert WARNING not in page_of(signed_in("vanphong").get(other.get_absolute_url()))


def test_the_exemplar_names_the_cancellation_of_its_award(cancelled, exemplar, office, signed_in):  # noqa: F811
    case, amendment = cancelled
    Nomination.objects.filter(pk=case.pk).update(exemplar=exemplar)
    Exemplar.objects.filter(pk=exemplar.pk).update(state="accepted")
    for login in ("vanphong", "thon1"):
        page = page_of(signed_in(login).get(exemplar.get_absolute_url()))
        assert (
            "Khen thưởng của điển hình này đã bị hủy bỏ" in page and amendment.document.dated in page and CASE in page
        )
    exemplar.refresh_from_db()
    again = nominations.nominate_exemplar(by=office, exemplar=exemplar)
    assert WARNING in page_of(signed_in("vanphong").get(again.get_absolute_url()))
