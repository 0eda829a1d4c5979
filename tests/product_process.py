"""The environment of processes that run the product itself, started by tests."""

import os


def product_environment() -> dict[str, str]:
    """The environment of this process with the product's settings in place of the test settings."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "emulation.settings"}
