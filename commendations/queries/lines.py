"""One nominee as a line of an official list: the words of the paper and the money of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from commendations.models import Nomination
from commendations.queries import catalogue
from commendations.queries.several import Paid, paid_for
from commendations.rules.naming import AwardName, placed
from commendations.rules.wording import sentence
from emulation.communes.models import CommuneIdentity
from emulation.core.text import fold, same_name
from emulation.legal import on as law_on
from emulation.legal import rules
from emulation.legal.rules import Decider, Price
from villages.models import Household, Unit

GROUPS = ("collective", "household", "person")


@dataclass(frozen=True)
class Line:
    """A nominee on a list. `name` as lists write it, `recipient` as a giấy khen does, both as of the day asked for.

    `price` is what the law gives for the award, None where somebody above decides and pays; `amount` what is paid.
    """

    nomination: Nomination
    serial: int
    subject: str
    name: str
    recipient: str
    place: str
    achievement: str
    award: AwardName
    decider: Decider
    price: Price | None
    paid: Paid

    @property
    def deed(self) -> str:
        """ "Đã có thành tích …"."""
        return sentence(self.achievement)

    @property
    def year(self) -> int:
        """The year for which the award is asked."""
        return self.nomination.award_year

    @property
    def award_and_year(self) -> str:
        """The award; a title with the year for which it is given."""
        return f"{self.award.name} năm {self.year}" if self.award.title else self.award.name

    @property
    def amount(self) -> int:
        return 0 if self.price is None or self.paid.unpaid else self.price.money.rounded

    @property
    def why_none(self) -> str:
        """Why nothing is paid, "" where something is."""
        return "" if self.amount else self.how

    @property
    def how(self) -> str:
        """How the sum came about, or why there is none."""
        if self.price is None:
            return "Cấp trên quyết định và chi tiền thưởng"
        if not self.price.money.coefficient:
            return "Không kèm tiền thưởng"
        if self.paid.unpaid:
            return f"{self.paid.unpaid.rstrip('.')} ({self.paid.citation})"
        return "; ".join(part for part in (self.price.money.arithmetic, self.paid.note) if part)

    def signed(self) -> dict[str, Any]:
        """What a bản trình ký fixes of this line; at issue nothing of it may have changed."""
        return {
            "nomination": self.nomination.pk,
            "serial": self.serial,
            "name": self.name,
            "place": self.place,
            "achievement": self.achievement,
            "amount": self.amount,
        }


def with_nominees(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Nominations with everything that a line says, in a constant number of queries."""
    return rows.select_related("person__unit", "household__unit", "collective", "unit").prefetch_related(
        "person__unit__names", "household__unit__names", "collective__names", "household__members"
    )


def lines(nominations: Sequence[Nomination], identity: CommuneIdentity, on: date) -> list[Line]:
    """Lines in the order given, numbered from 1; money and names by the law and the units of that day."""
    law = law_on.law(identity.commune_id)
    named = {code: catalogue.named(law, code, on, identity) for code in {row.award_code for row in nominations}}
    places = catalogue.place_names(identity)
    deciders = {code: rules.decider(law, code, on) for code in named}
    deciders = {code: replace(found, label=placed(found.label, **places)) for code, found in deciders.items()}
    here = {code for code in named if deciders[code].here == catalogue.HERE}
    paid = paid_for(law, [row for row in nominations if row.award_code in here], on)
    return [
        Line(
            nomination=nomination,
            serial=serial,
            subject=nomination.nominee_kind,
            name=list_name(nomination, on),
            recipient=recipient(nomination, on),
            place=place(nomination, identity, on),
            achievement=nomination.achievement,
            award=named[code],
            decider=deciders[code],
            price=rules.price(law, code, nomination.nominee_kind, on) if code in here else None,
            paid=paid.get(nomination.pk, Paid()),
        )
        for serial, nomination in enumerate(nominations, 1)
        for code in (nomination.award_code,)
    ]


def by_name(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Collectives, then households, then people; each by tên, đệm, họ in the Vietnamese alphabet."""
    return sorted(nominations, key=lambda row: (GROUPS.index(row.nominee_kind), row.nominee_sort, row.pk))


def unit_name(unit: Unit | None, on: date) -> str:
    """The unit's name on that day, from names read beforehand; "" for none."""
    if unit is None:
        return ""
    dated = [row for row in unit.names.all() if row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)]
    return max(dated, key=lambda row: row.starts_on).name if dated else unit.name


def list_name(nomination: Nomination, on: date) -> str:
    """Nguyễn Văn An; Hộ gia đình Lê Văn Bảy; Thôn 2."""
    return unit_name(nomination.collective, on) if nomination.collective_id else nomination.nominee_name


def recipient(nomination: Nomination, on: date) -> str:
    """Ông Nguyễn Văn An; Hộ gia đình bà Lò Thị Hoa; Tập thể Thôn 2."""
    person, household = nomination.person, nomination.household
    if person is not None:
        return f"{person.honorific} {person.full_name}"
    if household is not None:
        return f"Hộ gia đình {_head_honorific(household)} {household.head_name}"
    return f"Tập thể {unit_name(nomination.collective, on)}"


def _head_honorific(household: Household) -> str:
    head = next(
        (person for person in household.members.all() if same_name(person.full_name, household.head_name)), None
    )
    return head.honorific.lower() if head and head.sex else "ông (bà)"


def place(nomination: Nomination, identity: CommuneIdentity, on: date) -> str:
    """Post, unit and commune, each said once: "Nông dân, Thôn 1, xã Bình Lương"."""
    person, household = nomination.person, nomination.household
    if person is not None:
        parts, unit = [person.post], unit_name(person.unit, on)
    elif household is not None:
        parts, unit = [household.address], unit_name(household.unit, on)
    else:
        says = _says(unit_name(nomination.collective, on), identity.place_name)
        return "" if says else _capital(identity.name)
    if not _says(parts[0], unit):
        parts.append(unit)
    if not any(_says(part, identity.place_name) for part in parts):
        parts.append(identity.name)
    return _capital(", ".join(part for part in parts if part))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _says(text: str, name: str) -> bool:
    return fold(name) in fold(text)


def counted(rows: Iterable[str]) -> str:
    """ "01 tập thể, 01 hộ gia đình và 03 cá nhân", from the kinds of the nominees."""
    kinds = list(rows)
    words = {"collective": "tập thể", "household": "hộ gia đình", "person": "cá nhân"}
    parts = [f"{kinds.count(kind):02d} {words[kind]}" for kind in GROUPS if kind in kinds]
    return " và ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
