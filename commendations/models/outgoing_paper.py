"""Abstract base of decision and tờ trình to the superior: subject, signer, state, issued document."""

from django.db import models
from django.db.models import Q

from commendations.models.chair_submission import ChairSubmission, CommuneStaffQuerySet
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import lower_first
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import ReturnableSubject


def issued_has_document(name: str) -> models.CheckConstraint:
    """Constraint: an issued paper has its document and its day."""
    return models.CheckConstraint(
        condition=~Q(state="issued") | Q(document__isnull=False, issued_on__isnull=False),
        name=f"{name}_issued_has_document",
    )


class OutgoingPaper(ReturnableSubject):
    """A paper with the approved nominees of one award. States: draft, at_signature (bản trình ký), issued, dropped."""

    DRAFT = "draft"
    AT_SIGNATURE = "at_signature"
    ISSUED = "issued"
    DROPPED = "dropped"
    CHAIR = "CHỦ TỊCH"
    DEPUTY = "KT. CHỦ TỊCH"

    chair_submission = models.ForeignKey(
        ChairSubmission, models.PROTECT, db_column="presentation_id", related_name="%(class)ss"
    )
    award_code = models.CharField("danh hiệu, hình thức", max_length=12)
    # About the chair's own case: decided and signed by the vice chair, on a paper of its own.
    by_deputy = models.BooleanField("về hồ sơ của chính Chủ tịch", default=False)
    subject = CleanCharField("trích yếu", max_length=300)
    signer_title: str
    signer_name = CleanCharField("họ tên người ký", max_length=120)
    expected_on = models.DateField("ngày dự kiến ký")  # determines the money and the legal basis lines of the draft
    grounds = CleanTextModelField("căn cứ, mỗi dòng một căn cứ")
    recipients = CleanTextModelField("nơi nhận, mỗi dòng một nơi")
    # The list printed on the bản trình ký; the issued list must be equal to it.
    signed_list = models.JSONField(default=list, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommuneStaffQuerySet.as_manager()
    known_faults: list[str] | None = None
    """What keeps it from signature or issue, when the page that shows it has found that out; not stored."""

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chair_submission", "award_code", "by_deputy"],
                condition=~Q(state="dropped"),
                name="%(class)s_one_award",
            ),
            issued_has_document("%(class)s"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {lower_first(self.subject)}"

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def return_reason(self) -> str:
        """Why it was returned; "" once it is at signature again."""
        return self._reason if self.state == self.DRAFT else ""

    @property
    def earlier_return_reason(self) -> str:
        """Of one that is at signature again: why it was returned; "" otherwise."""
        return self._reason if self.is_at_signature else ""

    @property
    def _reason(self) -> str:
        return next(iter(self.return_notes.values()), "")

    @property
    def is_at_signature(self) -> bool:
        return self.state == self.AT_SIGNATURE
