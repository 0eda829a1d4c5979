"""URLs of commendations."""

from django.urls import path

from commendations.actions.amendment import amendment_approval
from commendations.views import (
    amendment,
    appraisal,
    award,
    award_supplement,
    certificate_draft,
    chair_submission,
    decision,
    deputy_decision,
    group_request,
    kinship,
    many_nominations,
    meeting,
    nomination,
    nomination_list,
    nomination_ways_back,
    other_deeds,
    posting,
    proposal,
    qualifying,
    register,
    reversal,
    same_case,
    session,
)
from commendations.views.award_book import CollectiveAwardBookPage, HouseholdAwardBookPage, PersonAwardBookPage
from commendations.views.eligibility import NominationEligibilityPage, RecordOverrideReason
from emulation.documents.approval.views import approval_urls

app_name = "commendations"

cases = [
    path("de-nghi/", nomination_list.NominationList.as_view(), name="nominations"),
    path("de-nghi/lap/", nomination.StartNomination.as_view(), name="start"),
    path("de-nghi/du-dieu-kien/", qualifying.QualifyingPage.as_view(), name="qualifying"),
    path("de-nghi/soan-nhieu/", many_nominations.WriteManyNominations.as_view(), name="write_many"),
    path("de-nghi/kiem-tra-nhieu/", many_nominations.CheckManyNominations.as_view(), name="check_many"),
    path("de-nghi/danh-sach/", group_request.GroupRequestList.as_view(), name="group_requests"),
    path("de-nghi/danh-sach/<int:pk>/", group_request.GroupRequestPage.as_view(), name="group_request"),
    path(
        "de-nghi/danh-sach/<int:pk>/lay-lai/",
        group_request.TakeBackGroupRequest.as_view(),
        name="take_back_group_request",
    ),
    path("de-nghi/niem-yet/", posting.PostingList.as_view(), name="postings"),
    path("de-nghi/niem-yet/lap/", posting.StartPosting.as_view(), name="start_posting"),
    path("de-nghi/niem-yet/<int:pk>/", posting.PostingPage.as_view(), name="posting"),
    path("de-nghi/niem-yet/<int:pk>/ket-thuc/", posting.ClosePosting.as_view(), name="close_posting"),
    path("de-nghi/niem-yet/<int:pk>/mo-lai/", posting.ReopenPosting.as_view(), name="reopen_posting"),
    path("de-nghi/niem-yet/<int:pk>/huy/", posting.CancelPosting.as_view(), name="cancel_posting"),
    path("de-nghi/niem-yet/<int:pk>/phan-anh/", posting.AddObjection.as_view(), name="add_objection"),
    path("de-nghi/phan-anh/<int:pk>/tra-loi/", posting.AnswerObjection.as_view(), name="answer_objection"),
    path("de-nghi/phan-anh/<int:pk>/xem-lai/", posting.ReopenObjection.as_view(), name="reopen_objection"),
    path("de-nghi/phan-anh/<int:pk>/xoa/", posting.RemoveObjection.as_view(), name="remove_objection"),
    path("de-nghi/cung-de-nghi/<str:token>/", same_case.JoinCase.as_view(), name="join"),
    path("de-nghi/<int:pk>/khai-quan-he/", kinship.DeclareKinship.as_view(), name="declare_kinship"),
    path("de-nghi/<int:pk>/rut-loi-khai/", kinship.EndKinship.as_view(), name="end_kinship"),
    path("de-nghi/<int:pk>/ly-do-van-lam/", kinship.ExplainKinship.as_view(), name="explain_kinship"),
    path("de-nghi/<int:pk>/hai-viec/", other_deeds.KeepDeedsApart.as_view(), name="keep_apart"),
    path("de-nghi/<int:pk>/rut-hai-viec/", other_deeds.EndDeedsApart.as_view(), name="end_apart"),
    path("de-nghi/<int:pk>/thoi-cung-de-nghi/", same_case.LeaveCase.as_view(), name="leave"),
    path("de-nghi/tu-dien-hinh/<int:pk>/", nomination.NominateExemplar.as_view(), name="nominate"),
    path("de-nghi/<int:pk>/", nomination.NominationPage.as_view(), name="nomination"),
    path("de-nghi/<int:pk>/soan/", nomination.EditNomination.as_view(), name="edit"),
    path("de-nghi/<int:pk>/doi-nguoi/", nomination.ChangeNominee.as_view(), name="choose"),
    path("de-nghi/<int:pk>/danh-hieu/", nomination.ChooseAward.as_view(), name="award_of"),
    path("de-nghi/<int:pk>/nop/", nomination.SubmitNomination.as_view(), name="submit"),
    path("de-nghi/<int:pk>/rut/", nomination_ways_back.WithdrawNomination.as_view(), name="withdraw"),
    path("de-nghi/<int:pk>/lay-lai/", nomination_ways_back.RestoreNomination.as_view(), name="restore"),
    path("de-nghi/<int:pk>/lap-lai/", nomination_ways_back.CopyNomination.as_view(), name="copy"),
    path("de-nghi/<int:pk>/tra-lai-sau-hoi-dong/", appraisal.ReturnAfterCouncil.as_view(), name="return_after_council"),
    path("de-nghi/<int:pk>/tra-lai/", appraisal.ReturnNomination.as_view(), name="return"),
    path("de-nghi/<int:pk>/kiem-tra/", appraisal.CheckNomination.as_view(), name="check"),
    path("de-nghi/<int:pk>/vi-sao/", NominationEligibilityPage.as_view(), name="why"),
    path("de-nghi/<int:pk>/ly-do-van-xet/", RecordOverrideReason.as_view(), name="override"),
    path("de-nghi/<int:pk>/hop-le/", appraisal.CompleteNomination.as_view(), name="complete"),
    path("de-nghi/<int:pk>/xem-truoc/", nomination.PreviewNomination.as_view(), name="preview"),
    path("de-nghi/<int:pk>/dua-vao-phien/", session.AddToSession.as_view(), name="put_on_session"),
    path("de-nghi/<int:pk>/rut-khoi-phien/", session.RemoveFromSession.as_view(), name="take_off_session"),
    path("de-nghi/<int:pk>/chua-xet/", session.PutOffCase.as_view(), name="put_off"),
    path("de-nghi/<int:pk>/xet-lai-trong-phien/", session.ResumeCase.as_view(), name="resume"),
]

