"""The manifest of a backup: what it contains, with a SHA-256 for each file and the number of rows of each table. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from emulation.backups.errors import BackupError
from emulation.core.formatting import format_vnd

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_HASH = "manifest.json.sha256"
SQLITE_MEMBER = "database.sqlite3.gz"
POSTGRES_MEMBER = "database.pgdump"
SECRET_KEY_MEMBER = "secret_key"
FILES_FOLDER = "files/"
MAIL_FOLDER = "mail/"


@dataclass(frozen=True)
class FileDigest:
    """Size in bytes and SHA-256 (hex) of one file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True)
class BackupManifest:
    """`tables`: rows by table. `migrations`: the migrations applied, by app. `files`: the digests by name in the archive."""

    made_at: datetime
    engine: str
    tables: Mapping[str, int]
    migrations: Mapping[str, list[str]]
    files: Mapping[str, FileDigest] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> bytes:
        """The manifest as UTF-8 JSON."""
        data = {**asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()

    @property
    def database_member(self) -> str:
        """The name of the database in the archive."""
        return SQLITE_MEMBER if self.engine == "sqlite" else POSTGRES_MEMBER


def manifest_from_json(data: bytes) -> BackupManifest:
    """The manifest. Raises BackupError if it cannot be read or is of a newer format."""
    try:
        values = json.loads(data)
        if values["format"] > FORMAT:
            raise BackupError("Bản sao lưu này do phiên bản mới hơn của phần mềm làm ra. Hãy cập nhật phần mềm trước.")
        values["made_at"] = datetime.fromisoformat(values["made_at"])
        values["files"] = {name: FileDigest(**digest) for name, digest in values["files"].items()}
        return BackupManifest(**values)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BackupError(f"Bản sao lưu bị hỏng: không đọc được bản kê {MANIFEST}.") from None


def file_differences(manifest: BackupManifest, found: Mapping[str, FileDigest]) -> dict[str, str]:
    """A line in Vietnamese, by name, for each file that is missing, additional or different from the manifest."""
    lines: dict[str, str] = {}
    for name in sorted(manifest.files.keys() | found.keys()):
        if name not in found:
            lines[name] = f"thiếu tệp {name}"
        elif name not in manifest.files:
            lines[name] = f"thừa tệp {name}"
        elif found[name] != manifest.files[name]:
            lines[name] = f"tệp {name} không còn đúng như lúc sao lưu"
    return lines


def can_be_left_out(manifest: BackupManifest, name: str) -> bool:
    """Whether a restore is possible without this damaged file: it is a stored file or an e-mail, not the database."""
    return name in manifest.files and name.startswith((FILES_FOLDER, MAIL_FOLDER))


def table_differences(manifest: BackupManifest, found: Mapping[str, int]) -> Iterator[str]:
    """One line in Vietnamese for each table whose number of rows is not that of the manifest."""
    for table in sorted(manifest.tables.keys() | found.keys()):
        expected = manifest.tables.get(table)
        rows = found.get(table)
        if expected != rows:
            yield f"bảng {table}: bản kê ghi {_rows(expected)}, thực có {_rows(rows)}"


def _rows(count: int | None) -> str:
    return "không có bảng" if count is None else f"{format_vnd(count)} dòng"
