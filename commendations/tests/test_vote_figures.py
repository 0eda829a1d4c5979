"""The figures of each case equal the council: entry with every error, presence per case, minutes, older sessions."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commendations.actions import session as sessions
from commendations.actions.attendance import SeatAttendance
from commendations.actions.vote import ItemVoteCount
from commendations.flow.session import COUNCIL_CHANGED, missing_session_parts
from commendations.models import CouncilSession, ItemAbsence, Recusal, SessionItem
from commendations.papers.minutes import minutes_paper
from commendations.queries.session_cases import session_lines
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, vote_steps
from commendations.tests.vote_steps import NHI, attend, seats_of, vote
from emulation.core.errors import RuleBroken
from emulation.documents.blocks.body import Bullet, Table, TableRowGroup
from emulation.documents.blocks.codec import paper_from_json
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def session(commune) -> CouncilSession:
    return vote_steps.session_of_three()


def place_of(session: CouncilSession, name: str) -> str:
    return next(f"s{n}" for n, seat in enumerate(seats_of(session), 1) if seat.person.full_name == name)


def figures(session: CouncilSession) -> list[tuple[int, ...]]:
    names = ("agree", "agree_written", "against", "other", "not_voting", "absent")
    return list(session.items.order_by("sort").values_list(*names))


def table_rows(paper: Any) -> list[list[str]]:
    table = next(block for block in paper.body if isinstance(block, Table))
    return [list(row) for row in table.rows if not isinstance(row, TableRowGroup)]


def adds_up_to_seven(row: list[str]) -> bool:
    """Whether the votes of a case make up its "đồng ý", and all columns the council of seven."""
    by_hand, in_writing, *others = map(int, row[1:7])
    agree, total = map(int, row[7].split("\n")[0].split("/"))
    return by_hand + in_writing == agree and agree + sum(others) == total == 7


# ── a whole meeting ──────────────────────────────────────────────────────────────────────────────
def test_figures_of_each_case_make_up_the_council_on_paper_and_in_rows(session, office):
    late, left = [n for n in ("s2", "s5", "s6", "s3") if n != place_of(session, NHI)][:2]
    attend(
        session,
        s7=SeatAttendance(False, "Đi tập huấn", wrote=True),
        **{
            late: SeatAttendance(True, missed=frozenset({1})),
            left: SeatAttendance(True, missed=frozenset({3}), wrote=True),
        },
    )
    vote(
        session,
        ItemVoteCount(VoteTally(4), in_writing=VoteTally(1)),  # 6 here, one late, the nominee does not vote
        ItemVoteCount(VoteTally(4, 1, 1), in_writing=VoteTally(0, 1)),
        ItemVoteCount(VoteTally(5), in_writing=VoteTally(1, 0, 1)),  # one left and wrote
    )
    case_steps.with_minutes(session)
    sessions.close_session(by=office, session=session)
    assert figures(session) == [(5, 1, 0, 0, 1, 1), (4, 0, 2, 1, 0, 0), (6, 1, 0, 1, 0, 0)]
    paper = paper_from_json(session.minutes.blocks)
    rows = table_rows(paper)
    assert [adds_up_to_seven(row) for row in rows] == [True] * 3
    assert [row[1:3] for row in rows] == [["04", "01"], ["04", "00"], ["05", "01"]]
    assert [row[7] for row in rows] == ["05/07\n71,4%\nĐạt", "04/07\n57,1%\nĐạt", "06/07\n85,7%\nĐạt"]
    text = " ".join(block.text for block in paper.body if isinstance(block, Bullet))
    seats = {f"s{n}": seat.person.full_name for n, seat in enumerate(seats_of(session), 1)}
    assert "(đến sau, không có mặt khi xét hồ sơ số 1)" in text and seats[late] in text
    assert "(về trước, không có mặt khi xét hồ sơ số 3; có ý kiến bằng văn bản về hồ sơ này)" in text
    assert "trong 01 ý kiến bằng văn bản có 01 không đồng ý." in text


def test_lifted_recusal_and_its_reason_are_in_the_minutes(session):
    attend(session)
    seats = session.version_of_council.seats.select_related("person")
    own, other = (seats.get(person__full_name=name) for name in (NHI, "Lữ Văn Ba"))
    name = other.person.addressed_in_sentence
    vote(session, ItemVoteCount(VoteTally(5), frozenset({own.pk, other.pk})))
    vote(session, ItemVoteCount(VoteTally(6), frozenset({own.pk}), lift_reason="Trùng tên, không phải người nhà."))
    text = str(minutes_paper(session))
    line = f"{name} tham gia biểu quyết trở lại; lý do: trùng tên, không phải người nhà."
    assert text.count(line) == 1 and f"Hồ sơ của bà {NHI}: bà {NHI} không tham gia biểu quyết do có liên quan" in text
    vote(session, ItemVoteCount(VoteTally(5), frozenset({own.pk, other.pk})))  # marked again, so no longer lifted
    text = str(minutes_paper(session))
    assert "biểu quyết trở lại" not in text and f"{name} không tham gia biểu quyết" in text


# ── absent and recused ───────────────────────────────────────────────────────────────────────────
def test_absent_member_cannot_be_marked_as_recused(session):
    seats = attend(session, s7=SeatAttendance(False, "Ốm"))
    _, second, _ = session.items.order_by("sort")
    ticked = frozenset({seats[6].pk})
    with pytest.raises(RuleBroken, match=r"Hồ sơ Lê Thị Lụa: .* nên tính là vắng") as broken:
        vote(session, ItemVoteCount(None), ItemVoteCount(VoteTally(6), ticked))
    assert broken.value.field == f"recused_{second.pk}"
    assert not second.recused.exists() and not Recusal.objects.filter(nomination=second.nomination).exists()


def test_related_member_who_is_absent_counts_as_absent_and_stays_related(session, office):
    attend(session, **{place_of(session, NHI): SeatAttendance(False, "Ốm")})
    vote(session, *(ItemVoteCount(VoteTally(6)) for _ in range(3)))
    case_steps.with_minutes(session)
    sessions.close_session(by=office, session=session)
    assert figures(session)[0] == (6, 0, 0, 0, 0, 1)
    assert Recusal.objects.in_force().filter(person__full_name=NHI).exists()
    assert "do có liên quan" not in str(paper_from_json(session.minutes.blocks))


def test_related_member_with_a_written_opinion_does_not_vote(session):
    attend(session, **{place_of(session, NHI): SeatAttendance(False, "Ốm", wrote=True)})
    with pytest.raises(RuleBroken, match=f"Hồ sơ {NHI}: bằng văn bản cộng lại là 1, nhiều hơn 0") as broken:
        vote(session, ItemVoteCount(VoteTally(6), in_writing=VoteTally(1)))
    assert broken.value.field == f"written_agree_{session.items.order_by('sort').first().pk}"
    vote(session, ItemVoteCount(VoteTally(6)))
    shown = session_lines(session, case_steps.user_named("vanphong"))[0].vote
    assert (shown["recused"], shown["absent"]) == (0, 1)  # not at the meeting: absent at this case


# ── presence per case ────────────────────────────────────────────────────────────────────────────
def test_missed_cases_follow_the_attendance(session):
    attend(session, s5=SeatAttendance(True, missed=frozenset({1, 3})), s7=SeatAttendance(False, "Ốm"))
    kinds = list(ItemAbsence.objects.order_by("item__sort").values_list("kind", flat=True))
    assert kinds == ["late", "left"]
    attend(session, s5=SeatAttendance(True))
    assert not ItemAbsence.objects.exists()
    attend(session, s5=SeatAttendance(False, "Ốm", missed=frozenset({1})))
    assert not ItemAbsence.objects.exists()


def test_impossible_attendance_shows_every_fault_and_saves_nothing(session):
    seats = seats_of(session)
    with pytest.raises(RuleBroken) as broken:
        attend(
            session,
            s1=SeatAttendance(False),
            s2=SeatAttendance(True, missed=frozenset({1, 2, 3})),
            s5=SeatAttendance(True, missed=frozenset({4})),
        )
    fields = [fault.field for fault in (broken.value, *broken.value.others)]
    assert fields == [f"reason_{seats[0].pk}", f"missed_{seats[1].pk}", f"missed_{seats[4].pk}", "presider"]
    assert not session.attendance.exists() and not ItemAbsence.objects.exists()


def test_late_entry_of_who_left_makes_the_figures_wrong_and_names_the_case(session, office):
    attend(session)
    vote(session, ItemVoteCount(VoteTally(6)), ItemVoteCount(VoteTally(7)), ItemVoteCount(VoteTally(7)))
    case_steps.with_minutes(session)
    assert list(missing_session_parts(session)) == []
    attend(session, s5=SeatAttendance(True, missed=frozenset({3})))
    found = list(missing_session_parts(session))
    assert len(found) == 1 and found[0].startswith("Hồ sơ Lữ Thị Ơn: không khớp điểm danh, tại phiên họp cộng lại là 7")
    with pytest.raises(RuleBroken, match="Hồ sơ Lữ Thị Ơn"):
        sessions.close_session(by=office, session=session)


def test_member_added_to_the_council_after_attendance(session, office):
    attend(session)
    vote(session, ItemVoteCount(VoteTally(6)), ItemVoteCount(VoteTally(7)), ItemVoteCount(VoteTally(7)))
    person = Person.objects.exclude(seats__version=session.version_of_council).first()
    session.version_of_council.seats.create(
        commune=session.commune, person=person, role="member", position="Ủy viên", sort=99
    )
    assert COUNCIL_CHANGED in list(missing_session_parts(session))
    with pytest.raises(RuleBroken, match="đã thay đổi"):
        vote(session, ItemVoteCount(VoteTally(6)))


# ── older rows ───────────────────────────────────────────────────────────────────────────────────
def test_session_closed_before_shows_its_own_figures(session, office, signed_in):
    attend(session, **{place_of(session, NHI): SeatAttendance(False, "Ốm")})
    vote(session, *(ItemVoteCount(VoteTally(6)) for _ in range(3)))
    case_steps.with_minutes(session)
    sessions.close_session(by=office, session=session)
    frozen = session.minutes.blocks
    old = {f"{name}_written": None for name in ("agree", "against", "other")} | {"not_voting": None, "absent": None}
    session.items.update(**old)
    line = session_lines(session, office)[0]
    assert (line.vote["recused"], line.vote["absent"], line.vote["by_hand"]) == (1, 1, None)
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    assert "85,7%" in html
    session.minutes.refresh_from_db()
    assert session.minutes.blocks == frozen


def test_votes_counted_before_in_an_open_session_are_entered_again(session):
    attend(session)
    vote(session, ItemVoteCount(VoteTally(6)), ItemVoteCount(VoteTally(7)), ItemVoteCount(VoteTally(7)))
    case_steps.with_minutes(session)
    session.items.update(agree_written=None, against_written=None, other_written=None)
    found = list(missing_session_parts(session))
    assert len(found) == 3 and f"Hồ sơ {NHI}: hãy ghi lại kết quả biểu quyết" in found[0]
    assert table_rows(minutes_paper(session))[0][1:4] == ["", "", "00"]


@pytest.mark.parametrize(
    "wrong",
    [{"agree_written": 9}, {"other_written": None}, {"absent": 1}, {"not_voting": 0, "absent": 0, "agree": None}],
)
def test_database_refuses_figures_that_cannot_be(session, wrong):
    attend(session)
    vote(session, ItemVoteCount(VoteTally(6)))
    item = session.items.order_by("sort").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionItem.objects.filter(pk=item.pk).update(**wrong)


def test_a_related_member_who_only_wrote_is_absent_at_that_case(session, office):
    """Nobody is at once absent and "không tham gia": the written opinion of the related member does not count there."""
    attend(session, **{place_of(session, NHI): SeatAttendance(False, "Đi tập huấn", wrote=True)})
    all_agree = ItemVoteCount(VoteTally(6), in_writing=VoteTally(1))
    refused = "bằng văn bản cộng lại là 1, nhiều hơn 0 người được biểu quyết (gửi ý kiến 1, trừ 1 người có liên quan)"
    with pytest.raises(RuleBroken, match=re.escape(refused)):
        vote(session, all_agree)
    vote(session, ItemVoteCount(VoteTally(6)), all_agree, all_agree)
    line = session_lines(session, office)[0]
    assert [seat.person.full_name for seat in line.related_absent] == [NHI] and not line.not_voting
    assert (line.vote["recused"], line.vote["absent"]) == (0, 1)
    case_steps.with_minutes(session)
    sessions.close_session(by=office, session=session)
    assert figures(session) == [(6, 0, 0, 0, 0, 1), (7, 1, 0, 0, 0, 0), (7, 1, 0, 0, 0, 0)]
    paper = paper_from_json(session.minutes.blocks)
    assert [adds_up_to_seven(row) for row in table_rows(paper)] == [True] * 3
    note = f"bà {NHI} vắng mặt và có liên quan, ý kiến bằng văn bản không tính với hồ sơ này."
    assert f"Hồ sơ của bà {NHI}: {note}" in [block.text for block in paper.body if isinstance(block, Bullet)]
    assert [seat.person.full_name for seat in session_lines(session, office)[0].related_absent] == [NHI]
