"""The error of backups and restores."""

USE_ANOTHER = "Hãy chép lại tệp này từ nơi đang giữ, hoặc dùng bản sao lưu khác."
"""The remedy for a damaged backup: each backup is complete, so that any other will do."""


class BackupError(Exception):
    """A backup or restore that cannot go on; the message is Vietnamese and names the remedy."""
