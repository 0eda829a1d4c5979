"""Prepares the data and runs the web server, the worker and beat under one supervisor.

    python bin/lib/serve.py [--empty | --year]

Called by bin/serve after it has installed the system packages, the virtual environment and the browser packages.
"""

import os
import socket
import subprocess
import sys
import time

import assets
from paths import PYTHON, ROOT, load_env
from supervise import ChildProcess, Supervisor, single_instance


def check_address_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(f"{host}:{port} cannot be used ({error.strerror}); choose another with PORT=…") from None


def is_listening(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def child_processes(data: str) -> list[ChildProcess]:
    celery = [PYTHON, "-W", "ignore:You're running", "-m", "celery", "--quiet", "-A", "emulation"]
    level = ["--loglevel", os.environ.get("LOG_LEVEL") or "WARNING"]
    single = ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # no communication between workers
    size = ["--concurrency", os.environ.get("CELERY_WORKERS") or "1"]
    size += ["--max-memory-per-child", os.environ.get("CELERY_MAX_KB") or "400000"]
    return [
        ChildProcess("web", [PYTHON, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "emulation.wsgi"]),
        ChildProcess("worker", [*celery, "worker", *level, *single, *size]),
        ChildProcess("beat", [*celery, "beat", *level, "--schedule", f"{data}/beat-schedule", "--pidfile="]),
    ]


def main() -> int:
    begun = time.monotonic()

    def announce() -> None:
        print(f"\nSổ Vàng: {address}   ({time.monotonic() - begun:.1f} s; Ctrl-C stops it)\n", flush=True)

    os.chdir(ROOT)
    load_env()
    options = [option for option in ("--empty", "--year") if option in sys.argv[1:]]
    host = os.environ.get("HOST") or "127.0.0.1"
    port = int(os.environ.get("PORT") or "8000")
    data = os.path.abspath(os.environ.get("DATA_DIR") or "data")
    os.environ.update(HOST=host, PORT=str(port), DATA_DIR=data, PYTHONPATH=str(ROOT))
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.makedirs(data, mode=0o700, exist_ok=True)

    with single_instance(f"{data}/serve.lock"):
        check_address_free(host, port)
        assets.build_assets()
        prepared = subprocess.run([PYTHON, "manage.py", "prepare", *options], check=False)
        if prepared.returncode:
            return prepared.returncode
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        return Supervisor(child_processes(data)).run(ready=lambda: is_listening(host, port), announce=announce)


if __name__ == "__main__":
    raise SystemExit(main())
