"""Sample data for templates/components/gallery.html, which shows every component once."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.core.paginator import Paginator

from emulation.workflow.menu import Menu

TODAY = date(2026, 11, 23)
PILLS = [
    ("Bản nháp", "pencil", "neutral"),
    ("Chờ Văn phòng xem", "hourglass-split", "wait"),
    ("Trả lại để sửa", "arrow-return-left", "bad"),
    ("Đã nhận", "check-circle", "good"),
    ("Chờ Hội đồng", "people", "news"),
    ("Đã khen thưởng", "award", "gold"),
]
CHIPS = [
    {"label": "Tất cả", "url": "#", "active": True, "count": 24},
    {"label": "Chờ xem", "url": "#", "count": 3},
    {"label": "Đã nhận", "url": "#", "count": 20},
    {"label": "Trả lại", "url": "#", "count": 1},
]
VOTE = Row(
    total=7,
    agree=6,
    against=0,
    recused=1,
    percent="85,7",
    need="từ 70% trở lên",
    passed=True,
    rule="Người không tham gia biểu quyết vẫn tính trong tổng số thành viên.",
)
CHECKS = [
    Row(ok=True, label="Báo cáo thành tích", note="", source="Khoản 2 Điều 52"),
    Row(ok=False, label="Xác nhận của thôn", note="Chưa có chữ ký của trưởng thôn.", source=""),
    Row(ok=None, label="Đã khen trong năm", note="Chưa đủ dữ liệu năm 2025.", source=""),
]
NOTES = [
    ("good", "check-circle", "Đã gửi Văn phòng lúc 14:05."),
    ("wait", "exclamation-triangle", "Còn 2 ngày nữa là hết hạn."),
    ("bad", "exclamation-octagon", "Người khác vừa sửa hồ sơ này. Những gì bạn nhập còn nguyên bên dưới."),
    ("news", "info-circle", "Quyết định số 125/QĐ-UBND đã ban hành."),
]
TIMELINE = [
    Row(what="Trưởng thôn nhập", who="Lê Văn Thông", when=None, note="", mark="done"),
    Row(what="Văn phòng trả lại", who="Phạm Thị Vân", when=None, note="Ghi rõ diện tích đất.", mark="back"),
    Row(what="Chờ Văn phòng xem", who="", when=None, note="", mark="now", is_now=True),
    Row(what="Hội đồng họp", who="", when=None, note="", mark="todo"),
]
FACTS = [("Đơn vị", "Thôn 1"), ("Kỳ", "Tháng 11/2026"), ("Người nhập", "Lê Văn Thông"), ("Quyết định", "")]
FILES = [
    Row(url="#", label="Giấy đề nghị", note="PDF, 42 KB", icon="file-earmark-pdf"),
    Row(url="#", label="Báo cáo thành tích", note="DOCX, 18 KB", icon="file-earmark-word"),
]
TILES = [
    Row(number="9/13", label="đơn vị đã gửi", note="còn 4 đơn vị", url="#", bad=False),
    Row(number="24", label="gương trong tháng", note="", url="#", bad=False),
    Row(number="2", label="việc quá hạn", note="", url="#", bad=True),
    Row(number="12.516.000", label="đồng tiền thưởng", note="quý IV/2026", url="", bad=False),
]


class SampleExemplarForm(forms.Form):
    """A typical form: text, choice, radio, checkbox, file; some fields are invalid, one has a return note."""

    title = forms.CharField(label="Việc làm tốt", help_text="Một câu nói rõ ai đã làm gì.", max_length=20)
    kind = forms.ChoiceField(
        label="Giới thiệu",
        choices=[("p", "Một người"), ("h", "Một hộ gia đình"), ("c", "Một tập thể")],
        widget=forms.RadioSelect,
    )
    field = forms.ChoiceField(label="Lĩnh vực", choices=[("1", "Xây dựng nông thôn mới"), ("2", "Khuyến học")])
    day = forms.CharField(
        label="Ngày", help_text="Ví dụ 05/02/2026", widget=forms.TextInput({"class": "short", "inputmode": "numeric"})
    )
    deed = forms.CharField(label="Kể lại", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    photo = forms.FileField(
        label="Ảnh", required=False, help_text="Không bắt buộc.", widget=forms.FileInput({"accept": "image/*"})
    )
    agree = forms.BooleanField(label="Tôi đã hỏi ý kiến người được giới thiệu", required=False)


def sample_form() -> SampleExemplarForm:
    data = {
        "title": "Hiến hai trăm mét vuông đất mở đường",
        "kind": "p",
        "field": "1",
        "day": "",
        "deed": "Gia đình tự nguyện hiến đất.",
    }
    bound = SampleExemplarForm(data)
    bound.fields["deed"].return_note = "Ghi rõ diện tích đất và chiều dài đoạn đường."
    return bound


def sample_menu() -> Menu:
    def entry(label: str, icon: str, *, active: bool = False) -> dict[str, Any]:
        return {
            "label": label, "short": label, "url": "#", "icon": icon, "active": active, "name": label,
            "key": label, "mine": False, "off_bar": False, "entries": [],
        }  # fmt: skip

    areas = [entry("Việc của tôi", "inbox"), entry("Điển hình", "star", active=True), entry("Khen thưởng", "award")]
    tabs = [entry("Tháng này", "star", active=True), entry("Danh sách", "list-stars")]
    return Menu([*areas, entry("Thêm", "grid")], tabs, [], [])


def sample_tasks() -> list[Row]:
    """A late task, one that is due soon, and a case that waits for others."""
    return [
        Row(
            title="Viết xong và gửi Văn phòng",
            who="Lò Thị Ánh",
            text="Văn phòng trả lại, có một chỗ cần ghi rõ.",
            url="#",
            action="Sửa và gửi lại",
            since=TODAY - timedelta(12),
            due=TODAY - timedelta(2),
            late=True,
        ),
        Row(
            title="Gửi điển hình tháng 11/2026",
            who="Thôn 1",
            text="Giới thiệu một người, hộ hoặc tập thể, hoặc báo “không có”.",
            url="#",
            action="Nhập gương",
            since=TODAY - timedelta(3),
            due=TODAY + timedelta(2),
            soon=True,
        ),
        Row(
            title="Đề nghị khen thưởng",
            who="Nguyễn Văn Bình",
            text="Đang chờ Hội đồng họp.",
            url="#",
            action="Xem",
            since=TODAY - timedelta(1),
            whose="Văn phòng",
            quiet=True,
        ),
    ]


def sample_buttons() -> list[dict[str, Any]]:
    """Workflow steps: done at once, with a form, with confirmation."""

    def step(label: str, icon: str, *, form: bool = False, confirm: str = "") -> Row:
        return Row(label=label, icon=icon, form=form, confirm=confirm)

    return [
        {"step": step("Nhận gương này", "check-lg"), "tone": "primary", "url": "#"},
        {"step": step("Trả lại kèm lý do", "arrow-return-left", form=True), "tone": "secondary", "url": "#"},
        {
            "step": step("Hủy", "x-circle", confirm="Hủy rồi thì không lấy lại được. Lý do được ghi vào nhật ký."),
            "tone": "danger",
            "url": "#",
        },
    ]


def sample_refused() -> list[tuple[str, str]]:
    """A step that is not possible now, and why."""
    return [("Đề nghị khen", "Hồ sơ còn thiếu xác nhận của thôn.")]


def sample_rows() -> list[Row]:
    """Rows of a list."""
    names = ["Lò Thị Ánh", "Nguyễn Văn Bình", "Hộ bà Trương Thị Hòa", "Chi hội Phụ nữ Thôn 3"]
    return [
        Row(
            name=name,
            unit=f"Thôn {at + 1}",
            field="Xây dựng nông thôn mới",
            money=447000 if at else None,
            word="Đã nhận",
            icon="check-circle",
            tone="good",
        )
        for at, name in enumerate(names)
    ]


def sample_honours() -> list[Row]:
    """Cards of the honour roll, with and without a link."""
    return [
        Row(
            name="Ông Nguyễn Văn Bình",
            place="Thôn 2, xã Bình Lương",
            deed="Hiến 200 m² đất và góp 15 ngày công mở đường thôn.",
            tag="Giấy khen của Chủ tịch UBND xã",
            note="Quyết định số 125/QĐ-UBND ngày 20 tháng 11 năm 2026",
            photo_url="",
            url="#",
        ),
        Row(
            name="Chi hội Phụ nữ Thôn 3",
            place="Thôn 3, xã Bình Lương",
            deed="Giữ tuyến đường hoa dài 1,2 km, ba năm liền không rác.",
            tag="Giấy khen của Chủ tịch UBND xã",
            note="Quyết định số 125/QĐ-UBND ngày 20 tháng 11 năm 2026",
            photo_url="",
            url="",
        ),
    ]


def gallery_context() -> dict[str, Any]:
    """The context of the gallery template."""
    return {
        "commune_name": "xã Bình Lương",
        "is_demo": True,
        "post": "Trưởng thôn, Thôn 1",
        "today": TODAY,
        "menu": sample_menu(),
        "crumbs": [("Thi đua", "#"), ("Gương điển hình", "#"), ("Tháng 11/2026", "")],
        "tasks": sample_tasks(),
        "pills": PILLS,
        "subject": Row(version=3),
        "buttons": sample_buttons(),
        "refused": sample_refused(),
        "chips": CHIPS,
        "rows": sample_rows(),
        "page": Paginator(range(60), 25).page(2),
        "form": sample_form(),
        "vote": VOTE,
        "checks": CHECKS,
        "notes": NOTES,
        "photos": [],
        "timeline": TIMELINE,
        "facts": FACTS,
        "files": FILES,
        "tiles": TILES,
        "honours": sample_honours(),
    }
