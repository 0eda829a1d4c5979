"""Cases of the extra year that were put off, returned after the vote, withdrawn, decided again, cancelled."""

from collections.abc import Generator
from datetime import date, time

from campaigns.models import Exemplar
from commendations.actions import adjournment, appraisal
from commendations.actions import chair_submission as chair_submissions
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.models import ChairSubmission, CouncilSession, Decision, Nomination
from commendations.seeds import demo
from commendations.seeds.duties import duties_of
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.seeds.demo_actors import DemoActors

NOMINEES = 7
NO_QUORUM = "Chỉ có 03/07 thành viên dự họp, chưa đủ hai phần ba; các thành viên khác trực phòng, chống bão"
PUT_OFF = "Cần xác minh thêm kết quả, chưa có xác nhận của đơn vị"
BACK_TO_UNIT = "Kết quả ghi trong báo cáo thành tích khác biên bản họp bình xét của đơn vị."
WITHDRAWN = "Đơn vị đề nghị chưa xét trong năm nay"
DECIDE_AGAIN = "Xét lại sau khi nghe Công an xã báo cáo về một trường hợp"
REFUSED = "Đã được khen cùng thành tích trong đợt thi đua của tỉnh."
CANCELLED = "Trùng lịch họp Ban Chấp hành Đảng bộ xã; hồ sơ xét ở phiên sau"


def unusual_cases_story(
    commune: Commune, exemplars: list[Exemplar], received: date, who: DemoActors
) -> Generator[date, None, Decision]:
    """One case of each kind from these exemplars (at least `NOMINEES`), received on that day; returns the only decision."""
    yield received
    by_name = {exemplar.nominee_name: exemplar for exemplar in exemplars[:NOMINEES]}
    cases = [
        demo.submit_case(by_name, (name, exemplar.unit.code, duties_of(exemplar), ""), received, who)
        for name, exemplar in by_name.items()
    ]
    granted, refused, put_off, returned, later, restored, withdrawn = cases
    considered = [granted, refused, put_off, returned]
    session = yield from _adjourned_meeting(commune, considered, put_off, received, who)
    appraisal.return_after_council(by=who("vanphong"), nomination=_reread(returned), reason=BACK_TO_UNIT)
    decision = _decide_twice(session, refused, who)
    _cancelled_session(commune, later, session.held_on, who)
    _take_back(restored, withdrawn, who)
    return decision


def _reread(case: Nomination) -> Nomination:
    return Nomination.objects.get(pk=case.pk)


def _adjourned_meeting(
    commune: Commune, cases: list[Nomination], put_off: Nomination, received: date, who: DemoActors
) -> Generator[date, None, CouncilSession]:
    """A session that has no quorum on its first day, meets two working days later and puts one case off."""
    office = who("vanphong")
    calendar = work_calendar_of(commune.pk)
    first = calendar.add(received, 3)
    session = demo.plan_demo_session(commune, first, time(14, 0), who)
    for case in cases:
        sessions.add_to_session(by=office, nomination=demo.complete_case(case, who), session=session)
    yield first
    sessions.open_session(by=office, session=session)
    schedule = sessions.SessionSchedule(calendar.add(first, 2), time(14, 0), session.place, session.title)
    adjournment.adjourn_session(by=office, session=session, schedule=schedule, reason=NO_QUORUM)
    yield schedule.held_on
    sessions.open_session(by=office, session=session)
    adjournment.put_off_case(by=office, nomination=_reread(put_off), reason=PUT_OFF)
    demo.run_meeting(office, session, "Ba trường hợp được xét đều tiêu biểu")
    return session


def _decide_twice(session: CouncilSession, refused: Nomination, who: DemoActors) -> Decision:
    """The chair agrees to all, takes it back and refuses one; the other is awarded."""
    submission = demo.submit_session_to_chair(session, who)
    agreed = {item.pk: chair_submissions.ChairDecision(True) for item in submission.items.listed()}
    _decide(submission, agreed, session.held_on, who)
    chair_submissions.undo_chair_decisions(by=who("chutich"), chair_submission=submission, reason=DECIDE_AGAIN)
    item = submission.items.get(nomination=refused)
    agreed[item.pk] = chair_submissions.ChairDecision(False, REFUSED)
    _decide(submission, agreed, session.held_on, who)
    return demo.issue_drafted_decision(submission, session.held_on, who)


def _decide(
    submission: ChairSubmission,
    decisions: dict[int, chair_submissions.ChairDecision],
    on: date,
    who: DemoActors,
) -> None:
    chair_submissions.record_chair_decisions(by=who("chutich"), chair_submission=submission, decisions=decisions, on=on)


def _cancelled_session(commune: Commune, case: Nomination, after: date, who: DemoActors) -> None:
    """A planned session that is cancelled; its case waits for another one."""
    office = who("vanphong")
    day = work_calendar_of(commune.pk).add(after, 5)
    session = demo.plan_demo_session(commune, day, time(8, 0), who)
    sessions.add_to_session(by=office, nomination=demo.complete_case(case, who), session=session)
    sessions.cancel_session(by=office, session=session, reason=CANCELLED)


def _take_back(restored: Nomination, withdrawn: Nomination, who: DemoActors) -> None:
    """Two nominations are withdrawn by their units; one is restored, the other copied into a new draft."""
    for case in (restored, withdrawn):
        nominations.withdraw_nomination(by=who(case.unit.code), nomination=_reread(case), reason=WITHDRAWN)
    nominations.restore_nomination(by=who(restored.unit.code), nomination=_reread(restored))
    nominations.copy_nomination(by=who(withdrawn.unit.code), nomination=_reread(withdrawn))
