"""Tasks about an own case are for those who act instead, and who has one reads how to pass it on."""

import pytest
from django.urls import reverse

from commendations.actions.chair_submission import draft_chair_submission
from commendations.models import Nomination
from commendations.tests import case_steps, factories
from commendations.tests.test_own_case import LUA, WHOSE, as_person, give, is_user, person
from emulation.communes.roles import Role
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db", "in_november")
OTHER = "Vi Văn Thành"
TODO = "/viec-cua-toi/"


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("submitted", "Thẩm định hồ sơ đề nghị"),
        ("complete", "Đưa hồ sơ hợp lệ vào phiên họp Hội đồng"),
        ("proposed_up", "Ghi kết quả xét khen thưởng của cấp trên"),
    ],
)
@pytest.mark.parametrize("whose", WHOSE)
def test_a_task_about_the_own_case_is_for_who_acts(commune, office, user, signed_in, whose, state, title):
    case = factories.nomination_of(commune, whose(office, commune), state)
    alone = page_of(signed_in("vanphong").get(TODO))
    assert title not in alone
    assert "Giao người khác làm hồ sơ của chính bạn" in alone and reverse("villages:record_role_absence") in alone
    give(commune, user("mattran"), Role.office)
    assert title in page_of(signed_in("mattran").get(TODO))
    shared = page_of(signed_in("vanphong").get(TODO))
    assert title not in shared and "Giao người khác làm" not in shared
    Nomination.objects.filter(pk=case.pk).delete()
    factories.nomination_of(commune, person(OTHER), state)
    assert title in page_of(signed_in("vanphong").get(TODO))


def test_the_clerk_has_no_task_to_number_the_own_award(commune, clerk, signed_in):
    factories.decision_at_signature(commune, [person(OTHER), as_person(clerk, commune)])
    page = page_of(signed_in("vanthu").get(TODO))
    assert "Lấy số, ban hành quyết định đã ký" not in page and "Giao người khác làm hồ sơ của chính bạn" in page
    is_user("Lữ Thị Ơn", clerk)
    page = page_of(signed_in("vanthu").get(TODO))
    assert "Lấy số, ban hành quyết định đã ký" in page and "Giao người khác làm" not in page


def test_the_office_has_no_task_to_present_the_own_case(commune, office, signed_in):
    session = factories.closed_session_of(commune, [person(OTHER), as_person(office, commune)])
    draft_chair_submission(by=office, session=session)
    page = page_of(signed_in("vanphong").get(TODO))
    assert "Trình Chủ tịch kết quả phiên họp" not in page and "Giao người khác làm hồ sơ của chính bạn" in page


def test_a_head_writes_the_own_case_and_the_office_submits_it(commune, village_head, signed_in):
    is_user(LUA, village_head)
    case = case_steps.draft_nomination()
    head, office = (page_of(signed_in(login).get(TODO)) for login in ("thon1", "vanphong"))
    assert "Soạn hồ sơ của chính bạn; người khác nộp" in head
    assert reverse("commendations:edit", args=[case.pk]) in head
    assert "Hoàn thiện và nộp đề nghị khen thưởng" not in head
    assert "Hoàn thiện và nộp đề nghị khen thưởng" in office


def test_a_draft_of_a_unit_with_a_head_is_no_task_of_the_office(commune, signed_in):
    case_steps.draft_nomination()
    assert "Hoàn thiện và nộp" in page_of(signed_in("thon1").get(TODO))
    assert "Hoàn thiện và nộp" not in page_of(signed_in("vanphong").get(TODO))


def test_a_member_recused_from_every_case_has_nothing_to_read(commune, signed_in):
    insider = case_steps.complete_nomination("Lê Thị Ý Nhi", by="phunu")
    session = case_steps.session_with(insider)
    title = "Đọc hồ sơ trước phiên họp Hội đồng"
    assert title not in page_of(signed_in("phunu").get(TODO)) and title in page_of(signed_in("hoidong2").get(TODO))
    case_steps.session_with(case_steps.complete_nomination(), session=session)
    assert title in page_of(signed_in("phunu").get(TODO))
