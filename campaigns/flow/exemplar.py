"""Opening periods, naming exemplars."""

from typing import Any

from campaigns.flow.choice import HEAD, STEPS_AFTER, names_somebody
from campaigns.models.exemplar import Exemplar
from emulation.acts import who
from emulation.acts.flow import Flow, State, Step

PERIODS = Flow(
    model="communes.Commune",
    title="Kỳ điển hình",
    states={},
    steps=(
        Step(
            "campaigns.open_period",
            "Mở kỳ",
            who.office,
            icon="calendar-plus",
            hidden=True,
        ),
        Step("campaigns.urge", "Nhắc các đơn vị", who.office, icon="bell", hidden=True),
        Step("campaigns.set_reminders", "Đặt cách nhắc việc", who.office, icon="bell", hidden=True),
        Step("campaigns.start_urging", "Soạn công văn đôn đốc", who.office, icon="megaphone", hidden=True),
    ),
)


def still_open(period: Any) -> str | None:
    """A period is closed once."""
    return "Kỳ này đã chốt rồi." if period.closed_on else None


def is_closed(period: Any) -> str | None:
    """Only what is closed can be opened again."""
    return None if period.closed_on else "Kỳ này đang mở."


PERIOD = Flow(
    model="campaigns.Period",
    title="Một kỳ điển hình",
    states={},
    page="campaigns:board",
    steps=(
        Step(
            "campaigns.close_period",
            "Chốt kỳ",
            who.office,
            guard=still_open,
            url="campaigns:close_period",
            icon="lock",
            confirm="Sau khi chốt không nhắc đơn vị nào nữa. Đơn vị gửi thêm vẫn nhận, ghi là gửi muộn.",
        ),
        Step(
            "campaigns.reopen_period",
            "Mở lại kỳ",
            who.office,
            guard=is_closed,
            url="campaigns:reopen_period",
            form=True,
            icon="unlock",
        ),
    ),
)

ANSWERS = Flow(
    model="villages.Unit",
    title="Điển hình của đơn vị",
    states={},
    steps=(
        Step("campaigns.start", "Ghi điển hình", who.head_of("pk", "người đứng đầu đơn vị đó"), hidden=True),
        Step("campaigns.start_nothing", "Kỳ này không có", who.head_of("pk", "người đứng đầu đơn vị đó"), hidden=True),
    ),
)

EXEMPLAR = Flow(
    model=Exemplar.subject_key,
    title="Điển hình",
    page="campaigns:exemplar",
    icon="star",
    states={
        "draft": State("Bản nháp", "pencil"),
        "submitted": State("Chờ Văn phòng xem", "hourglass-split", "wait"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "accepted": State("Đã chấp nhận", "check-circle", "good"),
        "nominated": State("Đã đề nghị khen thưởng", "award", "gold"),
        "cancelled": State("Đã bỏ", "x-circle"),
    },
    steps=(
        Step(
            "campaigns.save",
            "Viết tiếp",
            HEAD,
            frm=Exemplar.OPEN,
            refused="Điển hình đã gửi Văn phòng nên không sửa được. Muốn sửa, hãy rút lại trước.",
            url="campaigns:edit",
            form=True,
            icon="pencil",
            tone="primary",
        ),
        Step(
            "campaigns.submit",
            "Gửi Văn phòng",
            HEAD,
            frm=Exemplar.OPEN,
            to="submitted",
            refused="Điển hình này đã gửi Văn phòng rồi.",
            url="campaigns:edit",
            form=True,
            todo="Viết xong và gửi Văn phòng",
            icon="send",
            tone="primary",
            hidden=True,
        ),
        Step(
            "campaigns.withdraw",
            "Rút lại để sửa",
            HEAD,
            frm=("submitted",),
            to="draft",
            refused="Chỉ rút lại được khi Văn phòng chưa xem xong.",
            url="campaigns:withdraw",
            icon="arrow-counterclockwise",
            confirm="Rút điển hình này về bản nháp? Văn phòng sẽ không xem xét cho đến khi gửi lại.",
        ),
        Step(
            "campaigns.cancel",
            "Bỏ bản này",
            HEAD,
            frm=Exemplar.OPEN,
            to="cancelled",
            refused="Điển hình đã gửi thì không bỏ được. Muốn bỏ, hãy rút lại trước.",
            url="campaigns:cancel",
            icon="trash",
            confirm="Bỏ hẳn bản này? Bản đã bỏ không gửi được nữa.",
        ),
        Step(
            "campaigns.accept",
            "Chấp nhận",
            who.office,
            frm=("submitted",),
            to="accepted",
            url="campaigns:accept",
            todo="Xem xét điển hình đơn vị gửi",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return",
            "Trả lại để sửa",
            who.office,
            frm=("submitted",),
            to="returned",
            url="campaigns:return",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "campaigns.mark_nominated",
            "Đề nghị khen thưởng",
            who.office,
            frm=("submitted", "accepted"),
            to="nominated",
            guard=names_somebody,
            url="commendations:nominate",
            icon="award",
            confirm="Lập hồ sơ đề nghị khen thưởng từ điển hình này? Mọi nội dung đã ghi được chuyển sang hồ sơ, không phải nhập lại.",
        ),
        Step(
            "campaigns.release",
            "Đề nghị đã rút, điển hình lại chờ đề nghị",
            HEAD | who.office,
            frm=("nominated",),
            to="accepted",
            icon="arrow-counterclockwise",
            hidden=True,
        ),
        *STEPS_AFTER,
    ),
)
