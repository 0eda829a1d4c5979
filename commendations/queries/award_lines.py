"""Nominees as lines of official lists: wording of the paper and money by the law of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Prefetch, QuerySet

from commendations.models import Award, Nomination
from commendations.queries import catalogue
from commendations.queries.highest_title import Payability, title_payability
from commendations.queries.nominee_place import nominee_place, unit_name_on
from commendations.rules.award_names import AwardName, with_place_names
from commendations.rules.wording import achievement_sentence, recipient_in_sentence
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import upper_first
from emulation.core.text import same_name
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.money import PrizeMoney, prize_money
from emulation.legal.engine.rules.requirements import Decider, award_decider
from villages.models import Household
from villages.rules.name_marks import marked_name

NOMINEE_KIND_ORDER = ("collective", "household", "person")


@dataclass(frozen=True)
class AwardLine:
    """A nominee on a list. `name` is the form for lists, `recipient` the form for certificates, both as of a day; `mark` is
    what distinguishes them from others of the name in the unit, "" if nobody else has it.

    `commune` is "Xã Bình Lương".

    `price` is the money that the law sets for the award, None where a higher authority decides and pays; `amount` is
    what is paid, in đồng.
    """

    nomination: Nomination
    serial: int
    subject: str
    name: str
    recipient: str
    place: str
    commune: str
    achievement: str
    award: AwardName
    decider: Decider
    price: PrizeMoney | None
    payability: Payability
    mark: str = ""

    @property
    def listed_name(self) -> str:
        """ "Lê Văn Hùng (sinh năm 1985)": the name on lists; the certificate prints `recipient`."""
        return marked_name(self.name, self.mark)

    @property
    def name_alone(self) -> str:
        """The listed name for a text that does not name the place: with the unit where somebody of another has the name."""
        return self.name if self.subject == "collective" else self.nomination.nominee_alone

    @property
    def deed(self) -> str:
        """ "Đã có thành tích …"."""
        return achievement_sentence(self.achievement)

    @property
    def place_in_list(self) -> str:
        """The place for a column of a list; of a collective whose name ends with the commune the commune alone."""
        return self.place or self.commune

    @property
    def in_sentence(self) -> str:
        """ "bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương": the recipient inside a sentence."""
        return recipient_in_sentence(marked_name(self.recipient, self.mark), self.place)

    @property
    def year(self) -> int:
        """The year of the award."""
        return self.nomination.award_year

    @property
    def award_and_year(self) -> str:
        """The name of the award; for a title with its year."""
        return f"{self.award.name} năm {self.year}" if self.award.title else self.award.name

    @property
    def amount(self) -> int:
        return 0 if self.price is None or self.payability.unpaid else self.price.money.rounded

    @property
    def to_pay(self) -> int:
        """Đồng really to be paid: without what was paid for lower titles of the year."""
        return self.amount - self.payability.deducted

    @property
    def no_payment_reason(self) -> str:
        """Why nothing is paid, "" when something is."""
        return "" if self.amount else self.sum_explanation

    @property
    def sum_explanation(self) -> str:
        """The arithmetic of the amount, or why there is none."""
        if self.price is None:
            return f"{self.decider.label} quyết định và chi tiền thưởng"
        if not self.price.money.coefficient:
            return "Không kèm tiền thưởng"
        if self.payability.unpaid:
            return f"{self.payability.unpaid.rstrip('.')} ({self.payability.citation})"
        return "; ".join(part for part in (self.price.money.arithmetic, self.payability.note) if part)

    @property
    def written_sum(self) -> str:
        """As `sum_explanation`, in the words of a paper."""
        if not self.amount or self.price is None:
            return self.sum_explanation
        return "; ".join(part for part in (self.price.money.written, self.payability.note) if part)

    def as_signed(self) -> dict[str, Any]:
        """The values of this line that a bản trình ký stores; at issue they must be equal."""
        return {
            "nomination": self.nomination.pk,
            "serial": self.serial,
            "name": self.name,
            "recipient": self.recipient,
            "place": self.place,
            "achievement": self.achievement,
            "amount": self.amount,
            "deducted": self.payability.deducted,
        }


def with_line_relations(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Nominations with the relations that a line needs, in a constant number of queries."""
    # The units are prefetched, so that the nominees of a unit share one.
    return rows.select_related("person", "household__head", "collective").prefetch_related(
        "unit",
        "person__unit__names",
        "household__unit__names",
        "collective__names",
        "collective__parent__names",
        Prefetch("household__members", to_attr="read_members"),
        "joint_proposals__unit",
    )


