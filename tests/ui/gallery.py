"""Fake data for templates/components/gallery.html: every component once, to look at and to test."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.core.paginator import Paginator

from emulation.workflow.menu import Menu

TODAY = date(2026, 11, 23)


class SampleExemplarForm(forms.Form):
    """A form as rooms make them: text, choice, radio, checkbox, file; one field returned, some wrong."""

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
    def entry(label: str, icon: str, active: bool = False, short: str = "") -> dict[str, Any]:
        return {"label": label, "url": "#", "icon": icon, "active": active, "short": short}

    groups = [
        {"title": "Của tôi", "entries": [entry("Việc của tôi", "inbox"), entry("Thông báo", "bell")]},
        {
            "title": "Thi đua",
            "entries": [
                entry("Gương điển hình", "star", True, short="Gương"),
                entry("Công văn triển khai", "envelope-paper"),
            ],
        },
        {
            "title": "Khen thưởng",
            "entries": [
                entry("Hồ sơ đề nghị", "folder2-open"),
                entry("Phiên họp Hội đồng", "people"),
                entry("Quyết định", "file-earmark-text"),
                entry("Sổ vàng", "journal-bookmark"),
            ],
        },
    ]
    return Menu(groups, [group["entries"][0] for group in groups])


def gallery_context() -> dict[str, Any]:
    def step(label: str, icon: str, tone: str = "secondary", form: bool = False, confirm: str = "") -> Row:
        return Row(label=label, icon=icon, tone=tone, form=form, confirm=confirm)

    yes, no = Row(ok=True, reason=""), Row(ok=False, reason="Hồ sơ còn thiếu xác nhận của thôn.")
    names = ["Lò Thị Ánh", "Nguyễn Văn Bình", "Hộ bà Trương Thị Hòa", "Chi hội Phụ nữ Thôn 3"]
    return {
        "commune_name": "xã Bình Lương",
        "is_demo": True,
        "role_titles": "Trưởng thôn",
        "today": TODAY,
        "menu": sample_menu(),
        "crumbs": [("Thi đua", "#"), ("Gương điển hình", "#"), ("Tháng 11/2026", "")],
        "tasks": [
            Row(
                title="Bổ sung gương tháng 10: Lò Thị Ánh",
                text="Văn phòng trả lại, có một chỗ cần ghi rõ.",
                url="#",
                action="Sửa và gửi lại",
                since=TODAY - timedelta(12),
                due=TODAY - timedelta(2),
                late=True,
            ),
            Row(
                title="Gương điển hình tháng 11/2026 của Thôn 1",
                text="Giới thiệu một người, hộ hoặc tập thể, hoặc báo “không có”.",
                url="#",
                action="Nhập gương",
                since=TODAY - timedelta(3),
                due=TODAY + timedelta(2),
                soon=True,
            ),
            Row(
                title="Hồ sơ Nguyễn Văn Bình",
                text="Đang chờ Hội đồng họp.",
                url="#",
                action="Xem",
                since=TODAY - timedelta(1),
                whose="Văn phòng",
                quiet=True,
            ),
        ],
        "pills": [
            ("Bản nháp", "pencil", "neutral"),
            ("Chờ Văn phòng xem", "hourglass-split", "wait"),
            ("Trả lại để sửa", "arrow-return-left", "bad"),
            ("Đã nhận", "check-circle", "good"),
            ("Chờ Hội đồng", "people", "news"),
            ("Đã khen thưởng", "award", "gold"),
        ],
        "subject": Row(version=3),
        "buttons": [
            {"step": step("Nhận gương này", "check-lg", "primary"), "url": "#", "authorization": yes},
            {"step": step("Trả lại kèm lý do", "arrow-return-left", form=True), "url": "#", "authorization": yes},
            {"step": step("Đề nghị khen", "award"), "url": "#", "authorization": no},
            {
                "step": step(
                    "Hủy", "x-circle", "danger", confirm="Hủy rồi thì không lấy lại được. Lý do được ghi vào nhật ký."
                ),
                "url": "#",
                "authorization": yes,
            },
        ],
        "chips": [
            {"label": "Tất cả", "url": "#", "active": True, "count": 24},
            {"label": "Chờ xem", "url": "#", "count": 3},
            {"label": "Đã nhận", "url": "#", "count": 20},
            {"label": "Trả lại", "url": "#", "count": 1},
        ],
        "rows": [
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
        ],
        "page": Paginator(range(60), 25).page(2),
        "form": sample_form(),
        "vote": Row(
            total=7,
            agree=6,
            against=0,
            recused=1,
            percent="85,7",
            need="từ 70% trở lên",
            passed=True,
            rule="Người không tham gia biểu quyết vẫn tính trong tổng số thành viên.",
        ),
        "checks": [
            Row(ok=True, label="Báo cáo thành tích", note="", source="Khoản 2 Điều 52"),
            Row(ok=False, label="Xác nhận của thôn", note="Chưa có chữ ký của trưởng thôn.", source=""),
            Row(ok=None, label="Đã khen trong năm", note="Chưa đủ dữ liệu năm 2025.", source=""),
        ],
        "notes": [
            ("good", "check-circle", "Đã gửi Văn phòng lúc 14:05."),
            ("wait", "exclamation-triangle", "Còn 2 ngày nữa là hết hạn."),
            ("bad", "exclamation-octagon", "Người khác vừa sửa hồ sơ này. Những gì bạn nhập còn nguyên bên dưới."),
            ("news", "info-circle", "Quyết định số 125/QĐ-UBND đã ban hành."),
        ],
        "photos": [],
        "timeline": [
            Row(what="Trưởng thôn nhập", who="Lê Văn Thông", when=None, note="", mark="done"),
            Row(what="Văn phòng trả lại", who="Phạm Thị Vân", when=None, note="Ghi rõ diện tích đất.", mark="back"),
            Row(what="Chờ Văn phòng xem", who="", when=None, note="", mark="now"),
            Row(what="Hội đồng họp", who="", when=None, note="", mark="todo"),
        ],
        "facts": [("Đơn vị", "Thôn 1"), ("Kỳ", "Tháng 11/2026"), ("Người nhập", "Lê Văn Thông"), ("Quyết định", "")],
        "files": [
            Row(url="#", label="Giấy đề nghị", note="PDF, 42 KB", icon="file-earmark-pdf"),
            Row(url="#", label="Báo cáo thành tích", note="DOCX, 18 KB", icon="file-earmark-word"),
        ],
        "tiles": [
            Row(number="9/13", label="đơn vị đã gửi", note="còn 4 đơn vị", url="#", bad=False),
            Row(number="24", label="gương trong tháng", note="", url="#", bad=False),
            Row(number="2", label="việc quá hạn", note="", url="#", bad=True),
            Row(number="12.516.000", label="đồng tiền thưởng", note="quý IV/2026", url="", bad=False),
        ],
        "honours": [
            Row(
                name="Ông Nguyễn Văn Bình",
                place="Thôn 2, xã Bình Lương",
                deed="Hiến 200 m² đất và góp 15 ngày công mở đường thôn.",
                award="Giấy khen của Chủ tịch UBND xã",
                decision="Quyết định số 125/QĐ-UBND ngày 20 tháng 11 năm 2026",
                photo_url="",
                url="#",
            ),
            Row(
                name="Chi hội Phụ nữ Thôn 3",
                place="Thôn 3, xã Bình Lương",
                deed="Giữ tuyến đường hoa dài 1,2 km, ba năm liền không rác.",
                award="Giấy khen của Chủ tịch UBND xã",
                decision="Quyết định số 125/QĐ-UBND ngày 20 tháng 11 năm 2026",
                photo_url="",
                url="",
            ),
        ],
    }
