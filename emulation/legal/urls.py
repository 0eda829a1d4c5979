from django.urls import path

from emulation.legal.views import catalogue, values

app_name = "legal"
urlpatterns = [
    path("", values.ValuesPage.as_view(), name="values"),
    path("danh-muc/", catalogue.CataloguePage.as_view(), name="catalogue"),
    path("danh-muc/so-sanh/", catalogue.ComparePage.as_view(), name="compare"),
    path("danh-muc/<slug:award>/", catalogue.AwardPage.as_view(), name="award"),
]
