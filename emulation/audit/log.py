"""Writes entries to the audit log and verifies its hash chain."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from emulation.audit.models import AuditChainHead, AuditEntry

FIRST_PREVIOUS_HASH = "0" * 64


def record_entry(
    *,
    commune_id: int,
    actor: Any,
    act: str,
    label: str,
    subject: Any = None,
    facts: dict[str, Any] | None = None,
    about: str = "",
) -> AuditEntry:
    """Appends one entry to the commune's chain, in the caller's transaction.

    `about` replaces the subject's name where that does not describe what the act was about.
    """
    # No savepoint: if the entry cannot be written, the whole transaction must fail.
    with transaction.atomic(savepoint=False):
        seq, previous = _end_of_chain(commune_id)
        entry = AuditEntry(
            commune_id=commune_id,
            seq=seq + 1,
            at=timezone.now(),
            actor_id=getattr(actor, "pk", None),
            actor_label=str(actor or "hệ thống")[:200],
            act=act,
            label=label[:200],
            subject_type=subject.subject_key if subject is not None else "",
            subject_id=getattr(subject, "pk", None),
            subject_label=(about or str(subject or ""))[:300],
            facts=json.loads(json.dumps(facts or {}, default=str, ensure_ascii=False)),
            previous_hash=previous,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        AuditChainHead.objects.filter(commune_id=commune_id).update(seq=entry.seq, hash=entry.hash)
    return entry


def _end_of_chain(commune_id: int) -> tuple[int, str]:
    """Number and hash of the commune's last entry, with the head row locked; creates that row for the first entry."""
    heads = AuditChainHead.objects.select_for_update().filter(commune_id=commune_id).values_list("seq", "hash")
    if (found := heads.first()) is None:
        AuditChainHead.objects.get_or_create(commune_id=commune_id)
        found = heads.get()
    return found


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 (hex) over all fields of the entry and the previous hash."""
    content = [
        entry.commune_id,
        entry.seq,
        entry.at.timestamp(),
        entry.actor_id,
        entry.actor_label,
        entry.act,
        entry.label,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.facts,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def chain_faults(commune_id: int) -> Iterator[str]:
    """The faults of a commune's chain, in Vietnamese; nothing if the chain is valid."""
    expected_seq = 1
    previous = FIRST_PREVIOUS_HASH
    for entry in AuditEntry.objects.filter(commune_id=commune_id).order_by("seq").iterator(2000):
        if entry.seq != expected_seq:
            yield f"thiếu bản ghi từ số {expected_seq} đến số {entry.seq - 1}"
        if entry.previous_hash != previous:
            yield f"bản ghi số {entry.seq} không nối tiếp bản ghi trước"
        if entry.hash != entry_hash(entry):
            yield f"bản ghi số {entry.seq} đã bị sửa"
        expected_seq = entry.seq + 1
        previous = entry.hash
    head = AuditChainHead.objects.filter(commune_id=commune_id).first()
    # A commune without a head row must have no entries.
    end_of_chain = (head.seq, head.hash) if head else (0, FIRST_PREVIOUS_HASH)
    if end_of_chain != (expected_seq - 1, previous):
        yield "cuối chuỗi nhật ký không khớp"


def entries_about(subject: Any) -> QuerySet[AuditEntry]:
    """The entries about one object, oldest first."""
    commune_id = getattr(subject, "commune_id", subject.pk)
    return AuditEntry.objects.filter(
        commune_id=commune_id, subject_type=subject.subject_key, subject_id=subject.pk
    ).order_by("seq")
