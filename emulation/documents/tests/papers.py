"""Papers of every kind, as the apps build them, for tests of the engines. All names are fictional."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Article,
    Bullet,
    CenteredLine,
    Clause,
    DottedLines,
    EnactingLine,
    Heading,
    HeadingLevel,
    KeyValue,
    LegalBasisLine,
    Paragraph,
    Point,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.blocks.letterhead import Letterhead, Signature, chair_signature, committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark

DAY = date(2026, 2, 5)
COMMITTEE = "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"
SENTENCE = (
    "Ủy ban nhân dân xã tổ chức quán triệt đầy đủ chủ trương, chính sách, pháp luật về thi đua, khen thưởng đến "
    "cán bộ, công chức và nhân dân; hằng tháng, hằng quý lựa chọn điển hình tiêu biểu để biểu dương, nhân rộng."
)


def letterhead_of(symbol: str, issuer: str = COMMITTEE, parent: str = "") -> Letterhead:
    return Letterhead(issuer=issuer, parent=parent, place="Bình Lương", symbol=symbol, year=2026)


def decision(rows: int = 34) -> Paper:
    people = tuple(
        (
            f"Nguyễn Thị Thu Hường {i}",
            f"Trưởng thôn, Thôn {i % 6 + 1}",
            "Có thành tích xuất sắc trong phong trào xây dựng nông thôn mới quý IV",
            "447.000",
        )
        for i in range(1, rows)
    )
    groups = (
        TableRowGroup("I. TẬP THỂ"),
        ("Tập thể Thôn 2", "Xã Bình Lương", "Dẫn đầu phong trào", "894.000"),
        TableRowGroup("II. CÁ NHÂN"),
    )
    table = Table(
        (
            TableColumn("Họ và tên, tên tập thể", 26),
            TableColumn("Chức vụ, đơn vị", 22),
            TableColumn("Thành tích", 30),
            TableColumn("Tiền thưởng (đồng)", 14, TextAlign.right),
        ),
        (*groups, *people),
        total=("Tổng cộng", "", "", "15.645.000"),
    )
    return Paper(
        kind="quyet_dinh",
        letterhead=letterhead_of("QĐ-UBND"),
        doc_type="QUYẾT ĐỊNH",
        subject="Về việc tặng Giấy khen cho các tập thể, cá nhân có thành tích xuất sắc trong phong trào thi đua quý IV năm 2025",
        body=(
            CenteredLine("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
            LegalBasisLine("Căn cứ Luật Tổ chức chính quyền địa phương"),
            LegalBasisLine("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"),
            LegalBasisLine(
                "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng"
            ),
            LegalBasisLine(
                "Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã tại Tờ trình số 03/TTr-HĐTĐKT ngày 03 tháng 02 năm 2026"
            ),
            EnactingLine(),
            Article(
                1,
                "Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã cho 01 tập thể và 33 cá nhân có thành tích xuất sắc (có danh sách kèm theo).",
            ),
            Article(
                2,
                "Tiền thưởng kèm theo Giấy khen thực hiện theo quy định hiện hành, chi từ Quỹ thi đua, khen thưởng của xã.",
            ),
            Article(
                3,
                with_end_mark(
                    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, công chức Tài chính - Kế toán và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này"
                ),
            ),
        ),
        signatures=(chair_signature("Lê Văn Minh Họa"),),
        recipients=("Như Điều 3", "Phòng Nội vụ (b/c)", "Thường trực Đảng ủy, HĐND xã (b/c)", "Lưu: VT, VP"),
        appendices=(
            Appendix(
                "DANH SÁCH",
                (table,),
                "Tập thể, cá nhân được tặng Giấy khen",
                of="Chủ tịch Ủy ban nhân dân xã Bình Lương",
            ),
        ),
    )


def _clause_with_bullets(number: int) -> tuple[Block, ...]:
    return (Clause(number, SENTENCE), Bullet(SENTENCE), Bullet("Theo dõi, đôn đốc các đơn vị, thôn."))


def dispatch() -> Paper:
    return Paper(
        kind="cong_van",
        letterhead=letterhead_of("UBND-VP"),
        subject="Về việc triển khai thực hiện Chỉ thị số 04-CT/TU của Ban Thường vụ Tỉnh ủy về công tác thi đua, khen thưởng",
        addressees=(
            "Hội đồng Thi đua - Khen thưởng xã",
            "Trưởng thôn các thôn",
            "Hiệu trưởng các trường học, Trưởng trạm Y tế xã",
        ),
        body=(
            Paragraph(
                "Thực hiện Công văn số 1757/UBND-NV ngày 07 tháng 9 năm 2021 của Chủ tịch UBND huyện Như Xuân. "
                + SENTENCE
            ),
            *_clause_with_bullets(1),
            *_clause_with_bullets(2),
            *_clause_with_bullets(3),
            Clause(4, title="Giao Phòng Văn hóa - Xã hội", text="Tham mưu cho Ủy ban nhân dân xã:"),
            *(Point(i, SENTENCE) for i in range(1, 6)),
            Paragraph(
                with_end_mark(
                    "Đề nghị Mặt trận Tổ quốc xã, các đoàn thể và trưởng các thôn quan tâm, chỉ đạo thực hiện"
                )
            ),
        ),
        signatures=(committee_signature("Lê Văn Minh Họa", deputy=True),),
        recipients=(
            "Như trên",
            "Phòng Nội vụ (b/c)",
            "Đảng ủy, TT HĐND xã (b/c)",
            "MTTQ, các đoàn thể (p/h)",
            "CT, các PCT UBND xã (c/đ)",
            "Trưởng thôn 6 thôn (t/h)",
            "Lưu: VT, VP",
        ),
    )


def achievement_report() -> Paper:
    return Paper(
        kind="bao_cao_thanh_tich",
        letterhead=Letterhead(place="Bình Lương", year=2026, issuer="THÔN 1", parent="UBND XÃ BÌNH LƯƠNG"),
        doc_type="BÁO CÁO THÀNH TÍCH",
        subject="Đề nghị tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        body=(
            Heading(HeadingLevel.roman, 1, "Sơ lược lý lịch"),
            KeyValue("Họ và tên", "Lò Thị Hoa"),
            KeyValue("Sinh năm", "1985"),
            KeyValue("Quê quán"),
            Heading(HeadingLevel.roman, 2, "Thành tích đạt được"),
            Heading(HeadingLevel.number, 1, "Quyền hạn, nhiệm vụ được giao"),
            Paragraph(SENTENCE),
            DottedLines("Ý kiến khác:", 3),
        ),
        signatures=(
            Signature(("XÁC NHẬN CỦA THÔN",), "Hà Văn Bình"),
            Signature(("NGƯỜI BÁO CÁO",), "Lò Thị Hoa", "(Ký, ghi rõ họ tên)"),
        ),
    )


def request() -> Paper:
    return Paper(
        kind="giay_de_nghi",
        letterhead=Letterhead(place="Bình Lương", year=2026),
        doc_type="GIẤY ĐỀ NGHỊ",
        subject="Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        addressees=("Chủ tịch Ủy ban nhân dân xã Bình Lương",),
        body=(
            Paragraph("Căn cứ kết quả bình xét tại cuộc họp thôn, " + SENTENCE),
            Table(
                (TableColumn("Họ và tên", 30), TableColumn("Thành tích", 50)),
                (("Lò Thị Hoa", "Giúp ba hộ nghèo thoát nghèo"),),
            ),
            Paragraph(with_end_mark("Kính đề nghị xem xét, quyết định")),
        ),
        signatures=(Signature(("TRƯỞNG THÔN",), "Hà Văn Bình"),),
    )


def proposal() -> Paper:
    return Paper(
        kind="to_trinh",
        letterhead=letterhead_of("TTr-HĐTĐKT", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
        doc_type="TỜ TRÌNH",
        subject="Về việc đề nghị tặng Giấy khen",
        addressees=("Chủ tịch Ủy ban nhân dân xã Bình Lương",),
        body=(
            *(Paragraph(SENTENCE) for _ in range(3)),
            Heading(HeadingLevel.number, 1, "Kết quả xét"),
            Paragraph("20 trường hợp đạt.", lead="Tổng số:"),
            Paragraph(with_end_mark("Kính trình Chủ tịch xem xét, quyết định")),
        ),
        signatures=(Signature(("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Vi Thị Mai"),),
        recipients=("Như trên", "Lưu: HĐTĐKT"),
    )


def minutes() -> Paper:
    return Paper(
        kind="bien_ban",
        letterhead=letterhead_of("BB-HĐTĐKT", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
        doc_type="BIÊN BẢN",
        subject="Họp Hội đồng Thi đua - Khen thưởng xét khen thưởng quý IV năm 2025",
        body=(
            KeyValue("Thời gian bắt đầu", "14 giờ 00 ngày 03 tháng 02 năm 2026"),
            KeyValue("Địa điểm", "Phòng họp Ủy ban nhân dân xã"),
            KeyValue("Vắng"),
            *(Paragraph(SENTENCE) for _ in range(9)),
            Paragraph(with_end_mark("Cuộc họp kết thúc lúc 16 giờ 30 phút cùng ngày")),
        ),
        signatures=(Signature(("THƯ KÝ",), "Vi Thị Mai"), Signature(("CHỦ TỌA",), "Lê Văn Minh Họa")),
        recipients=("Thành viên Hội đồng", "Lưu: VT, HĐTĐKT"),
    )


def report() -> Paper:
    return Paper(
        kind="bao_cao",
        letterhead=letterhead_of("BC-UBND"),
        doc_type="BÁO CÁO",
        subject="Kết quả công tác thi đua, khen thưởng quý IV năm 2025",
        addressees=("Phòng Nội vụ huyện Như Xuân",),
        body=(
            Heading(HeadingLevel.part, 1, "Kết quả thực hiện"),
            *(Paragraph(SENTENCE) for _ in range(2)),
            Heading(HeadingLevel.chapter, 2, "Phương hướng"),
            Heading(HeadingLevel.section, 1, "Nhiệm vụ"),
            Paragraph(with_end_mark(SENTENCE)),
        ),
        signatures=(committee_signature("Lê Văn Minh Họa"),),
        recipients=("Như trên", "Lưu: VT, VP"),
    )


def plan() -> Paper:
    return Paper(
        kind="ke_hoach",
        letterhead=letterhead_of("KH-UBND"),
        doc_type="KẾ HOẠCH",
        subject="Phát động phong trào thi đua “Cả nước chung sức xây dựng nông thôn mới” năm 2026",
        body=(
            LegalBasisLine("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"),
            Paragraph("Ủy ban nhân dân xã ban hành Kế hoạch như sau:"),
            Heading(HeadingLevel.roman, 1, "MỤC ĐÍCH, YÊU CẦU"),
            *(Bullet(SENTENCE) for _ in range(2)),
            Heading(HeadingLevel.roman, 2, "CHỈ TIÊU"),
            Table(
                (
                    TableColumn("Chỉ tiêu", 60),
                    TableColumn("Phải đạt", 20, TextAlign.right),
                    TableColumn("Đơn vị tính", 20, TextAlign.center),
                ),
                (("Làm đường thôn, xóm", "3.000", "m"), ("Hộ thoát nghèo", "18", "hộ")),
            ),
            Paragraph(with_end_mark(SENTENCE)),
        ),
        signatures=(committee_signature("Lê Văn Minh Họa"),),
        recipients=("Các đơn vị trong xã (t/h)", "Lưu: VT, VP"),
    )


def certificate(recipient: str = "Bà Lò Thị Hoa") -> Certificate:
    return Certificate(
        post="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG",
        recipient=recipient,
        about="Chi hội trưởng Chi hội Phụ nữ Thôn 1, xã Bình Lương",
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua xây dựng nông thôn mới quý IV năm 2025",
        signature=chair_signature("Lê Văn Minh Họa"),
        place="Bình Lương",
        code="K7QF-2MXA-9TRB-WZ4D-E",
        verify_url="http://127.0.0.1:8000/xac-minh/K7QF2MXA9TRBWZ4DE",
    )


KINDS = {
    "cong_van": dispatch, "bao_cao_thanh_tich": achievement_report, "giay_de_nghi": request, "to_trinh": proposal,
    "bien_ban": minutes, "quyet_dinh": decision, "bao_cao": report, "giay_khen": certificate,
    "ke_hoach": plan,
}  # fmt: skip


def final(kind: str) -> AnyDocument:
    """The issued paper of a kind, dated 05/02/2026, with number 5 if it has one."""
    sheet = KINDS[kind]()
    if isinstance(sheet, Certificate):
        return sheet.issued(DAY, 5, 1)
    return sheet.issued(DAY, 5 if sheet.letterhead.symbol else None)


def long_certificate() -> Certificate:
    return replace(
        certificate("Tập thể cán bộ, giáo viên và nhân viên Trường Tiểu học và Trung học cơ sở Bình Lương"),
        about="Trường Tiểu học và Trung học cơ sở Bình Lương, xã Bình Lương, huyện Như Xuân, tỉnh Thanh Hóa, đơn vị dẫn đầu khối",
        achievement=SENTENCE + " " + SENTENCE[:170],
    )


def with_text_everywhere(sheet: AnyDocument, evil: str) -> AnyDocument:
    """The paper with `evil` appended to every text that users can enter."""
    fixed = {"kind", "status", "symbol", "decision_symbol", "align", "level", "emblem", "border", "type", "verify_url"}

    def walk(value: Any, name: str = "") -> Any:
        if isinstance(value, Block):
            return replace(value, **{f.name: walk(getattr(value, f.name), f.name) for f in fields(value)})
        if isinstance(value, tuple):
            return tuple(walk(item, name) for item in value)
        return value + evil if type(value) is str and value and name not in fixed else value

    return walk(sheet)
