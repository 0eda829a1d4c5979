"""Acts on what follows an exemplar: the answer of the person, and what was done."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from campaigns import rules
from campaigns.models import Choice, Consent, Exemplar, FollowUp
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.notices.actions import tell
from villages.queries import holders

LONGEST_BEFORE = timedelta(days=366)  # a story may be older than its period, not by years


def record_consent(
    *,
    by: User,
    exemplar: Exemplar,
    answer: str,
    answered_on: date,
    how: str,
    by_whom: str,
    guardian: bool = False,
    photos: bool = False,
    seen: int | None = None,
) -> Consent:
    """Writes down whether the story may be told in public. A no takes it off the public page in the same moment.

    Raises RuleBroken for a day to come, for nobody who answers, and for somebody under age without a guardian.
    """
    if answered_on > timezone.localdate():
        raise RuleBroken("Ngày trả lời không thể ở tương lai.", field="answered_on")
    if answered_on < exemplar.period.opens_on - LONGEST_BEFORE:
        raise RuleBroken("Ngày trả lời trước kỳ này quá lâu; hãy xem lại năm.", field="answered_on")
    if not clean(by_whom):
        raise RuleBroken("Hãy ghi ai trả lời.", field="by_whom")
    given = answer == Consent.GIVEN
    with act("campaigns.record_consent", exemplar, by=by, seen=seen, answer=answer, how=how) as locked:
        if given and not guardian and needs_guardian(locked, answered_on):
            raise RuleBroken(
                "Người này có thể chưa đủ 18 tuổi: cha, mẹ hoặc người giám hộ phải đồng ý thay.", field="guardian"
            )
        consent, _ = Consent.objects.update_or_create(
            exemplar=locked,
            defaults={
                "commune_id": locked.commune_id,
                "answer": answer,
                "answered_on": answered_on,
                "how": how,
                "by_whom": by_whom,
                "guardian": guardian,
                "photos": photos and given,
                "recorded_by": by,
            },
        )
        if not given:
            _take_down(locked)
    return consent


def needs_guardian(exemplar: Exemplar, on: date) -> bool:
    """Whether somebody else must answer: the person may be under 18 on that day."""
    return exemplar.person is not None and rules.may_be_minor(exemplar.person.birth_year, on.year)


def follow_up(
    *, by: User, exemplar: Exemplar, kind: str, done_on: date, place: str = "", number: str = "", note: str = ""
) -> FollowUp:
    """Writes down what was done for an exemplar. Praise needs its place, a letter its number."""
    if done_on > timezone.localdate():
        raise RuleBroken("Ngày không thể ở tương lai.", field="done_on")
    if kind == FollowUp.PRAISED and not clean(place):
        raise RuleBroken("Hãy ghi đã biểu dương ở đâu.", field="place")
    if kind in (FollowUp.LETTER, FollowUp.ABOVE) and not clean(number):
        raise RuleBroken("Hãy ghi số văn bản.", field="number")
    with act("campaigns.follow_up", exemplar, by=by, kind=kind, done_on=done_on) as locked:
        return FollowUp.objects.create(
            commune_id=locked.commune_id,
            exemplar=locked,
            kind=kind,
            done_on=done_on,
            place=place,
            number=number,
            note=note,
            by=by,
        )


def drop_follow_up(*, by: User, row: FollowUp, reason: str) -> None:
    """Takes back what was written by mistake; the trail keeps it with the reason."""
    if not clean(reason):
        raise RuleBroken("Hãy ghi lý do.", field="reason")
    said: dict[str, Any] = {"kind": row.kind, "done_on": row.done_on, "says": row.says, "reason": clean(reason)}
    with act("campaigns.drop_follow_up", row.exemplar, by=by, **said):
        FollowUp.objects.filter(pk=row.pk).delete()


def _take_down(exemplar: Exemplar) -> None:
    rows = Choice.objects.filter(exemplar=exemplar, published_on__isnull=False)
    if rows.update(published_on=None, published_by=None):
        tell(
            commune_id=exemplar.commune_id,
            users=holders(exemplar.commune_id, Role.office, on=timezone.localdate()),
            text=f"Rút lời đồng ý, đã gỡ khỏi trang công khai: {exemplar.nominee_name}.",
            link=exemplar.get_absolute_url(),
            key=f"exemplar:{exemplar.pk}:taken:{exemplar.version}:{timezone.now():%Y%m%d%H%M%S}",
        )
