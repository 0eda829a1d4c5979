from django.urls import path

from emulation.legal import calendar_views, local_views, local_writing
from emulation.legal.views import catalogue, values

app_name = "legal"
urlpatterns = [
    path("", values.ValuesPage.as_view(), name="values"),
    path("lich-lam-viec/", calendar_views.CalendarPage.as_view(), name="calendar"),
    path("lich-lam-viec/ghi/", calendar_views.PutDay.as_view(), name="put_day"),
    path("dia-phuong/", local_views.LocalList.as_view(), name="locals"),
    path("dia-phuong/moi/", local_writing.StartLocal.as_view(), name="start_local"),
    path("dia-phuong/<int:pk>/", local_views.LocalPage.as_view(), name="local"),
    path("dia-phuong/<int:pk>/sua/", local_writing.EditLocal.as_view(), name="edit_local"),
    path("dia-phuong/<int:pk>/trinh/", local_views.ProposeLocal.as_view(), name="propose_local"),
    path("dia-phuong/<int:pk>/rut-lai/", local_views.RecallLocal.as_view(), name="recall_local"),
    path("dia-phuong/<int:pk>/bo/", local_views.CancelLocal.as_view(), name="cancel_local"),
    path("dia-phuong/<int:pk>/duyet/", local_views.ApproveLocal.as_view(), name="approve_local"),
    path("dia-phuong/<int:pk>/khong-duyet/", local_views.RefuseLocal.as_view(), name="refuse_local"),
    path("dia-phuong/<int:pk>/van-ban/", local_views.LocalFile.as_view(), name="local_file"),
    path("danh-muc/", catalogue.CataloguePage.as_view(), name="catalogue"),
    path("danh-muc/so-sanh/", catalogue.ComparePage.as_view(), name="compare"),
    path("danh-muc/<slug:award>/", catalogue.AwardPage.as_view(), name="award"),
]
