"""The act on a restore: release of the e-mails and reminders that wait after it."""

from emulation.backups.models import Restore
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step, register_flow


def _released(restore: Restore) -> str | None:
    return "Thư và việc nhắc đã được cho gửi lại rồi." if restore.released_at else None


RESTORE = Flow(
    model="backups.Restore",
    title="Khôi phục từ bản sao lưu",
    states={},
    steps=(
        Step(
            "notices.release_messages",
            "Cho gửi lại thư và việc nhắc",
            permissions.administrator,
            guard=_released,
            icon="send",
            hidden=True,
        ),
    ),
)


def register_restore_flow() -> None:
    """Called in AppConfig.ready()."""
    register_flow(RESTORE)
