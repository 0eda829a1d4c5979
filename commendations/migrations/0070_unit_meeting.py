from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0010_outgoing_paper")]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="met_on",
            field=models.DateField(blank=True, null=True, verbose_name="đơn vị họp bình xét ngày"),
        ),
    ]
