"""Council sessions: plan, agenda, meeting, close."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from commendations.actions import session as actions
from commendations.actions.attendance import SeatAttendance, record_attendance
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.flow.session import missing_session_parts
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.queries.vote import vote_summary
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps, factories
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.codec import paper_from_json
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from emulation.workflow.authorization import check_act
from tests.html import page_of
from villages.models import CouncilVersion, Person

pytestmark = pytest.mark.usefixtures("db")
WHEN = actions.SessionSchedule(held_on=case_steps.SESSION_DAY, starts_at=time(14, 0), place="Phòng họp UBND xã")


@pytest.fixture
def case(commune):
    return case_steps.complete_nomination()


@pytest.fixture
def insider(commune):
    """The head of the women's union is a council member and the nominee."""
    return case_steps.complete_nomination("Lê Thị Ý Nhi", by="phunu")


# ── planning ─────────────────────────────────────────────────────────────────────────────────────
def test_session_uses_the_council_in_force_and_notifies_its_members(commune, office, council_member):
    session = case_steps.planned_session()
    assert (session.state, session.version_of_council.decision_no, session.members()) == ("planned", "15/QĐ-UBND", 7)
    assert not Notification.objects.filter(
        user=council_member, text__contains="Mời họp"
    ).exists()  # the session is in the past
    day = timezone.localdate() + timedelta(days=7)
    actions.plan_session(
        by=office, commune=commune, schedule=actions.SessionSchedule(day, time(14), "Phòng họp UBND xã")
    )
    invitation = f"14:00 ngày {day:%d/%m/%Y}, Phòng họp UBND xã"
    assert Notification.objects.filter(user=council_member, text__contains=invitation).exists()


def test_session_before_the_receipt_of_the_file_is_refused(insider, office):
    session = case_steps.planned_session()
    Nomination.objects.filter(pk=insider.pk).update(received_on=session.held_on + timedelta(days=1))
    insider.refresh_from_db()
    with pytest.raises(RuleBroken, match="hãy đưa vào phiên khác") as refused:
        actions.add_to_session(by=office, nomination=insider, session=session)
    assert refused.value.field == "session" and not SessionItem.objects.exists()


def test_two_sessions_at_the_same_time_are_refused(commune, office):
    first = actions.plan_session(by=office, commune=commune, schedule=WHEN)
    with pytest.raises(RuleBroken, match="đã có phiên họp lúc") as refused:
        actions.plan_session(by=office, commune=commune, schedule=WHEN)
    assert refused.value.field == "starts_at" and CouncilSession.objects.get() == first
    actions.cancel_session(by=office, session=first, reason="Hoãn.")
    second = actions.plan_session(by=office, commune=commune, schedule=WHEN)
    actions.edit_session(by=office, session=second, schedule=WHEN)
    assert CouncilSession.objects.count() == 2


def test_session_without_a_council_is_refused(commune, office):
    with pytest.raises(RuleBroken, match="chưa có Hội đồng") as broken:
        actions.plan_session(
            by=office, commune=commune, schedule=actions.SessionSchedule(date(2021, 3, 1), time(8, 0), "Hội trường")
        )
    assert broken.value.field == "held_on"


def test_the_same_form_twice_plans_one(commune, office):
    planned = [
        actions.plan_session(by=office, commune=commune, schedule=WHEN, idempotency_key="x" * 20) for _ in range(2)
    ]
    assert planned[0] == planned[1] and CouncilSession.objects.count() == 1


def test_recusals_are_proposed_again_for_another_council(insider, office):
    session = case_steps.session_with(insider)
    CouncilVersion.objects.update(ends_on=date(2026, 11, 30))
    old = CouncilVersion.objects.get()
    new = CouncilVersion.objects.create(
        commune=old.commune,
        name=old.name,
        decision_no="99/QĐ-UBND",
        decision_date=date(2026, 12, 1),
        starts_on=date(2026, 12, 1),
    )
    nhi = Person.objects.get(full_name="Lê Thị Ý Nhi")
    seat = new.seats.create(commune=old.commune, person=nhi, role="member", position="Chủ tịch Hội LHPN xã")
    actions.edit_session(
        by=office, session=session, schedule=actions.SessionSchedule(date(2026, 12, 3), time(8, 0), "Hội trường")
    )
    assert session.version_of_council == new
    assert list(session.items.get().recused.all()) == [seat]


