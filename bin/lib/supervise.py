"""Runs a few child processes: starts again the one that died, passes on the wish to stop, leaves none behind."""

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

GRACE_SECONDS = 25.0  # seconds a child may take to finish what it is doing
STEADY_SECONDS = 30.0  # seconds after which a child counts as having started well
LONGEST_PAUSE_SECONDS = 30.0
MAX_EARLY_DEATHS = 5  # a child that never came up and died this often in a row ends the whole

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    """In the child: SIGTERM when the supervisor goes, even when it is killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def single_instance(path: str) -> Iterator[None]:
    """Holds a lock file, so that two supervisors (and two beats) never share one data folder."""
    with open(path, "w", encoding="ascii") as handle:
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
        # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then asks each child once.
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
        """Starts it when due; answers what happened, if anything."""
        if self.alive():
            if now - self.started > STEADY_SECONDS:
                self.proven, self.deaths = True, 0
            return ""
        if self.process is not None:
            code = self.process.returncode
            self.signal(signal.SIGKILL, whole_group=True)  # what it left behind
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

    def _request_stop(self, number: int, frame: object) -> None:
        self.stop_requests += 1

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Returns 0 after an orderly stop, 1 when a child cannot be brought up or had to be killed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        announced, hopeless = False, False
        while not self.stop_requests and not hopeless:
            # The first child has the machine to itself until it is ready; then come the others.
            for child in self.children if announced else self.children[:1]:
                if said := child.check(time.monotonic()):
                    print(said, file=sys.stderr, flush=True)
                hopeless = hopeless or (child.deaths >= MAX_EARLY_DEATHS and not child.proven)
            if not announced and not hopeless and ready():
                announced = True
                announce()
            time.sleep(0.5 if announced else 0.1)
        clean = self._stop()
        return 0 if clean and not hopeless else 1

    def _stop(self) -> bool:
        print("stopping…", file=sys.stderr, flush=True)
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline, first_stop_requests = time.monotonic() + GRACE_SECONDS, self.stop_requests
        while any(child.alive() for child in self.children):
            if time.monotonic() > deadline or self.stop_requests > max(first_stop_requests, 1):
                break
            time.sleep(0.05)
        late = [child.name for child in self.children if child.alive()]
        for child in self.children:
            child.signal(signal.SIGKILL, whole_group=True)
        for child in self.children:
            if child.process is not None:
                child.process.wait()
        if late:
            print(f"killed: {', '.join(late)}", file=sys.stderr, flush=True)
        return not late
