from django.urls import path

from emulation.legal import calendar_views, views

app_name = "legal"
urlpatterns = [
    path("", views.ValuesPage.as_view(), name="values"),
    path("lich-lam-viec/", calendar_views.CalendarPage.as_view(), name="calendar"),
    path("lich-lam-viec/ghi/", calendar_views.PutDay.as_view(), name="put_day"),
]
