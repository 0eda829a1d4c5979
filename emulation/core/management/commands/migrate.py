"""Django's migrate for a database whose append-only triggers are missing or outdated."""

from typing import Any

from django.core.management.commands import migrate

from emulation.core.append_only import install_missing_triggers


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> Any:
        # execute() runs the system checks before handle() migrates, and the check of the triggers requires a migrate
        if not (options["plan"] or options["check_unapplied"]):
            install_missing_triggers(using=options["database"])
        return super().execute(*args, **options)