sessions = [
    path("phien-hop/", session.SessionList.as_view(), name="sessions"),
    path("phien-hop/lap/", session.PlanSession.as_view(), name="plan_session"),
    path("phien-hop/<int:pk>/", meeting.SessionPage.as_view(), name="session"),
    path("phien-hop/<int:pk>/sua/", session.EditSession.as_view(), name="edit_session"),
    path("phien-hop/<int:pk>/them-ho-so/", session.AddManyToSession.as_view(), name="put_many"),
    path("phien-hop/<int:pk>/khai-mac/", session.OpenSession.as_view(), name="open_session"),
    path("phien-hop/<int:pk>/diem-danh/", meeting.RecordAttendance.as_view(), name="attend"),
    path("phien-hop/<int:pk>/bieu-quyet/", meeting.RecordVoteCounts.as_view(), name="count"),
    path("phien-hop/<int:pk>/bieu-quyet-chung/", meeting.RecordBlockVote.as_view(), name="count_together"),
    path("phien-hop/<int:pk>/dien-bien/", meeting.WriteMinutes.as_view(), name="write_minutes"),
    path("phien-hop/<int:pk>/ket-thuc/", session.CloseSession.as_view(), name="close_session"),
    path("phien-hop/<int:pk>/hoan/", session.AdjournSession.as_view(), name="adjourn_session"),
    path("phien-hop/<int:pk>/huy/", session.CancelSession.as_view(), name="cancel_session"),
    path("phien-hop/<int:pk>/bien-ban-du-thao/", session.PreviewMinutes.as_view(), name="preview_minutes"),
]

chair_submissions = [
    path("phieu-trinh/", chair_submission.ChairSubmissionList.as_view(), name="presentations"),
    path("phieu-trinh/<int:pk>/", chair_submission.ChairSubmissionPage.as_view(), name="presentation"),
    path(
        "phien-hop/<int:pk>/lap-phieu-trinh/",
        chair_submission.DraftChairSubmission.as_view(),
        name="draft_presentation",
    ),
    path("phieu-trinh/<int:pk>/sua/", chair_submission.EditChairSubmission.as_view(), name="edit_presentation"),
    path("phieu-trinh/<int:pk>/trinh/", chair_submission.SubmitToChair.as_view(), name="present"),
    path("phieu-trinh/<int:pk>/quyet-dinh/", chair_submission.RecordChairDecisions.as_view(), name="decide"),
    path(
        "phieu-trinh/<int:pk>/quyet-dinh-thay/",
        deputy_decision.DecideForChair.as_view(),
        name="decide_for_chair",
    ),
    path(
        "phieu-trinh/<int:pk>/xet-lai-thay/",
        deputy_decision.UndoDeputyDecision.as_view(),
        name="undo_decide_for_chair",
    ),
    path("phieu-trinh/<int:pk>/xet-lai/", chair_submission.UndoChairDecisions.as_view(), name="undo_decide"),
    path("phieu-trinh/<int:pk>/tra-lai/", chair_submission.ReturnChairSubmission.as_view(), name="return_presentation"),
]

