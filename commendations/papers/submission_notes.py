"""What the chair reads below the list of a chair submission: cases left out, earlier awards that were cancelled."""

from datetime import date
from itertools import chain

from commendations.models import ChairSubmission
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.chair_submission import SubmissionRow, passed_but_not_submitted
from commendations.queries.nominee_words import nominee_in_sentence
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import Paragraph


def left_out_note(chair_submission: ChairSubmission, rows: list[SubmissionRow], on: date) -> list[Block]:
    """Who the council proposed as well and is not submitted now: the list differs from the minutes."""
    cases = passed_but_not_submitted(chair_submission, rows)
    if not cases:
        return []
    identity = chair_submission.commune.identity_on(on)
    names = "; ".join(nominee_in_sentence(case, identity, on) for case in cases)
    return [_note(f"Hội đồng cũng thống nhất đề nghị khen thưởng {names}; hồ sơ chưa trình lần này")]


def cancelled_earlier_notes(rows: list[SubmissionRow]) -> list[Block]:
    """The earlier awards for these achievements that were cancelled, each once: the chair decides knowing of them."""
    found = cancelled_earlier_of(row.line.nomination for row in rows)
    return [_note(text) for text in dict.fromkeys(one.sentence for one in chain.from_iterable(found.values()))]


def _note(sentence: str) -> Block:
    return Paragraph(f"{sentence.rstrip(' .')}.", lead="Lưu ý:")
