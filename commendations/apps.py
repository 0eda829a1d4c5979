from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "commendations"
