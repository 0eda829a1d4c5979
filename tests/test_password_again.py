"""The own password before an act that issues, cancels or resets: asked again after a while, nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from commendations.actions.proposal import proposal_signature_steps
from commendations.tests import factories
from emulation.accounts.backend import MAX_LOGIN_FAILURES
from emulation.accounts.models import LoginFailure
from emulation.accounts.sign_in_log import WRONG_AGAIN
from emulation.audit.models import AuditEntry
from emulation.core.formatting import format_date
from emulation.documents.cancellations import propose_cancellation
from emulation.documents.models import IssuedDocument
from emulation.workflow.views import ActFormView, ActPostView
from emulation.workflow.workflow import acts
from reports.queries.url_routes import url_routes
from tests.approval_papers import APPROVALS, MAKERS
from tests.cancelling import REASON, issued_paper, login_user
from tests.clients import let_password_age
from tests.html import page_of
from tests.second_step_helpers import switch_on, totp
from villages.models import Person
from villages.seeds.commune_setup import DEMO_PASSWORD

TODAY = timezone.localdate()
NUMBERED = [name for name, approval in APPROVALS.items() if not approval.flow.signed_by_chair]


def approved_paper(name: str, commune: Any) -> Any:
    paper = MAKERS[name](commune, login_user("vanphong"), login_user("thon1"))
    APPROVALS[name].submit(paper, by=login_user("vanphong"))
    return APPROVALS[name].approve(paper, by=login_user("chutich"))


def acts_of_views() -> Any:
    """The acts of all views that ask for the password if the step of their act does."""
    for view in (route.view for route in url_routes() if isinstance(route.view, type)):
        if issubclass(view, ActFormView | ActPostView):
            yield getattr(view, "act", "")


def test_every_act_that_takes_a_number_cancels_or_resets_asks_and_its_view_listens():
    asking = {act for act, (_, step) in acts.items() if step.asks_password}
    assert asking == {
        "campaigns.issue_campaign", "campaigns.issue_letter", "campaigns.issue_list", "reports.send",
        "commendations.issue", "commendations.issue_amendment", "commendations.issue_proposal",
        "documents.agree_cancellation", "campaigns.sign_praise",
        "accounts.lock", "accounts.reset", "accounts.add_account", "accounts.unlock", "accounts.remove_second_step",
        "accounts.give_role", "accounts.end_role", "accounts.hand_over", "accounts.carry_out_request",
    }  # fmt: skip
    assert {act for act, (_, step) in acts.items() if step.todo_action == "Lấy số"} <= asking
    assert asking <= set(acts_of_views())


@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_is_taken_only_after_the_password_and_the_typed_day_is_kept(name, commune, signed_in):
    paper = approved_paper(name, commune)
    path = reverse(APPROVALS[name].flow.url("issue"), args=[paper.pk])
    browser = let_password_age(signed_in("vanthu"))
    day = format_date(TODAY)
    assert "Mật khẩu của bạn" in page_of(browser.get(path))
    for typed, fault in (("", "Hãy nhập lại mật khẩu"), ("sai-mat-khau", "Mật khẩu của bạn chưa đúng")):
        answer = browser.post(path, {"issued_on": day, "own_password": typed, "seen": paper.version})
        assert answer.status_code == 422 and fault in page_of(answer)
        assert f'value="{day}"' in answer.content.decode() and "sai-mat-khau" not in answer.content.decode()
        paper.refresh_from_db()
        assert paper.state == "approved" and not IssuedDocument.objects.exists()
    assert LoginFailure.objects.filter(username="vanthu").count() == 1
    assert AuditEntry.objects.filter(act=WRONG_AGAIN, subject_id=login_user("vanthu").pk).exists()
    answer = browser.post(path, {"issued_on": day, "own_password": DEMO_PASSWORD, "seen": paper.version})
    paper.refresh_from_db()
    assert answer.status_code == 302 and paper.state == APPROVALS[name].flow.end and paper.document.number
    assert not LoginFailure.objects.filter(username="vanthu").exists()


def test_within_the_minutes_it_is_not_asked_again_afterwards_it_is(commune, signed_in, settings):
    first = approved_paper("letter", commune)
    second = approved_paper("campaign", commune)
    browser = let_password_age(signed_in("vanthu"))
    path = reverse("campaigns:issue_letter", args=[first.pk])
    browser.post(path, {"issued_on": format_date(TODAY), "own_password": DEMO_PASSWORD})
    other = reverse("campaigns:issue_campaign", args=[second.pk])
    assert "Mật khẩu của bạn" not in page_of(browser.get(other))
    settings.PASSWORD_AGAIN_MINUTES = 5
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert "Trong 5 phút tiếp theo không hỏi nữa" in page_of(browser.get(other))
        assert browser.post(other, {"issued_on": format_date(TODAY)}).status_code == 422
    second.refresh_from_db()
    assert second.state == "approved"


def test_a_wrong_day_and_a_right_password_ask_only_for_the_day(commune, signed_in):
    paper = approved_paper("letter", commune)
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    browser = let_password_age(signed_in("vanthu"))
    answer = browser.post(path, {"issued_on": "01/01/2020", "own_password": DEMO_PASSWORD})
    assert answer.status_code == 422 and "Ngày ban hành không được trước" in page_of(answer)
    assert browser.post(path, {"issued_on": format_date(TODAY)}).status_code == 302


def test_a_proposal_to_the_superior_asks_too(commune, signed_in):
    person = Person.objects.get(commune=commune, full_name="Lương Văn Thúy")
    proposal = factories.decided_awards(commune, ("BKT", person, 2025)).proposals.get()
    proposal_signature_steps.send_to_signature(proposal, by=login_user("vanphong"))
    browser = let_password_age(signed_in("vanthu"))
    path = reverse("commendations:issue_proposal", args=[proposal.pk])
    assert browser.post(path, {"issued_on": format_date(TODAY)}).status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == "at_signature"
    assert browser.post(path, {"issued_on": format_date(TODAY), "own_password": DEMO_PASSWORD}).status_code == 302


def test_the_chair_types_the_password_on_a_page_before_a_paper_is_cancelled(commune, signed_in):
    paper = issued_paper("letter", commune)
    cancellation = propose_cancellation(by=login_user("vanphong"), document=paper.document, reason=REASON)
    path = reverse("documents:agree_cancellation", args=[cancellation.pk])
    browser = let_password_age(signed_in("chutich"))
    answer = browser.post(path, {"seen": cancellation.version})
    page = page_of(answer)
    assert answer.status_code == 422 and "Việc này chưa được làm" in page and "Hãy nhập lại" not in page
    assert "không lấy lại được" in page
    hidden = {"password_page": "1", "seen": cancellation.version}
    wrong = browser.post(path, {**hidden, "own_password": "sai-mat-khau"})
    assert wrong.status_code == 422 and "Mật khẩu của bạn chưa đúng" in page_of(wrong)
    cancellation.refresh_from_db()
    assert cancellation.is_proposed
    done = browser.post(path, {**hidden, "own_password": DEMO_PASSWORD})
    cancellation.refresh_from_db()
    assert done.status_code == 302 and cancellation.is_agreed


def test_what_was_decided_meanwhile_is_refused_without_a_question(commune, signed_in):
    paper = issued_paper("letter", commune)
    cancellation = propose_cancellation(by=login_user("vanphong"), document=paper.document, reason=REASON)
    path = reverse("documents:agree_cancellation", args=[cancellation.pk])
    signed_in("chutich").post(path)
    answer = let_password_age(signed_in("chutich")).post(path, follow=True)
    assert "đã được quyết định hoặc đã rút" in page_of(answer) and "own_password" not in answer.content.decode()


def test_wrong_passwords_make_wait_and_the_right_one_is_then_not_checked(commune, signed_in):
    paper = approved_paper("letter", commune)
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    browser = let_password_age(signed_in("vanthu"))
    typed = {"issued_on": format_date(TODAY)}
    for _ in range(MAX_LOGIN_FAILURES):
        browser.post(path, {**typed, "own_password": "sai-mat-khau"})
    answer = browser.post(path, {**typed, "own_password": DEMO_PASSWORD})
    paper.refresh_from_db()
    assert answer.status_code == 422 and "chờ 15 phút" in page_of(answer) and paper.state == "approved"


def test_who_may_not_do_it_is_not_asked(commune, signed_in):
    paper = approved_paper("letter", commune)
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    answer = let_password_age(signed_in("vanphong")).post(path, {"own_password": "sai-mat-khau"})
    assert answer.status_code == 403 and not LoginFailure.objects.exists()


def test_a_code_of_the_app_is_as_good_as_the_password_and_counts_once(commune, signed_in):
    first = approved_paper("letter", commune)
    second = approved_paper("campaign", commune)
    browser = signed_in("vanthu")
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        secret, _ = switch_on(browser)
    path = reverse("campaigns:issue_letter", args=[first.pk])
    assert "mã 6 chữ số trong ứng dụng" in page_of(let_password_age(browser).get(path))
    typed = {"issued_on": format_date(TODAY), "own_password": "000000"}
    assert "Mã chưa đúng" in page_of(browser.post(path, typed))
    code = totp(secret)
    assert browser.post(path, {**typed, "own_password": code}).status_code == 302
    other = reverse("campaigns:issue_campaign", args=[second.pk])
    assert let_password_age(browser).post(other, {**typed, "own_password": code}).status_code == 422
    second.refresh_from_db()
    assert second.state == "approved"


def test_the_chair_types_the_password_before_a_praise_letter_is_signed(commune, signed_in):
    letter = MAKERS["praise_letter"](commune, login_user("vanphong"), login_user("thon1"))
    APPROVALS["praise_letter"].submit(letter, by=login_user("vanphong"))
    path = reverse(APPROVALS["praise_letter"].flow.url("approve"), args=[letter.pk])
    browser = let_password_age(signed_in("chutich"))
    asked = browser.post(path, {"seen": letter.version})
    assert asked.status_code == 422 and "Mật khẩu của bạn" in page_of(asked)
    letter.refresh_from_db()
    assert letter.state == "submitted"
    page = {"seen": letter.version, "password_page": "1", "own_password": DEMO_PASSWORD}
    assert browser.post(path, page).status_code == 302
    letter.refresh_from_db()
    assert letter.state == APPROVALS["praise_letter"].flow.end


def test_an_account_is_locked_only_after_the_password(commune, signed_in):
    account = login_user("thon2")
    path = reverse("villages:lock_account", args=[account.pk])
    browser = let_password_age(signed_in("vanphong"))
    asked = browser.post(path, {"reason": "Mất điện thoại"})
    account.refresh_from_db()
    assert asked.status_code == 422 and "Hãy nhập lại mật khẩu" in page_of(asked) and account.is_active
    assert "Mất điện thoại" in asked.content.decode()
    browser.post(path, {"reason": "Mất điện thoại", "own_password": DEMO_PASSWORD})
    account.refresh_from_db()
    assert not account.is_active
