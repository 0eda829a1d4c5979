"""Acts of the movement."""

from campaigns.actions.campaign import (
    Aim,
    approve_campaign,
    drop_campaign,
    issue_campaign,
    preview_campaign,
    return_campaign,
    save_campaign,
    save_goals,
    start_campaign,
    submit_campaign,
)
from campaigns.actions.course import (
    cancel_campaign,
    close_campaign,
    extend_campaign,
    hold_midterm,
    sum_up,
)
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
from campaigns.actions.registration import (
    decline,
    register,
    report_progress,
    return_registration,
    take_back,
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
    "Aim", "Content", "DutyText", "Entry", "accept_exemplar", "accept_report", "acknowledge", "acknowledge_above",
    "add_duty", "add_photo", "add_scan", "answer_of", "approve_campaign", "approve_letter", "cancel_campaign",
    "cancel_exemplar", "close_campaign", "close_overdue", "close_period", "decline", "drop_campaign",
    "edit_directive", "edit_duty", "extend_campaign", "finish_handling", "hold_midterm", "issue_campaign",
    "issue_letter", "mark_nominated", "move_duty", "open_month", "open_period", "open_periods", "preview_campaign",
    "preview_letter", "recall_handling", "receive_directive", "record_received", "register", "release", "remind",
    "remove_duty", "remove_photo", "remove_scan", "reopen_period", "report_duties", "report_own_duties",
    "report_progress", "return_campaign", "return_exemplar", "return_letter", "return_registration",
    "return_report", "route_directive", "save_campaign", "save_exemplar", "save_goals", "save_letter", "set_plan",
    "start_campaign", "start_exemplar", "start_letter", "start_nothing", "start_urging", "submit_campaign",
    "submit_exemplar", "submit_letter", "sum_up", "take_back", "urge", "withdraw_exemplar",
]  # fmt: skip
