"""Proposals: the tờ trình of the people's committee for an award that a higher authority decides."""

from django.db import models
from django.urls import reverse

from commendations.models.outgoing_paper import OutgoingPaper
from emulation.core.fields import CleanCharField, CleanTextModelField


class Proposal(OutgoingPaper):
    """Tờ trình đề nghị khen thưởng of one award.

    Signed TM. ỦY BAN NHÂN DÂN (for the committee), because the committee proposes; a decision is signed by the chair alone.
    """

    subject_key = "commendations.Proposal"

    SIGNER_TITLES = [(OutgoingPaper.CHAIR, "CHỦ TỊCH"), (OutgoingPaper.DEPUTY, "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH")]

    addressee = CleanTextModelField("kính gửi, mỗi dòng một nơi")
    opinion = CleanTextModelField("lời đề nghị thêm", blank=True)
    signer_title = CleanCharField("chức vụ người ký", max_length=80, choices=SIGNER_TITLES, default=OutgoingPaper.CHAIR)

    # Raised when an issued tờ trình is cancelled: each issue has a paper key of its own.
    edition = models.PositiveSmallIntegerField("lần lập", default=1)

    class Meta(OutgoingPaper.Meta):
        verbose_name = "Tờ trình"

    def get_absolute_url(self) -> str:
        return reverse("commendations:proposal", args=[self.pk])
