"""Temporary PostgreSQL and Redis servers on free ports of 127.0.0.1, stopped at the end of the `with` block."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class ComponentMissing(Exception):
    """A server program that is not installed on this machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(done: Callable[[], bool], process: subprocess.Popen[bytes], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not start (exit code {process.poll()})")
        time.sleep(0.05)


def port_is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop_process(process: subprocess.Popen[bytes], number: int, seconds: float = 20) -> None:
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def postgres_bin(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which(name, path=os.pathsep.join([*map(str, reversed(folders)), os.environ.get("PATH", "")]))
    if not found:
        raise ComponentMissing(f"PostgreSQL ({name})")
    return found


@contextmanager
def temporary_postgres(*settings: str) -> Iterator[str]:
    """The URL of an empty database `sovang`; without durability, to make tests fast."""
    initdb = postgres_bin("initdb")
    server = postgres_bin("postgres")
    # PostgreSQL refuses to run as root.
    user: dict[str, object] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    folder = tempfile.mkdtemp(prefix="sovang-pg-")
    if user:
        shutil.chown(folder, "postgres", "postgres")
    port = free_port()
    data = f"{folder}/data"
    try:
        subprocess.run(
            [initdb, "-D", data, "-U", "sovang", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **user,  # type: ignore[call-overload]
        )  # fmt: skip
        options = [
            "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off",
            "synchronous_commit=off", "full_page_writes=off", "jit=off", "max_connections=100", *settings,
        ]  # fmt: skip
        with open(f"{folder}/log", "wb") as log:
            process = subprocess.Popen(
                [server, "-D", data, "-p", str(port), *(f"--{option}" for option in options)],
                stdout=log, stderr=log, cwd=folder, start_new_session=True, **user,  # type: ignore[call-overload]
            )  # fmt: skip
        try:
            client = ["-h", "127.0.0.1", "-p", str(port), "-U", "sovang"]
            ready = [postgres_bin("pg_isready"), "--quiet", *client]
            wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, process, "PostgreSQL")
            subprocess.run([postgres_bin("createdb"), *client, "sovang"], check=True)
            yield f"postgres://sovang@127.0.0.1:{port}/sovang"
        finally:
            stop_process(process, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_redis(port: int = 0) -> Iterator[str]:
    """The URL of an empty Redis without persistence, on this port or any free one."""
    server = shutil.which("redis-server")
    if not server:
        raise ComponentMissing("redis-server")
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="sovang-redis-") as folder:
        process = subprocess.Popen(
            [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until(lambda: port_is_open(port), process, "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop_process(process, signal.SIGTERM)
