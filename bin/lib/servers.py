"""Throwaway PostgreSQL and Redis on free ports of 127.0.0.1, ended by process id when the block is left."""

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
    """A component that this machine does not have."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(done: Callable[[], bool], process: subprocess.Popen[bytes], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come up (exit code {process.poll()})")
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
    """The URL of an empty database `sovang`; not durable, so that tests are quick."""
    initdb, server = postgres_bin("initdb"), postgres_bin("postgres")
    # PostgreSQL refuses to run as root.
    who: dict[str, object] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    folder = tempfile.mkdtemp(prefix="sovang-pg-")
    if who:
        shutil.chown(folder, "postgres", "postgres")
    port, data = free_port(), f"{folder}/data"
    try:
        subprocess.run(
            [initdb, "-D", data, "-U", "sovang", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **who,  # type: ignore[call-overload]
        )  # fmt: skip
        options = [
            "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off",
            "synchronous_commit=off", "full_page_writes=off", "jit=off", "max_connections=100", *settings,
        ]  # fmt: skip
        with open(f"{folder}/log", "wb") as log:
            process = subprocess.Popen(
                [server, "-D", data, "-p", str(port), *(part for option in options for part in ("-c", option))],
                stdout=log, stderr=log, cwd=folder, start_new_session=True, **who,  # type: ignore[call-overload]
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
    """The URL of an empty Redis that keeps nothing, on that port or any free one."""
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
