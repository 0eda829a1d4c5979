from django.db import migrations
from django.utils import timezone


def cancel_awards(apps, schema_editor):
    """Decisions cancelled as papers before awards could be: their awards are cancelled too."""
    Cancellation = apps.get_model("commendations", "AwardCancellation")
    Nomination = apps.get_model("commendations", "Nomination")
    Event = apps.get_model("documents", "DocumentEvent")
    for award in apps.get_model("commendations", "Award").objects.order_by("pk").iterator(500):
        event = Event.objects.filter(document_id=award.decision.document_id, kind="cancelled").first()
        if event is not None:
            day = timezone.localtime(event.at).date()
            Cancellation.objects.get_or_create(
                award=award, defaults={"commune_id": award.commune_id, "cancelled_on": day}
            )
            Nomination.objects.filter(pk=award.nomination_id, state="awarded").update(state="award_cancelled")


class Migration(migrations.Migration):

    dependencies = [
        ("commendations", "0011_amendments"),
    ]

    operations = [
        migrations.RunPython(cancel_awards, migrations.RunPython.noop, elidable=True),
    ]
