from django.urls import path

from emulation.legal import views

app_name = "legal"
urlpatterns = [path("", views.ValuesPage.as_view(), name="values")]
