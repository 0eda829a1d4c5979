"""What changed between the content that was returned and the content now, both as {label: text in words}."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emulation.core.errors import RuleBroken
from emulation.workflow.models import ReturnableSubject

FILE_NOTE = "file"
"""The place of a remark about the work as a whole or papers outside the form: it may be answered in words instead."""


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


def is_unchanged(subject: ReturnableSubject, content: Callable[[], Mapping[str, str]]) -> bool:
    """Whether it was returned and is as it was. `content` is read only where it was returned with its content."""
    returned = bool(subject.returned_content and subject.return_notes)
    return returned and not differences(subject.returned_content, content())


def refuse_unchanged(subject: ReturnableSubject, content: Mapping[str, str]) -> None:
    """Raises RuleBroken when returned work is submitted again as it was.

    Not checked: work returned before contents were kept. The answer to a remark about the work as a whole is a part of
    its content.
    """
    if not is_unchanged(subject, lambda: content):
        return
    if FILE_NOTE in subject.return_notes:
        raise RuleBroken(
            "Chưa sửa gì so với bản bị trả lại. Hãy sửa, hoặc bổ sung giấy tờ rồi ghi ở ô “Đã làm gì theo lý do trả lại”.",
            "return_answer",
        )
    raise RuleBroken("Chưa sửa gì so với bản bị trả lại. Hãy sửa theo lý do đã ghi rồi gửi lại.")
