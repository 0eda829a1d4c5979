from django.db import migrations


class Migration(migrations.Migration):
    """The models of the shortlist take the names of the glossary. Tables keep their names; no row is updated."""

    dependencies = [("campaigns", "0001_squashed_0007_choices")]

    operations = [
        migrations.AlterModelTable("choice", "campaigns_choice"),
        migrations.RenameModel("Choice", "ShortlistEntry"),
        migrations.AlterModelTable("chosenlist", "campaigns_chosenlist"),
        migrations.RenameModel("ChosenList", "ShortlistNotice"),
        migrations.AlterModelTable("quarterpick", "campaigns_quarterpick"),
        migrations.RenameModel("QuarterPick", "QuarterSubmission"),
    ]
