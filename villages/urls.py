from django.urls import path

from villages.views import council, units

app_name = "villages"
urlpatterns = [
    path("", units.UnitList.as_view(), name="units"),
    path("<int:pk>/", units.UnitPage.as_view(), name="unit"),
    path("<int:pk>/them-nguoi/", units.AddPerson.as_view(), name="add_person"),
    path("<int:pk>/them-ho/", units.AddHousehold.as_view(), name="add_household"),
    path("tim-nguoi/", units.PersonSearch.as_view(), name="person_search"),
    path("nguoi/<int:pk>/", units.PersonPage.as_view(), name="person"),
    path("nguoi/<int:pk>/sua/", units.EditPerson.as_view(), name="edit_person"),
    path("nguoi/<int:pk>/han-che/", units.ReadPrivate.as_view(), name="read_private"),
    path("nguoi/<int:pk>/han-che/luu/", units.EditPrivate.as_view(), name="edit_private"),
    path("hoi-dong/", council.CouncilList.as_view(), name="councils"),
    path("hoi-dong/<int:pk>/", council.CouncilPage.as_view(), name="council"),
]
