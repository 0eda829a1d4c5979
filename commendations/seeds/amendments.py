"""Awards of the demo that were corrected, replaced or cancelled after their decision, each with its paper."""

from datetime import date
from typing import Any

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.actions.award_recovery import record_award_recovery
from commendations.models import Amendment, Award, Decision
from villages.seeds.demo_actors import DemoActors, issue_demo_paper
from villages.seeds.demo_clock import Story

CORRECTED_UNIT = (
    "Do sơ suất trong khâu soạn thảo, Quyết định ghi chưa đầy đủ đơn vị công tác của người được tặng danh hiệu."
)
CORRECTED_POST = "Do sơ suất trong khâu soạn thảo, Quyết định ghi chưa đúng nghề nghiệp của người được tặng Giấy khen."
REPLACED = {
    "person": "Quyết định ghi chưa đúng nội dung thành tích của cá nhân được tặng Giấy khen.",
    "household": "Quyết định ghi chưa đúng nội dung thành tích của hộ gia đình được tặng Giấy khen.",
    "collective": "Quyết định ghi chưa đúng nội dung thành tích của tập thể được tặng Giấy khen.",
}
CANCELLED = (
    "Kết luận kiểm tra của Ủy ban nhân dân xã xác định thành tích đã kê khai không đúng sự thật; hồ sơ không đủ điều "
    "kiện khen thưởng."
)
PLACE = "Giáo viên, Trường Trung học cơ sở Bình Lương, xã Bình Lương"


def play_correction_demo(decision: Decision, on: date, who: DemoActors) -> None:
    """The last award of a decision is corrected."""
    award = decision.awards.order_by("-decision_serial").first()
    assert award is not None
    _amend(decision, Amendment.CORRECTION, [award], CORRECTED_UNIT, on, who, place=PLACE)


def amendments_story(decisions: list[Decision], who: DemoActors) -> Story:
    """Of the year's decisions: one award corrected, one replaced, one cancelled and recovered, one decision cancelled whole.

    All on the day of the last decision. Returns "".
    """
    corrected, replaced, cancelled, whole = decisions[:4]
    kind_replaced = replaced.awards.order_by("decision_serial")[0].nominee_kind
    last = max(decision.issued_on for decision in decisions if decision.issued_on)
    yield last
    for decision, kind, count, reason, words in (
        (corrected, Amendment.CORRECTION, 1, CORRECTED_POST, {"place": "Nông dân, Thôn 2, xã Bình Lương"}),
        (
            replaced,
            Amendment.REPLACEMENT,
            1,
            REPLACED[kind_replaced],
            {"achievement": "xuất sắc trong phong trào thi đua xây dựng nông thôn mới"},
        ),
        (cancelled, Amendment.CANCELLATION, 1, CANCELLED, {}),
        (whole, Amendment.CANCELLATION, None, CANCELLED, {}),
    ):
        awards = list(decision.awards.order_by("decision_serial")[:count])
        _amend(decision, kind, awards, reason, last, who, **words)
    fallen = cancelled.awards.order_by("decision_serial")[0]
    record_award_recovery(
        by=who("vanthu"),
        award=Award.objects.get(pk=fallen.pk),
        certificate=True,
        amount=fallen.amount,
        recovered_on=last,
    )
    return ""


def _amend(
    decision: Decision, kind: str, awards: list[Award], reason: str, on: date, who: DemoActors, **words: str
) -> None:
    office = who("vanphong")
    amendment = start_amendment(by=office, decision=decision, kind=kind, awards=[award.pk for award in awards])
    lines = [{**line, **words} for line in amendment.lines]
    columns: dict[str, Any] = {"lines": lines, "explanation": reason, "expected_on": on}
    if kind == Amendment.CANCELLATION:
        columns["cancellation_case"] = "fraud"
    amendment_approval.save(amendment, by=office, **columns)
    issue_demo_paper(amendment_approval, amendment, who, on)
