"""App of the law: registers local values, the working calendar, append-only tables."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "emulation.legal"
    label = "legal"

    def ready(self) -> None:
        from emulation.core.append_only import append_only
        from emulation.legal.calendar import agenda
        from emulation.legal.calendar import flow as calendar_flow
        from emulation.legal.local_values import flow, stored_files  # noqa: F401  (the import registers the files)

        append_only("legal.LegalValue", "legal.LegalSync", "legal.CalendarDay")
        flow.register_local_value_flow()
        calendar_flow.register_work_calendar_flow()
        agenda.register_special_day_deadlines()
