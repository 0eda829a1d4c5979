"""URLs of the catalogue, local values and the working calendar."""

from django.urls import path

from emulation.legal.calendar import views
from emulation.legal.catalogue import value_views
from emulation.legal.catalogue import views as catalogue_views
from emulation.legal.local_values import edit_views
from emulation.legal.local_values import views as local_values_views

app_name = "legal"
urlpatterns = [
    path("", value_views.LegalValuesPage.as_view(), name="values"),
    path("lich-lam-viec/", views.WorkCalendarPage.as_view(), name="calendar"),
    path("lich-lam-viec/ghi/", views.RecordCalendarDay.as_view(), name="put_day"),
    path("dia-phuong/", local_values_views.LocalValueList.as_view(), name="locals"),
    path("dia-phuong/moi/", edit_views.StartLocalValue.as_view(), name="start_local"),
    path("dia-phuong/<int:pk>/", local_values_views.LocalValuePage.as_view(), name="local"),
    path("dia-phuong/<int:pk>/sua/", edit_views.EditLocalValue.as_view(), name="edit_local"),
    path("dia-phuong/<int:pk>/trinh/", local_values_views.ProposeLocalValue.as_view(), name="propose_local"),
    path("dia-phuong/<int:pk>/rut-lai/", local_values_views.RecallLocalValue.as_view(), name="recall_local"),
    path("dia-phuong/<int:pk>/bo/", local_values_views.CancelLocalValue.as_view(), name="cancel_local"),
    path("dia-phuong/<int:pk>/duyet/", local_values_views.ApproveLocalValue.as_view(), name="approve_local"),
    path("dia-phuong/<int:pk>/khong-duyet/", local_values_views.RefuseLocalValue.as_view(), name="refuse_local"),
    path("dia-phuong/<int:pk>/van-ban/", local_values_views.LocalValueFile.as_view(), name="local_file"),
    path("danh-muc/", catalogue_views.CataloguePage.as_view(), name="catalogue"),
    path("danh-muc/so-sanh/", catalogue_views.CompareDaysPage.as_view(), name="compare"),
    path("danh-muc/<slug:award>/", catalogue_views.CatalogueAwardPage.as_view(), name="award"),
]
