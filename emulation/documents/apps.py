from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official papers: drafts, numbering, freezing, files, registers. Knows nothing of nominations."""

    name = "emulation.documents"
    label = "documents"
    verbose_name = "Văn bản"
