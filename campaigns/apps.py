from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import flow, papers, tasks  # noqa: F401  (tasks register themselves)
        from emulation.documents.homes import home
        from emulation.documents.samples import sample

        flow.declare()
        sample("cong_van", papers.sample)
        home("campaigns.letter", "campaigns.Letter")
        sample("thong_bao", papers.chosen.sample)
        home("campaigns.list", "campaigns.ChosenList")
        sample("thu_khen", papers.praise.sample)
        home("campaigns.praise", "campaigns.PraiseLetter")
