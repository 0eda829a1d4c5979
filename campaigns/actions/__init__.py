"""Acts of the movement."""

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
from campaigns.actions.outcome import drop_follow_up, follow_up, needs_guardian, record_consent
from campaigns.actions.period import open_month, open_period
from campaigns.actions.praise import (
    preview_praise,
    return_praise,
    save_praise,
    sign_praise,
    start_praise,
    submit_praise,
)
from campaigns.actions.reason import add_reason, switch_reason

__all__ = [
    "Content", "accept_exemplar", "acknowledge", "add_photo", "add_reason", "answer_of", "approve_letter",
    "approve_list", "cancel_exemplar", "choose", "drop_follow_up", "edit_choice", "follow_up", "issue_letter",
    "issue_list", "mark_nominated", "needs_guardian", "open_month", "open_period", "pick", "preview_letter",
    "preview_list", "preview_praise", "publish", "receive_directive", "record_consent", "release", "remove_photo",
    "return_exemplar", "return_letter", "return_list", "return_praise", "save_exemplar", "save_letter", "save_list",
    "save_praise", "sign_praise", "start_exemplar", "start_letter", "start_list", "start_nothing", "start_praise",
    "strike", "submit_exemplar", "submit_letter", "submit_list", "submit_praise", "switch_reason", "take_down",
    "unpick", "unpublish", "withdraw_exemplar",
]  # fmt: skip
