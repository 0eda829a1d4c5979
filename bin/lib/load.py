"""Users at work at the same time: each opens the pages of their menu, one after the other, for some seconds."""

import re
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from itertools import chain, cycle

from stack import PASSWORD

LOGINS = ["thon1", "vanphong", "chutich", "vanthu", "mamnon", "hoidong2", "thon2", "phongnoivu"]
MENU_LINK = re.compile(r'<nav class="(?:areas|tabs)".*?</nav>', re.DOTALL)
HREF = re.compile(r'href="(/[^"#]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class LoadResult:
    """Seconds of each answer by path, and what was no answer of success."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    duration: float = 0.0

    @property
    def all_seconds(self) -> list[float]:
        """Of all answers, sorted."""
        return sorted(chain.from_iterable(self.seconds.values()))

    @property
    def requests_per_second(self) -> float:
        return len(self.all_seconds) / self.duration if self.duration else 0.0

    def percentile(self, share: int) -> float:
        """The seconds within which `share` percent of the answers came."""
        return statistics.quantiles(self.all_seconds, n=100)[share - 1]


class LoadUser:
    """A user with a session of their own."""

    def __init__(self, url: str, login: str, result: LoadResult) -> None:
        self.url = url
        self.login = login
        self.result = result
        self.client = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def fetch(self, path: str, form: dict[str, str] | None = None) -> str:
        """The page, "" for any answer that is not a success; notes its time."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.url + path, data, {"Referer": self.url + path})
        begun = time.monotonic()
        try:
            with self.client.open(request, timeout=60) as answer:
                page: str = answer.read().decode("utf-8", "replace")
        except (urllib.error.URLError, TimeoutError) as error:
            self.result.faults.append(f"{self.login} {path}: {error}")
            return ""
        self.result.seconds[path].append(time.monotonic() - begun)
        return page

    def sign_in(self) -> list[str]:
        """Signs in and returns the paths of the menu."""
        path = "/tai-khoan/dang-nhap/"
        token = TOKEN.search(self.fetch(path))
        form = {"username": self.login, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
        areas = self._menu_paths(self.fetch(path, form))
        paths = list(dict.fromkeys(areas))
        for area in tuple(paths):
            paths += [tab for tab in self._menu_paths(self.fetch(area)) if tab not in paths]
        if not paths:
            self.result.faults.append(f"{self.login}: no menu after signing in")
        return paths

    @staticmethod
    def _menu_paths(page: str) -> list[str]:
        """The paths of the areas and tabs of a page."""
        return HREF.findall(" ".join(MENU_LINK.findall(page)))

    def work(self, paths: list[str], until: float) -> None:
        """Opens these pages in turn, each at least once, until this time (monotonic seconds)."""
        for number, path in enumerate(cycle(paths)):
            if number >= len(paths) and time.monotonic() >= until:
                return
            self.fetch(path)


def run_load(url: str, *, users: int, seconds: float) -> LoadResult:
    """Lets this many users work at the same time; the logins repeat when there are more users than logins.

    They sign in before that: the hash of a password is slow on purpose and would be all that a short run measures.
    """
    result = LoadResult()
    workers = [LoadUser(url, LOGINS[number % len(LOGINS)], result) for number in range(users)]
    menus = [worker.sign_in() for worker in workers]
    result.seconds.clear()
    begun = time.monotonic()
    threads = [
        threading.Thread(target=worker.work, args=(menu, begun + seconds))
        for worker, menu in zip(workers, menus, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.duration = time.monotonic() - begun
    return result
