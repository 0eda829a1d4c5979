"""Supervisor of a few child processes: restarts those that end, forwards stop signals, leaves no process behind."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

GRACE_SECONDS = 25.0  # how long a child may take to finish its work after a stop request
STEADY_SECONDS = 30.0  # a child that runs this long has started successfully
LONGEST_PAUSE_SECONDS = 30.0
MAX_EARLY_DEATHS = 5  # the supervisor gives up if a child ends this often without ever starting successfully

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    """Runs in the child: it receives SIGTERM when the supervisor ends, even if that is killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def single_instance(path: str) -> Iterator[None]:
    """Locks a file, so that two supervisors (and two beats) never use the same data folder. Raises SystemExit."""
    with open(path, "w", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(
                f"another bin/serve uses {os.path.dirname(path)}; stop it or choose another DATA_DIR"
            ) from None
        yield


@dataclass
class ChildProcess:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    deaths: int = 0
    proven: bool = field(default=False, init=False)

    def start(self) -> None:
        # In a session of its own, so that Ctrl-C reaches only the supervisor, which then stops each child once.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)
        self.started = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int, *, whole_group: bool = False) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            if whole_group:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)

    def check(self, now: float) -> str:
        """Starts the process if it is due; returns a message if it has ended, else ""."""
        if self.alive():
            if now - self.started > STEADY_SECONDS:
                self.proven = True
                self.deaths = 0
            return ""
        if self.process is not None:
            code = self.process.returncode
            self.signal(signal.SIGKILL, whole_group=True)  # processes that it started and left behind
            self.process = None
            pause = min(LONGEST_PAUSE_SECONDS, 0.5 * 2**self.deaths)
            self.deaths += 1
            self.start_at = now + pause
            return f"{self.name} ended with {code}; starting it again in {pause:.1f} s"
        if now >= self.start_at:
            self.start()
        return ""


class Supervisor:
    def __init__(self, children: list[ChildProcess]) -> None:
        self.children = children
        self.stop_requests = 0

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Runs until a stop request; returns 0 after a clean stop, 1 if a child could not start or had to be killed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        announced = False
        while not self.stop_requests and not self._must_give_up():
            # The first child starts alone, so that it is ready sooner; then the others.
            self._check(self.children if announced else self.children[:1])
            if not announced and not self._must_give_up() and ready():
                announced = True
                announce()
            time.sleep(0.5 if announced else 0.1)
        clean = self._stop()
        return 0 if clean and not self._must_give_up() else 1

    def _request_stop(self, number: int, frame: object) -> None:
        self.stop_requests += 1

    def _must_give_up(self) -> bool:
        return any(child.deaths >= MAX_EARLY_DEATHS and not child.proven for child in self.children)

    def _check(self, children: list[ChildProcess]) -> None:
        for child in children:
            if message := child.check(time.monotonic()):
                print(message, file=sys.stderr, flush=True)

    def _stop(self) -> bool:
        """Stops all children; returns whether all of them ended by themselves."""
        print("stopping…", file=sys.stderr, flush=True)
        for child in self.children:
            child.signal(signal.SIGTERM)
        self._wait_for_children()
        late = [child.name for child in self.children if child.alive()]
        for child in self.children:
            child.signal(signal.SIGKILL, whole_group=True)
        for child in self.children:
            if child.process is not None:
                child.process.wait()
        if late:
            print(f"killed: {', '.join(late)}", file=sys.stderr, flush=True)
        return not late

    def _wait_for_children(self) -> None:
        """Until all have ended, the grace time is over, or a further stop request arrives (a second Ctrl-C)."""
        deadline = time.monotonic() + GRACE_SECONDS
        requests_before = max(self.stop_requests, 1)
        while any(child.alive() for child in self.children):
            if time.monotonic() > deadline or self.stop_requests > requests_before:
                return
            time.sleep(0.05)
