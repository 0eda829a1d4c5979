"""Demo nominations, created through the actions: October 2026 from exemplar to certificate, November in progress."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from campaigns.models import Exemplar
from commendations.actions import appraisal
from commendations.actions import chair_submission as chair_submissions
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.actions.attendance import SeatAttendance, record_attendance
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.handover import record_award_handover
from commendations.actions.joint_proposal import join_case
from commendations.actions.kinship import declare_kinship
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import Award, ChairSubmission, CouncilSession, Decision, Nomination
from commendations.rules.vote_tally import BallotCount, VoteTally
from commendations.seeds import titles
from commendations.seeds.collectives import submit_group_case
from commendations.seeds.postings import postings_story
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.formatting import format_date, month_number
from villages.models import Person
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, play_story, together


@dataclass(frozen=True)
class AwardDays:
    """The days of a nomination on its way to the award."""

    received: date
    met: date
    decided: date


OCTOBER = AwardDays(date(2026, 10, 27), date(2026, 10, 29), date(2026, 10, 30))
GROUP = AwardDays(date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 12))
GIVEN = date(2026, 11, 2)
UNIT_MET = date(2026, 10, 24)
"""The day on which the units chose their nominees."""
# Nominee of an October exemplar, login of the user who submits, duties, past awards.
THANH = (
    "Vi Văn Thành", "thon1",
    "Trồng trọt, chăn nuôi; tổ viên tổ tự quản đường ngõ xóm.",
    "2024; Giấy khen; Quyết định số 88/QĐ-UBND ngày 18/11/2024 của Chủ tịch Ủy ban nhân dân xã Bình Lương",
)  # fmt: skip
CHIEN = (
    "Hộ gia đình Vi Văn Chiến", "thon2",
    "",
    "2023; Gia đình văn hóa; Quyết định số 71/QĐ-UBND ngày 20/11/2023 của Chủ tịch Ủy ban nhân dân xã Bình Lương",
)  # fmt: skip
QUY = (
    "Nguyễn Thị Quý", "tieuhoc",
    "Giáo viên chủ nhiệm lớp 2A.",
    "2025; Lao động tiên tiến; Quyết định số 112/QĐ-UBND ngày 30/6/2025 của Chủ tịch Ủy ban nhân dân huyện Như Xuân",
)  # fmt: skip
NHI = (
    "Hội Liên hiệp Phụ nữ xã Bình Lương", "phunu",
    "Vận động, chăm lo quyền lợi của hội viên phụ nữ trong xã.",
    "",
)  # fmt: skip
UNG = "Bùi Văn Ưng"
UNG_DUTIES = "Giữ gìn an ninh trật tự ở thôn, phối hợp với Công an xã."
UNG_DEED = "Đêm {}, cùng tổ an ninh thôn đuổi theo, bắt giữ một người trộm trâu của một hộ trong thôn, giao Công an xã."
# Words of a deed done at once (khen thưởng đột xuất), not merit over time, and the achievement; the month is added.
SUDDEN = {
    "trộm trâu": "đột xuất trong việc phát hiện, bắt giữ người trộm cắp tài sản của Nhân dân",
    "cứu người bị lũ cuốn": "đột xuất trong việc cứu người bị lũ cuốn",
    "bị đuối nước": "đột xuất trong việc cứu học sinh bị đuối nước",
    "đưa sản phụ": "đột xuất trong việc cấp cứu sản phụ",
    "canh đường ngầm suốt đợt lũ": "đột xuất trong việc phòng, chống lũ",
    "dập tắt đám cháy": "đột xuất trong việc chữa cháy, cứu người",
    "tránh lũ": "đột xuất trong việc giúp Nhân dân tránh lũ",
    "băng bó tại chỗ": "đột xuất trong việc chăm sóc người bị thương do lũ",
}
AGREED = "Các thành viên nhất trí với kết quả thẩm định."
OF_OCTOBER = "Chủ tịch Hội Nông dân xã đề nghị theo dõi thêm hiệu quả mô hình quế xen gừng ở vụ sau để nhân rộng."
JOINED_WORDS = "Cô Quý là hội viên tích cực: mở lớp đọc sách buổi tối cho con em hội viên nghèo của chi hội."
RETURN_NOTES = {
    "deed": "Ghi rõ ngày giờ, ai cùng tham gia; gửi kèm xác nhận của Công an xã.",
    "past_awards": "Chưa ghi các lần đã được khen; nếu chưa có thì ghi “Chưa có”.",
}


def play_commendations_demo(commune: Commune, on: date | None = None) -> str:
    """Play `commendations_story` up to the day `on` (default: today). Returns a summary in Vietnamese, or ""."""
    return play_story(commendations_story(commune, on or timezone.localdate()))


def commendations_story(commune: Commune, on: date) -> Story:
    """Two awards of October 2026, one returned nomination, one being checked, one on a planned session; once only.

    Needs the exemplars of October (campaigns.seeds.demo) and a day after the awards were handed over. Returns a summary
    in Vietnamese, or "" when nothing was created.
    """
    if on < GIVEN or Nomination.objects.filter(commune=commune).exists():
        return ""
    yield OCTOBER.received
    exemplars = {exemplar.nominee_name: exemplar for exemplar in _october(commune)}
    if not {case[0] for case in (THANH, CHIEN, QUY, NHI)} <= exemplars.keys():
        return ""
    who = DemoActors()
    yield from together(
        _award_october(commune, exemplars, who),
        titles.titles_story(commune, on, who),
        _award_group(commune, on, who),
        postings_story(commune, on, who),
        _cases_in_progress(commune, exemplars, on, who),
    )
    counts = [
        f"{model.objects.filter(commune=commune).count()} {word}"
        for model, word in ((Nomination, "đề nghị"), (CouncilSession, "phiên họp"), (Decision, "quyết định"))
    ]
    return ", ".join(counts)


def _award_october(commune: Commune, exemplars: dict[str, Exemplar], who: DemoActors) -> Story:
    """The two awards of October, from the nominations to the handover of one."""
    yield OCTOBER.received
    cases = [submit_case(exemplars, case, OCTOBER.received, who) for case in (THANH, CHIEN)]
    yield from award_cases(commune, cases, OCTOBER, "Hai trường hợp đều tiêu biểu trong tháng 10", who, OF_OCTOBER)
    yield GIVEN
    award = Award.objects.get(commune=commune, nomination=cases[0])
    record_award_handover(
        by=who("thon1"), award=award, received_by=THANH[0], received_on=GIVEN, note="Trao tại cuộc họp thôn"
    )
    return ""


def _award_group(commune: Commune, on: date, who: DemoActors) -> Story:
    """The award of a collective that is no unit."""
    if on < GROUP.decided:
        return ""
    yield GROUP.received
    case = submit_group_case(commune, GROUP.received, who)
    if case is None:
        return ""
    yield from award_cases(commune, [case], GROUP, "Tổ an ninh tự quản của thôn là điển hình để các thôn làm theo", who)
    return ""


def _cases_in_progress(commune: Commune, exemplars: dict[str, Exemplar], on: date, who: DemoActors) -> Story:
    """Three nominations of four days before `on`: for a deed of the night before, returned; submitted by a school and joined
    by the women's union; on the session of the week after. A member of the council is kin of the first nominee."""
    day = on - timedelta(days=4)
    yield day
    returned = _submit_sudden_case(commune, day, who)
    joined, union = (submit_case(exemplars, case, day, who) for case in (QUY, NHI))
    yield on - timedelta(days=2)
    join_case(by=who("phunu"), nomination=joined, unit=union.unit, deed=JOINED_WORDS)
    member = Person.objects.get(user=who("hoidong2"))
    declare_kinship(by=who("vanphong"), nomination=returned, person=member, kind="in_law", note="em rể")
    appraisal.return_nomination(by=who("vanphong"), nomination=returned, notes=RETURN_NOTES)
    complete_case(union, who)
    yield on - timedelta(days=1)
    planned = plan_demo_session(commune, on + timedelta(days=7), time(8, 0), who)
    sessions.add_to_session(by=who("vanphong"), nomination=union, session=planned)
    return ""