def award_lines(
    nominations: Sequence[Nomination],
    identity: CommuneIdentity,
    on: date,
    granted: Mapping[int, Award] = MappingProxyType({}),
) -> list[AwardLine]:
    """Lines in the given order, numbered from 1; money and names by the law and the units of that day.

    `granted`: by id of the nomination the award that is granted again.
    """
    law = current.law_for(identity.commune_id)
    codes = {row.award_code for row in nominations}
    names = {code: catalogue.award_name_on(law, code, on, identity) for code in codes}
    deciders = {code: _named_decider(law, code, on, identity) for code in codes}
    decided_here = {code for code in codes if deciders[code].here == catalogue.DECIDED_BY_COMMUNE}
    decided = [row for row in nominations if row.award_code in decided_here]
    payability = title_payability(law, decided, on, granted=granted)
    prices = _prices(law, decided, on)
    lines = []
    for serial, nomination in enumerate(nominations, 1):
        code = nomination.award_code
        lines.append(
            AwardLine(
                nomination=nomination,
                serial=serial,
                subject=nomination.nominee_kind,
                name=nominee_list_name(nomination, on),
                recipient=certificate_recipient(nomination, on),
                place=nominee_place(nomination, identity, on),
                commune=upper_first(identity.name),
                achievement=nomination.achievement,
                award=names[code],
                decider=deciders[code],
                price=prices.get((code, nomination.nominee_kind)),
                payability=payability.get(nomination.pk, Payability()),
                mark=nomination.nominee_mark,
            )
        )
    return lines


def _prices(law: Law, nominations: Iterable[Nomination], on: date) -> dict[tuple[str, str], PrizeMoney]:
    """The money of each award for each kind of nominee among these."""
    asked = {(row.award_code, row.nominee_kind) for row in nominations}
    return {(code, kind): prize_money(law, code, kind, on) for code, kind in asked}


def _named_decider(law: Law, code: str, on: date, identity: CommuneIdentity) -> Decider:
    """The decider of the award, with the commune, district or province named."""
    decider = award_decider(law, code, on)
    return replace(decider, label=with_place_names(decider.label, **catalogue.commune_place_names(identity)))


def nominee_list_name(nomination: Nomination, on: date) -> str:
    """Nguyễn Văn An; Hộ gia đình Lê Văn Bảy; Thôn 2."""
    return unit_name_on(nomination.collective, on) if nomination.collective_id else nomination.nominee_bare_name


def certificate_recipient(nomination: Nomination, on: date) -> str:
    """Ông Nguyễn Văn An; Hộ gia đình bà Lò Thị Hoa; Tập thể Thôn 2. The name alone when it is not known how to address them."""
    person = nomination.person
    household = nomination.household
    if person is not None:
        return person.addressed
    if household is not None:
        return f"Hộ gia đình {_addressed_head(household)}"
    return f"Tập thể {unit_name_on(nomination.collective, on)}"


def _addressed_head(household: Household) -> str:
    if household.form_of_address:
        return f"{household.form_of_address} {household.head_name}"
    members = household.read_members if hasattr(household, "read_members") else household.members.all()
    same = (person for person in members if same_name(person.full_name, household.head_name))
    head = household.head or next(same, None)
    return head.addressed_in_sentence if head else household.head_name


def nominee_names_heading(kinds: Iterable[str]) -> str:
    """The head of a column with nominees of these kinds: "Họ và tên, tên hộ gia đình, tên tập thể"."""
    words = {"person": "họ và tên", "household": "tên hộ gia đình", "collective": "tên tập thể"}
    listed = set(kinds)
    return upper_first(", ".join(word for kind, word in words.items() if kind in listed))


def nominee_counts_text(rows: Iterable[str]) -> str:
    """ "01 tập thể, 01 hộ gia đình và 03 cá nhân", from the kinds of the nominees."""
    kinds = list(rows)
    words = {"collective": "tập thể", "household": "hộ gia đình", "person": "cá nhân"}
    parts = [f"{kinds.count(kind):02d} {words[kind]}" for kind in NOMINEE_KIND_ORDER if kind in kinds]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"
