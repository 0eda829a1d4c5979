"""App of workflows, under its old label: acts."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "emulation.workflow"
    label = "acts"
