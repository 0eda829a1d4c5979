from django.db import migrations

LETTER_PARTS = (
    ("LetterReceipt", ["waiting"]),
    ("LetterRecipient", ["waiting"]),
    ("UnitDuty", ["waiting", "returned", "reported"]),
    ("DutyReport", ["sent"]),
)
ISSUED = (
    ("Letter", ["issued"]),
    ("ShortlistNotice", ["issued"]),
    ("PraiseLetter", ["signed"]),
    ("Campaign", ["running", "midterm"]),
)


def cancel_rows(apps, schema_editor):
    """Papers cancelled before their rows followed: the rows are cancelled too."""
    for name, states in ISSUED:
        rows = apps.get_model("campaigns", name).objects.filter(state__in=states)
        cancelled = list(rows.filter(document__events__kind="cancelled").values_list("pk", flat=True))
        rows.filter(pk__in=cancelled).update(state="cancelled")
        if name == "Letter":
            for part, open_states in LETTER_PARTS:
                parts = apps.get_model("campaigns", part).objects.filter(letter_id__in=cancelled)
                parts.filter(state__in=open_states).update(state="withdrawn")


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0006_cancelled_papers"),
        ("documents", "0007_cancellations"),
    ]

    operations = [
        migrations.RunPython(cancel_rows, migrations.RunPython.noop, elidable=True),
    ]
