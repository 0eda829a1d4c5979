"""What the pages of a paper with an approval show: who can approve it today, its columns in words."""

from datetime import date, time
from typing import Any

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.formatting import format_date
from emulation.documents.approval.models import ApprovalSubject

NOBODY = (
    "Hôm nay chưa tài khoản nào giữ vai Chủ tịch UBND xã nên chưa ai duyệt được. Văn phòng giao vai này cho Chủ tịch hoặc "
    "người được giao quyền, phụ trách ở “Tài khoản” (người thứ hai xác nhận); văn bản đã trình vẫn nằm chờ, không mất."
)
SAME_PERSON = (
    "Người soạn văn bản này cũng là người duy nhất giữ vai Chủ tịch UBND xã, nên tự duyệt được; nhật ký ghi rõ hai việc do "
    "một người làm. Muốn có hai người: để Văn phòng hoặc Văn thư soạn, hoặc ủy quyền cho Phó Chủ tịch ở “Báo vắng, ủy "
    "quyền”."
)


def approver_hint(subject: ApprovalSubject, on: date) -> str:
    """That nobody can approve the paper on that day, or only its drafter; "" otherwise, and once it is approved."""
    if subject.state not in (*ApprovalSubject.OPEN, ApprovalSubject.SUBMITTED):
        return ""
    chairs = User.objects.filter(pk__in=role_holder_ids(subject.commune_id, Role.chair, on=on), is_active=True)
    ids = set(chairs.values_list("pk", flat=True))
    if not ids:
        return NOBODY
    return SAME_PERSON if ids == {subject.created_by_id} else ""


def column_text(subject: ApprovalSubject, name: str) -> str:
    """A column as the page of a paper shows it."""
    value: Any = getattr(subject, name)
    match value:
        case bool():
            return "có" if value else "không"
        case date():
            return format_date(value)
        case time():
            return f"{value:%H:%M}"
        case list():
            return ", ".join(map(str, value))
    display = getattr(subject, f"get_{name}_display", None)
    return str(display() if display else value) if value else "chưa ghi"
