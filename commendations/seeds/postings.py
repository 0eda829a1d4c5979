"""Demo of niêm yết for Gia đình văn hóa: a list whose days are over with an objection answered, one that is still posted."""

from collections.abc import Generator
from datetime import date, timedelta

from commendations.actions.group_request import UnitMeeting, save_meeting, submit_nominations
from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.actions.objection import ObjectionFacts, add_objection, answer_objection
from commendations.actions.posting import PostingPlace, close_posting, start_posting
from commendations.models import Nomination, Objection, Posting
from commendations.rules.award_names import CULTURAL_FAMILY_CODE
from emulation.communes.models import Commune
from villages.actions.households import add_household
from villages.models import Person, Unit
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, together

POSTED_BEFORE = timedelta(days=18)
"""How long before the day of the demo the list begins whose days are over: the law asks for ten days."""
POSTED_LATELY = timedelta(days=3)
# Heads of households by the code of their thôn, with what the household did.
OVER = (
    ("Lương Văn Mạnh", "Ba thế hệ hòa thuận, hai con đi học đều; dọn vệ sinh đường ngõ mỗi tuần."),
    ("Hà Thị Toan", "Trả hết nợ vay, ra khỏi hộ cận nghèo; góp 6 ngày công làm nhà văn hóa thôn."),
    ("Vi Văn Quyết", "Chăm sóc mẹ già yếu chu đáo; cho ba hộ mượn trâu cày."),
)
RUNNING = (
    ("Lò Văn Chung", "Phân loại rác tại nhà, nhận chăm sóc 200 m đường hoa của thôn."),
    ("Quách Thị Dung", "Vợ chồng đều dự đủ các cuộc họp thôn, con lớn là học sinh giỏi cấp xã."),
)
OBJECTION = "Tuần trước nhà này để trâu vào ruộng mạ của hộ bên cạnh."
ANSWER = "Trưởng thôn đã gặp hai hộ: trâu sổng chuồng một lần, đã xin lỗi và đền 20 kg thóc giống. Giữ trong danh sách."
RUNNING_OBJECTION = "Hộ này chưa đóng tiền điện đường thôn."


def postings_story(commune: Commune, on: date, who: DemoActors) -> Story:
    """The list of Thôn 2, over and submitted, one case with an objection that was answered; that of Thôn 4, still posted."""
    yield from together(_posting_over(commune, on, who), _posting_running(commune, on, who))
    return ""


def _posting_over(commune: Commune, on: date, who: DemoActors) -> Story:
    starts_on = on - POSTED_BEFORE
    posting = yield from post_list(commune, "thon2", OVER, starts_on, who)
    yield starts_on + timedelta(days=4)
    objection = enter_objection(posting, 1, OBJECTION, starts_on + timedelta(days=4), who)
    yield starts_on + timedelta(days=6)
    answer_demo_objection(objection, Objection.KEPT, ANSWER, starts_on + timedelta(days=6), who)
    over = posting.ends_on + timedelta(days=1)
    yield over
    close_and_submit(posting, over, who)
    return ""


def _posting_running(commune: Commune, on: date, who: DemoActors) -> Story:
    posting = yield from post_list(commune, "thon4", RUNNING, on - POSTED_LATELY, who)
    yield on - timedelta(days=1)
    enter_objection(posting, 0, RUNNING_OBJECTION, on - timedelta(days=1), who)
    return ""


def post_list(
    commune: Commune, code: str, homes: tuple[tuple[str, str], ...], starts_on: date, who: DemoActors
) -> Generator[date, None, Posting]:
    """The head of the thôn (`code`) enters these households with their deeds as drafts and posts the list on that day."""
    yield starts_on
    head = who(code)
    unit = Unit.objects.get(commune=commune, code=code)
    households = [add_household(by=head, unit=unit, head_name=name) for name, _ in homes]
    year = starts_on.year
    cases = start_nominations(
        by=head,
        unit=unit,
        nominees=households,
        code=CULTURAL_FAMILY_CODE,
        year=year,
        idempotency_key=f"{code} {year}",
    )
    typed = [TypedDeed(case, deed, None) for case, (_, deed) in zip(cases, homes, strict=True)]
    save_deeds(by=head, typed=typed, met_on=None)
    where = PostingPlace(starts_on, f"Nhà văn hóa {unit.name}")
    return start_posting(by=head, unit=unit, code=CULTURAL_FAMILY_CODE, year=year, where=where)


def enter_objection(posting: Posting, place: int, content: str, on: date, who: DemoActors) -> Objection:
    """The head of the thôn enters an objection to the case at this place of the list, of somebody who gives no name."""
    line = posting.lines.order_by("place").select_related("nomination")[place]
    facts = ObjectionFacts("", on, content)
    return add_objection(by=who(posting.unit.code), posting=posting, nomination=line.nomination, facts=facts)


def answer_demo_objection(objection: Objection, outcome: str, answer: str, on: date, who: DemoActors) -> None:
    """The head of the thôn answers on that day."""
    head = who(objection.posting.unit.code)
    answer_objection(by=head, objection=objection, outcome=outcome, answer=answer, answered_on=on)


def close_and_submit(posting: Posting, on: date, who: DemoActors) -> list[Nomination]:
    """The result is frozen; the cases that no objection keeps from it are submitted with one request. Returns these."""
    head = who(posting.unit.code)
    people = Person.objects.filter(unit=posting.unit)
    close_posting(by=head, posting=posting)
    meeting = UnitMeeting(
        met_on=on,
        place=posting.place,
        presider=head.full_name,
        secretary=people.exclude(full_name=head.full_name).order_by("pk")[0].full_name,
        present=42,
        invited=45,
    )
    request = save_meeting(by=head, unit=posting.unit, code=posting.award_code, year=posting.year, meeting=meeting)
    rows = Nomination.objects.filter(posting_lines__posting=posting, state="draft")
    cases = list(rows.order_by("posting_lines__place"))
    left = {one.nomination.pk for one in submit_nominations(by=head, nominations=cases, request=request, on=on)}
    return [case for case in cases if case.pk not in left]
