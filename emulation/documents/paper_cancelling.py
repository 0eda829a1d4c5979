"""How papers are cancelled: each app registers, by the prefix of its paper keys, what happens to what rests on the paper."""

from dataclasses import dataclass
from typing import Any, Protocol

from emulation.accounts.models import User
from emulation.core.registry import Registry
from emulation.documents.models import IssuedDocument

NOT_CANCELLABLE = "Loại văn bản này không hủy được ở đây."


class PaperCancelling(Protocol):
    """What cancelling does to one kind of paper."""

    def cancel_refusal(self, document: IssuedDocument) -> str | None:
        """Why this paper cannot be cancelled, and what can be done instead; None when it can."""

    def cancel_consequences(self, document: IssuedDocument) -> list[str]:
        """What cancelling changes besides the paper, one sentence each."""

    def cancel_paper(self, document: IssuedDocument, *, by: User, reason: str) -> None:
        """Changes it, in the transaction of the chair's agreement."""


@dataclass(frozen=True)
class NeverCancelled:
    """A kind of paper that is never cancelled by itself; `instead` is why, and what is done instead."""

    instead: str

    def cancel_refusal(self, document: IssuedDocument) -> str | None:
        return self.instead

    def cancel_consequences(self, document: IssuedDocument) -> list[str]:
        return []

    def cancel_paper(self, document: IssuedDocument, *, by: User, reason: str) -> None:
        raise AssertionError(f"{document.key} is never cancelled")


paper_cancelling: Registry[PaperCancelling] = Registry(
    "Cancelling of papers", "prefix of paper keys: what happens when a paper is cancelled, or why it never is"
)


def cancelling_of(document: IssuedDocument) -> PaperCancelling:
    """The entry for this kind of paper; for an unknown kind one that refuses."""
    prefix = document.key.partition(":")[0]
    return paper_cancelling.get(prefix) or NeverCancelled(NOT_CANCELLABLE)


def paper_key_id(document: IssuedDocument) -> Any:
    """The id of the row that a paper belongs to: 12 for the key "campaigns.letter:12" or "reports.report:12:2"."""
    return int(document.key.split(":")[1])
