"""Records whether a person (or a guardian) agrees to be named in public; a refusal unpublishes."""

from datetime import date

from django.utils import timezone

from campaigns.exemplars.actions.follow_up import LONGEST_BEFORE
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.rules.consent import may_be_minor
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act


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
    """Record whether the exemplar may be named in public. A refusal removes it from the public page at once.

    Raises RuleBroken for a future or implausible day, without `by_whom`, and for a possible minor without a guardian.
    """
    not_future(answered_on, "Ngày trả lời", "answered_on")
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
            _unpublish(locked)
    return consent


def needs_guardian(exemplar: Exemplar, on: date) -> bool:
    """Whether a guardian must answer: the person may be under 18 on that day."""
    return exemplar.person is not None and may_be_minor(exemplar.person.birth_year, on.year)


def _unpublish(exemplar: Exemplar) -> None:
    rows = ShortlistEntry.objects.filter(exemplar=exemplar, published_on__isnull=False)
    if rows.update(published_on=None, published_by=None):
        notify_users(
            commune_id=exemplar.commune_id,
            users=role_holder_ids(exemplar.commune_id, Role.office, on=timezone.localdate()),
            text=f"Rút lời đồng ý, đã gỡ khỏi trang công khai: {exemplar.nominee_alone}.",
            link=exemplar.get_absolute_url(),
            key=f"exemplar:{exemplar.pk}:taken:{exemplar.version}:{timezone.now():%Y%m%d%H%M%S}",
        )
