"""Settings of the test suite (pytest.ini): the product's, but for what only costs time in a test.

Processes that tests start (workers, commands, the whole product) run with the product's own settings.
"""

from emulation.settings import *  # noqa: F403
from emulation.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
BACKUP_DAILY = False  # a backup of its own for each test that runs the tick would only cost time
