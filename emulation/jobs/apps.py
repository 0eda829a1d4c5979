"""App of background jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "emulation.jobs"
    label = "jobs"