decisions = [
    path("quyet-dinh/", decision.DecisionList.as_view(), name="decisions"),
    path("quyet-dinh/<int:pk>/", decision.DecisionPage.as_view(), name="decision"),
    path("quyet-dinh/<int:pk>/sua/", decision.EditDecision.as_view(), name="edit_decision"),
    path("quyet-dinh/<int:pk>/trinh-ky/", decision.SendDecisionToSignature.as_view(), name="to_signature"),
    path("quyet-dinh/<int:pk>/ve-du-thao/", decision.ReturnDecisionToDraft.as_view(), name="back_to_draft"),
    path("quyet-dinh/<int:pk>/ban-hanh/", decision.IssueDecision.as_view(), name="issue"),
    path(
        "quyet-dinh/<int:pk>/giay-khen-du-thao/",
        certificate_draft.CertificateDraftPage.as_view(),
        name="certificate_drafts",
    ),
    path(
        "quyet-dinh/<int:pk>/giay-khen-du-thao/ban-in/",
        certificate_draft.CertificateDraftSheets.as_view(),
        name="certificate_draft_sheets",
    ),
    path("quyet-dinh/<int:pk>/in-giay-khen/", decision.PrintCertificates.as_view(), name="print_certificates"),
    path("quyet-dinh/<int:pk>/giay-khen/", decision.CertificateProgressPage.as_view(), name="certificates"),
    path("quyet-dinh/<int:pk>/trao/", award.RecordAwardHandovers.as_view(), name="hand_over_awards"),
    path("quyet-dinh/<int:pk>/chi-tien/", decision.MakePaymentList.as_view(), name="money_list"),
]

proposals = [
    path("trinh-cap-tren/", proposal.ProposalList.as_view(), name="proposals"),
    path("trinh-cap-tren/<int:pk>/", proposal.ProposalPage.as_view(), name="proposal"),
    path("trinh-cap-tren/<int:pk>/sua/", proposal.EditProposal.as_view(), name="edit_proposal"),
    path("trinh-cap-tren/<int:pk>/trinh-ky/", proposal.SendProposalToSignature.as_view(), name="proposal_to_signature"),
    path("trinh-cap-tren/<int:pk>/ve-du-thao/", proposal.ReturnProposalToDraft.as_view(), name="proposal_back"),
    path("trinh-cap-tren/<int:pk>/ban-hanh/", proposal.IssueProposal.as_view(), name="issue_proposal"),
    path("de-nghi/<int:pk>/cap-tren-khen/", proposal.RecordAwardAbove.as_view(), name="award_above"),
    path("de-nghi/<int:pk>/cap-tren-khong-khen/", proposal.RecordRefusalAbove.as_view(), name="refuse_above"),
    path("de-nghi/<int:pk>/cap-tren-ghi-lai/", proposal.ReopenOutcomeAbove.as_view(), name="reopen_above"),
]

amendments = [
    path("dinh-chinh-huy-bo/", amendment.AmendmentList.as_view(), name="amendments"),
    path("dinh-chinh-huy-bo/<int:pk>/", amendment.AmendmentPage.as_view(), name="amendment"),
    path("dinh-chinh-huy-bo/<int:pk>/thu-hoi/", amendment.RecoverAwards.as_view(), name="recover_awards"),
    *approval_urls(
        amendment_approval,
        "dinh-chinh-huy-bo/",
        edit=amendment.EditAmendment,
        issue=amendment.IssueAmendment,
        help_page="dinh-chinh-huy-bo",
    ),
    path("quyet-dinh/<int:pk>/dinh-chinh-huy-bo/", amendment.StartAmendment.as_view(), name="start_amendment"),
]

golden_register = [
    path("so-vang/", register.GoldenRegisterPage.as_view(), name="register"),
    path("so-vang/<int:pk>/", award.RegisterAwardPage.as_view(), name="award"),
    path("so-vang/<int:pk>/ca-doi/", register.RecipientAwardsPage.as_view(), name="awards_of"),
    path("so-vang/<int:pk>/trao/", award.RecordAwardHandover.as_view(), name="hand_over"),
    path("so-vang/<int:pk>/thu-hoi/", award.RecordAwardRecovery.as_view(), name="recover_award"),
    path("trao/<int:pk>/rut-lai/", reversal.ReverseHandover.as_view(), name="reverse_handover"),
    path("thu-hoi/<int:pk>/rut-lai/", reversal.ReverseRecovery.as_view(), name="reverse_recovery"),
    path(
        "chi-bo-sung/lan-ghi/<int:pk>/rut-lai/",
        reversal.ReverseSupplementAnswer.as_view(),
        name="reverse_supplement_answer",
    ),
    path("chi-bo-sung/<int:pk>/", award_supplement.AnswerSupplement.as_view(), name="answer_supplement"),
]

books = [
    path("so-khen/nguoi/<int:pk>/", PersonAwardBookPage.as_view(), name="person_book"),
    path("so-khen/ho/<int:pk>/", HouseholdAwardBookPage.as_view(), name="household_book"),
    path("so-khen/tap-the/<int:pk>/", CollectiveAwardBookPage.as_view(), name="collective_book"),
]

urlpatterns = [
    *books,
    *cases,
    *sessions,
    *chair_submissions,
    *decisions,
    *proposals,
    *amendments,
    *golden_register,
]
