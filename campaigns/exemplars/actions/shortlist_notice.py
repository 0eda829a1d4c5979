"""Actions on the shortlist notice: drafted by the office, approved by the chair, issued by the clerk."""

from datetime import date

from django.utils import timezone

from campaigns.exemplars.flow.shortlist_notice import SHORTLIST_NOTICE_APPROVAL_FLOW
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.papers.shortlist_notice import shortlist_notice_paper
from campaigns.exemplars.queries.shortlist import cancelled_notice_consequences, has_agreed, shortlist_of
from campaigns.obligations.queries import answering_units
from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.legal import current
from emulation.workflow.transitions import act
from villages.queries.contacts import unit_audience

NOTICE_RECIPIENTS = (
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)\n"
    "Thành viên Hội đồng TĐKT xã\n"
    "Các thôn, trường học, Trạm Y tế, đoàn thể"
)


def start_shortlist_notice(*, by: User, period: Period) -> ShortlistNotice:
    """Start the notice of the period's shortlist, with prefilled text."""
    with act("campaigns.start_list", period, by=by) as locked:
        period_words = locked.in_words
        today = timezone.localdate()
        identity = locked.commune.identity_on(today)
        offices = current.commune_offices_for(locked.commune_id, today)
        return ShortlistNotice.objects.create(
            commune_id=locked.commune_id,
            period=locked,
            state=ShortlistNotice.DRAFT,
            subject=f"Danh sách điển hình tiên tiến {period_words}",
            opening=(
                f"Trên cơ sở giới thiệu của các thôn, cơ quan, đơn vị, Ủy ban nhân dân {identity.name} thông báo danh sách điển hình "
                f"tiên tiến {period_words} được chọn để tuyên truyền, biểu dương (có danh sách kèm theo)."
            ),
            closing=(
                "Đề nghị các thôn, cơ quan, đơn vị thông báo đến Nhân dân, cán bộ, hội viên, học sinh để biết, học tập và "
                "tiếp tục phát hiện, giới thiệu người tốt, việc tốt"
            ),
            recipients=f"{NOTICE_RECIPIENTS}\n{offices.file_line}",
            **chair_signer(locked.commune_id, today).columns,
            created_by=by,
        )


class ShortlistNoticeApproval(Approval[ShortlistNotice]):
    """Shortlist notices: every unit, the council and the superior read them."""

    flow = SHORTLIST_NOTICE_APPROVAL_FLOW
    key = "campaigns.list"
    kind = "thong_bao"
    series = "thong_bao"
    related = ("period",)
    empty_text = "Văn phòng mở “Kỳ điển hình”, bấm “Danh sách chọn” của kỳ, chọn những điển hình tiêu biểu rồi soạn văn bản danh sách."
    required = {"subject": "trích yếu", "opening": "lời mở đầu", "recipients": "nơi nhận", "signer": "người ký"}

    def paper(self, subject: ShortlistNotice, on: date) -> Paper:
        return shortlist_notice_paper(subject, shortlist_of(subject.period), on)

    def own_content(self, subject: ShortlistNotice) -> dict[str, str]:
        entries = shortlist_of(subject.period)
        return {"Danh sách": "\n".join(entry.exemplar.nominee_name for entry in entries if has_agreed(entry))}

    def audience(self, subject: ShortlistNotice, on: date) -> Audience:
        return unit_audience(answering_units(subject.commune_id, on))

    def consequences(self, subject: ShortlistNotice) -> list[str]:
        return cancelled_notice_consequences(subject)


shortlist_notice_approval = ShortlistNoticeApproval()
