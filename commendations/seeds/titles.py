"""Demo titles of 2025: two Lao động tiên tiến, one Chiến sĩ thi đua cơ sở, one Bằng khen proposed to the superior."""

from datetime import date, time

from commendations.actions import appraisal
from commendations.actions import chair_submission as chair_submissions
from commendations.actions import nomination as nominations
from commendations.actions import proposal as proposals
from commendations.actions import session as sessions
from commendations.actions.attendance import SeatAttendance, record_attendance
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.proposal import proposal_signature_steps
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import ChairSubmission, CouncilSession, Nomination
from commendations.rules.vote_tally import BallotCount, VoteTally
from commendations.seeds.amendments import play_correction_demo
from commendations.seeds.duties import duties_of_post
from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.models import Evaluation, Person
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story

YEAR = 2025
ACHIEVEMENTS = {
    "CSTDCS": "xuất sắc trong công tác chăm sóc sức khỏe Nhân dân năm 2025",
    "BKT": "xuất sắc trong phong trào thi đua 02 năm (2024 - 2025)",
}
UNIT_MET = date(2026, 11, 2)
RECEIVED = date(2026, 11, 3)
MET = date(2026, 11, 5)
SIGNED = date(2026, 11, 6)
FROM = date(2025, 1, 1)
FROM_OF_TWO_YEARS = date(2024, 1, 1)
TO = date(2025, 12, 31)
PAST_AWARDS = {
    "BKT": "2024; Chiến sĩ thi đua cơ sở; Quyết định số 188/QĐ-UBND ngày 14/6/2024 của Chủ tịch Ủy ban nhân dân huyện Như Xuân\n"
    "2025; Chiến sĩ thi đua cơ sở; Quyết định số 215/QĐ-UBND ngày 20/6/2025 của Chủ tịch Ủy ban nhân dân huyện Như Xuân",
}
# Award code, nominee, login of the unit head, deed.
CASES = (
    (
        "LDTT", "Bùi Thị Sen", "thcs",
        "Dạy đủ 19 tiết mỗi tuần, phụ đạo buổi tối cho 11 học sinh lớp 9; vận động ba em bỏ học trở lại lớp.",
    ),
    (
        "LDTT", "Đỗ Thị Êm", "tramyte",
        "Tiêm chủng đầy đủ cho 98% trẻ trong độ tuổi; trực 62 buổi, đỡ đẻ an toàn 14 ca.",
    ),
    (
        "CSTDCS", "Đỗ Thị Êm", "tramyte",
        "Hoàn thành xuất sắc nhiệm vụ năm 2025; cách gửi lịch tiêm chủng theo nhóm của thôn được cả trạm làm theo.",
    ),
    (
        "BKT", "Hà Thị Nhài", "thcs",
        "Hai năm liền là Chiến sĩ thi đua cơ sở; mở góc đọc sách tiếng Thái, mỗi tuần hơn 80 lượt học sinh mượn.",
    ),
)  # fmt: skip


def titles_story(commune: Commune, on: date, who: DemoActors) -> Story:
    """Nominations of a school and the health station, up to two decisions and a tờ trình, one award corrected on `on`.

    Needs the yearly evaluations (villages.seeds.demo), which the law requires for titles.
    """
    if on < SIGNED:
        return ""
    yield RECEIVED
    if not Evaluation.objects.filter(commune=commune, year=YEAR).exists():
        return ""
    cases = [_complete(commune, who, *case) for case in CASES]
    session = _plan_session(commune, cases, who)
    yield MET
    chair_submission = _run_session(session, who)
    yield SIGNED
    decisions = {item.pk: chair_submissions.ChairDecision(True) for item in chair_submission.items.all()}
    chair_submissions.record_chair_decisions(
        by=who("chutich"), chair_submission=chair_submission, decisions=decisions, on=SIGNED
    )
    for decision in chair_submission.decisions.order_by("pk"):
        decision_signature_steps.send_to_signature(decision, by=who("vanphong"))
        issue_decision(by=who("vanthu"), decision=decision, issued_on=SIGNED)
    for proposal in chair_submission.proposals.all():
        proposal_signature_steps.send_to_signature(proposal, by=who("vanphong"))
        proposals.issue_proposal(by=who("vanthu"), proposal=proposal, issued_on=SIGNED)
    yield on
    play_correction_demo(chair_submission.decisions.get(award_code="LDTT"), on, who)
    return f"{len(cases)} đề nghị danh hiệu năm {YEAR}, một đính chính"


