from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "emulation.legal"
    label = "legal"

    def ready(self) -> None:
        from emulation.core.append_only import append_only
        from emulation.legal import agenda, calendar_flow, flow

        append_only("legal.LegalValue", "legal.LegalSync", "legal.CalendarDay")
        flow.declare()
        calendar_flow.declare()
        agenda.declare()
