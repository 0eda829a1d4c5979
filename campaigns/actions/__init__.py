"""Acts of the movement."""

from campaigns.actions.exemplar import (
    Content,
    accept_exemplar,
    add_photo,
    answer_of,
    cancel_exemplar,
    mark_nominated,
    release,
    remove_photo,
    return_exemplar,
    save_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
    withdraw_exemplar,
)
from campaigns.actions.letter import (
    acknowledge,
    approve_letter,
    issue_letter,
    preview_letter,
    receive_directive,
    return_letter,
    save_letter,
    start_letter,
    submit_letter,
)
from campaigns.actions.period import (
    close_overdue,
    close_period,
    open_month,
    open_period,
    open_periods,
    reopen_period,
)
from campaigns.actions.reminder import remind, set_plan, urge
from campaigns.actions.urging import start_urging

__all__ = [
    "Content", "accept_exemplar", "acknowledge", "add_photo", "answer_of", "approve_letter", "cancel_exemplar",
    "close_overdue", "close_period", "issue_letter", "mark_nominated", "open_month", "open_period", "open_periods",
    "preview_letter", "receive_directive", "release", "remind", "remove_photo", "reopen_period", "return_exemplar",
    "return_letter", "save_exemplar", "save_letter", "set_plan", "start_exemplar", "start_letter", "start_nothing", "start_urging",
    "submit_exemplar", "submit_letter", "urge", "withdraw_exemplar",
]  # fmt: skip
