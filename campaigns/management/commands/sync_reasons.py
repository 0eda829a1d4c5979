"""`manage.py sync_reasons`: updates the common return reasons from seeds/reasons.toml; running it again changes nothing."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from campaigns.catalogue.models import ReturnReason

SEEDS = Path(__file__).parents[2] / "seeds" / "reasons.toml"


class Command(BaseCommand):
    help = "Nạp danh mục lý do trả lại điển hình."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = tomllib.loads(SEEDS.read_text(encoding="utf-8"))["reasons"]
        common = ReturnReason.objects.filter(commune=None)
        for place, row in enumerate(rows):
            facts = {"field": row["field"], "text": row["text"], "sort": place, "is_active": True}
            common.update_or_create(code=row["code"], defaults=facts, create_defaults={**facts, "commune": None})
        common.exclude(code__in=[row["code"] for row in rows]).update(is_active=False)