# ── agenda ───────────────────────────────────────────────────────────────────────────────────────
def test_nomination_is_on_one_session_only(case, office):
    session = case_steps.session_with(case)
    assert (case.state, session.items.count()) == ("on_session", 1)
    with pytest.raises(RuleBroken, match="đang ở trạng thái “Chờ Hội đồng xét”"):
        actions.add_to_session(by=office, nomination=case, session=case_steps.planned_session(date(2026, 11, 9)))
    assert SessionItem.objects.count() == 1


def test_agenda_of_an_open_session_is_fixed(case, office):
    session = case_steps.opened_session(case)
    other = case_steps.complete_nomination("Lữ Thị Ơn", by="thon3")
    with pytest.raises(RuleBroken, match="không còn nhận hồ sơ"):
        actions.add_to_session(by=office, nomination=other, session=session)
    with pytest.raises(RuleBroken, match="đã khai mạc nên không rút"):
        actions.remove_from_session(by=office, nomination=case)


def test_removed_nomination_is_complete_again(case, office):
    session = case_steps.session_with(case)
    actions.remove_from_session(by=office, nomination=case)
    assert (case.state, session.items.count()) == ("complete", 0)


def test_cancelled_session_releases_its_nominations(case, office, village_head):
    session = case_steps.session_with(case)
    with pytest.raises(RuleBroken, match="lý do hủy"):
        actions.cancel_session(by=office, session=session, reason="")
    actions.cancel_session(by=office, session=session, reason="Mưa lũ")
    case.refresh_from_db()
    assert (session.state, case.state) == ("cancelled", "complete")
    case_steps.session_with(case, session=case_steps.planned_session(date(2026, 11, 9)))


# ── the meeting ──────────────────────────────────────────────────────────────────────────────────
def test_an_empty_session_does_not_open(commune, office):
    with pytest.raises(RuleBroken, match="chưa có hồ sơ nào"):
        actions.open_session(by=office, session=case_steps.planned_session())


def test_attendance_needs_reasons_and_two_people_present(case, office):
    session = case_steps.opened_session(case)
    seats = list(session.version_of_council.seats.all())
    here = {seat.pk: SeatAttendance(True) for seat in seats}
    chair, vice = seats[0].pk, seats[1].pk

    def attend(found, presider=chair, secretary=vice):
        with pytest.raises(RuleBroken) as broken:
            record_attendance(by=office, session=session, seats=found, presider_id=presider, secretary_id=secretary)
        return broken.value.field, broken.value.message

    assert attend({**here, vice: SeatAttendance(False)}) == (f"reason_{vice}", "Hãy ghi lý do vắng mặt.")
    assert attend({**here, vice: SeatAttendance(False, "Ốm")})[0] == "secretary"
    assert attend(here, presider=None)[0] == "presider"
    assert attend(here, secretary=chair) == ("secretary", "Chủ trì và thư ký phải là hai người.")
    assert "đã thay đổi" in attend({chair: SeatAttendance(True), vice: SeatAttendance(True)})[1]
    assert not session.attendance.exists()


def test_votes_need_attendance_and_must_fit_it(case, office):
    session = case_steps.opened_session(case)
    item = session.items.get()
    with pytest.raises(RuleBroken, match="Hãy điểm danh trước"):
        case_steps.with_vote_counts(session)
    case_steps.with_attendance(session, absent=2)
    with pytest.raises(
        RuleBroken, match="Hồ sơ Lê Thị Lụa: tại phiên họp cộng lại là 6, nhiều hơn 5 người được biểu quyết"
    ) as broken:
        case_steps.with_vote_counts(session, agree=5, against=1)
    assert broken.value.field == f"agree_{item.pk}"
    with pytest.raises(RuleBroken, match="phải là thành viên Hội đồng"):
        record_vote_counts(
            by=office, session=session, counts={item.pk: ItemVoteCount(VoteTally(3), frozenset({99999}))}
        )
    case_steps.with_vote_counts(session, agree=4, against=1)
    item.refresh_from_db()
    assert (item.agree, item.against, item.other) == (4, 1, 0)


