"""`manage.py verify_records`: what is stored can be read again."""

import pytest
from django.core.management import CommandError, call_command

from emulation.audit.models import AuditEntry
from emulation.core.append_only import triggers_disabled
from emulation.documents.models import IssuedDocument

pytestmark = pytest.mark.both_databases


def test_the_demo_can_be_read(full_demo, capsys):
    call_command("verify_records")
    out = capsys.readouterr().out
    assert f"{AuditEntry.objects.count()} bản ghi nhật ký" in out and f"{IssuedDocument.objects.count()} văn bản" in out


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"blocks": lambda text: text.replace('"type":"Paragraph"', '"type":"Passage"', 1)}, "văn bản"),
        ({"blocks": lambda text: text.replace('"kind":', '"added":1,"kind":', 1)}, "bị hỏng"),
        ({"html": lambda text: text + " "}, "mã băm"),
    ],
    ids=["unknown block", "unknown field", "other HTML"],
)
def test_a_paper_that_cannot_be_read_is_named(full_demo, change, message):
    row = IssuedDocument.objects.filter(blocks__contains='"type":"Paragraph"').order_by("pk").first()
    values = {name: alter(getattr(row, name)) for name, alter in change.items()}
    assert values != {name: getattr(row, name) for name in change}
    with triggers_disabled():
        IssuedDocument.objects.filter(pk=row.pk).update(**values)
        with pytest.raises(CommandError, match=f"văn bản {row.pk}.*{message}|{message}.*{row.pk}"):
            call_command("verify_records", "--no-docx")


def test_a_subject_key_that_no_model_declares_is_named(full_demo):
    with triggers_disabled():
        AuditEntry.objects.filter(subject_type="villages.Unit").update(subject_type="villages.Hamlet")
        with pytest.raises(CommandError, match=r"không còn loại villages\.Hamlet"):
            call_command("verify_records", "--no-docx")
