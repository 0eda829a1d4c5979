from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "emulation.legal"
    label = "legal"

    def ready(self) -> None:
        from emulation.acts import menu, who
        from emulation.core.guards import append_only

        append_only("legal.LegalValue", "legal.LegalSync")
        menu.add(
            menu.Entry("Danh mục danh hiệu, hình thức", "legal:catalogue", "list-stars", who.signed_in, "Văn bản", 79),
            menu.Entry("Căn cứ pháp lý", "legal:values", "book", who.signed_in, "Văn bản", 80),
        )
