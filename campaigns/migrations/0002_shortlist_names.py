from django.db import migrations


class Migration(migrations.Migration):
    """The models of the shortlist take the names of the glossary. Only names change: no row is updated."""

    dependencies = [("campaigns", "0001_squashed_0007_choices")]

    operations = [
        migrations.RenameModel("Choice", "ShortlistEntry"),
        migrations.RenameModel("ChosenList", "ShortlistNotice"),
        migrations.RenameModel("QuarterPick", "QuarterSubmission"),
    ]
