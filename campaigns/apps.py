from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import flow, papers, tasks  # noqa: F401  (tasks register themselves)
        from campaigns.queries import letter_asks  # noqa: F401  (asks register themselves)
        from campaigns.queries import agenda
        from emulation.documents.homes import home
        from emulation.documents.samples import sample

        flow.declare()
        agenda.declare()
        sample("cong_van", papers.sample)
        home("campaigns.letter", "campaigns.Letter")
