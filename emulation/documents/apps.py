"""App of papers: registers acts, checks, jobs, stored files, menu entries, append-only tables."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official papers: drafts, numbering, freezing, files, registers. Independent of campaigns and awards."""

    name = "emulation.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from emulation.core.append_only import append_only
        from emulation.documents import checks, file_sources, flow, search, tasks  # noqa: F401
        from emulation.workflow import menu, permissions

        flow.register_document_flows()
        search.register_document_search()
        append_only(
            "documents.IssuedDocument", "documents.DocumentFile", "documents.DocumentEvent", "documents.DocumentReader",
            "documents.BrandingImage", "documents.NumberBookCheck",
        )  # fmt: skip
        menu.add_menu_entries(
            menu.MenuEntry(
                "Văn bản đi",
                "documents:list",
                "file-earmark-text",
                permissions.signed_in,
                "papers",
                10,
                "Văn bản đã ban hành mà bạn được xem.",
            ),
            menu.MenuEntry(
                "Sổ đăng ký",
                "documents:register",
                "journal-text",
                permissions.staff,
                "papers",
                20,
                "Sổ văn bản đi theo năm.",
            ),
            menu.MenuEntry(
                "Số và ký hiệu",
                "documents:numbers",
                "hash",
                permissions.office | permissions.clerk,
                "papers",
                70,
                "Số cuối của từng sổ, ký hiệu văn bản.",
            ),
            menu.MenuEntry(
                "Hình ảnh giấy khen",
                "documents:pictures",
                "image",
                permissions.office,
                "papers",
                80,
                "Hình ảnh, khung của giấy khen.",
            ),
        )
