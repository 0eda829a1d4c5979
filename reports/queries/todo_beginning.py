"""The tasks of the office of a commune that begins to use the program: its units, their heads, chair and clerk, the council."""

from django.urls import reverse

from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import Role
from emulation.workflow.workflow import step_of
from reports.queries.todo_rows import TodoItem
from villages.queries.existing_units import signers_without_account, units_without_account
from villages.queries.posts_to_follow import EndingPosts

SHOWN = 3
SIGNERS = {Role.chair: ("Chủ tịch", "Người duyệt, ký văn bản"), Role.clerk: ("Văn thư", "Người lấy số văn bản")}


def beginning_tasks(capacity: UserCapacity, found: EndingPosts) -> list[TodoItem]:
    """What is still missing, in the order in which to enter it; [] once all is there, without a query."""
    if capacity.commune_id is None or not step_of("villages.record_existing_units").permission.allows(capacity, None):
        return []
    if found.no_units:
        return [_units_task()]
    heads = [_heads_task(capacity.commune_id)] if found.unheaded else []
    signers = _signer_tasks(capacity.commune_id) if found.no_signers else []
    council = [_council_task()] if found.no_council else []
    return [*heads, *signers, *council]


def _units_task() -> TodoItem:
    return TodoItem(
        title="Bắt đầu: ghi các đơn vị của xã",
        who="Thôn, trường học, trạm y tế, Mặt trận, đoàn thể",
        text="mỗi dòng một tên.",
        url=reverse("villages:existing_units"),
        action="Ghi đơn vị",
    )


def _heads_task(commune_id: int) -> TodoItem:
    units = units_without_account(commune_id)
    names = ", ".join(unit.name for unit in units[:SHOWN])
    more = f" và {len(units) - SHOWN} đơn vị khác" if len(units) > SHOWN else ""
    return TodoItem(
        title="Thêm tài khoản cho người đứng đầu đơn vị",
        who=f"{names}{more}",
        text="chưa có ai đăng nhập; thêm xong thì in phiếu mật khẩu đưa cho từng người.",
        url=f"{reverse('villages:add_account')}?don-vi={units[0].pk}",
        action="Thêm tài khoản",
    )


def _signer_tasks(commune_id: int) -> list[TodoItem]:
    """One task for those who are missing, which begins with the first of them; none while they wait for a second person."""
    roles = signers_without_account(commune_id)
    if not roles:
        return []
    return [
        TodoItem(
            title=f"Thêm tài khoản {', '.join(SIGNERS[role][0] for role in roles)}",
            who="; ".join(SIGNERS[role][1] for role in roles),
            text="quản trị hệ thống xác nhận rồi mới in được phiếu; chưa cần cho điển hình tháng.",
            url=f"{reverse('villages:add_account')}?vai={roles[0]}",
            action="Thêm tài khoản",
        )
    ]


def _council_task() -> TodoItem:
    return TodoItem(
        title="Ghi Hội đồng TĐKT",
        who="Theo quyết định đang có hiệu lực",
        text="thành viên có tài khoản thì chọn được; chưa cần cho điển hình tháng.",
        url=reverse("villages:renew_council"),
        action="Ghi Hội đồng",
    )
