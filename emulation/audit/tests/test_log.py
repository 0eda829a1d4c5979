"""The hash chain of the audit log: valid when untouched; every kind of tampering is detected."""

import pytest
from django.db import DatabaseError, connection, transaction

from emulation.audit.log import chain_faults, entries_about, entry_hash, record_entry
from emulation.audit.models import AuditChainHead, AuditEntry
from emulation.core import append_only

pytestmark = pytest.mark.both_databases


@pytest.fixture
def chain(commune, office):
    for number in range(5):
        record_entry(
            commune_id=commune.pk, actor=office, act="test.act", label="Thử", subject=commune, facts={"n": number}
        )
    return commune


def test_an_untouched_chain_is_valid(chain):
    assert list(chain_faults(chain.pk)) == []
    assert [entry.facts["n"] for entry in entries_about(chain) if "n" in entry.facts] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET label = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(chain, verb):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert list(chain_faults(chain.pk)) == []


def test_an_altered_entry_is_detected(chain):
    third = AuditEntry.objects.get(commune=chain, seq=3)
    with append_only.triggers_disabled():
        AuditEntry.objects.filter(pk=third.pk).update(actor_label="Người khác")
    assert list(chain_faults(chain.pk)) == ["bản ghi số 3 đã bị sửa"]


def test_an_altered_entry_with_a_new_hash_breaks_the_next(chain):
    third = AuditEntry.objects.get(commune=chain, seq=3)
    third.facts = {"n": 99}
    with append_only.triggers_disabled():
        AuditEntry.objects.filter(pk=third.pk).update(facts=third.facts, hash=entry_hash(third))
    assert list(chain_faults(chain.pk)) == ["bản ghi số 4 không nối tiếp bản ghi trước"]


def test_a_removed_entry_is_detected(chain):
    with append_only.triggers_disabled():
        AuditEntry.objects.filter(commune=chain, seq=3).delete()
    assert "thiếu bản ghi từ số 3 đến số 3" in list(chain_faults(chain.pk))


def test_removed_last_entries_are_detected(chain):
    with append_only.triggers_disabled():
        AuditEntry.objects.filter(commune=chain, seq__gte=5).delete()
    assert list(chain_faults(chain.pk)) == ["cuối chuỗi nhật ký không khớp"]


def test_each_commune_has_its_own_chain(chain, other_commune):
    assert AuditChainHead.objects.get(commune=other_commune).seq == 1
    assert list(chain_faults(other_commune.pk)) == []
