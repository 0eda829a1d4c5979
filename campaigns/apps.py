from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import flow, papers, tasks  # noqa: F401  (tasks register themselves)
        from campaigns.queries import (  # noqa: F401  (campaign registers what units owe of one)
            agenda,
            campaign,
            letter_asks,
        )
        from emulation.documents.homes import home
        from emulation.documents.samples import sample

        flow.declare()
        agenda.declare()
        sample("cong_van", papers.sample)
        sample("ke_hoach", papers.campaign_sample)
        home("campaigns.letter", "campaigns.Letter")
        home("campaigns.campaign", "campaigns.Campaign")
        sample("thong_bao", papers.chosen.sample)
        home("campaigns.list", "campaigns.ChosenList")
        sample("thu_khen", papers.praise.sample)
        home("campaigns.praise", "campaigns.PraiseLetter")
