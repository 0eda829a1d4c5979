"""What was recorded by mistake about an award is taken back by a row of its own, with the reason."""

from django.db import models

from commendations.models.amendment import AwardRecovery
from commendations.models.award_supplement import AwardSupplementAnswer
from commendations.models.chair_submission import CommuneStaffQuerySet
from commendations.models.handover import Handover
from emulation.accounts.models import User
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanTextModelField


class Reversal(CommuneRow):
    """Base: why a row no longer counts, who took it back and when. Append-only (guarded), once for a row."""

    reason = CleanTextModelField("vì sao rút lại")
    reversed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]


class AwardRecoveryReversal(Reversal):
    """A recovery that was recorded by mistake: nothing came back."""

    subject_key = "commendations.AwardRecoveryReversal"

    recovery = models.OneToOneField(AwardRecovery, models.PROTECT, related_name="reversal")


class SupplementAnswerReversal(Reversal):
    """An answer to a supplement that was recorded by mistake: the supplement waits again."""

    subject_key = "commendations.SupplementAnswerReversal"

    answer = models.OneToOneField(AwardSupplementAnswer, models.PROTECT, related_name="reversal")


class HandoverReversal(Reversal):
    """A handover that was recorded by mistake: nothing was handed over."""

    subject_key = "commendations.HandoverReversal"

    handover = models.OneToOneField(Handover, models.PROTECT, related_name="reversal")