def test_written_opinions_of_the_absent_count(case, office):
    session = case_steps.opened_session(case)
    seats = list(session.version_of_council.seats.all())
    found = {seat.pk: SeatAttendance(True) for seat in seats}
    found[seats[-1].pk] = SeatAttendance(False, "Đi tập huấn", wrote=True)
    record_attendance(by=office, session=session, seats=found, presider_id=seats[0].pk, secretary_id=seats[3].pk)
    case_steps.with_vote_counts(session, agree=6)
    item = session.items.get()
    assert (item.agree, item.by_hand, item.in_writing) == (7, VoteTally(6), VoteTally(1))


def test_missing_session_parts_are_listed(case):
    session = case_steps.opened_session(case)
    assert list(missing_session_parts(session)) == ["Chưa điểm danh."]
    case_steps.with_attendance(session, absent=3)
    found = " ".join(missing_session_parts(session))
    assert "Chưa đủ số thành viên dự họp: có mặt 4/7" in found
    assert "Chưa ghi kết quả biểu quyết: Lê Thị Lụa." in found and "Chưa ghi giờ kết thúc." in found
    case_steps.with_attendance(session, absent=0)
    case_steps.with_minutes(case_steps.with_vote_counts(session, agree=7))
    assert list(missing_session_parts(session)) == []
    case_steps.with_attendance(session, absent=1)  # one member left, so the votes do not fit any more
    assert "không khớp điểm danh" in " ".join(missing_session_parts(session))


def test_session_must_end_after_it_starts(case, office):
    session = case_steps.opened_session(case)
    with pytest.raises(RuleBroken, match="phải sau giờ bắt đầu"):
        actions.write_minutes(by=office, session=session, discussion="", conclusion="", ends_at=time(13, 59))


def test_stale_form_is_refused(case, office):
    session = case_steps.with_attendance(case_steps.opened_session(case))
    seen = session.version
    case_steps.with_vote_counts(session)
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        record_vote_counts(by=office, session=session, counts={}, seen=seen)


# ── close ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("agree", "state"), [(5, "passed"), (4, "passed"), (3, "failed"), (0, "failed")])
def test_more_than_half_of_all_members_passes(case, agree, state):
    session = case_steps.closed_session(case, agree=agree)
    case.refresh_from_db()
    assert (session.state, case.state) == ("closed", state)


def test_the_result_is_shown_as_arithmetic_with_its_source(case):
    session = case_steps.closed_session(case, agree=5)
    item = session.items.get()
    assert item.verdict["arithmetic"] == ("5/7 đồng ý = 71,4% tổng số thành viên; cần quá 50%, tức ít nhất 4/7: đạt")
    assert item.verdict["confirmed"] is False and "quy chế" in item.verdict["citation"].lower()
    shown = vote_summary(item, session, 7, session.presence())
    assert (shown["percent"], shown["need"], shown["passed"]) == ("71,4", "ít nhất 4/7", True)


def test_closing_numbers_and_freezes_the_minutes(case, office, council_member, village_head):
    session = case_steps.closed_session(case)
    paper = session.minutes
    assert (paper.reference, paper.issued_on, paper.kind) == ("01/BB-HĐTĐKT", case_steps.SESSION_DAY, "bien_ban")
    text = str(paper_from_json(paper.blocks))
    for words in (
        "14 giờ 00 phút, ngày 05 tháng 11 năm 2026", "Phòng họp UBND xã", "Lê Đăng Trường", "06/07 thành viên Hội đồng",
        "đi tập huấn; không có ý kiến bằng văn bản", r"Lê Thị Lụa\nThôn 1", "85,7%", "Đạt", "15 giờ 30 phút cùng ngày./.",
        "THƯ KÝ", "CHỦ TRÌ", "Các ý kiến đều nhất trí",
    ):  # fmt: skip
        assert words in text, words
    assert IssuedDocument.objects.visible_to(council_member).filter(pk=paper.pk).exists()
    assert not IssuedDocument.objects.visible_to(village_head).filter(pk=paper.pk).exists()
    assert Notification.objects.filter(user=village_head, text__contains="Hội đồng thông qua").count() == 1
    assert Notification.objects.filter(user=council_member, text__contains="Đã có biên bản").count() == 1


