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
from campaigns.actions.choice import choose, edit_choice, pick, publish, strike, take_down, unpick, unpublish
from campaigns.actions.chosen_list import (
    approve_list,
    issue_list,
    preview_list,
    return_list,
    save_list,
    start_list,
    submit_list,
)
from campaigns.actions.course import cancel_campaign, close_campaign, extend_campaign, hold_midterm, sum_up
from campaigns.actions.duty import DutyText, add_duty, edit_duty, move_duty, remove_duty
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
from campaigns.actions.outcome import drop_follow_up, follow_up, needs_guardian, record_consent
from campaigns.actions.period import close_overdue, close_period, open_month, open_period, open_periods, reopen_period
from campaigns.actions.praise import (
    preview_praise,
    return_praise,
    save_praise,
    sign_praise,
    start_praise,
    submit_praise,
)
from campaigns.actions.reason import add_reason, switch_reason
from campaigns.actions.recipient import acknowledge_above, record_received
from campaigns.actions.registration import decline, register, report_progress, return_registration, take_back
from campaigns.actions.reminder import remind, set_plan, urge
from campaigns.actions.report import accept_report, report_duties, report_own_duties, return_report
from campaigns.actions.urging import start_urging

__all__ = [
    "Aim", "Content", "DutyText", "Entry", "accept_exemplar", "accept_report", "acknowledge", "acknowledge_above",
    "add_duty", "add_photo", "add_reason", "add_scan", "answer_of", "approve_campaign", "approve_letter",
    "approve_list", "cancel_campaign", "cancel_exemplar", "choose", "close_campaign", "close_overdue",
    "close_period", "decline", "drop_campaign", "drop_follow_up", "edit_choice", "edit_directive", "edit_duty",
    "extend_campaign", "finish_handling", "follow_up", "hold_midterm", "issue_campaign", "issue_letter",
    "issue_list", "mark_nominated", "move_duty", "needs_guardian", "open_month", "open_period", "open_periods",
    "pick", "preview_campaign", "preview_letter", "preview_list", "preview_praise", "publish", "recall_handling",
    "receive_directive", "record_consent", "record_received", "register", "release", "remind", "remove_duty",
    "remove_photo", "remove_scan", "reopen_period", "report_duties", "report_own_duties", "report_progress",
    "return_campaign", "return_exemplar", "return_letter", "return_list", "return_praise", "return_registration",
    "return_report", "route_directive", "save_campaign", "save_exemplar", "save_goals", "save_letter", "save_list",
    "save_praise", "set_plan", "sign_praise", "start_campaign", "start_exemplar", "start_letter", "start_list",
    "start_nothing", "start_praise", "start_urging", "strike", "submit_campaign", "submit_exemplar",
    "submit_letter", "submit_list", "submit_praise", "sum_up", "switch_reason", "take_back", "take_down", "unpick",
    "unpublish", "urge", "withdraw_exemplar",
]  # fmt: skip
