"""Presentation becomes ChairSubmission. Tables and columns keep their names: only the state of the models changes."""

import django.db.models.deletion
from django.db import migrations, models


def fk(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_column="presentation_id",
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="commendations.chairsubmission",
    )


def unique(name: str, field: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=(field, "award_code"), name=name)


FIELDS = [("chairsubmissionitem", "items"), ("decision", "decisions"), ("proposal", "proposals")]
CONSTRAINTS = [("decision", "decision_one_award"), ("proposal", "proposal_one_award")]


class Migration(migrations.Migration):
    dependencies = [("commendations", "0008_recusals_of_live_sessions")]

    operations = [
        migrations.AlterModelTable("presentation", "commendations_presentation"),
        migrations.AlterModelTable("presentationitem", "commendations_presentationitem"),
        migrations.RenameModel("Presentation", "ChairSubmission"),
        migrations.RenameModel("PresentationItem", "ChairSubmissionItem"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveConstraint(model, name) for model, name in CONSTRAINTS),
                *(migrations.RenameField(model, "presentation", "chair_submission") for model, _ in FIELDS),
                *(migrations.AlterField(model, "chair_submission", fk(name)) for model, name in FIELDS),
                *(migrations.AddConstraint(model, unique(name, "chair_submission")) for model, name in CONSTRAINTS),
                migrations.AlterField(
                    "chairsubmission",
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_submission",
                        to="commendations.councilsession",
                    ),
                ),
                migrations.AlterField(
                    "chairsubmissionitem",
                    "nomination",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chair_submission_item",
                        to="commendations.nomination",
                    ),
                ),
            ]
        ),
    ]
