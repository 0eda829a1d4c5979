from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "emulation.legal"
    label = "legal"

    def ready(self) -> None:
        from emulation.acts import menu, who
        from emulation.core.guards import append_only
        from emulation.legal import calendar_flow

        append_only("legal.LegalValue", "legal.LegalSync", "legal.CalendarDay")
        menu.add(menu.Entry("Căn cứ pháp lý", "legal:values", "book", who.signed_in, "Văn bản", 80))
        calendar_flow.declare()
