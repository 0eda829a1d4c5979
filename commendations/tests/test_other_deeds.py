"""One achievement, one award: deeds that look alike are shown next to each other and kept apart only with a reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions.deeds_apart import end_deeds_apart, keep_deeds_apart
from commendations.actions.nomination import NominationContent, save_nomination, start_nomination
from commendations.models import DeedsApart, Nomination
from commendations.queries.block_vote import block_vote
from commendations.queries.other_deeds import other_deeds, other_deeds_of
from commendations.rules.same_award import deed_likeness, deeds_look_alike
from commendations.tests import case_steps, factories
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")
ROAD = "Hiến 120 m² đất và 15 ngày công mở rộng đường vào xóm, vận động ba hộ cùng làm."
ROAD_AGAIN = "Gia đình hiến 120 m² đất, góp 15 ngày công mở rộng đường vào xóm năm nay."
RESCUE = "Cứu hai em nhỏ đuối nước ở đập Bai Manh, đưa đi trạm y tế kịp thời."


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (ROAD, ROAD_AGAIN, True),
        (ROAD, "HIEN 120 M2 DAT VA 15 NGAY CONG MO RONG DUONG VAO XOM", True),
        (ROAD, RESCUE, False),
        (ROAD, "", False),
        (RESCUE, "Cứu hai em nhỏ đuối nước", True),
        (
            "Vận động mười hộ trong thôn trồng rừng keo lai trên 12 ha đất trống, mỗi hộ lãi 30 triệu đồng.",
            "Vận động các hộ trong thôn góp công làm nhà văn hóa, mua loa và ghế với 40 triệu đồng.",
            False,
        ),
    ],
)
def test_what_looks_alike(one, other, alike):
    assert deeds_look_alike(one, other) is deeds_look_alike(other, one) is alike
    assert deed_likeness(one, one) == (1.0 if one else 0.0)


def deed_case(user, code, nominee, deed, **content):
    unit = Unit.objects.get(commune=nominee.commune, code=code)
    case = start_nomination(by=user(code), unit=unit, nominee=nominee)
    content = NominationContent(deed=deed, achievement="tốt", **content)
    return save_nomination(by=user(code), nomination=case, content=content)


@pytest.fixture
def pair(user, lua):
    return deed_case(user, "thon1", lua, ROAD), deed_case(user, "thon2", lua, ROAD_AGAIN)


def seen(case, user):
    return [(row.case.pk, row.alike, row.visible, row.in_doubt) for row in other_deeds(case, user)]


def test_alike_for_the_person_and_for_the_household(user, office, lua):
    home = Household.objects.get(commune=lua.commune, head_name="Lê Văn Bảy")
    Person.objects.filter(pk=lua.pk).update(household=home)
    lua.refresh_from_db()
    one = deed_case(user, "thon1", lua, ROAD)
    other = deed_case(user, home.unit.code, home, ROAD_AGAIN)
    assert seen(one, office) == [(other.pk, True, True, True)] and seen(other, office) == [(one.pk, True, True, True)]


def test_another_deed_and_another_time_are_not_in_doubt(user, office, lua):
    one = deed_case(user, "thon1", lua, ROAD, period_from=date(2026, 1, 1), period_to=date(2026, 3, 31))
    other = deed_case(user, "thon1", lua, RESCUE, period_from=date(2026, 2, 1), period_to=date(2026, 2, 1))
    deed_case(user, "thon1", lua, ROAD_AGAIN, period_from=date(2026, 5, 1), period_to=date(2026, 6, 1))
    assert seen(one, office) == [(other.pk, False, True, False)]


def test_a_head_reads_of_it_without_seeing_the_case_of_another_unit(user, pair, signed_in):
    first, second = pair
    assert seen(first, user("thon1")) == [(second.pk, True, False, True)]
    page = page_of(signed_in("thon1").get(first.get_absolute_url()))
    assert "Có thể là cùng một thành tích" in page and "Thôn 2 đề nghị" in page
    assert second.get_absolute_url() not in page and "Gia đình hiến" not in page


def test_kept_apart_with_a_reason_that_stays_and_taken_back(user, office, pair, signed_in):
    first, second = pair
    with pytest.raises(RuleBroken, match="vì sao đây là hai việc"):
        keep_deeds_apart(by=office, nomination=first, other=second, reason=" ")
    with pytest.raises(NotAllowed):
        keep_deeds_apart(by=user("thon1"), nomination=first, other=second, reason="Khác")
    keep_deeds_apart(by=office, nomination=second, other=first, reason="Hai con đường khác nhau")
    assert [row[3] for row in seen(first, office) + seen(second, office)] == [False, False]
    assert AuditEntry.objects.get(act="commendations.keep_apart").facts["reason"] == "Hai con đường khác nhau"
    for case, login in ((first, "thon1"), (second, "vanphong")):
        assert "Hai con đường khác nhau" in page_of(signed_in(login).get(case.get_absolute_url()))
    with pytest.raises(RuleBroken, match="đã được ghi"):
        keep_deeds_apart(by=office, nomination=first, other=second, reason="Lần nữa")
    end_deeds_apart(by=office, nomination=first, other=second, reason="Ghi nhầm")
    assert seen(first, office)[0][3] and DeedsApart.objects.get().end_reason == "Ghi nhầm"
    with pytest.raises(RuleBroken, match="Chưa ai ghi"):
        end_deeds_apart(by=office, nomination=first, other=second, reason="Nữa")


def test_the_office_decides_on_a_page_with_both(pair, signed_in):
    first, second = pair
    browser = signed_in("vanphong")
    address = f"{reverse('commendations:keep_apart', args=[first.pk])}?voi={second.pk}"
    assert address in page_of(browser.get(first.get_absolute_url()))
    page = page_of(browser.get(address))
    assert ROAD in page and ROAD_AGAIN in page
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "Hai con đường"}).status_code == 302
    assert DeedsApart.objects.get().reason == "Hai con đường"
    assert browser.get(address.split("?")[0]).status_code == 404


def test_the_council_and_the_chair_read_it(commune, user, chair, signed_in):
    person = factories.person_named("Vi Văn Thành")
    paper = factories.submitted_to_chair(commune, [person])
    other = factories.nomination_of(commune, person, "on_session")
    Nomination.objects.filter(pk=other.pk).update(deed="Đã làm nhiều việc tốt.")
    page = page_of(signed_in("chutich").get(reverse("commendations:decide", args=[paper.pk])))
    assert "Có thể là cùng một thành tích" in page and other.get_absolute_url() in page
    session = case_steps.session_with(case_steps.complete_nomination())
    twin = factories.nomination_of(commune, session.items.get().nomination.person, "on_session")
    Nomination.objects.filter(pk=twin.pk).update(deed=case_steps.DEED + " Thêm.", year=2026)
    page = page_of(signed_in("hoidong2").get(session.get_absolute_url()))
    assert "Có thể là cùng một thành tích" in page and twin.get_absolute_url() in page


def test_the_number_of_queries_does_not_depend_on_the_cases(commune, office, user):
    people = factories.many_people(commune, 12)
    for person in people:
        for deed in (ROAD, ROAD_AGAIN):
            case = factories.nomination_of(commune, person, "submitted")
            Nomination.objects.filter(pk=case.pk).update(deed=deed, year=2026)

    def queries(size):
        cases = list(Nomination.objects.select_related("person").order_by("pk")[:size])
        with CaptureQueriesContext(connection) as captured:
            assert len(other_deeds_of(cases, office)) == size
        return len(captured)

    queries(2)
    assert queries(2) == queries(24)


def test_a_case_in_doubt_is_no_part_of_a_block_vote(commune, office, lua, user):
    cases = [case_steps.complete_nomination(name) for name in ("Lê Thị Lụa", "Vi Văn Thành")]
    session = case_steps.with_attendance(case_steps.opened_session(*cases), absent=0)
    assert not block_vote(session, case_steps.user_named("vanphong")).apart
    deed_case(user, "thon2", lua, case_steps.DEED + " Cả xóm noi theo.")
    assert [case.item.nomination for case in block_vote(session, case_steps.user_named("vanphong")).apart] == [cases[0]]
