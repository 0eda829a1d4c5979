"""A deed whose award was cancelled asks to be awarded again: the new case and the exemplar show a warning."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Exemplar
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.models import Amendment, Nomination
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.tests import amendment_steps, case_steps, factories
from commendations.tests.test_nomination import exemplar  # noqa: F401
from emulation.notices.models import Notification
from tests.html import page_of, paper_text

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
    Nomination.objects.filter(pk=copy.pk).update(state="refused", live_key=None)
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


def test_the_same_deed_in_other_words_warns_and_another_deed_does_not(cancelled, office, signed_in):
    case, _ = cancelled
    Nomination.objects.filter(pk=case.pk).update(
        deed="Hiến 200 m² đất vườn để mở rộng đường vào xóm Trong, góp 15 ngày công."
    )
    typed = nominations.start_nomination(by=office, unit=case.unit, nominee=case.person)
    browser = signed_in("vanphong")
    for deed, warned in (
        ("Gia đình hiến 200 m² đất vườn mở rộng đường vào xóm Trong", True),
        ("Lắp 18 bóng đèn đường, tuần tra mỗi tối thứ bảy.", False),
    ):
        Nomination.objects.filter(pk=typed.pk).update(deed=deed)
        assert (WARNING in page_of(browser.get(typed.get_absolute_url()))) is warned


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


def test_the_council_and_the_chair_read_the_warning(cancelled, commune, office, signed_in):
    case, amendment = cancelled
    sentence = f"Giấy khen của {PERSON} đã bị hủy bỏ theo {amendment.document.dated}: {CASE}"
    again = case_steps.complete_nomination("Lê Thị Lụa")
    other = case_steps.complete_nomination("Nguyễn Thị Quý", by="vanphong")
    Nomination.objects.filter(pk=again.pk).update(copied_from=case)
    session = case_steps.opened_session(again, other)
    browser = signed_in("vanphong")
    assert page_of(browser.get(session.get_absolute_url())).count(sentence) == 1, "before the votes"
    case_steps.with_minutes(case_steps.with_vote_counts(case_steps.with_attendance(session)))
    assert page_of(signed_in("phunu").get(session.get_absolute_url())).count(sentence) == 1, "for the council"
    sessions.close_session(by=office, session=session)
    paper = factories.submitted_session(session)
    assert page_of(browser.get(paper.get_absolute_url())).count(sentence) == 1
    text = paper_text(paper.document.html)
    assert text.count(sentence) == 1 and text.count("./.") == 1, "the mark of the end only at the end"
    chair = signed_in("chutich")
    cards = page_of(chair.get(reverse("commendations:decide", args=[paper.pk]))).split('<section class="case"')[1:]
    assert {"Lê Thị Lụa" in card.partition("</section>")[0]: sentence in card for card in cards} == {
        True: True,
        False: False,
    }


def test_several_cases_need_as_many_queries_as_one(cancelled, office, django_assert_num_queries):
    case, _ = cancelled
    copies = [copy_of(case, office)]
    with CaptureQueriesContext(connection) as one:
        assert list(cancelled_earlier_of(copies)) == [copies[0].pk]
    for _ in range(3):
        nominations.withdraw_nomination(by=office, nomination=copies[-1], reason="Chưa xác minh.")
        copies.append(copy_of(case, office))
    Nomination.objects.filter(pk__in=[copy.pk for copy in copies]).update(state="draft")
    copies = list(Nomination.objects.filter(copied_from=case).select_related("person"))
    with django_assert_num_queries(len(one)):
        assert len(cancelled_earlier_of(copies)) == 4
