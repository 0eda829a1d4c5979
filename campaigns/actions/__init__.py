"""Acts of the movement."""

from campaigns.actions.duty import (
    DutyText,
    add_duty,
    edit_duty,
    move_duty,
    remove_duty,
)
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
from campaigns.actions.incoming import (
    Entry,
    add_scan,
    edit_directive,
    finish_handling,
    recall_handling,
    receive_directive,
    remove_scan,
    route_directive,
)
from campaigns.actions.letter import (
    acknowledge,
    approve_letter,
    issue_letter,
    preview_letter,
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
from campaigns.actions.recipient import (
    acknowledge_above,
    record_received,
)
from campaigns.actions.reminder import (
    remind,
    set_plan,
    urge,
)
from campaigns.actions.report import (
    accept_report,
    report_duties,
    report_own_duties,
    return_report,
)
from campaigns.actions.urging import (
    start_urging,
)

__all__ = [
    "Content", "DutyText", "Entry", "accept_exemplar", "accept_report", "acknowledge", "acknowledge_above",
    "add_duty", "add_photo", "add_scan", "answer_of", "approve_letter", "cancel_exemplar", "close_overdue",
    "close_period", "edit_directive", "edit_duty", "finish_handling", "issue_letter", "mark_nominated", "move_duty",
    "open_month", "open_period", "open_periods", "preview_letter", "recall_handling", "receive_directive",
    "record_received", "release", "remind", "remove_duty", "remove_photo", "remove_scan", "reopen_period",
    "report_duties", "report_own_duties", "return_exemplar", "return_letter", "return_report", "route_directive",
    "save_exemplar", "save_letter", "set_plan", "start_exemplar", "start_letter", "start_nothing", "start_urging",
    "submit_exemplar", "submit_letter", "urge", "withdraw_exemplar",
]  # fmt: skip
