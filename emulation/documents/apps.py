from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official papers: drafts, numbering, freezing, files, registers. Knows nothing of nominations."""

    name = "emulation.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from emulation.acts import menu, who
        from emulation.core.append_only import append_only
        from emulation.documents import checks, flow, jobs  # noqa: F401

        flow.declare()
        append_only(
            "documents.IssuedDocument", "documents.DocumentFile", "documents.DocumentEvent", "documents.DocumentReader",
            "documents.Picture",
        )  # fmt: skip
        menu.add(
            menu.Entry("Văn bản", "documents:list", "file-earmark-text", who.signed_in, "Văn bản", 10),
            menu.Entry("Sổ văn bản đi", "documents:register", "journal-text", who.staff, "Văn bản", 20),
            menu.Entry("Số và ký hiệu", "documents:numbers", "hash", who.office | who.clerk, "Văn bản", 60),
            menu.Entry("Hình ảnh cho giấy khen", "documents:pictures", "image", who.office, "Văn bản", 70),
        )
