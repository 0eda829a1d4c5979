"""File permissions of the data folder: nobody but the user that runs the product may read it.

New files and folders get them from the umask of settings.py; this module corrects what an older version or a copy left.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def shared_paths(folder: Path) -> Iterator[Path]:
    """The folder and everything in it that group or others may read, write or enter; links are not followed."""
    for parent, _, names in os.walk(folder):
        for path in (Path(parent), *(Path(parent, name) for name in names)):
            if not path.is_symlink() and path.stat().st_mode & GROUP_AND_OTHERS:
                yield path


def restrict_permissions(folder: Path) -> list[Path]:
    """Takes the rights of group and others from the folder and everything in it.

    Returns the paths that belong to another user and so could not be changed.
    """
    refused = []
    for path in shared_paths(folder):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~GROUP_AND_OTHERS)
        except FileNotFoundError:
            continue  # a temporary file of a running process
        except PermissionError:
            refused.append(path)
    return refused
