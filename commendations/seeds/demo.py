"""The demo of the award, played through the actions: October 2026 from exemplar to giấy khen, November on its way."""

from datetime import date, time, timedelta

from django.utils import timezone

from campaigns.models import Exemplar
from commendations.actions import chair_submission as chair_submissions
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.actions.award import record_award_handover
from commendations.actions.decision import issue_decision, send_decision_to_signature
from commendations.models import CouncilSession, Decision, Nomination
from commendations.rules.vote_tally import VoteTally
from commendations.seeds import titles
from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.seeds.demo_actors import DemoActors

RECEIVED, MET, DECIDED, GIVEN = date(2026, 10, 27), date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2)
# Nominee of October's exemplars, who submits, what is added to the exemplar.
THANH = (
    "Vi Văn Thành", "thon1",
    "Trồng trọt, chăn nuôi; tổ viên tổ tự quản đường ngõ xóm.",
    "2024; Gia đình văn hóa; Quyết định số 88/QĐ-UBND ngày 18/11/2024",
)  # fmt: skip
CHIEN = (
    "Hộ gia đình Vi Văn Chiến", "thon2",
    "",
    "2023; Gia đình văn hóa; Quyết định số 71/QĐ-UBND ngày 20/11/2023",
)  # fmt: skip
UNG = (
    "Bùi Văn Ưng", "thon4",
    "Công an viên Thôn 4.",
    "",
)  # fmt: skip
QUY = (
    "Nguyễn Thị Quý", "tieuhoc",
    "Giáo viên chủ nhiệm lớp 2A.",
    "2025; Lao động tiên tiến; Quyết định số 112/QĐ-UBND ngày 30/6/2025",
)  # fmt: skip
NHI = (
    "Hội Liên hiệp Phụ nữ xã Bình Lương", "phunu",
    "Vận động, chăm lo quyền lợi của hội viên phụ nữ trong xã.",
    "",
)  # fmt: skip
RETURN_NOTES = {
    "deed": "Ghi rõ ngày giờ, ai cùng tham gia; gửi kèm xác nhận của Công an xã.",
    "past_awards": "Chưa ghi các lần đã được khen; nếu chưa có thì ghi “Chưa có”.",
}


def play_commendations_demo(commune: Commune, on: date | None = None) -> str:
    """Plays two awards of October 2026, one file returned, one at the checklist, one session planned; once only.

    Needs the exemplars of October (campaigns.seeds.demo) and a day after they were given. Returns what was told, or "".
    """
    on = on or timezone.localdate()
    if on < GIVEN or Nomination.objects.filter(commune=commune).exists():
        return ""
    known = {exemplar.nominee_name: exemplar for exemplar in _october(commune)}
    if not {case[0] for case in (THANH, CHIEN, UNG, QUY, NHI)} <= known.keys():
        return ""
    who = DemoActors()
    _award_october(commune, [_submit(known, case, RECEIVED, who) for case in (THANH, CHIEN)], who)
    titles.play_titles_demo(commune, on, who)
    day = on - timedelta(days=4)
    returned = _submit(known, UNG, day, who)
    nominations.return_nomination(by=who("vanphong"), nomination=returned, notes=RETURN_NOTES)
    _submit(known, QUY, day, who)
    union = _complete(_submit(known, NHI, day, who), who)
    planned = _plan(commune, on + timedelta(days=7), time(8, 0), who)
    sessions.add_to_session(by=who("vanphong"), nomination=union, session=planned)
    counts = [
        f"{model.objects.filter(commune=commune).count()} {word}"
        for model, word in ((Nomination, "đề nghị"), (CouncilSession, "phiên họp"), (Decision, "quyết định"))
    ]
    return ", ".join(counts)


def _october(commune: Commune) -> list[Exemplar]:
    rows = Exemplar.objects.filter(commune=commune, period__kind="month", period__year=2026, period__number=10)
    return list(rows.filter(nothing=False, state="accepted").for_lists())


