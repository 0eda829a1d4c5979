"""App of the award: registers workflows, panels, deadlines, origins and samples of papers, append-only tables."""

from django.apps import AppConfig

from emulation.core.append_only import append_only


class CommendationsConfig(AppConfig):
    name = "commendations"

    def ready(self) -> None:
        from campaigns.campaigns.queries.campaign import campaign_dependents, campaign_panel_sources
        from commendations import flow
        from commendations.actions import paper_cancelling, session_council, unit_change  # noqa: F401  (unit_change registers itself)
        from commendations.actions.amendment import amendment_approval
        from commendations.models import Award, Nomination
        from commendations.papers import samples
        from commendations.queries import (  # noqa: F401  (they register themselves)
            agenda,
            campaign,
            decision,
            follow_up,
            nomination_content,
            proposal,
            record_hints,
            returned_papers,
            search,
            unit_work,
        )
        from emulation.documents.origins import register_origin
        from emulation.documents.samples import register_paper_sample
        from villages.queries.look_alikes import PeopleCount, people_counts

        flow.register_commendation_flows(
            flow.FlowQueries(
                decision.decision_faults,
                proposal.proposal_faults,
                nomination_content.is_unchanged_since_return,
                returned_papers.is_submission_unchanged,
                returned_papers.is_outgoing_unchanged,
            )
        )
        agenda.register_commendation_deadlines()
        search.register_commendations_search()
        unit_work.register_award_work()
        people_counts.add("nominations", PeopleCount("Số đề nghị khen", Nomination))
        people_counts.add("awards", PeopleCount("Số khen thưởng", Award))
        session_council.register_session_council()
        campaign_panel_sources.add(campaign.NOMINATIONS_PANEL_TITLE, campaign.nominations_of_campaign)
        campaign_dependents.add("nominations", campaign.nominations_that_keep_the_campaign)
        amendment_approval.register()
        paper_cancelling.register_paper_cancelling()
        append_only(
            "commendations.Award",
            "commendations.AwardCancellation",
            "commendations.AwardCorrection",
            "commendations.AwardRecovery",
            "commendations.AwardRecoveryReversal",
            "commendations.AwardSupplement",
            "commendations.AwardSupplementAnswer",
            "commendations.Handover",
            "commendations.HandoverReversal",
            "commendations.SupplementAnswerReversal",
        )
        for kind in samples.SAMPLE_KINDS:
            register_paper_sample(kind, samples.frozen_sample(kind))
        for prefix, model in (
            ("nomination", "Nomination"),
            ("group_request", "GroupRequest"),
            ("posting", "Posting"),
            ("session", "CouncilSession"),
            ("commendations.presentation", "Presentation"),
            ("commendations.decision", "Decision"),
            ("commendations.proposal", "Proposal"),
            ("commendations.money", "Decision"),
            ("commendations.supplement", "Decision"),
            ("commendations.award", "Nomination"),
        ):
            register_origin(prefix, f"commendations.{model}")
