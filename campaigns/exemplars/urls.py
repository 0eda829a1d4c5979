"""URLs of periods, exemplars and shortlists; included by campaigns/urls.py."""

from django.urls import path

from campaigns.exemplars.actions.praise_letter import praise_letter_approval
from campaigns.exemplars.actions.shortlist_notice import shortlist_notice_approval
from campaigns.exemplars.forms.praise_letter import PraiseLetterForm
from campaigns.exemplars.forms.shortlist_notice import ShortlistNoticeForm
from campaigns.exemplars.views import (
    consent,
    exemplar,
    exemplar_edit,
    exemplar_list,
    field_coverage,
    follow_up,
    period,
    praise_letter,
    quarter_submission,
    review,
    shortlist,
    shortlist_notice,
)
from emulation.documents.approval.views import approval_urls
from emulation.workflow import permissions

urlpatterns = [
    path("", exemplar.MyExemplarsPage.as_view(), name="month"),
    path("dien-hinh/", exemplar_list.ExemplarList.as_view(), name="exemplars"),
    path("dien-hinh/chap-nhan/", review.AcceptExemplars.as_view(), name="accept_many"),
    path("dien-hinh/<int:pk>/", exemplar.ExemplarPage.as_view(), name="exemplar"),
    path("dien-hinh/<int:pk>/viet/", exemplar_edit.EditExemplar.as_view(), name="edit"),
    path("dien-hinh/<int:pk>/rut-lai/", exemplar.WithdrawExemplar.as_view(), name="withdraw"),
    path("dien-hinh/<int:pk>/bo/", exemplar.CancelExemplar.as_view(), name="cancel"),
    path("dien-hinh/<int:pk>/chap-nhan/", exemplar.AcceptExemplar.as_view(), name="accept"),
    path("dien-hinh/<int:pk>/tra-lai/", exemplar.ReturnExemplar.as_view(), name="return"),
    path("anh/<int:pk>/", exemplar.PhotoFile.as_view(), name="photo"),
    path("anh/<int:pk>/nho/", exemplar.PhotoThumb.as_view(), name="photo_thumb"),
    path("ky/", period.PeriodList.as_view(), name="periods"),
    path("ky/mo/", period.OpenPeriod.as_view(), name="open_period"),
    path("ky/<int:pk>/", period.PeriodBoardPage.as_view(), name="board"),
    path("ky/<int:pk>/chot/", period.ClosePeriod.as_view(), name="close_period"),
    path("ky/<int:pk>/mo-lai/", period.ReopenPeriod.as_view(), name="reopen_period"),
    path("ky/<int:period>/don-vi/<int:unit>/dien-hinh-moi/", exemplar_edit.NewExemplar.as_view(), name="new"),
    path("ky/<int:period>/don-vi/<int:unit>/khong-co/", exemplar_edit.NewNothingAnswer.as_view(), name="new_nothing"),
    path("phong-trao/linh-vuc/", field_coverage.FieldCoveragePage.as_view(), name="coverage"),
    path("dien-hinh/<int:pk>/dong-y/", consent.RecordConsent.as_view(), name="consent"),
    path("dien-hinh/<int:pk>/viec-tiep-theo/", follow_up.NewFollowUp.as_view(), name="follow_up"),
    path("dien-hinh/<int:pk>/de-xuat-quy/", quarter_submission.SubmitToQuarter.as_view(), name="pick"),
    path("dien-hinh/<int:pk>/thoi-de-xuat-quy/", quarter_submission.WithdrawFromQuarter.as_view(), name="unpick"),
    path("dien-hinh/<int:pk>/thu-khen/", praise_letter.StartPraiseLetter.as_view(), name="start_praise"),
    *approval_urls(
        praise_letter_approval,
        "thu-khen/",
        form=PraiseLetterForm,
        help_page="thu-khen",
        readers=praise_letter.READERS,
    ),
    path("viec-tiep-theo/<int:pk>/bo/", follow_up.DropFollowUp.as_view(), name="drop_follow_up"),
    path("ky/<int:pk>/danh-sach/", shortlist.ShortlistPage.as_view(), name="chosen"),
    path("ky/<int:pk>/danh-sach/chon/", shortlist.AddToShortlist.as_view(), name="choose"),
    path("ky/<int:pk>/danh-sach/dang/", shortlist.PublishShortlist.as_view(), name="publish"),
    path("ky/<int:pk>/danh-sach/go/", shortlist.UnpublishShortlist.as_view(), name="unpublish"),
    path("ky/<int:pk>/danh-sach/soan/", shortlist_notice.StartShortlistNotice.as_view(), name="start_list"),
    path("chon/<int:pk>/sua/", shortlist.EditShortlistEntry.as_view(), name="edit_choice"),
    path("chon/<int:pk>/bo/", shortlist.RemoveFromShortlist.as_view(), name="strike"),
    path("chon/<int:pk>/go/", shortlist.UnpublishShortlistEntry.as_view(), name="take_down"),
    *approval_urls(
        shortlist_notice_approval,
        "danh-sach/",
        form=ShortlistNoticeForm,
        help_page="danh-sach-dien-hinh",
        readers=permissions.issued_paper_readers,
        page=shortlist_notice.ShortlistNoticePage,
        list_name="chosen_lists",
    ),
]