def _submit(known: dict[str, Exemplar], case_of: tuple[str, str, str, str], day: date, who: DemoActors) -> Nomination:
    """From the exemplar to a submitted file."""
    name, login, duties, past = case_of
    case = nominations.nominate_exemplar(by=who("vanphong"), exemplar=known[name])
    content = nominations.NominationContent(
        kind=case.kind,
        field_name=case.field_name,
        achievement=case.achievement,
        duties=duties,
        deed=case.deed,
        past_awards=past,
        period_from=case.period_from,
        period_to=case.period_to,
    )
    nominations.save_nomination(by=who(login), nomination=case, content=content)
    return nominations.submit_nomination(by=who(login), nomination=case, on=day)


def _complete(case: Nomination, who: DemoActors) -> Nomination:
    office = who("vanphong")
    marks = {entry.pk: nominations.ChecklistMark(True) for entry in case.checklist.all()}
    nominations.save_checklist(by=office, nomination=case, marks=marks)
    return nominations.complete_nomination(by=office, nomination=case)


def _plan(commune: Commune, day: date, hour: time, who: DemoActors) -> CouncilSession:
    when = sessions.SessionSchedule(day, hour, "Phòng họp UBND xã", "Xét đề nghị tặng Giấy khen của Chủ tịch UBND xã")
    return sessions.plan_session(by=who("vanphong"), commune=commune, when=when)


def _award_october(commune: Commune, cases: list[Nomination], who: DemoActors) -> None:
    """The session of 29 October, and what came of it up to the handing over."""
    office, chair, clerk = who("vanphong"), who("chutich"), who("vanthu")
    session = _plan(commune, MET, time(14, 0), who)
    for case in cases:
        sessions.add_to_session(by=office, nomination=_complete(case, who), session=session)
    sessions.open_session(by=office, session=session)
    _run_meeting(office, session)
    chair_submission = chair_submissions.draft_chair_submission(by=office, session=session)
    chair_submissions.edit_chair_submission(
        by=office,
        chair_submission=chair_submission,
        opinion="Hồ sơ đầy đủ, thành tích rõ ràng, đúng đối tượng; đề nghị Chủ tịch xem xét, quyết định.",
        form=chair_submission.form,
    )
    chair_submissions.submit_to_chair(by=office, chair_submission=chair_submission, on=MET)
    words = {item.pk: chair_submissions.ChairDecision(True) for item in chair_submission.items.all()}
    chair_submissions.record_chair_decisions(by=chair, chair_submission=chair_submission, words=words, on=DECIDED)
    decision = chair_submission.decisions.get()
    send_decision_to_signature(by=office, decision=decision)
    issue_decision(by=clerk, decision=decision, issued_on=DECIDED)
    award = decision.awards.get(person__full_name=THANH[0])
    record_award_handover(
        by=who("thon1"), award=award, received_by=THANH[0], received_on=GIVEN, note="Trao tại cuộc họp thôn"
    )


def _run_meeting(office: User, session: CouncilSession) -> None:
    """Six of seven members; one hand fewer for the household."""
    seats = list(session.version_of_council.seats.all())
    found = {seat.pk: sessions.SeatAttendance(True) for seat in seats}
    found[seats[-1].pk] = sessions.SeatAttendance(False, "Đi tập huấn tại huyện", wrote=True)
    by_role = {seat.role: seat.pk for seat in reversed(seats)}
    sessions.record_attendance(
        by=office, session=session, seats=found, presider_id=by_role["chair"], secretary_id=by_role["standing"]
    )
    items = list(session.items.order_by("sort"))
    tallies = [VoteTally(7), VoteTally(6, 0, 1), *(VoteTally(6) for _ in items[2:])]
    sessions.record_vote_counts(
        by=office,
        session=session,
        counts={item.pk: sessions.ItemVoteCount(tally) for item, tally in zip(items, tallies, strict=False)},
    )
    sessions.write_minutes(
        by=office,
        session=session,
        discussion=(
            "Ủy viên thường trực báo cáo kết quả thẩm định; các hồ sơ đủ thành phần.\n"
            "Chủ tịch Hội Nông dân xã đề nghị theo dõi thêm hiệu quả mô hình quế xen gừng ở vụ sau để nhân rộng."
        ),
        conclusion="Hai trường hợp đều tiêu biểu trong tháng 10; Văn phòng hoàn thiện hồ sơ, trình Chủ tịch UBND xã trong ngày.",
        ends_at=time(15, 20),
    )
    sessions.close_session(by=office, session=session)
