from django.urls import include, path

from reports.views import help, todo

room = [
    path("viec-cua-toi/", todo.Todo.as_view(), name="todo"),
]
urlpatterns = [
    path("", include((room, "reports"))),
    path("tro-giup/", help.HelpIndex.as_view(), name="help_index"),
    path("tro-giup/<slug:slug>/", help.HelpPage.as_view(), name="help"),
]
