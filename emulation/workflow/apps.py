from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "emulation.workflow"
    label = "acts"
