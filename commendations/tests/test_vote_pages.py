"""The forms of a meeting: every error with its case, nothing typed is lost, nothing is filled in unasked."""

from typing import Any

import pytest
from django.urls import reverse

from commendations.actions.attendance import SeatAttendance
from commendations.models import CouncilSession, SessionItem
from commendations.tests import vote_steps
from commendations.tests.vote_steps import NHI, attend, seats_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def session(commune) -> CouncilSession:
    return vote_steps.session_of_three()


def post_votes(client: Any, session: CouncilSession, **typed: str) -> Any:
    data = {"seen": CouncilSession.objects.get(pk=session.pk).version, **typed}
    return client.post(reverse("commendations:count", args=[session.pk]), data)


def test_every_error_is_shown_with_its_case_and_nothing_typed_is_lost(session, signed_in):
    attend(session, s7=SeatAttendance(False, "Ốm", wrote=True))
    one, two, three = session.items.order_by("sort")
    ticked = one.recused.get().pk
    answer = post_votes(
        signed_in("vanphong"),
        session,
        **{f"agree_{one.pk}": "9", f"written_agree_{one.pk}": "3", f"recused_{one.pk}": str(ticked)},
        **{f"agree_{two.pk}": "6", f"note_{two.pk}": "Ghi chú đã gõ"},
        **{f"agree_{three.pk}": "6", f"written_agree_{three.pk}": "1"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and not SessionItem.objects.exclude(agree=None).exists()
    for words in (
        f"Hồ sơ {NHI}: tại phiên họp cộng lại là 9, nhiều hơn 5",
        f"Hồ sơ {NHI}: bằng văn bản cộng lại là 3, nhiều hơn 1",
        "Hồ sơ Lê Thị Lụa: bằng văn bản cộng lại là 0, ít hơn 1",
    ):
        assert html.count(words) == 2, words  # in the summary and at the field
    assert "Hồ sơ Lữ Thị Ơn: tại" not in html and "còn 3 chỗ" in html
    for typed in ('value="9"', 'value="3"', 'value="6"', "Ghi chú đã gõ"):
        assert typed in html
    assert (
        html.index(f'id="ho-so-{two.pk}"')
        < html.rindex("bằng văn bản cộng lại là 0")
        < html.index(f'id="ho-so-{three.pk}"')
    )


def test_bad_numbers_in_two_cases_are_both_named(session, signed_in):
    attend(session)
    one, two, _ = session.items.order_by("sort")
    answer = post_votes(signed_in("vanphong"), session, **{f"agree_{one.pk}": "sáu", f"other_{two.pk}": "-1"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f"Hồ sơ {NHI}: nhập số người" in html and "Hồ sơ Lê Thị Lụa: số người không thể nhỏ hơn 0" in html


def test_votes_are_asked_for_only_after_the_attendance(session, signed_in):
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    assert "Điểm danh xong mới ghi được" in html and 'name="agree_' not in html
    attend(session)
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    assert html.count('name="agree_') == session.items.count()


def test_nothing_is_filled_in_before_it_is_entered(session, signed_in):
    attend(session)
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    for item in session.items.all():
        box = html[html.index(f'name="agree_{item.pk}"') - 120 :][:260]
        assert "value=" not in box
    assert "Tất cả đồng ý" in html and 'name="written_agree_' not in html


def test_attendance_page_takes_and_shows_missed_cases(session, signed_in):
    client = signed_in("vanphong")
    seats = seats_of(session)
    address = reverse("commendations:attend", args=[session.pk])
    data = {f"seat_{seat.pk}": "here" for seat in seats} | {"presider": seats[0].pk, "secretary": seats[3].pk}
    data |= {f"seat_{seats[4].pk}": "part_wrote", f"missed_{seats[4].pk}": "2-9", f"seat_{seats[5].pk}": "part"}
    answer = client.post(address, data)
    html = answer.content.decode()
    assert answer.status_code == 422 and "không có hồ sơ số 2-9" in html and 'value="2-9"' in html
    assert "Hãy ghi số thứ tự hồ sơ" in html and not session.attendance.exists()
    data |= {f"missed_{seats[4].pk}": "2-3", f"missed_{seats[5].pk}": "1"}
    assert client.post(address, data).status_code == 302
    html = client.get(session.get_absolute_url()).content.decode()
    assert 'value="2-3"' in html and 'value="part_wrote" selected' in html
    assert html.count("về trước, không có mặt khi xét hồ sơ") == 2
    _, two, _ = session.items.order_by("sort")
    assert f'name="written_agree_{two.pk}"' in html
    CouncilSession.objects.filter(pk=session.pk).update(state="closed")
    html = client.get(session.get_absolute_url()).content.decode()
    assert "Về trước, không có mặt khi xét hồ sơ số 2-3; có ý kiến bằng văn bản về các hồ sơ này" in html


# ── cases with votes are folded ──────────────────────────────────────────────────────────────────
def folded(html: str) -> list[bool]:
    """Of each case with votes on the page whether it is closed."""
    return [" open" not in tag.split(">")[0] for tag in html.split('<details class="voted"')[1:]]


def without_hidden(html: str) -> str:
    """The page without the word that only screen readers read."""
    return " ".join(html.replace('<span class="visually-hidden">&nbsp;đồng ý</span>', "").split())


@pytest.fixture
def voted(session, signed_in) -> dict[str, str]:
    """Two cases have votes. What the page sends again when nothing on it is changed."""
    attend(session)
    one, two, three = session.items.order_by("sort")
    fields = {f"recused_{one.pk}": str(one.recused.get().pk), f"agree_{two.pk}": "7", f"against_{two.pk}": "0"}
    fields |= {f"other_{two.pk}": "0", f"agree_{three.pk}": "5", f"against_{three.pk}": "2", f"other_{three.pk}": "0"}
    post_votes(signed_in("vanphong"), session, **fields)
    return fields


def test_a_case_with_votes_is_one_line_with_its_tally(session, voted, signed_in):
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    text = without_hidden(html)
    assert folded(html) == [True, True] and "7/7 = 100%" in text and "5/7 = 71,4%" in text
    assert html.count('name="agree_') == 3  # the fields are inside, for a correction
    member = signed_in("hoidong2").get(session.get_absolute_url()).content.decode()
    assert folded(member) == [True, True] and "5/7 = 71,4%" in without_hidden(member)


def test_a_folded_case_opens_with_an_error_and_with_what_was_typed(session, voted, signed_in):
    browser = signed_in("vanphong")
    one, _, three = session.items.order_by("sort")
    wrong = post_votes(browser, session, **voted | {f"agree_{three.pk}": "9"}).content.decode()
    assert folded(wrong) == [True, False] and 'value="9"' in wrong
    typed = voted | {f"agree_{one.pk}": "99", f"note_{three.pk}": "Ghi chú đã gõ"}
    html = post_votes(browser, session, **typed).content.decode()
    assert folded(html) == [True, False] and "Ghi chú đã gõ" in html
