"""After a decision is issued: what is to be printed, paid and handed over is a task until it is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions.decision import make_payment_list, print_certificates
from commendations.actions.handover import record_award_handover, record_award_handovers
from commendations.models import Amendment, Handover
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import NotAllowed, RuleBroken
from reports.queries.todo import todo_of
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
DAY = factories.HELD_ON
HAND_OVER = "In, chi tiền, trao thưởng và ghi vào Sổ vàng"
PRINT = "; chưa in giấy khen, bằng"
LIST = "; chưa lập danh sách chi tiền"
RECOVER = "Thu hồi giấy khen, bằng, tiền thưởng"
PERSON = "Vi Văn Thành"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def tasks(user, subject="commendations.Decision"):
    return [task for task in todo_of(user, DAY).tasks if task.key[0] == subject]


def titles(user):
    return [task.title for task in tasks(user)]


def hand_over(by, award, **facts):
    return record_award_handover(by=by, award=award, received_by="Lê A", received_on=DAY, **facts)


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_a_task_until_all_is_handed_over(decision, office, clerk, chair, village_head, signed_in):
    assert titles(office) == titles(clerk) == [HAND_OVER] and titles(chair) == titles(village_head) == []
    [task] = tasks(office)
    assert task.url == reverse("commendations:hand_over_awards", args=[decision.pk])
    assert (task.who, task.text) == (
        "Quyết định số 01/QĐ-UBND ngày 10/11/2026",
        f"3 trường hợp chưa ghi đã trao{PRINT}{LIST}.",
    )
    page = page_of(signed_in("vanphong").get(task.url))
    assert "Chưa in giấy khen" in page and "Chưa lập danh sách chi tiền" in page
    print_certificates(by=clerk, decision=decision)
    assert tasks(clerk)[0].text == f"3 trường hợp chưa ghi đã trao{LIST}."
    make_payment_list(by=office, decision=decision)
    assert tasks(clerk)[0].text == "3 trường hợp chưa ghi đã trao."
    first, *others = decision.awards.order_by("pk")
    hand_over(clerk, first)
    assert tasks(clerk)[0].text == "2 trường hợp chưa ghi đã trao."
    for award in others:
        hand_over(clerk, award)
    assert titles(office) == titles(clerk) == []


def test_what_was_handed_over_without_printing_here_is_no_task(decision, clerk):
    for award in decision.awards.all():
        hand_over(clerk, award)
    assert titles(clerk) == []


def test_awards_that_ended_are_no_task(decision, clerk):
    amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    assert tasks(clerk)[0].text.startswith("2 trường hợp")
    amendment_steps.issued(decision, Amendment.CANCELLATION)
    assert titles(clerk) == []


def test_a_replacing_decision_has_a_task_of_its_own(decision, clerk, signed_in):
    hand_over(clerk, award_named(PERSON))
    amendment_steps.issued(decision, Amendment.REPLACEMENT, place="Thôn 9")
    [task] = tasks(clerk)
    assert (task.title, task.who) == (HAND_OVER, "Quyết định số 02/QĐ-UBND ngày 10/11/2026")
    again = "1 trường hợp phải trao giấy khen, bằng cấp lại, thu bản cũ"
    assert task.text == f"2 trường hợp chưa ghi đã trao; {again}{PRINT}{LIST}."
    page = page_of(signed_in("vanthu").get(task.url))
    assert f"{PERSON} (trao giấy khen, bằng cấp lại, thu bản cũ)" in page


def test_the_awards_of_one_amendment_are_one_task(commune, clerk, signed_in):
    decision = factories.issued_decision(commune, factories.many_people(commune, 4))
    amendment = amendment_steps.issued(decision, Amendment.CANCELLATION)
    [task] = tasks(clerk, "commendations.Amendment")
    assert task.title == RECOVER and task.text.startswith("4 trường hợp còn phải thu hồi")
    assert task.url == reverse("commendations:recover_awards", args=[amendment.pk])
    data = {"what": "nothing", "recovered_on": DAY.strftime("%d/%m/%Y"), "note": "", "once": "k" * 20}
    ticks = {f"award_{pk}": "on" for pk in amendment.award_ids[:3]}
    assert signed_in("vanthu").post(task.url, {**data, **ticks}).status_code == 302
    assert tasks(clerk, "commendations.Amendment")[0].text.startswith("1 trường hợp")


def test_the_tasks_need_no_query_for_each_row(commune, clerk):
    counts = []
    for _ in range(3):
        decision = factories.issued_decision(commune, factories.many_people(commune, 2))
        amendment_steps.issued(decision, Amendment.CANCELLATION, [decision.awards.first().name])
        with CaptureQueriesContext(connection) as caught:
            todo_of(clerk, DAY)
        counts.append(len(caught))
    assert counts[1] == counts[2], counts


# ── several at once ──────────────────────────────────────────────────────────────────────────────


def form_data(awards, **changes):
    ticks = {f"award_{award.pk}": "on" for award in awards}
    receivers = {f"received_by_{award.pk}": f"Người nhận {award.pk}" for award in awards}
    return {**ticks, **receivers, "received_on": DAY.strftime("%d/%m/%Y"), "note": "Tại hội nghị", **changes}


def test_several_are_recorded_with_one_form(decision, signed_in):
    browser = signed_in("vanphong")
    address = reverse("commendations:hand_over_awards", args=[decision.pk])
    shown = browser.get(address)
    awards = list(decision.awards.order_by("decision_serial"))
    proposed = {award.name: shown.context["form"][f"received_by_{award.pk}"].initial for award in awards}
    assert proposed[PERSON] == PERSON and "Lê Văn Bảy" in proposed.values() and "" in proposed.values()
    data = form_data(awards[:2], once=shown.context["once"])
    for _ in range(2):
        assert browser.post(address, data).status_code == 302
    assert Handover.objects.count() == 2
    assert page_of(browser.get(address)).count('type="checkbox"') == 1
    assert browser.post(address, form_data(awards[2:])).status_code == 302
    assert "đã ghi trao" in page_of(browser.post(address, form_data(awards)))
    assert Handover.objects.count() == 3


def test_faults_are_shown_at_each_and_nothing_is_recorded(decision, signed_in, village_head):
    awards = list(decision.awards.all())
    browser = signed_in("vanthu")
    address = reverse("commendations:hand_over_awards", args=[decision.pk])
    for wrong, words in (
        ({f"received_by_{awards[1].pk}": " "}, "Hãy ghi họ tên người nhận"),
        ({"received_on": "01/01/2020"}, "không được trước ngày quyết định"),
        ({"received_on": "31/02/2026"}, ""),
        ({f"award_{award.pk}": "" for award in awards}, "Những ai?</a>: Hãy chọn ít nhất một người"),
    ):
        answer = browser.post(address, form_data(awards, **wrong))
        page = page_of(answer)
        assert answer.status_code == 422 and words in page, wrong
        assert f"Người nhận {awards[0].pk}" in page and not Handover.objects.exists()
    with pytest.raises(NotAllowed):
        record_award_handovers(by=village_head, decision=decision, received={awards[0].pk: "A"}, received_on=DAY)


# ── a further record ─────────────────────────────────────────────────────────────────────────────


def test_a_further_handover_is_asked_about(decision, clerk, signed_in):
    award = decision.awards.first()
    hand_over(clerk, award)
    browser = signed_in("vanthu")
    address = reverse("commendations:hand_over", args=[award.pk])
    earlier = f"đã trao ngày {DAY:%d/%m/%Y} cho Lê A"
    assert earlier in page_of(browser.get(address))
    data = {"received_by": "Vi Thị B", "received_on": DAY.strftime("%d/%m/%Y"), "note": "Nhận thay"}
    refused = browser.post(address, data)
    assert refused.status_code == 422 and earlier in page_of(refused) and "Vi Thị B" in page_of(refused)
    refused = browser.post(address, {**data, "again": "on", "note": ""})
    assert refused.status_code == 422 and "ghi vì sao ở ô ghi chú" in page_of(refused)
    assert Handover.objects.count() == 1
    with pytest.raises(RuleBroken, match=earlier):
        hand_over(clerk, award)
    once = browser.get(address).context["once"]
    for _ in range(2):
        assert browser.post(address, {**data, "again": "on", "once": once}).url == award.get_absolute_url()
    assert Handover.objects.count() == 2


def test_an_exchanged_certificate_is_handed_over_without_a_question(decision, clerk):
    award = decision.awards.get(name=PERSON)
    hand_over(clerk, award)
    amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], place="Thôn 9")
    hand_over(clerk, award)
    with pytest.raises(RuleBroken, match="Vẫn ghi thêm"):
        hand_over(clerk, award)
