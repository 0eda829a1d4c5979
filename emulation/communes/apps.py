"""App of communes and memberships."""

from django.apps import AppConfig


class CommunesConfig(AppConfig):
    name = "emulation.communes"
    label = "communes"
