"""App of the audit log; makes its table append-only."""

from django.apps import AppConfig

from emulation.core.append_only import append_only


class AuditConfig(AppConfig):
    name = "emulation.audit"
    label = "audit"

    def ready(self) -> None:
        append_only("audit.AuditEntry")
