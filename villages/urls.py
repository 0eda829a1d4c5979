from django.urls import path

from villages import views

app_name = "villages"
urlpatterns = [
    path("", views.UnitList.as_view(), name="units"),
    path("<int:pk>/", views.UnitPage.as_view(), name="unit"),
    path("<int:pk>/them-nguoi/", views.AddPerson.as_view(), name="add_person"),
    path("<int:pk>/them-ho/", views.AddHousehold.as_view(), name="add_household"),
    path("tim-nguoi/", views.PersonSearch.as_view(), name="person_search"),
    path("nguoi/<int:pk>/", views.PersonPage.as_view(), name="person"),
    path("nguoi/<int:pk>/sua/", views.EditPerson.as_view(), name="edit_person"),
    path("nguoi/<int:pk>/han-che/", views.ReadPrivate.as_view(), name="read_private"),
    path("nguoi/<int:pk>/han-che/luu/", views.EditPrivate.as_view(), name="edit_private"),
    path("hoi-dong/", views.CouncilList.as_view(), name="councils"),
    path("hoi-dong/<int:pk>/", views.CouncilPage.as_view(), name="council"),
]
