"""Copies the statutes of this release into `LegalValue` rows. Idempotent."""

import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction

from emulation.core.errors import RuleBroken
from emulation.legal.engine.checker import check_statutes
from emulation.legal.engine.loader import Statutes, shipped_statutes
from emulation.legal.models import Instrument, LegalSync, LegalValue


@dataclass(frozen=True)
class SyncResult:
    """Result of a sync: rows added, whether the set of versions in force changed, and the size of that set."""

    added: int
    changed: bool
    total: int


def sync_statutes(statutes: Statutes | None = None) -> SyncResult:
    """Adds missing versions and makes the set of the statutes the current one. RuleBroken when the checker finds problems."""
    statutes = statutes or shipped_statutes()
    if problems := check_statutes(statutes):
        raise RuleBroken("Bộ quy định có lỗi:\n" + "\n".join(problems))
    versions = sorted(value.version for value in statutes.values)
    digest = hashlib.sha256("".join(versions).encode()).hexdigest()
    with transaction.atomic():
        # First: this locks those rows (the whole database on SQLite), so that two syncs run one after the other.
        _save_instruments(statutes)
        stored = set(LegalValue.objects.filter(version__in=versions).values_list("version", flat=True))
        added = [LegalValue.of(value) for value in statutes.values if value.version not in stored]
        LegalValue.objects.bulk_create(added)
        latest = LegalSync.objects.order_by("-pk").first()
        changed = latest is None or latest.digest != digest
        if changed:
            LegalSync.objects.create(token=secrets.token_hex(16), digest=digest, versions=versions)
    return SyncResult(len(added), changed, len(versions))


def _save_instruments(statutes: Statutes) -> None:
    Instrument.objects.bulk_create(
        [
            Instrument(
                code=instrument.code,
                number=instrument.number,
                name=instrument.name,
                signed_on=instrument.signed,
                starts_on=instrument.start,
                ends_on=instrument.end,
                replaced_by=instrument.replaced_by,
                amends=instrument.amends,
                local=instrument.local,
                source=instrument.source,
                confirmed=instrument.confirmed,
            )
            for instrument in statutes.instruments
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "number",
            "name",
            "signed_on",
            "starts_on",
            "ends_on",
            "replaced_by",
            "amends",
            "local",
            "source",
            "confirmed",
        ],
    )
