from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "emulation.acts"
    label = "acts"
