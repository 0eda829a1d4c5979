from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("commendations", "0025_nomination_return_answer")]

    operations = [
        *(
            migrations.AddField("sessionitem", name, models.PositiveSmallIntegerField(label, null=True))
            for name, label in (
                ("ballots_issued", "số phiếu phát ra"),
                ("ballots_returned", "số phiếu thu về"),
                ("ballots_valid", "số phiếu hợp lệ"),
                ("ballots_invalid", "số phiếu không hợp lệ"),
            )
        ),
        migrations.AddConstraint(
            "sessionitem",
            models.CheckConstraint(
                condition=Q(ballots_issued=None, ballots_returned=None, ballots_valid=None, ballots_invalid=None)
                | Q(
                    agree__isnull=False,
                    ballots_issued__isnull=False,
                    ballots_valid__isnull=False,
                    ballots_invalid__isnull=False,
                    ballots_returned__isnull=False,
                    ballots_returned=F("ballots_valid") + F("ballots_invalid"),
                    ballots_returned__lte=F("ballots_issued"),
                ),
                name="session_item_ballots_add_up",
            ),
        ),
    ]