def _october(commune: Commune) -> list[Exemplar]:
    rows = Exemplar.objects.filter(commune=commune, period__kind="month", period__year=2026, period__number=10)
    return list(rows.filter(nothing=False, state="accepted").for_lists())


def _submit_sudden_case(commune: Commune, day: date, who: DemoActors) -> Nomination:
    """The nomination of Bùi Văn Ưng, for a deed of the night before, submitted on that day; it comes from no exemplar."""
    head = who("thon4")
    person = Person.objects.get(commune=commune, full_name=UNG)
    night = day - timedelta(days=1)
    deed = UNG_DEED.format(format_date(night))
    content = nominations.NominationContent(
        kind="DX",
        field_name="Quốc phòng, an ninh",
        achievement=f"{sudden_achievement(deed)} tháng {month_number(night.month)} năm {night.year}",
        duties=UNG_DUTIES,
        deed=deed,
        period_from=night,
        period_to=night,
    )
    case = nominations.start_nomination(by=head, unit=person.unit, nominee=person)
    nominations.save_nomination(by=head, nomination=case, content=content)
    return nominations.submit_nomination(by=head, nomination=case, on=day)


def sudden_achievement(deed: str) -> str | None:
    """The achievement of khen thưởng đột xuất for this deed; None for merit over time."""
    return next((achievement for words, achievement in SUDDEN.items() if words in deed), None)


