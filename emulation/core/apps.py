from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "emulation.core"
    label = "core"

    def ready(self) -> None:
        from emulation.core import guards

        # The only signal in the house: Django rebuilds SQLite tables and drops their triggers without a word.
        post_migrate.connect(guards.arm_after_migrate, dispatch_uid="guards")
