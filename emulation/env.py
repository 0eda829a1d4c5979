"""Typed readers of environment variables, used by settings.py only."""

import os
from pathlib import Path


def load_dotenv(path: Path) -> None:
    """Loads the KEY=value lines of a .env file into the environment; variables that are already set take precedence."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#") and "=" in line:
            key, _, value = line.partition("=")
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def read_str(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def read_bool(name: str, default: bool = False) -> bool:
    value = read_str(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def read_int(name: str, default: int) -> int:
    value = read_str(name)
    return int(value) if value else default


def read_list(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in read_str(name, default).split(",") if word.strip()]


def read_numbers(name: str, default: str = "") -> dict[str, int]:
    """{word: number} of "word:number,word:number"."""
    return {word: int(number) for word, number in (part.split(":", 1) for part in read_list(name, default))}


def read_or_create_secret_key(path: Path) -> str:
    """The key from SECRET_KEY, or a random one that is generated once and stored at `path`, readable by its owner only."""
    if value := read_str("SECRET_KEY"):
        return value
    if not path.exists():
        import secrets

        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")
