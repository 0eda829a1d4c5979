"""Legal facts that nobody compared with their official text: one wording, "chưa xác nhận", and the reason. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

UNCONFIRMED = "chưa xác nhận"
USUAL_REASON = "Lấy từ nguồn chưa so được với văn bản gốc; hãy so với văn bản của tỉnh trước khi dùng."
_OLDER_WORDS = {
    "Cần rà soát": "Chưa xác nhận",
    "cần rà soát": UNCONFIRMED,
    "phải rà soát": "phải xác nhận",
    "Chưa đối chiếu": "Chưa xác nhận",
    "chưa đối chiếu": UNCONFIRMED,
}


@dataclass(frozen=True)
class Doubt:
    """What is not confirmed, and the note on it ("" for none)."""

    label: str
    note: str

    @property
    def text(self) -> str:
        return ": ".join(filter(None, [self.label, self.note]))


def doubt_wording(note: str) -> str:
    """A stored note in the one wording of the screen; stored notes themselves never change."""
    for older, today in _OLDER_WORDS.items():
        note = note.replace(older, today)
    return note


def doubts_of(subjects: Iterable[Any], shown_note: str = "") -> list[Doubt]:
    """The doubts about these legal facts, each named once.

    A subject is a list of subjects, a result of the rules (its legal bases are read, unless it has a label of its own),
    a legal value, or a stored legal basis. `shown_note` is a note that the page already shows; it is left out.
    """
    found: dict[str, Doubt] = {}
    for subject in _flat(subjects):
        label, confirmed, notes = _read(subject)
        if not confirmed:
            shorter = (note.removesuffix(shown_note).strip() for note in notes)
            found.setdefault(label, Doubt(label, doubt_wording(" ".join(filter(None, shorter)))))
    return list(found.values())


def _flat(subjects: Iterable[Any]) -> Iterator[Any]:
    for subject in subjects:
        if isinstance(subject, list | tuple):
            yield from _flat(subject)
        elif subject:
            unlabelled = _get(subject, "grounds", ()) if not _get(subject, "label") else ()
            yield from unlabelled or (subject,)


def _read(subject: Any) -> tuple[str, bool, Iterable[str]]:
    """The label, whether it is confirmed, and its notes."""
    label = _get(subject, "label") or _get(subject, "name") or _get(subject, "citation")
    notes = (subject.get("note", ""),) if isinstance(subject, Mapping) else getattr(subject, "notes", ())
    return getattr(label, "text", label), bool(_get(subject, "confirmed")), notes


def _get(subject: Any, name: str, missing: Any = "") -> Any:
    return subject.get(name, missing) if isinstance(subject, Mapping) else getattr(subject, name, missing)
