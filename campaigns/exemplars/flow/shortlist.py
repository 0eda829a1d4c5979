"""Workflow of an accepted exemplar: consent, follow-ups, quarter submission; of the shortlist and its entries."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from campaigns.exemplars.flow import praise_letter
from campaigns.exemplars.flow.shortlist_notice import no_notice_yet
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

HEAD = permissions.head_of("unit_id", "người đứng đầu đơn vị đó")
# From the entries, which are few: PostgreSQL expects one exemplar without consent and would go through them all.
ENTRIES_NOT_ASKED = ShortlistEntry.objects.filter(~Exists(Consent.objects.filter(exemplar=OuterRef("exemplar"))))
NOTICE_IN_PROGRESS = ("submitted", "approved", "issued")


def has_nominee(exemplar: Any) -> str | None:
    """Reason when the exemplar is an answer "none", which names nobody."""
    return "Đơn vị báo kỳ này không có điển hình, không có ai để đề nghị." if exemplar.nothing else None


def shortlist_open(period: Any) -> str | None:
    """Reason when the notice is submitted or issued: then the shortlist cannot change."""
    if ShortlistNotice.objects.filter(period=period, state__in=NOTICE_IN_PROGRESS).exists():
        return "Danh sách của kỳ này đã trình Chủ tịch hoặc đã ban hành nên không đổi được. Cần đổi thì đề nghị Chủ tịch trả lại."
    return None


def shortlist_entry_open(entry: Any) -> str | None:
    return shortlist_open(entry.period)


def somebody_unpublished(period: Any) -> str | None:
    """Reason when there is nothing to publish."""
    rows = ShortlistEntry.objects.filter(period=period)
    if not rows.exists():
        return "Chưa chọn điển hình nào vào danh sách."
    return None if rows.filter(published_on=None).exists() else "Mọi điển hình trong danh sách đã đăng."


def somebody_published(period: Any) -> str | None:
    published = ShortlistEntry.objects.filter(period=period, published_on__isnull=False)
    return None if published.exists() else "Chưa đăng điển hình nào của kỳ này."


def is_published(entry: Any) -> str | None:
    return None if entry.published_on else "Điển hình này chưa đăng."


# Steps of the flow EXEMPLAR, in flow/exemplar.py.
STEPS_AFTER = (
    Step(
        "campaigns.record_consent",
        "Ghi ý kiến đồng ý nêu gương",
        HEAD | permissions.office,
        sources=("submitted", "accepted", "nominated"),
        guard=has_nominee,
        url="campaigns:consent",
        form=True,
        todo_action="Ghi ý kiến",
        todo_rank=44,
        todo="Hỏi người được chọn có đồng ý cho nêu gương không",
        waits=Q(pk__in=ENTRIES_NOT_ASKED.values("exemplar_id")),
        icon="chat-square-text",
    ),
    Step(
        "campaigns.follow_up",
        "Ghi việc tiếp theo",
        permissions.office,
        sources=Exemplar.VALID,
        guard=has_nominee,
        url="campaigns:follow_up",
        form=True,
        icon="check2-square",
    ),
    praise_letter.START_PRAISE_LETTER,
    Step("campaigns.drop_follow_up", "Bỏ việc tiếp theo đã ghi", permissions.office, icon="trash", hidden=True),
    Step(
        "campaigns.enlist",
        "Chọn vào danh sách",
        permissions.office,
        sources=Exemplar.VALID,
        guard=has_nominee,
        refused="Chỉ chọn được điển hình đã chấp nhận.",
        icon="list-stars",
        hidden=True,
    ),
    Step("campaigns.delist", "Bỏ khỏi danh sách", permissions.office, icon="x-lg", hidden=True),
    Step(
        "campaigns.pick",
        "Đề xuất cho quý",
        HEAD,
        sources=Exemplar.VALID,
        guard=has_nominee,
        refused="Chỉ đề xuất cho quý điển hình mà Văn phòng đã chấp nhận.",
        icon="star",
        hidden=True,
    ),
    Step("campaigns.unpick", "Thôi đề xuất cho quý", HEAD, icon="x-lg", hidden=True),
)

SHORTLIST = Flow(
    model="campaigns.Period",
    title="Danh sách chọn của kỳ",
    states={},
    page="campaigns:chosen",
    icon="list-stars",
    steps=(
        Step(
            "campaigns.choose",
            "Chọn vào danh sách",
            permissions.office,
            guard=shortlist_open,
            url="campaigns:choose",
            form=True,
            icon="list-stars",
            tone="primary",
        ),
        Step(
            "campaigns.start_list",
            "Soạn văn bản danh sách",
            permissions.office,
            guard=no_notice_yet,
            url="campaigns:start_list",
            icon="pencil-square",
        ),
        Step(
            "campaigns.publish",
            "Đăng trang công khai",
            permissions.office,
            guard=somebody_unpublished,
            url="campaigns:publish",
            form=True,
            icon="megaphone",
        ),
        Step(
            "campaigns.unpublish",
            "Gỡ cả kỳ",
            permissions.office,
            guard=somebody_published,
            url="campaigns:unpublish",
            form=True,
            icon="x-circle",
            tone="danger",
        ),
    ),
)

SHORTLIST_ENTRY = Flow(
    model=ShortlistEntry.subject_key,
    title="Điển hình được chọn",
    states={},
    steps=(
        Step(
            "campaigns.edit_choice",
            "Sửa lời",
            permissions.office,
            url="campaigns:edit_choice",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.strike",
            "Bỏ khỏi danh sách",
            permissions.office,
            guard=shortlist_entry_open,
            url="campaigns:strike",
            form=True,
            icon="x-lg",
        ),
        Step(
            "campaigns.take_down",
            "Gỡ khỏi trang công khai",
            permissions.office,
            guard=is_published,
            url="campaigns:take_down",
            form=True,
            icon="x-circle",
            tone="danger",
        ),
    ),
)
