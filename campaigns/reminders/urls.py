"""URLs of reminders and boards; included by campaigns/urls.py."""

from django.urls import path

from campaigns.reminders.views import annual_board, outstanding

urlpatterns = [
    path("ky/<int:period>/don-vi/<int:unit>/", annual_board.AnnualBoardCellPage.as_view(), name="year_cell"),
    path("bang-nam/", annual_board.AnnualBoardPage.as_view(), name="year"),
    path("don-doc/", outstanding.OutstandingPage.as_view(), name="outstanding"),
    path("don-doc/goi-dien/", outstanding.CallList.as_view(), name="call_list"),
    path("don-doc/nhac/", outstanding.SendManualReminders.as_view(), name="urge"),
    path("don-doc/cong-van/", outstanding.StartReminderLetter.as_view(), name="start_urging"),
    path("nhac-viec/", outstanding.ReminderList.as_view(), name="reminders"),
    path("nhac-viec/cach-nhac/", outstanding.SetReminderPlan.as_view(), name="set_reminders"),
]
