"""Nobody but the user that runs the product may read its data folder."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings

from emulation.core.private_files import restrict_permissions, shared_paths

WRITE_EVERYTHING = """
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from emulation.core import content_store
from emulation.celery import app
content_store.put(b"giay khen")
default_storage.save("upload/scan.pdf", ContentFile(b"%PDF-"))
EmailMessage("Nhắc việc", "Nội dung", to=["thon1@example.vn"], connection=None).send()
app.send_task("jobs.sweep")
(settings.DATA_DIR / "new").mkdir()
(settings.DATA_DIR / "new" / "file").write_text("x")
"""


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_the_product_writes_is_private(isolated_install: Any) -> None:
    """Database, secret key, content store, uploads, mail, messages of the broker, whatever is written with open()."""
    isolated_install.run(WRITE_EVERYTHING)
    data = Path(isolated_install.env["DATA_DIR"])
    written = {path.relative_to(data).parts[0] for path in data.rglob("*") if path.is_file()}
    assert written >= {"secret_key", "files", "mail", "broker", "new"}
    assert list(shared_paths(data)) == []


def test_the_data_folder_of_an_older_version_is_restricted(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "files" / "ab"
    folder.mkdir(parents=True)
    stored = folder / "scan"
    stored.write_bytes(b"scan")
    for path, mode in ((stored, 0o440), (folder, 0o755), (folder.parent, 0o775), (tmp_path / "data", 0o755)):
        path.chmod(mode)
    assert len(list(shared_paths(tmp_path / "data"))) == 4
    assert restrict_permissions(tmp_path / "data") == []
    assert [mode_of(stored), mode_of(folder), mode_of(tmp_path / "data")] == [0o400, 0o700, 0o700]
    assert list(shared_paths(tmp_path / "data")) == []


def test_a_link_out_of_the_data_folder_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    os.symlink(outside, data / "link")
    assert restrict_permissions(data) == [] and mode_of(outside) == 0o644


def test_this_process_creates_private_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert mode_of(tmp_path / "file") == 0o600
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o600
