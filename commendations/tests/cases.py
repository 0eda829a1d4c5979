"""Cases for the tests of what follows a session: a closed session with its votes, made as rows."""

from datetime import date, time
from typing import Any

from commendations.actions import decision as decisions
from commendations.actions import presentation as presentations
from commendations.actions.presentation import Word
from commendations.models import CouncilSession, Decision, Nomination, Presentation, SessionItem
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal import on as law_on
from villages.models import CouncilVersion, Household, Person, Unit

HELD = date(2026, 11, 10)
PRAISE = "xuất sắc trong phong trào xây dựng nông thôn mới, tháng 10/2026"


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def three(commune: Commune) -> list[Any]:
    """A person, a household, a collective; in the council's order, which is not the order of names."""
    return [
        Person.objects.get(commune=commune, full_name="Vi Văn Thành"),
        Household.objects.get(commune=commune, head_name="Lê Văn Bảy"),
        Unit.objects.get(commune=commune, code="thon2"),
    ]


def nomination(commune: Commune, nominee: Any, state: str = "passed", achievement: str = PRAISE) -> Nomination:
    kind = {Person: "person", Household: "household", Unit: "collective"}[type(nominee)]
    unit = nominee if kind == "collective" else nominee.unit
    return Nomination.objects.create(
        commune=commune, state=state, unit=unit, achievement=achievement, deed="Đã làm nhiều việc.", **{kind: nominee}
    )


def session(commune: Commune, nominees: list[Any], held_on: date = HELD) -> CouncilSession:
    """A closed session at which the council passed all of them, 5 of 7."""
    made = CouncilSession.objects.create(
        commune=commune,
        version_of_council=CouncilVersion.objects.get(commune=commune),
        title="Xét khen thưởng tháng 10/2026",
        held_on=held_on,
        starts_at=time(8),
        place="Phòng họp UBND xã",
        state="closed",
    )
    verdict = law_on.vote(commune.pk, "GKX", held_on, members=7, agree=5, against=1).facts()
    for place, nominee in enumerate(nominees):
        SessionItem.objects.create(
            commune=commune, session=made, nomination=nomination(commune, nominee), agree=5, against=1, other=0,
            verdict=verdict, passed=True, sort=place,
        )  # fmt: skip
    return made


def login(commune: Commune, name: str) -> User:
    prefix = "la-" if commune.code == "xa-la" else ""
    return User.objects.get(username=f"{prefix}{name}")


def presented(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD) -> Presentation:
    office = login(commune, "vanphong")
    draft = presentations.draft_presentation(by=office, session=session(commune, nominees or three(commune), held_on))
    return presentations.present(by=office, presentation=draft, on=held_on)


def words(presentation: Presentation, refuse: tuple[str, ...] = ()) -> dict[int, Word]:
    return {
        item.pk: Word(False, "Thành tích chưa rõ") if item.nomination.nominee_name in refuse else Word(True)
        for item in presentation.items.all()
    }


def drafted(
    commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD, refuse: tuple[str, ...] = ()
) -> Decision:
    paper = presented(commune, nominees, held_on)
    presentations.decide(by=login(commune, "chutich"), presentation=paper, words=words(paper, refuse), on=held_on)
    return Decision.objects.get(presentation=paper)


def signed(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD) -> Decision:
    decision = drafted(commune, nominees, held_on)
    return decisions.to_signature(by=login(commune, "vanphong"), decision=decision)


def issued(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD) -> Decision:
    decision = signed(commune, nominees, held_on)
    return decisions.issue(by=login(commune, "vanthu"), decision=decision, issued_on=held_on)


# ── several awards ───
Asked = tuple[str, Any, int]


def put(commune: Commune, *asked: Asked, held_on: date = HELD) -> Presentation:
    """A presentation before the chair: (award, nominee, year) each."""
    paper = presentations.draft_presentation(
        by=login(commune, "vanphong"),
        session=session(commune, [nominee for _, nominee, _ in asked], held_on),
    )
    for item, (code, _, year) in zip(paper.items.order_by("sort"), asked, strict=True):
        Nomination.objects.filter(pk=item.nomination_id).update(award_code=code, year=year)
    return presentations.present(by=login(commune, "vanphong"), presentation=paper, on=held_on)


def decided(commune: Commune, *asked: Asked, held_on: date = HELD) -> Presentation:
    """All of them approved: the drafts of decisions and tờ trình are there."""
    paper = put(commune, *asked, held_on=held_on)
    presentations.decide(by=login(commune, "chutich"), presentation=paper, words=words(paper), on=held_on)
    return paper


def issue(commune: Commune, decision: Decision, day: date = HELD) -> Decision:
    """Signed and numbered."""
    decisions.to_signature(by=login(commune, "vanphong"), decision=decision)
    return decisions.issue(by=login(commune, "vanthu"), decision=decision, issued_on=day)


def crowd(commune: Commune, size: int) -> list[Person]:
    """People enough for a long list."""
    unit = Unit.objects.get(commune=commune, code="thon3")
    made = []
    for number in range(size):
        one = Person(commune=commune, unit=unit, post="Nông dân", sex="nu" if number % 2 else "nam")
        one.put_name(f"Lò Văn Số {chr(97 + number % 26)}{number}")
        one.save()
        made.append(one)
    return made
