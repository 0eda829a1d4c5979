from django.db import migrations


class Migration(migrations.Migration):
    """The models take qualified names. Tables keep their names; no row is updated."""

    dependencies = [("audit", "0001_first")]

    operations = [
        migrations.AlterModelTable("entry", "audit_entry"),
        migrations.RenameModel("Entry", "AuditEntry"),
        migrations.AlterModelTable("head", "audit_head"),
        migrations.RenameModel("Head", "AuditChainHead"),
    ]
