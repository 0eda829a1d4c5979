"""Mirrors the statutes of this release into rows; doing it twice changes nothing."""

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
    """What a sync did: rows added, and whether another set of versions holds now."""

    added: int
    changed: bool
    total: int


def sync_statutes(statutes: Statutes | None = None) -> SyncResult:
    """Adds the versions not yet kept and makes the statutes' set the one that holds. RuleBroken if the checker objects."""
    statutes = statutes or shipped_statutes()
    if problems := check_statutes(statutes):
        raise RuleBroken("Bộ quy định có lỗi:\n" + "\n".join(problems))
    versions = sorted(value.version for value in statutes.values)
    digest = hashlib.sha256("".join(versions).encode()).hexdigest()
    with transaction.atomic():
        _instruments(statutes)  # first: it locks those rows (SQLite: the database), so that two syncs run one by one
        known = set(LegalValue.objects.filter(version__in=versions).values_list("version", flat=True))
        fresh = [LegalValue.of(value) for value in statutes.values if value.version not in known]
        LegalValue.objects.bulk_create(fresh)
        latest = LegalSync.objects.order_by("-pk").first()
        changed = latest is None or latest.digest != digest
        if changed:
            LegalSync.objects.create(token=secrets.token_hex(16), digest=digest, versions=versions)
    return SyncResult(len(fresh), changed, len(versions))


def _instruments(statutes: Statutes) -> None:
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
