"""URLs of this app: units and people, the evidence about them, the council."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from villages.models import EVIDENCE
from villages.views import (
    absences,
    account_list,
    account_requests,
    account_roles,
    accounts,
    assignments,
    collectives,
    council,
    evaluations,
    evidence,
    existing_units,
    groups,
    household_changes,
    identity,
    look_alikes,
    pasted_evaluations,
    people,
    person_changes,
    second_steps,
    security_log,
    unit_change_forms,
    unit_changes,
    unit_evaluations,
    units,
)

app_name = "villages"
SUBJECT_PATHS = {"person": "nguoi/<int:pk>", "household": "ho/<int:pk>", "collective": "<int:pk>"}


def evidence_urls() -> Iterator[URLPattern]:
    """The pages "Hồ sơ theo năm" and, for each kind of evidence, the forms that add, correct and remove an entry."""
    for about, prefix in SUBJECT_PATHS.items():
        kinds = [kind for kind in EVIDENCE if about in kind.subjects]
        yield path(f"{prefix}/ho-so/", evidence.EvidencePage.as_view(about=about), name=f"{about}_evidence")
        for kind in kinds:
            add = evidence.AddEvidence.as_view(kind=kind, about=about)
            yield path(f"{prefix}/ho-so/{kind.slug}/", add, name=f"add_{kind.word}_of_{about}")
        if any(kind.restricted for kind in kinds):
            read = evidence.ReadRestricted.as_view(about=about)
            yield path(f"{prefix}/ho-so/han-che/", read, name=f"read_restricted_of_{about}")
    for kind in EVIDENCE:
        prefix = f"ho-so/{kind.slug}/<int:pk>"
        yield path(f"{prefix}/sua/", evidence.CorrectEvidence.as_view(kind=kind), name=f"mend_{kind.word}")
        yield path(f"{prefix}/bo/", evidence.RemoveEvidence.as_view(kind=kind), name=f"remove_{kind.word}")


urlpatterns = [
    path("", units.UnitList.as_view(), name="units"),
    path("dang-co/", existing_units.RecordExistingUnits.as_view(), name="existing_units"),
    path("<int:pk>/", units.UnitPage.as_view(), name="unit"),
    path("<int:pk>/them-nguoi/", people.AddPerson.as_view(), name="add_person"),
    path("<int:pk>/them-ho/", people.AddHousehold.as_view(), name="add_household"),
    path("<int:pk>/them-tap-the/", collectives.AddCollective.as_view(), name="add_collective"),
    path("them-tap-the/", collectives.AddCommuneCollective.as_view(), name="add_commune_collective"),
    path("tap-the/<int:pk>/", collectives.CollectivePage.as_view(), name="collective"),
    path("tap-the/<int:pk>/sua/", collectives.EditCollective.as_view(), name="edit_collective"),
    path("tap-the/<int:pk>/doi-ten/", collectives.RenameCollective.as_view(), name="rename_collective"),
    path("tap-the/<int:pk>/rut-ten/", collectives.TakeBackCollectiveName.as_view(), name="take_back_collective_name"),
    path("tap-the/<int:pk>/dung-dau/", collectives.SetCollectiveLeader.as_view(), name="set_collective_leader"),
    path("tap-the/<int:pk>/thoi-dung-dau/", collectives.EndCollectiveLeader.as_view(), name="end_collective_leader"),
    path(
        "tap-the/<int:pk>/rut-dung-dau/",
        collectives.TakeBackCollectiveLeader.as_view(),
        name="take_back_collective_leader",
    ),
    path("tap-the/<int:pk>/ket-thuc/", collectives.EndCollective.as_view(), name="end_collective"),
    path("tap-the/<int:pk>/khoi-phuc/", collectives.BringBackCollective.as_view(), name="bring_back_collective"),
    path("<int:pk>/nhom-doi-tuong/", groups.SetGroups.as_view(), name="set_groups"),
    path("<int:pk>/bao-vang/", absences.RecordAbsence.as_view(), name="record_absence"),
    path("vang/", absences.AbsenceList.as_view(), name="absences"),
    path("vang/bao/", absences.RecordRoleAbsence.as_view(), name="record_role_absence"),
    path("vang/<int:pk>/huy/", absences.CancelAbsence.as_view(), name="cancel_absence"),
    path("vang/<int:pk>/da-ve/", absences.EndAbsence.as_view(), name="end_absence"),
    path("hoi-dong/kien-toan/", council.RenewCouncil.as_view(), name="renew_council"),
    path("hoi-dong/<int:pk>/rut/", council.TakeBackCouncil.as_view(), name="take_back_council"),
    path("phu-trach/", assignments.AssignLiaisons.as_view(), name="charges"),
    path("danh-gia/", unit_evaluations.EnterUnitEvaluations.as_view(), name="enter_unit_evaluations"),
    path("danh-gia/<int:year>/", unit_evaluations.EnterUnitEvaluations.as_view(), name="unit_evaluations"),
    path("<int:pk>/danh-gia/", evaluations.EnterEvaluations.as_view(), name="enter_evaluations"),
    path("<int:pk>/danh-gia/<int:year>/", evaluations.EnterEvaluations.as_view(), name="evaluations"),
    path("<int:pk>/danh-gia/<int:year>/dan/", pasted_evaluations.PasteEvaluations.as_view(), name="paste_evaluations"),
    path(
        "<int:pk>/danh-gia/<int:year>/tep/",
        pasted_evaluations.EvaluationWorkbook.as_view(),
        name="evaluation_workbook",
    ),
    path("tim-nguoi/", people.PersonSearch.as_view(), name="person_search"),
    path("nguoi/<int:pk>/", people.PersonPage.as_view(), name="person"),
    path("nguoi/<int:pk>/sua/", people.EditPerson.as_view(), name="edit_person"),
    path("nguoi/<int:pk>/chuc-vu/", person_changes.ChangePost.as_view(), name="change_post"),
    path("nguoi/<int:pk>/chuyen/", person_changes.MovePerson.as_view(), name="move_person"),
    path("nguoi/<int:pk>/roi-don-vi/", person_changes.RecordLeaving.as_view(), name="record_leaving"),
    path(
        "thay-doi-nguoi/<int:pk>/rut/",
        person_changes.TakeBackPersonChange.as_view(),
        name="take_back_person_change",
    ),
    path("nguoi/<int:pk>/han-che/", people.ReadPrivate.as_view(), name="read_private"),
    path("nguoi/<int:pk>/han-che/luu/", people.EditPrivate.as_view(), name="edit_private"),
    path("nguoi/<int:pk>/vao-don-vi/", evidence.SetJoinedDay.as_view(), name="set_joined"),
    path("nguoi/<int:pk>/cung-nguoi/", look_alikes.MergePeople.as_view(), name="merge_people"),
    path("nguoi/<int:pk>/khac-nguoi/", look_alikes.KeepPeopleApart.as_view(), name="keep_people_apart"),
    path("ho-so-giong/", look_alikes.LookAlikeList.as_view(), name="look_alikes"),
    path("ho-so-giong/da-xem/", look_alikes.PersonMatchList.as_view(), name="person_matches"),
    path("ho-so-giong/<int:pk>/", look_alikes.PersonMatchPage.as_view(), name="person_match"),
    path("ho-so-giong/<int:pk>/rut/", look_alikes.EndMatch.as_view(), name="end_match"),
    path("ho/<int:pk>/sua/", people.EditHousehold.as_view(), name="edit_household"),
    path("ho/<int:pk>/them-nguoi/", household_changes.JoinHousehold.as_view(), name="join_household"),
    path("ho/<int:pk>/chu-ho/", household_changes.ChangeHead.as_view(), name="change_head"),
    path("ho/<int:pk>/ra-khoi-ho/", household_changes.LeaveHousehold.as_view(), name="leave_household"),
    path("ho/<int:pk>/ket-thuc/", household_changes.CloseHousehold.as_view(), name="close_household"),
    path(
        "thay-doi-ho/<int:pk>/rut/",
        household_changes.TakeBackHouseholdChange.as_view(),
        name="take_back_household_change",
    ),
    *evidence_urls(),
    path("tai-khoan/", account_list.AccountList.as_view(), name="accounts"),
    path("tai-khoan/them/", accounts.AddAccount.as_view(), name="add_account"),
    path("tai-khoan/nhat-ky/", security_log.SecurityLog.as_view(), name="security_log"),
    path("tai-khoan/<int:pk>/", accounts.AccountPage.as_view(), name="account"),
    path("tai-khoan/<int:pk>/cap-lai/", accounts.ResetAccount.as_view(), name="reset_account"),
    path("tai-khoan/<int:pk>/khoa/", accounts.LockAccount.as_view(), name="lock_account"),
    path("tai-khoan/<int:pk>/mo-khoa/", accounts.UnlockAccount.as_view(), name="unlock_account"),
    path("tai-khoan/<int:pk>/go-hai-buoc/", second_steps.RemoveSecondSteps.as_view(), name="remove_second_step"),
    path("tai-khoan/<int:pk>/giao-vai/", account_roles.GiveRole.as_view(), name="give_role"),
    path("tai-khoan/<int:pk>/thoi-vai/", account_roles.EndRole.as_view(), name="end_role"),
    path("tai-khoan/<int:pk>/chuyen-giao/", account_roles.HandOverRole.as_view(), name="hand_over_role"),
    path("yeu-cau-tai-khoan/<int:pk>/", account_requests.AccountRequestPage.as_view(), name="account_request"),
    path(
        "yeu-cau-tai-khoan/<int:pk>/xac-nhan/",
        account_requests.ConfirmRequest.as_view(),
        name="confirm_account_request",
    ),
    path(
        "yeu-cau-tai-khoan/<int:pk>/tu-choi/", account_requests.RefuseRequest.as_view(), name="refuse_account_request"
    ),
    path(
        "yeu-cau-tai-khoan/<int:pk>/rut/", account_requests.WithdrawRequest.as_view(), name="withdraw_account_request"
    ),
    path(
        "yeu-cau-tai-khoan/<int:pk>/thuc-hien/",
        account_requests.CarryOutRequest.as_view(),
        name="carry_out_account_request",
    ),
    path("thanh-lap/", unit_change_forms.OpenUnit.as_view(), name="open_unit"),
    path("sap-nhap/", unit_change_forms.MergeUnits.as_view(), name="merge_units"),
    path("<int:pk>/doi-ten/", unit_change_forms.RenameUnit.as_view(), name="rename_unit"),
    path("<int:pk>/chia-tach/", unit_change_forms.SplitUnit.as_view(), name="split_unit"),
    path("<int:pk>/giai-the/", unit_change_forms.CloseUnit.as_view(), name="close_unit"),
    path("<int:pk>/nguoi-dung-dau/", unit_changes.SetUnitHead.as_view(), name="set_unit_head"),
    path("thay-doi/", unit_changes.UnitChangeList.as_view(), name="unit_changes"),
    path("thay-doi/<int:pk>/", unit_changes.UnitChangePage.as_view(), name="unit_change"),
    path("thay-doi/<int:pk>/thuc-hien/", unit_changes.CarryOutChange.as_view(), name="carry_out_change"),
    path("thay-doi/<int:pk>/sua/", unit_changes.CorrectChange.as_view(), name="correct_change"),
    path("thay-doi/<int:pk>/huy/", unit_changes.UndoChange.as_view(), name="undo_change"),
    path("thay-doi/<int:pk>/rut/", unit_changes.TakeBackChange.as_view(), name="take_back_change"),
    path("ten-goi/", identity.IdentityList.as_view(), name="identities"),
    path("ten-goi/moi/", identity.SetIdentity.as_view(), name="set_identity"),
    path("ten-goi/theo/", identity.FollowCommuneName.as_view(), name="follow_name"),
    path("ten-goi/rut/", identity.TakeBackIdentity.as_view(), name="take_back_identity"),
    path("hoi-dong/", council.CouncilList.as_view(), name="councils"),
    path("hoi-dong/<int:pk>/", council.CouncilPage.as_view(), name="council"),
]
