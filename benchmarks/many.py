"""Pages with 3, 30 and 300 cases: session, submission to the chair, decision, each against the same page without cases.

    bin/bench many

Uses a temporary SQLite database with the demo. The cases are households of one thôn; sessions, submissions and decisions
come about by the actions. Printed: queries, kilobytes, and the median time of seven as a ratio to the empty page (or to the
page with 3 cases where it cannot be empty); and what it takes to judge a unit of 1,000. Only the ratios are comparable
between machines.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _timing import median_seconds, queries_and_seconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "emulation.settings",
    "DATA_DIR": tempfile.mkdtemp(prefix="sovang-bench-"),
    "DATABASE_URL": "",
    "ALLOWED_HOSTS": "testserver",
    "DEBUG": "",
}

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from commendations.actions import chair_submission as chair_actions  # noqa: E402
from commendations.actions import session as session_actions  # noqa: E402
from commendations.actions.attendance import SeatAttendance, record_attendance  # noqa: E402
from commendations.actions.decision import decision_signature_steps, issue_decision  # noqa: E402
from commendations.actions.vote import ItemVoteCount, record_vote_counts  # noqa: E402
from commendations.models import ChairSubmission, CouncilSession, Decision, Nomination  # noqa: E402
from commendations.queries.qualifying import nominees_of, qualifying_table  # noqa: E402
from commendations.rules.vote_tally import VoteTally  # noqa: E402
from emulation.accounts.models import User  # noqa: E402
from emulation.core.text import fold, name_key  # noqa: E402
from villages.models import Household, Unit  # noqa: E402

SIZES = (0, 3, 30, 300)
UNIT_OF_MANY = 1000
HOURS = ("06:00", "06:15", "06:30", "06:45")


def user(login: str) -> User:
    return User.objects.get(username=login)


def browser_of(login: str) -> Client:
    browser = Client()
    browser.force_login(user(login))
    return browser


def complete_cases(count: int) -> list[Nomination]:
    """Cases of this many new households, checked by the office."""
    village = Unit.objects.get(code="thon2")
    names = [f"Hà Văn Số {Household.objects.count() + number}" for number in range(count)]
    households = Household.objects.bulk_create(
        Household(commune=village.commune, unit=village, head_name=name, name_fold=fold(name), name_key=name_key(name))
        for name in names
    )
    shared: dict[str, Any] = {"commune": village.commune, "unit": village, "state": "complete", "award_code": "GKX"}
    shared |= {"received_on": timezone.localdate(), "year": timezone.localdate().year}
    shared |= {"achievement": "có thành tích trong phong trào", "deed": "Hiến 120 m² đất mở đường vào xóm."}
    return [Nomination.objects.create(household=one, **shared) for one in households]


@dataclass(frozen=True)
class Stage:
    """A page in one state of its subject: its name, its reader, its address."""

    name: str
    login: str
    address: str


def stages(count: int, hour: str) -> Iterator[Stage]:
    """Brings this many cases from a planned session to the issued decision, and stops at each page on the way."""
    office = user("vanphong")
    village = Unit.objects.get(code="thon2")
    schedule = session_actions.SessionSchedule(
        timezone.localdate(), django.utils.dateparse.parse_time(hour), "Phòng họp"
    )
    session = session_actions.plan_session(by=office, commune=village.commune, schedule=schedule)
    cases = complete_cases(count)
    address = session.get_absolute_url()
    yield Stage("session, cases to add", "vanphong", address)
    session_actions.add_all_to_session(by=office, nominations=cases, session=session)
    yield Stage("session planned", "vanphong", address)
    session_actions.open_session(by=office, session=session) if count else set_state(session, "open")
    attend(session)
    yield Stage("session open: votes", "vanphong", address)
    yield Stage("session open, a member", "hoidong2", address)
    if count:
        close(session)
    else:
        set_state(session, "closed")
    yield Stage("session closed", "vanphong", address)
    yield from stages_of_decision(session, count)


def stages_of_decision(session: CouncilSession, count: int) -> Iterator[Stage]:
    office = user("vanphong")
    if count:
        submission = chair_actions.draft_chair_submission(by=office, session=session)
    else:
        submission = ChairSubmission.objects.create(commune=session.commune, session=session, state="draft")
    yield Stage("submission", "vanphong", submission.get_absolute_url())
    if count:
        chair_actions.submit_to_chair(by=office, chair_submission=submission)
        yield Stage("the chair decides", "chutich", f"{submission.get_absolute_url()}quyet-dinh/")
    if not count:
        decided = {"decided_on": timezone.localdate(), "presented_on": timezone.localdate()}
        ChairSubmission.objects.filter(pk=submission.pk).update(**decided)
        submission.refresh_from_db()
        decision = Decision.objects.create(
            commune=submission.commune, chair_submission=submission, state="draft", expected_on=timezone.localdate()
        )
    else:
        agreed = {item.pk: chair_actions.ChairDecision(True) for item in submission.items.all()}
        chair_actions.record_chair_decisions(by=user("chutich"), chair_submission=submission, decisions=agreed)
        decision = Decision.objects.get(chair_submission=submission)
    yield Stage("submission decided", "chutich", submission.get_absolute_url())
    yield Stage("decision drafted", "vanphong", decision.get_absolute_url())
    if count:
        decision_signature_steps.send_to_signature(decision, by=office)
        yield Stage("number and issue", "vanthu", f"{decision.get_absolute_url()}ban-hanh/")
        issue_decision(by=user("vanthu"), decision=decision, issued_on=timezone.localdate())
    yield Stage("decision issued", "vanphong", decision.get_absolute_url())


def set_state(subject: Any, state: str) -> None:
    """What no act does: a subject without cases in this state."""
    type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
    subject.refresh_from_db()


def attend(session: CouncilSession) -> None:
    seats = list(session.version_of_council.seats.all())
    officers = {seat.role: seat.pk for seat in reversed(seats)}
    present = {seat.pk: SeatAttendance(True) for seat in seats}
    record_attendance(
        by=user("vanphong"),
        session=session,
        seats=present,
        presider_id=officers["chair"],
        secretary_id=officers["standing"],
    )


def close(session: CouncilSession) -> None:
    office = user("vanphong")
    presence = session.presence()
    votes = {item.pk: ItemVoteCount(VoteTally(item.turnout(presence).by_hand)) for item in session.items.all()}
    record_vote_counts(by=office, session=session, counts=votes)
    ends_at = django.utils.dateparse.parse_time("06:50")
    session_actions.write_minutes(by=office, session=session, discussion="Nhất trí.", conclusion="", ends_at=ends_at)
    session_actions.close_session(by=office, session=session)


@dataclass(frozen=True)
class Cost:
    queries: int
    kilobytes: float
    seconds: float


def cost_of(stage: Stage) -> Cost:
    browser = browser_of(stage.login)
    request: Callable[[], Any] = lambda: browser.get(stage.address)  # noqa: E731
    size = len(request().content) / 1000
    queries, seconds = queries_and_seconds(request)
    return Cost(queries, size, seconds)


def print_pages() -> None:
    found: dict[str, dict[int, Cost]] = {}
    for size, hour in zip(SIZES, HOURS, strict=True):
        for stage in stages(size, hour):
            found.setdefault(stage.name, {})[size] = cost_of(stage)
    head = "".join(f"{f'{size} cases':>26}" for size in SIZES)
    print(f"{'':<26}{head}\n{'':<26}{'queries      KB  x empty'.rjust(26) * len(SIZES)}")
    for name, costs in found.items():
        print(f"{name:<26}{''.join(_cell(costs, size) for size in SIZES)}", flush=True)


def _cell(costs: dict[int, Cost], size: int) -> str:
    """The cost of a page with so many cases; blank for a page that cannot be empty."""
    if size not in costs:
        return " " * 26
    cost = costs[size]
    return f"{cost.queries:>10}{cost.kilobytes:>8.0f}{cost.seconds / costs[min(costs)].seconds:>8.2f}"


def print_judging() -> None:
    """A unit of 1,000 households judged for Gia đình văn hóa at once, against a unit of 10."""
    office = user("vanphong")
    village = Unit.objects.get(code="thon2")
    day = timezone.localdate()
    missing = UNIT_OF_MANY - Household.objects.filter(unit=village).count()
    complete_cases(missing)
    households = nominees_of(village, "household", office)[:UNIT_OF_MANY]

    def judge(count: int) -> Callable[[], Any]:
        return lambda: qualifying_table(households[:count], "GDVH", day.year, day, with_restricted=True)

    ratio = median_seconds(judge(UNIT_OF_MANY), 7) / median_seconds(judge(10), 7)
    print(f"\njudging {len(households):,} households at once, times 10 households: {ratio:.1f}")


def main() -> None:
    for command in ("migrate", "sync_base", "load_demo"):
        call_command(command, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print_pages()
    print_judging()


if __name__ == "__main__":
    main()
