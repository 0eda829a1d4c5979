"""App of backups; registers the daily jobs."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backups of the database and the stored files, their restore, and the daily check of the stored files."""

    name = "emulation.backups"
    label = "backups"
    verbose_name = "Sao lưu"

    def ready(self) -> None:
        from emulation.backups import tasks  # noqa: F401  (the import registers the jobs)
