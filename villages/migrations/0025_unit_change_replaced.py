"""What a change of units replaced, for undoing it; null for those carried out before."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0020_evaluation_facts")]

    operations = [
        migrations.AddField(
            "unitchange",
            "replaced",
            models.JSONField("giá trị trước đó", null=True, blank=True, encoder=DjangoJSONEncoder),
        )
    ]