def test_second_close_is_refused_with_one_number(case, office):
    session = case_steps.closed_session(case)
    with pytest.raises(RuleBroken, match="đang ở trạng thái “Đã kết thúc”"):
        actions.close_session(by=office, session=session)
    assert IssuedDocument.objects.filter(kind="bien_ban").count() == 1


def test_unfinished_session_is_not_closed(case, office):
    session = case_steps.with_attendance(case_steps.opened_session(case))
    with pytest.raises(RuleBroken, match="Chưa ghi kết quả biểu quyết"):
        actions.close_session(by=office, session=session)
    case.refresh_from_db()
    assert (session.state, case.state) == ("open", "on_session")
    assert not IssuedDocument.objects.filter(kind="bien_ban").exists()


# ── permissions and states ───────────────────────────────────────────────────────────────────────
ACTS = {
    "commendations.edit_session": ({"vanphong"}, "planned"),
    "commendations.open_session": ({"vanphong", "chutich"}, "planned"),
    "commendations.cancel_session": ({"vanphong", "chutich"}, "planned open"),
    "commendations.adjourn_session": ({"vanphong", "chutich"}, "open"),
    "commendations.attend": ({"vanphong"}, "open"),
    "commendations.count": ({"vanphong"}, "open"),
    "commendations.write_minutes": ({"vanphong"}, "open"),
    "commendations.preview_minutes": ({"vanphong"}, "open"),
    "commendations.close_session": ({"vanphong"}, "open"),
}
LOGINS = ["thon1", "vanphong", "vanthu", "hoidong2", "mattran", "chutich", "phongnoivu", "quantri", "la-vanphong"]


@pytest.mark.parametrize("act", ACTS)
def test_each_step_by_each_role_in_each_state(commune, other_commune, act):
    who, states = ACTS[act]
    session = case_steps.planned_session()
    for login in LOGINS:
        answer = check_act(act, session, case_steps.user_named(login))
        assert (answer.denied_by == "permission") == (login not in who), login
    for other in ("planned", "open", "closed", "cancelled"):
        session.state = other
        answer = check_act(act, session, case_steps.user_named("vanphong"))
        assert (answer.denied_by == "state") == (other not in states.split()), other
        if other not in states.split():
            assert "phiên họp hội đồng đang ở trạng thái" in answer.reason


@pytest.mark.parametrize("login", [name for name in LOGINS if name not in ("vanphong", "la-vanphong")])
def test_only_the_office_plans(commune, login):
    with pytest.raises(NotAllowed, match="dành cho Văn phòng"):
        actions.plan_session(by=case_steps.user_named(login), commune=commune, schedule=WHEN)


def test_a_session_is_not_opened_before_its_day(case, office):
    session = case_steps.session_with(case, session=case_steps.planned_session(timezone.localdate() + timedelta(1)))
    with pytest.raises(RuleBroken, match="chưa đến"):
        actions.open_session(by=office, session=session)


def test_the_main_act_of_a_meeting_comes_first_and_the_dangerous_one_last(commune, signed_in):
    session = case_steps.with_minutes(
        case_steps.with_vote_counts(
            case_steps.with_attendance(case_steps.opened_session(case_steps.complete_nomination()))
        )
    )
    page = page_of(signed_in("vanphong").get(session.get_absolute_url()))
    end = page.split('aria-label="Kết thúc phiên họp"')[1]
    labels = ("Kết thúc, lập biên bản", "Xem biên bản dự thảo", "Hoãn, họp lại ngày khác", "Hủy phiên họp")
    places = [end.index(label) for label in labels]
    assert places == sorted(places)
    assert "btn-danger" in end.split("Hủy phiên họp")[0].rsplit("<a", 1)[1]


def test_a_session_with_its_submission_does_not_offer_another(commune, signed_in):
    session = factories.submitted_to_chair(commune).session
    page = page_of(signed_in("vanphong").get(session.get_absolute_url()))
    assert str(session.chair_submission) in page and "Lập phiếu trình Chủ tịch" not in page
