"""`manage.py sync_fields`: updates the fields of emulation from seeds/fields.toml; running it again changes nothing."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from campaigns.catalogue.models import Field

SEEDS = Path(__file__).parents[2] / "seeds" / "fields.toml"


class Command(BaseCommand):
    help = "Nạp danh mục lĩnh vực thi đua."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = tomllib.loads(SEEDS.read_text(encoding="utf-8"))["fields"]
        for place, row in enumerate(rows):
            Field.objects.update_or_create(
                code=row["code"],
                defaults={"name": row["name"], "hint": row.get("hint", ""), "sort": place, "is_active": True},
            )
        Field.objects.exclude(code__in=[row["code"] for row in rows]).update(is_active=False)
