"""Django's migrate for a database whose append-only triggers are missing or outdated."""

from typing import Any

from django.core.management.commands import migrate

from emulation.core.append_only import install_missing_triggers


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> Any:
        # execute() checks the database before handle() migrates it, and the check of the triggers asks for a migrate
        if not (options["plan"] or options["check_unapplied"]):
            install_missing_triggers(using=options["database"])
        return super().execute(*args, **options)
