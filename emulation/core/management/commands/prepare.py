"""`manage.py prepare`: updates the database and the static files for this version of the code; quick if nothing changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from emulation.core.append_only import install_missing_triggers
from emulation.core.private_files import restrict_permissions

BASE_DATA_PATTERNS = ("*.toml",)  # files that sync_base copies into rows
IGNORED_STATIC_FILES = ["src", ".stamp"]  # of the static folders


class Command(BaseCommand):
    help = "Migrates, syncs the base data, loads the demo into an empty database, collects static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no demo commune in an empty database")
        parser.add_argument(
            "--year", action="store_true", help="the demo with a whole year more, in the order of its days"
        )
        parser.add_argument("--no-static", action="store_true", help="static files are collected already (the image)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.restrict_data_folder()
        migrated = self.migrate()
        self.sync(force=migrated)
        if not options["empty"]:
            self.demo(year=options["year"])
        if not options["no_static"]:
            self.collect()

    def restrict_data_folder(self) -> None:
        refused = restrict_permissions(settings.DATA_DIR)
        if settings.MEDIA_ROOT.is_symlink():  # the store may be on another disk
            refused += restrict_permissions(settings.MEDIA_ROOT.resolve())
        if refused:
            self.stderr.write(
                f"{len(refused)} files of another user in {settings.DATA_DIR} can be read by others: {refused[0]} …"
            )

    def migrate(self) -> bool:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            executor.check_replacements()  # records a squashed migration as applied if all that it replaces is applied
            install_missing_triggers()  # a new version of the code may have other triggers and no migration
            return False
        self.stdout.write("· migrating")
        call_command("migrate", verbosity=0, interactive=False)
        return True

    def sync(self, *, force: bool) -> None:
        stamp = settings.DATA_DIR / ".stamp-base"
        fingerprint = files_fingerprint(self.base_files(), contents=True)
        if not force and read_stamp(stamp) == fingerprint:
            return
        self.stdout.write("· base data")
        call_command("sync_base", verbosity=0)
        stamp.write_text(fingerprint)

    def demo(self, *, year: bool) -> None:
        unfinished = settings.DATA_DIR / ".demo-unfinished"  # so that an interrupted first start is resumed
        if unfinished.exists() or not apps.get_model("communes.Commune")._default_manager.exists():
            self.stdout.write("· demo commune")
            unfinished.touch()
            call_command("load_demo", verbosity=0, year=year)
            unfinished.unlink()
        call_command("demo_logins")

    def collect(self) -> None:
        stamp = settings.STATIC_ROOT / ".stamp"
        fingerprint = files_fingerprint(self.static_files())
        if read_stamp(stamp) == fingerprint:
            return
        self.stdout.write("· static files")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=IGNORED_STATIC_FILES)
        stamp.write_text(fingerprint)

    @staticmethod
    def static_files() -> Iterator[Path]:
        for finder in get_finders():
            for name, storage in finder.list(IGNORED_STATIC_FILES):
                yield Path(storage.path(name))

    @staticmethod
    def base_files() -> Iterator[Path]:
        for config in apps.get_app_configs():
            if Path(config.path).is_relative_to(settings.BASE_DIR) and "site-packages" not in config.path:
                for pattern in BASE_DATA_PATTERNS:
                    yield from Path(config.path).rglob(pattern)


def read_stamp(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def files_fingerprint(paths: Iterator[Path], *, contents: bool = False) -> str:
    """SHA-256 (hex) of the file names with their contents, or with their sizes and modification times."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        stat = path.stat()
        digest.update(path.read_bytes() if contents else f"{stat.st_size} {stat.st_mtime_ns}".encode())
        digest.update(str(path).encode() + b"\0")
    return digest.hexdigest()
