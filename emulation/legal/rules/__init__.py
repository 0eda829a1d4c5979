"""What follows from the law: eligibility, votes, quorum, money, what a file must hold, who decides. Pure: no Django, no clock.

Every verdict says by which article (`citation`), whether that is confirmed, and which versions of the values it used.
"""

from emulation.legal.law import Dates
from emulation.legal.rules.council import QuorumVerdict, VoteVerdict, needed_votes, quorum, vote
from emulation.legal.rules.eligibility import (
    Finding,
    Prospect,
    Verdict,
    asks_initiative,
    differences,
    judge,
    outlook,
    spends,
)
from emulation.legal.rules.facts import (
    Awarded,
    AwardRecord,
    Case,
    Initiative,
    Members,
    Span,
    Subject,
)
from emulation.legal.rules.files import (
    Checklist,
    ChecklistItem,
    Decider,
    Procedure,
    basis,
    checklist,
    decider,
    procedure,
)
from emulation.legal.rules.grounds import Grounded
from emulation.legal.rules.money import Grant, Money, Payable, Price, award_money, payable, pays, price, round_money
from emulation.legal.rules.order import Candidate, Preference, Quota, prefer, quota

__all__ = [
    "AwardRecord",
    "Awarded",
    "Candidate",
    "Case",
    "Checklist",
    "ChecklistItem",
    "Dates",
    "Decider",
    "Finding",
    "Grant",
    "Grounded",
    "Initiative",
    "Members",
    "Money",
    "Payable",
    "Preference",
    "Price",
    "Procedure",
    "Prospect",
    "QuorumVerdict",
    "Quota",
    "Span",
    "Subject",
    "Verdict",
    "VoteVerdict",
    "asks_initiative",
    "award_money",
    "basis",
    "checklist",
    "decider",
    "differences",
    "judge",
    "needed_votes",
    "outlook",
    "payable",
    "pays",
    "prefer",
    "price",
    "procedure",
    "quorum",
    "quota",
    "round_money",
    "spends",
    "vote",
]