def _complete(commune: Commune, who: DemoActors, code: str, name: str, login: str, deed: str) -> Nomination:
    """Create, submit and complete a nomination."""
    head = who(login)
    office = who("vanphong")
    person = Person.objects.select_related("unit").get(commune=commune, full_name=name)
    requested = nominations.AwardRequest(code, YEAR)
    case = nominations.start_nomination(by=head, unit=person.unit, nominee=person, requested=requested)
    content = nominations.NominationContent(
        kind="CT",
        achievement=ACHIEVEMENTS.get(code, case.achievement),
        duties=duties_of_post(person.post),
        deed=deed,
        past_awards=PAST_AWARDS.get(code, ""),
        period_from=FROM_OF_TWO_YEARS if code == "BKT" else FROM,
        period_to=TO,
        met_on=UNIT_MET,
    )
    nominations.save_nomination(by=head, nomination=case, content=content)
    nominations.submit_nomination(by=head, nomination=case, on=RECEIVED)
    marks = {entry.pk: appraisal.ChecklistMark(True) for entry in case.checklist.all()}
    appraisal.save_checklist(by=office, nomination=case, marks=marks)
    return appraisal.complete_nomination(by=office, nomination=case)


def _plan_session(commune: Commune, cases: list[Nomination], who: DemoActors) -> CouncilSession:
    """The session of 5 November with its cases."""
    office = who("vanphong")
    schedule = sessions.SessionSchedule(
        MET, time(8, 30), "Phòng họp UBND xã", f"Xét danh hiệu thi đua năm {YEAR} và đề nghị cấp trên khen thưởng"
    )
    session = sessions.plan_session(by=office, commune=commune, schedule=schedule)
    for case in cases:
        sessions.add_to_session(by=office, nomination=case, session=session)
    return session


def _run_session(session: CouncilSession, who: DemoActors) -> ChairSubmission:
    """The session with all members present, and its chair submission."""
    office = who("vanphong")
    sessions.open_session(by=office, session=session)
    _run_meeting(office, session)
    chair_submission = chair_submissions.draft_chair_submission(by=office, session=session)
    return chair_submissions.submit_to_chair(by=office, chair_submission=chair_submission, on=MET)


def _run_meeting(office: User, session: CouncilSession) -> None:
    seats = list(session.version_of_council.seats.all())
    by_role = {seat.role: seat.pk for seat in reversed(seats)}
    attendance = {seat.pk: SeatAttendance(True) for seat in seats}
    record_attendance(
        by=office, session=session, seats=attendance, presider_id=by_role["chair"], secretary_id=by_role["standing"]
    )
    counts = {}
    for item in session.items.all():
        recused = frozenset(item.recused.values_list("pk", flat=True))
        votes = VoteTally(len(seats) - len(recused))
        counts[item.pk] = ItemVoteCount(votes, recused, ballots=BallotCount.all_returned(votes))
    record_vote_counts(by=office, session=session, counts=counts)
    sessions.write_minutes(
        by=office,
        session=session,
        discussion="Các thành viên nhất trí với đề nghị của Trường THCS và Trạm Y tế.",
        conclusion="Giao Ủy viên thường trực trình Chủ tịch quyết định các danh hiệu thuộc thẩm quyền và lập tờ trình đối với Bằng khen.",
        ends_at=time(10, 0),
    )
    sessions.close_session(by=office, session=session)
