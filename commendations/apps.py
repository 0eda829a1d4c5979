from django.apps import AppConfig

from emulation.core.append_only import append_only


class CommendationsConfig(AppConfig):
    name = "commendations"

    def ready(self) -> None:
        from campaigns.campaigns.queries.campaign import register_campaign_panel
        from commendations import flow
        from commendations.papers import samples
        from commendations.queries import agenda, campaign, decision, outcome, proposal  # noqa: F401  (outcome registers itself)
        from emulation.documents.homes import home
        from emulation.documents.samples import sample

        flow.declare(decision.disagreements, proposal.disagreements)
        agenda.declare()
        register_campaign_panel(campaign.TITLE, campaign.nominations_of)
        append_only("commendations.Award", "commendations.Handover")
        for kind in samples.KINDS:
            sample(kind, samples.frozen(kind))
        for prefix, model in (
            ("nomination", "Nomination"),
            ("session", "CouncilSession"),
            ("commendations.presentation", "Presentation"),
            ("commendations.decision", "Decision"),
            ("commendations.proposal", "Proposal"),
            ("commendations.money", "Decision"),
            ("commendations.award", "Nomination"),
        ):
            home(prefix, f"commendations.{model}")
        import commendations.tasks  # noqa: F401
