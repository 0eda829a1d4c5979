"""The kernel of Sổ Vàng: all that would still make sense without a campaign or an award."""

from emulation.celery import app as celery_app

__all__ = ["celery_app"]
