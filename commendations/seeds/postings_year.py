"""Gia đình văn hóa of the extra year: a list posted, one case struck because of an objection, the others awarded."""

from datetime import date, time, timedelta

from django.utils import timezone

from commendations.actions import session as sessions
from commendations.actions.chair_submission import ChairDecision, record_chair_decisions
from commendations.actions.nomination import withdraw_nomination
from commendations.models import Nomination, Objection
from commendations.seeds import demo
from commendations.seeds.postings import answer_demo_objection, close_and_submit, enter_objection, post_list
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story

HOMES = (
    ("Lữ Văn Sáng", "Hiến 40 m² đất làm rãnh thoát nước, nuôi ba con ăn học."),
    ("Lữ Thị Thắm", "Dạy thêu cho sáu chị trong thôn, nhà cửa gọn gàng sạch sẽ."),
    ("Vi Văn Hợp", "Vận động họ hàng bỏ tục thách cưới; đóng góp đủ các quỹ của thôn."),
)
OBJECTION = "Tháng trước còn đánh bạc, bị Công an xã lập biên bản."
ANSWER = "Công an xã xác nhận có biên bản vi phạm; hộ không đạt tiêu chuẩn năm nay."
WITHDRAWN = "Phản ánh khi niêm yết là đúng, hộ ra khỏi danh sách."


def posting_of_year_story(commune: Commune, year: int, who: DemoActors) -> Story:
    """The list of Thôn 3, from its posting in November to the decision in December.

    Left out when the year is played after its days: a list is not posted a year late.
    """
    starts_on = date(year, 11, 10)
    yield starts_on
    if timezone.localdate() != starts_on:
        return ""
    posting = yield from post_list(commune, "thon3", HOMES, starts_on, who)
    answered = starts_on + timedelta(days=7)
    yield answered
    objection = enter_objection(posting, 0, OBJECTION, answered, who)
    answer_demo_objection(objection, Objection.STRUCK, ANSWER, answered, who)
    over = posting.ends_on + timedelta(days=1)
    yield over
    withdraw_nomination(by=who("thon3"), nomination=objection.nomination, reason=WITHDRAWN)
    yield from _awarded(commune, close_and_submit(posting, over, who), over, who)
    return ""


def _awarded(commune: Commune, cases: list[Nomination], received: date, who: DemoActors) -> Story:
    """Checked, voted on, agreed to and issued."""
    office = who("vanphong")
    calendar = work_calendar_of(commune.pk)
    day = calendar.add(received, 4)
    schedule = sessions.SessionSchedule(day, time(8, 30), "Phòng họp UBND xã", "Xét danh hiệu Gia đình văn hóa")
    session = sessions.plan_session(by=office, commune=commune, schedule=schedule)
    for case in cases:
        checked = demo.complete_case(Nomination.objects.get(pk=case.pk), who)
        sessions.add_to_session(by=office, nomination=checked, session=session)
    yield day
    sessions.open_session(by=office, session=session)
    demo.run_meeting(office, session, "Các hộ đều đạt tiêu chuẩn, đã niêm yết đủ mười ngày")
    submission = demo.submit_session_to_chair(session, who)
    yield calendar.add(day, 2)
    decisions = {item.pk: ChairDecision(True) for item in submission.items.all()}
    record_chair_decisions(by=who("chutich"), chair_submission=submission, decisions=decisions, on=calendar.add(day, 2))
    demo.issue_drafted_decision(submission, calendar.add(day, 2), who)
    return ""
