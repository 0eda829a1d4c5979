import emulation.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0015_put_off")]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="met_on",
            field=models.DateField(blank=True, null=True, verbose_name="đơn vị họp bình xét ngày"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="funding",
            field=emulation.core.fields.CleanTextModelField(
                default="Quỹ thi đua, khen thưởng của xã.", verbose_name="nguồn kinh phí"
            ),
        ),
    ]
