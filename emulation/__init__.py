"""The Django project and the shared kernel of Sổ Vàng: code that depends neither on campaigns nor on awards."""

from emulation.celery import app as celery_app

__all__ = ["celery_app"]
