"""Decisions (quyết định) that grant one award to the approved nominees of a chair submission."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from commendations.models.chair_submission import ChairSubmission, CommuneStaffQuerySet
from commendations.rules.award_names import DEFAULT_AWARD_CODE
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import WorkflowSubject


class Decision(WorkflowSubject):
    """The decision that grants one award (danh hiệu or giấy khen). States: draft, at_signature (bản trình ký), issued.

    One chair submission may lead to several decisions: one for each award that the commune itself decides.
    """

    subject_key = "commendations.Decision"

    CHAIR = "CHỦ TỊCH"
    DEPUTY = "KT. CHỦ TỊCH"
    ACTING = "Q. CHỦ TỊCH"
    SIGNER_TITLES = [(CHAIR, "CHỦ TỊCH"), (DEPUTY, "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH"), (ACTING, "Q. CHỦ TỊCH")]
    BY_NAME = "name"
    BY_COUNCIL = "council"
    ORDERS = [
        (BY_NAME, "Theo tên, chia nhóm tập thể, hộ gia đình, cá nhân"),
        (BY_COUNCIL, "Theo thứ tự Hội đồng đã xét"),
    ]

    chair_submission = models.ForeignKey(
        ChairSubmission, models.PROTECT, db_column="presentation_id", related_name="decisions"
    )
    award_code = models.CharField("danh hiệu, hình thức", max_length=12, default=DEFAULT_AWARD_CODE)
    subject = CleanCharField("trích yếu", max_length=300)
    signer_title = CleanCharField("chức vụ người ký", max_length=80, choices=SIGNER_TITLES, default=CHAIR)
    signer_name = CleanCharField("họ tên người ký", max_length=120)
    funding = CleanTextModelField(
        "nguồn kinh phí", default="Quỹ thi đua, khen thưởng của xã theo quy định của pháp luật."
    )
    list_order = models.CharField("thứ tự danh sách", max_length=8, choices=ORDERS, default=BY_NAME)
    expected_on = models.DateField("ngày dự kiến ký")  # determines the money and the legal basis lines of the draft
    grounds = CleanTextModelField("căn cứ, mỗi dòng một căn cứ")
    carried_out_by = CleanTextModelField("Điều 3: ai thi hành")
    recipients = CleanTextModelField("nơi nhận, mỗi dòng một nơi")
    # The list printed on the bản trình ký; the issued list must be equal to it.
    signed_list = models.JSONField(default=list, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["chair_submission", "award_code"], name="decision_one_award"),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(document__isnull=False, issued_on__isnull=False),
                name="decision_issued_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định {self.subject[:1].lower()}{self.subject[1:]}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:decision", args=[self.pk])

    @property
    def return_reason(self) -> str:
        """Why it was returned, "" once it is on its way again."""
        return self.return_notes.get("decision", "") if self.state == "draft" else ""

    @property
    def is_at_signature(self) -> bool:
        return self.state == "at_signature"
