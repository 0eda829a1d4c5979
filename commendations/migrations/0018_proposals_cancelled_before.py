from django.db import migrations


def take_back_proposals(apps, schema_editor):
    """Tờ trình cancelled as papers before their cases followed: they are drafts again, unless the superior has decided."""
    Nomination = apps.get_model("commendations", "Nomination")
    rows = apps.get_model("commendations", "Proposal").objects.filter(state="issued")
    for proposal in rows.filter(document__events__kind="cancelled").distinct():
        cases = Nomination.objects.filter(
            chair_submission_items__chair_submission_id=proposal.chair_submission_id,
            chair_submission_items__approved=True,
            award_code=proposal.award_code,
        )
        if cases.filter(state__in=["awarded_above", "refused_above"]).exists():
            continue
        Nomination.objects.filter(pk__in=list(cases.values_list("pk", flat=True)), state="proposed_up").update(
            state="approved"
        )
        proposal.state = "draft"
        proposal.edition += 1
        proposal.document = None
        proposal.issued_on = None
        proposal.signed_list = []
        proposal.save()


class Migration(migrations.Migration):

    dependencies = [
        ("commendations", "0017_proposal_edition"),
        ("documents", "0007_cancellations"),
    ]

    operations = [
        migrations.RunPython(take_back_proposals, migrations.RunPython.noop, elidable=True),
    ]
