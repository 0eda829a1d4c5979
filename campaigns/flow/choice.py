"""What comes after accepting: consent, the shortlist of a period, its list as a paper, publishing, what was done."""

from typing import Any

from django.db.models import Q

from campaigns.flow import praise
from campaigns.models.choice import Choice, ChosenList
from campaigns.models.exemplar import Exemplar
from emulation.acts import who
from emulation.acts.flow import Flow, State, Step

HEAD = who.head_of("unit_id", "người đứng đầu đơn vị đó")
ON_ITS_WAY = ("submitted", "approved", "issued")


def names_somebody(exemplar: Any) -> str | None:
    """A "none this time" can be accepted, and no more."""
    return "Đơn vị báo kỳ này không có điển hình, không có ai để đề nghị." if exemplar.nothing else None


def still_open(period: Any) -> str | None:
    """The list cannot change behind the chair's back."""
    if ChosenList.objects.filter(period=period, state__in=ON_ITS_WAY).exists():
        return "Danh sách của kỳ này đã trình Chủ tịch hoặc đã ban hành nên không đổi được. Cần đổi thì đề nghị Chủ tịch trả lại."
    return None


def choice_open(choice: Any) -> str | None:
    return still_open(choice.period)


def somebody_unpublished(period: Any) -> str | None:
    """Why there is nothing to publish."""
    rows = Choice.objects.filter(period=period)
    if not rows.exists():
        return "Chưa chọn điển hình nào vào danh sách."
    return None if rows.filter(published_on=None).exists() else "Mọi điển hình trong danh sách đã đăng."


def somebody_published(period: Any) -> str | None:
    shown = Choice.objects.filter(period=period, published_on__isnull=False).exists()
    return None if shown else "Chưa đăng điển hình nào của kỳ này."


def no_list_yet(period: Any) -> str | None:
    """One period has one list."""
    if ChosenList.objects.filter(period=period).exists():
        return "Kỳ này đã có danh sách."
    return None if Choice.objects.filter(period=period).exists() else "Chưa chọn điển hình nào vào danh sách."


def is_published(choice: Any) -> str | None:
    return None if choice.published_on else "Điển hình này chưa đăng."


REASONS = Flow(
    model="communes.Commune",
    title="Lý do trả lại mẫu",
    states={},
    steps=(Step("campaigns.set_reasons", "Sửa lý do trả lại mẫu", who.office, icon="list-check", hidden=True),),
)

# Rows of the exemplar's own flow.
STEPS_AFTER = (
    Step(
        "campaigns.record_consent",
        "Ghi ý kiến đồng ý nêu gương",
        HEAD | who.office,
        frm=("submitted", "accepted", "nominated"),
        guard=names_somebody,
        url="campaigns:consent",
        form=True,
        todo="Hỏi người được chọn có đồng ý cho nêu gương không",
        waits=Q(pk__in=Choice.objects.values("exemplar_id"), consent=None),
        icon="chat-square-text",
    ),
    Step(
        "campaigns.follow_up",
        "Ghi việc tiếp theo",
        who.office,
        frm=Exemplar.VALID,
        guard=names_somebody,
        url="campaigns:follow_up",
        form=True,
        icon="check2-square",
    ),
    praise.START,
    Step("campaigns.drop_follow_up", "Bỏ việc tiếp theo đã ghi", who.office, icon="trash", hidden=True),
    Step(
        "campaigns.enlist",
        "Chọn vào danh sách",
        who.office,
        frm=Exemplar.VALID,
        guard=names_somebody,
        refused="Chỉ chọn được điển hình đã chấp nhận.",
        icon="list-stars",
        hidden=True,
    ),
    Step("campaigns.delist", "Bỏ khỏi danh sách", who.office, icon="x-lg", hidden=True),
    Step(
        "campaigns.pick",
        "Đề xuất cho quý",
        HEAD,
        frm=Exemplar.VALID,
        guard=names_somebody,
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
            who.office,
            guard=still_open,
            url="campaigns:choose",
            form=True,
            icon="list-stars",
            tone="primary",
        ),
        Step(
            "campaigns.start_list",
            "Soạn văn bản danh sách",
            who.office,
            guard=no_list_yet,
            url="campaigns:start_list",
            icon="pencil-square",
        ),
        Step(
            "campaigns.publish",
            "Đăng trang công khai",
            who.office,
            guard=somebody_unpublished,
            url="campaigns:publish",
            form=True,
            icon="megaphone",
        ),
        Step(
            "campaigns.unpublish",
            "Gỡ cả kỳ",
            who.office,
            guard=somebody_published,
            url="campaigns:unpublish",
            form=True,
            icon="x-circle",
        ),
    ),
)

CHOICE = Flow(
    model="campaigns.Choice",
    title="Điển hình được chọn",
    states={},
    steps=(
        Step(
            "campaigns.edit_choice",
            "Sửa lời",
            who.office,
            url="campaigns:edit_choice",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.strike",
            "Bỏ khỏi danh sách",
            who.office,
            guard=choice_open,
            url="campaigns:strike",
            form=True,
            icon="x-lg",
        ),
        Step(
            "campaigns.take_down",
            "Gỡ khỏi trang công khai",
            who.office,
            guard=is_published,
            url="campaigns:take_down",
            form=True,
            icon="x-circle",
        ),
    ),
)

LIST = Flow(
    model=ChosenList.subject_key,
    title="Danh sách điển hình",
    page="campaigns:chosen_list",
    icon="list-stars",
    states={
        "draft": State("Đang soạn", "pencil"),
        "submitted": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "approved": State("Chờ Văn thư ban hành", "hourglass-split", "wait"),
        "issued": State("Đã ban hành", "check-circle", "good"),
    },
    steps=(
        Step(
            "campaigns.save_list",
            "Sửa lời văn",
            who.office,
            frm=ChosenList.OPEN,
            refused="Danh sách đã trình nên không sửa được nữa. Cần sửa thì đề nghị Chủ tịch trả lại.",
            url="campaigns:edit_list",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.submit_list",
            "Trình Chủ tịch",
            who.office,
            frm=ChosenList.OPEN,
            to="submitted",
            refused="Danh sách này đã trình rồi.",
            url="campaigns:submit_list",
            todo="Soạn xong và trình danh sách điển hình",
            icon="send",
            tone="primary",
        ),
        Step(
            "campaigns.approve_list",
            "Duyệt",
            who.chair,
            frm=("submitted",),
            to="approved",
            url="campaigns:approve_list",
            todo="Duyệt danh sách điển hình",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return_list",
            "Trả lại để sửa",
            who.chair,
            frm=("submitted",),
            to="returned",
            url="campaigns:return_list",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "campaigns.issue_list",
            "Lấy số, ban hành",
            who.clerk,
            frm=("approved",),
            to="issued",
            refused="Chỉ ban hành được danh sách đã được Chủ tịch duyệt.",
            url="campaigns:issue_list",
            form=True,
            todo="Lấy số và ban hành danh sách điển hình",
            icon="patch-check",
            tone="primary",
        ),
        Step(
            "campaigns.preview_list",
            "Xem bản in",
            who.staff,
            frm=("draft", "returned", "submitted", "approved"),
            url="campaigns:preview_list",
            icon="printer",
        ),
    ),
)
