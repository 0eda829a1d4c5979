"""Proposals: the tờ trình of the people's committee for an award that a higher authority decides."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from commendations.models.chair_submission import ChairSubmission, CommuneStaffQuerySet
from commendations.models.decision import Decision
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import WorkflowSubject


class Proposal(WorkflowSubject):
    """Tờ trình đề nghị khen thưởng of one award. States: draft, at_signature (bản trình ký), issued.

    Signed TM. ỦY BAN NHÂN DÂN (for the committee), because the committee proposes; a decision is signed by the chair alone.
    """

    subject_key = "commendations.Proposal"

    SIGNER_TITLES = [(Decision.CHAIR, "CHỦ TỊCH"), (Decision.DEPUTY, "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH")]

    chair_submission = models.ForeignKey(
        ChairSubmission, models.PROTECT, db_column="presentation_id", related_name="proposals"
    )
    award_code = models.CharField("danh hiệu, hình thức", max_length=12)
    subject = CleanCharField("trích yếu", max_length=300)
    addressee = CleanTextModelField("kính gửi, mỗi dòng một nơi")
    expected_on = models.DateField("ngày dự kiến ký")
    grounds = CleanTextModelField("căn cứ, mỗi dòng một căn cứ")
    opinion = CleanTextModelField("lời đề nghị thêm", blank=True)
    recipients = CleanTextModelField("nơi nhận, mỗi dòng một nơi")
    signer_title = CleanCharField("chức vụ người ký", max_length=80, choices=SIGNER_TITLES, default=Decision.CHAIR)
    signer_name = CleanCharField("họ tên người ký", max_length=120)
    # The list printed on the bản trình ký; the issued list must be equal to it.
    signed_list = models.JSONField(default=list, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["chair_submission", "award_code"], name="proposal_one_award"),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(document__isnull=False, issued_on__isnull=False),
                name="proposal_issued_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"Tờ trình {self.subject[:1].lower()}{self.subject[1:]}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:proposal", args=[self.pk])

    @property
    def return_reason(self) -> str:
        """Why it was returned, "" once it is on its way again."""
        return self.return_notes.get("proposal", "") if self.state == "draft" else ""

    @property
    def is_at_signature(self) -> bool:
        return self.state == "at_signature"
