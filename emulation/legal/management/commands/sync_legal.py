"""Copies the statutes of this release into the database; safe to run at every start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.core.errors import RuleBroken
from emulation.legal.sync import sync_statutes


class Command(BaseCommand):
    help = "Copy emulation/legal/statutes into the database (idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = sync_statutes()
        except RuleBroken as broken:
            raise CommandError(broken.message) from None
        if options["verbosity"]:
            change = f"{done.added} added" if done.changed else "unchanged"
            self.stdout.write(f"statutes: {done.total} values, {change}")
