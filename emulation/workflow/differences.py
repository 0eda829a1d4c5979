"""What changed between the content that was returned and the content now, both as {label: text in words}."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulation.core.errors import RuleBroken
from emulation.workflow.models import ReturnableSubject

FILE_NOTE = "file"
"""The place of a remark about papers outside the form: correcting them changes no field."""


@dataclass(frozen=True)
class Difference:
    """One part whose text is not what it was."""

    label: str
    old: str
    new: str


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """The parts whose texts differ, in the order of `new`, then those that `new` no longer has."""
    labels = [*new, *(label for label in old if label not in new)]
    pairs = [Difference(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [pair for pair in pairs if pair.old != pair.new]


def refuse_unchanged(subject: ReturnableSubject, content: Mapping[str, str]) -> None:
    """Raises RuleBroken when returned work is submitted again as it was.

    Not checked: work returned before contents were kept, and work whose only remark is about papers outside the form.
    """
    if not subject.returned_content or set(subject.return_notes) <= {FILE_NOTE}:
        return
    if not differences(subject.returned_content, content):
        raise RuleBroken("Chưa sửa gì so với bản bị trả lại. Hãy sửa theo lý do đã ghi rồi gửi lại.")
