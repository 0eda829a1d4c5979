"""Random acts of all roles through the pages: a step that the user may take, its form filled in at random, and posted."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.reauthentication import FIELD
from emulation.communes.models import CommuneRow
from emulation.communes.subjects import model_for_subject_key
from emulation.workflow.authorization import check_act
from emulation.workflow.workflow import Step, registered_flows, steps_of
from tests.clients import sign_in_client
from villages.seeds.commune_setup import DEMO_PASSWORD

LOGINS = ("thon1", "thon2", "tieuhoc", "tramyte", "phunu", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu")
START_PAGES = ("commendations:start", "commendations:plan_session")
# Flows without states whose rows are walked too; the others are about the commune or a person.
RECORDS = ("Award", "AwardRecovery", "AwardSupplement", "AwardSupplementAnswer", "Handover")
CLIENT_ERRORS = (403, 404, 409, 422)
REASON = "Cần bổ sung thông tin cho rõ."


@dataclass
class Field:
    """One control of a form: its name, its type, the values that it may have, and the one it has."""

    name: str
    kind: str
    choices: list[str] = field(default_factory=list)
    value: str = ""


class FormReader(HTMLParser):
    """The controls of the forms that post to one address, in page order."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.fields: dict[str, Field] = {}
        self.buttons: list[tuple[str, str]] = []
        self._inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = dict(attrs)
        if tag == "form":
            posts = (at.get("method") or "").lower() == "post"
            self._inside = posts and (at.get("action") or self.address).split("?")[0] == self.address
        elif self._inside and at.get("name"):
            self._control(tag, at)
        elif self._inside and tag == "option" and self._select:
            self.fields[self._select].choices.append(at.get("value") or "")

    def _control(self, tag: str, at: dict[str, Any]) -> None:
        name = at["name"]
        kind = at.get("type", "text") if tag == "input" else tag
        if tag == "button":
            self.buttons.append((name, at.get("value") or ""))
            return
        control = self.fields.setdefault(name, Field(name, kind, [], at.get("value") or ""))
        if kind in ("radio", "checkbox"):
            control.choices.append(at.get("value") or "on")
        self._select = name if tag == "select" else ""
        self._area = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._inside and self._area:
            self.fields[self._area].value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""


def walked_models() -> list[str]:
    """Subject keys of the models whose steps are walked."""
    records = [f"commendations.{name}" for name in RECORDS]
    return [flow.model for flow in registered_flows() if flow.states or flow.model in records]


@dataclass
class Walk:
    """Random acts with one seed; `log` lists what was done, with the status of the answer."""

    seed: int
    log: list[tuple[str, str, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.clients: dict[str, Client] = {}

    def client(self, login: str) -> Client:
        if login not in self.clients:
            client = Client(raise_request_exception=False)
            self.clients[login] = sign_in_client(client, User.objects.get(username=login))
        return self.clients[login]

    def act(self) -> bool:
        """One random act; whether anything could be tried. Raises AssertionError for a server error."""
        login = self.rng.choice(LOGINS)
        user = User.objects.get(username=login)
        if self.rng.random() < 0.1:
            return self._post(login, reverse(self.rng.choice(START_PAGES)), "start")
        found = self._random_step(user)
        if found is None:
            return False
        row, step = found
        return self._post(login, reverse(step.url, args=[row.pk]), step.act)

    def _random_step(self, user: User) -> tuple[CommuneRow, Step] | None:
        model: Any = model_for_subject_key(self.rng.choice(walked_models()))
        rows = list(model.objects.visible_to(user).order_by("-pk")[:30])
        if not rows:
            return None
        row = self.rng.choice(rows)
        steps = [step for step in steps_of(row) if step.url and check_act(step.act, row, user)]
        return (row, self.rng.choice(steps)) if steps else None

    def _post(self, login: str, address: str, what: str) -> bool:
        client = self.client(login)
        page = client.get(address)
        self._note(login, what, f"GET {address}", page.status_code)
        reader = FormReader(address)
        if page.status_code == 200:
            reader.feed(page.content.decode())
        data = {control.name: self._filled(control) for control in reader.fields.values()}
        data = {name: value for name, value in data.items() if value is not None}
        data.pop("csrfmiddlewaretoken", None)
        if reader.buttons and self.rng.random() < 0.9:
            name, value = self.rng.choice(reader.buttons)
            data[name] = value
        answer = client.post(address, data)
        self._note(login, what, f"POST {address} {data}", answer.status_code)
        return True

    def _note(self, login: str, what: str, request: str, status: int) -> None:
        self.log.append((login, what, request, status))
        assert status < 500, f"seed {self.seed}: {self.log[-1]}"

    def _filled(self, control: Field) -> Any:
        """A value for a control: mostly a sensible one, sometimes nonsense."""
        if control.kind == "hidden":
            return control.value
        if control.kind == "file":
            return None
        if control.kind == "radio":
            return self.rng.choice(control.choices)
        if control.kind == "checkbox":
            chosen = [value for value in control.choices if self.rng.random() < 0.6]
            return chosen or None
        if control.kind == "select":
            return self.rng.choice(control.choices or [""])
        return self._typed(control)

    def _typed(self, control: Field) -> str:
        if control.name == FIELD:
            return DEMO_PASSWORD
        if control.value and self.rng.random() < 0.8:
            return control.value
        if self.rng.random() < 0.05:
            return self.rng.choice(("", "x", "\u202e", "9" * 40, "<b>"))
        return next((fill() for part, fill in self._fills() if part in control.name), REASON)

    def _fills(self) -> Iterator[tuple[str, Callable[[], str]]]:
        today = timezone.localdate()
        yield "_on", lambda: today.strftime("%d/%m/%Y")
        yield "_at", lambda: f"{self.rng.randint(7, 17):02d}:00"
        yield "agree", lambda: str(self.rng.randint(0, 7))
        yield "against", lambda: str(self.rng.randint(0, 2))
        yield "other", lambda: str(self.rng.randint(0, 2))
        yield "amount", lambda: str(self.rng.choice((0, 10_000, 760_000)))
        yield "year", lambda: str(today.year)
        yield "number", lambda: str(self.rng.randint(1, 500))


def page_of_row(row: Any) -> str:
    """The address of a row's own page, "" when it has none."""
    try:
        return str(row.get_absolute_url())
    except (AttributeError, NoReverseMatch, NotImplementedError):
        return ""
