from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_login_failure_address")]

    operations = [
        migrations.RemoveIndex(model_name="loginfailure", name="login_failures"),
        migrations.AddIndex(
            model_name="loginfailure",
            index=models.Index(fields=["username", "address", "at"], name="login_failure_pair"),
        ),
        migrations.AddIndex(
            model_name="loginfailure",
            index=models.Index(fields=["address", "at"], name="login_failure_address"),
        ),
        migrations.AddIndex(
            model_name="loginfailure",
            index=models.Index(fields=["at"], name="login_failure_at"),
        ),
    ]