def day_in(deed: str) -> date | None:
    """The first full date in the text, "17/10/2026"; None without one."""
    found = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})", deed)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def submit_case(
    exemplars: dict[str, Exemplar], case_of: tuple[str, str, str, str], day: date, who: DemoActors
) -> Nomination:
    """Create and submit the nomination of an exemplar."""
    name, login, duties, past = case_of
    case = nominations.nominate_exemplar(by=who("vanphong"), exemplar=exemplars[name])
    sudden = sudden_achievement(case.deed)
    deed_day = day_in(case.deed) if sudden else None
    content = nominations.NominationContent(
        kind="DX" if sudden else case.kind,
        field_name=case.field_name,
        achievement=f"{sudden} {exemplars[name].period.in_words}" if sudden else case.achievement,
        duties=duties,
        deed=case.deed,
        past_awards=past,
        period_from=deed_day or case.period_from,
        period_to=deed_day or (min(case.period_to, day) if case.period_to else None),
        met_on=None if sudden else min(UNIT_MET, day),
    )
    nominations.save_nomination(by=who(login), nomination=case, content=content)
    return nominations.submit_nomination(by=who(login), nomination=case, on=day)


def complete_case(case: Nomination, who: DemoActors) -> Nomination:
    """The office finds every part of the file in order."""
    office = who("vanphong")
    marks = {entry.pk: appraisal.ChecklistMark(True) for entry in case.checklist.all()}
    appraisal.save_checklist(by=office, nomination=case, marks=marks)
    return appraisal.complete_nomination(by=office, nomination=case)


def plan_demo_session(commune: Commune, day: date, hour: time, who: DemoActors) -> CouncilSession:
    """A session of the council at its usual place."""
    schedule = sessions.SessionSchedule(
        day, hour, "Phòng họp UBND xã", "Xét đề nghị tặng Giấy khen của Chủ tịch UBND xã"
    )
    return sessions.plan_session(by=who("vanphong"), commune=commune, schedule=schedule)


def award_cases(
    commune: Commune,
    cases: list[Nomination],
    days: AwardDays,
    finding: str,
    who: DemoActors,
    discussion: str = AGREED,
) -> Generator[date, None, Decision]:
    """A session on these submitted nominations and everything after it, up to the issued decision."""
    office = who("vanphong")
    session = plan_demo_session(commune, days.met, time(14, 0), who)
    for case in cases:
        sessions.add_to_session(by=office, nomination=complete_case(case, who), session=session)
    yield days.met
    sessions.open_session(by=office, session=session)
    run_meeting(office, session, finding, discussion)
    submission = submit_session_to_chair(session, who)
    yield days.decided
    decisions = {item.pk: chair_submissions.ChairDecision(True) for item in submission.items.all()}
    chair_submissions.record_chair_decisions(
        by=who("chutich"), chair_submission=submission, decisions=decisions, on=days.decided
    )
    return issue_drafted_decision(submission, days.decided, who)


def submit_session_to_chair(session: CouncilSession, who: DemoActors) -> ChairSubmission:
    """The submission to the chair of the cases that the session passed, on its day."""
    office = who("vanphong")
    submission = chair_submissions.draft_chair_submission(by=office, session=session)
    chair_submissions.edit_chair_submission(
        by=office,
        chair_submission=submission,
        opinion="Hồ sơ đầy đủ, thành tích rõ ràng, đúng đối tượng.",
        form=submission.form,
    )
    return chair_submissions.submit_to_chair(by=office, chair_submission=submission, on=session.held_on)


def issue_drafted_decision(submission: ChairSubmission, on: date, who: DemoActors) -> Decision:
    """The one decision that was drafted from the chair's decisions, signed and issued."""
    decision = submission.decisions.get(state=Decision.DRAFT)
    decision_signature_steps.send_to_signature(decision, by=who("vanphong"))
    issue_decision(by=who("vanthu"), decision=decision, issued_on=on)
    decision.refresh_from_db()
    return decision


def run_meeting(office: User, session: CouncilSession, finding: str, discussion: str = AGREED) -> None:
    """Six of seven members present, one written opinion; one vote fewer for the second case. Who is recused does not vote."""
    seats = list(session.version_of_council.seats.all())
    attendance = {seat.pk: SeatAttendance(True) for seat in seats}
    attendance[seats[-1].pk] = SeatAttendance(False, "Đi tập huấn tại tỉnh", wrote=True)
    by_role = {seat.role: seat.pk for seat in reversed(seats)}
    record_attendance(
        by=office, session=session, seats=attendance, presider_id=by_role["chair"], secretary_id=by_role["standing"]
    )
    counts = {}
    for place, item in enumerate(session.items.filter(put_off="").order_by("sort")):
        recused = {seat.pk for seat in item.recused.all()}
        present = [seat for seat in seats[:-1] if seat.pk not in recused]
        other = int(place == 1)
        tally = VoteTally(len(present) - other, 0, other)
        written = VoteTally(int(seats[-1].pk not in recused))
        counts[item.pk] = ItemVoteCount(tally, in_writing=written, ballots=BallotCount.all_returned(tally))
    record_vote_counts(by=office, session=session, counts=counts)
    sessions.write_minutes(
        by=office,
        session=session,
        discussion=discussion,
        conclusion=f"{finding}; giao Ủy viên thường trực hoàn thiện hồ sơ, trình Chủ tịch UBND xã trong ngày.",
        ends_at=time(15, 20),
    )
    sessions.close_session(by=office, session=session)
