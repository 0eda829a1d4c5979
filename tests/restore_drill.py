"""A drill of backup and restore on an installation of its own: fill, back up, wipe, restore, compare."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import psycopg2

from tests.isolated_install import IsolatedInstall

FILL_CODE = """
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents import actions
from emulation.documents.models import IssuedDocument
from emulation.documents.tests import papers
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.actions import queue_mail
commune = Commune.objects.get()
clerk = User.objects.get(username="vanthu")
for number in range(3):
    paper = papers.report()
    actions.issue_document(by=clerk, commune=commune, paper=paper, series="bao_cao", issued_on=papers.DAY, key=f"k{number}")
first = IssuedDocument.objects.order_by("pk").first()
actions.upload_document_file(by=clerk, document=first, data=b"%PDF-1.7 scan\\n%%EOF\\n", fmt="scan")
for job in Job.objects.filter(kind="documents.render"):
    run_job(job.pk)
User.objects.filter(pk=clerk.pk).update(email="vanthu@example.com")
clerk.refresh_from_db()
queue_mail(user=clerk, commune=commune, subject="Thư cũ", body="x", key="old")
"""

RULES_CODE = """
from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.backups.models import Restore
from emulation.communes.models import Commune
from emulation.accounts.models import User
from emulation.core.append_only import guarded_tables, missing_triggers
from emulation.core.errors import RuleBroken
from emulation.documents import actions
from emulation.documents.tests import papers
from django.db import DatabaseError, transaction
commune = Commune.objects.get()
row = Restore.objects.get()
from emulation.jobs.models import Job
print(Job.objects.filter(kind="backups.make", state="queued").count())
print(row.run_by, row.released_at, missing_triggers(), len(guarded_tables()) > 5, list(chain_faults(commune.pk)))
print(AuditEntry.objects.get(act="backups.restore").actor_label)
try:
    with transaction.atomic():
        AuditEntry.objects.update(label="x")
except DatabaseError as error:
    print("refused" if "append-only" in str(error) else error)
try:
    actions.issue_document(by=User.objects.get(username="vanthu"), commune=commune, paper=papers.report(),
                           series="bao_cao", issued_on=papers.DAY, key="after")
except RuleBroken as error:
    print(error.message)
"""

STATE_CODE = """
import hashlib, json
from django.db import connection
from django.conf import settings
state = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names()):
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = sorted(repr(row) for row in cursor.fetchall())
        state[table] = hashlib.sha256("\\n".join(rows).encode()).hexdigest()
for path in sorted(settings.MEDIA_ROOT.rglob("*")):
    if path.is_file():
        state[f"files/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
print(json.dumps(state))
"""
CHANGED_BY_A_RESTORE = {"audit_entry", "audit_head", "backups_restore", "backups_filecheck", "jobs_job"}
"""Tables in which a restore itself adds rows; nothing else may differ."""


def state_of(install: IsolatedInstall) -> dict[str, str]:
    """A hash of the rows of each table, and of each stored file."""
    found: dict[str, str] = json.loads(install.run(STATE_CODE))
    return found


def make_backup(install: IsolatedInstall, **environment: str) -> Path:
    """Backs the installation up and returns the newest archive."""
    with_environment(install, environment).run(
        "from django.core.management import call_command; call_command('backup')"
    )
    return max((Path(install.env["DATA_DIR"]) / "backups").glob("sovang-*"))


def restore(install: IsolatedInstall, archive: Path, *, leave_out_damaged: bool = False, **environment: str) -> str:
    """Restores the archive; returns what the command printed. AssertionError with the message when it is refused."""
    code = (
        "from django.core.management import call_command; call_command('restore', "
        f"{str(archive)!r}, by='Người Thử', leave_out_damaged={leave_out_damaged})"
    )
    return with_environment(install, environment).run(code)


def wipe(install: IsolatedInstall) -> None:
    """An empty database and no data folder."""
    shutil.rmtree(install.env["DATA_DIR"])
    server, _, name = install.env["DATABASE_URL"].rpartition("/")
    if not name:
        return
    admin = psycopg2.connect(f"{server}/postgres")
    admin.autocommit = True
    admin.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.cursor().execute(f'CREATE DATABASE "{name}"')
    admin.close()


def with_environment(install: IsolatedInstall, environment: dict[str, str]) -> IsolatedInstall:
    """The same installation with more environment variables."""
    return IsolatedInstall({**{name: value for name, value in install.env.items() if name in OWN}, **environment})


def kept_apart(archive: Path, folder: Path) -> Path:
    """A copy of the archive outside of the installation."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(archive, folder / archive.name))


def flip_bit(path: Path, place: int) -> None:
    """Changes one bit of the file."""
    os.chmod(path, 0o600)
    data: Any = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


OWN = (
    "DATA_DIR",
    "DATABASE_URL",
    "REDIS_URL",
    "JOB_LEASE_SECONDS",
    "BACKUP_DAILY",
    "BACKUP_DIR",
    "BACKUP_KEY",
    "BACKUP_KEY_FILE",
)
