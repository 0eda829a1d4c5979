"""Template tags and filters of the user interface."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from emulation.core import formatting, references
from emulation.core.icon_sprites import icon_file
from emulation.workflow.authorization import Authorization, check_act
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.workflow import Step, state_of, steps_of

register = template.Library()
register.filter("listed", formatting.listed_names)
register.filter("keep_numbers", formatting.keep_numbers)
register.filter("keep_references", references.keep_references)
register.filter("with_money_unit", formatting.with_money_unit)
LONG_AGO_DAYS = 60
"""Days that are longer ago are shown as dates."""
MESSAGE_LOOKS = {
    "success": ("good", "check-circle", "Đã xong:"),
    "error": ("bad", "exclamation-octagon", "Chưa làm được:"),
    "warning": ("wait", "exclamation-triangle", "Lưu ý:"),
}
"""Tone, icon and spoken prefix of a message by its level."""


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """An icon of the sprite; the label is for screen readers, without one the icon is decorative."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, _icon_url(name), name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', _icon_url(name), name
    )


@cache
def _icon_url(name: str) -> str:
    """The URL of the file with the icon; cached because a page uses icons about forty times."""
    return static(icon_file(name))


@register.simple_tag
def pill(word: Any, icon_name: str = "", tone: str = "") -> str:
    """A short label with an icon: `{% pill "Đã nhận" "check-circle" "good" %}`; the default tone is neutral."""
    return format_html('<span class="pill pill-{}">{}{}</span>', tone or "neutral", icon(icon_name or "circle"), word)


@register.simple_block_tag
def note(content: str, tone: str = "", icon: str = "", heading: str = "") -> SafeString:
    """A boxed message: `{% note tone="wait" icon="lock" %}text{% endnote %}`."""
    return render_to_string("components/_note.html", {"text": content, "tone": tone, "icon": icon, "heading": heading})


@register.simple_block_tag
def empty_state(content: str, heading: str = "", icon: str = "", url: str = "", action: str = "") -> SafeString:
    """The content of an empty page: a heading, the block's text and optionally a button to `url`."""
    return render_to_string(
        "components/_empty.html",
        {"text": content.strip(), "heading": heading, "icon": icon, "url": url, "action": action},
    )


@register.simple_block_tag
def disabled(content: str, label: str, icon: str = "", id: str = "") -> SafeString:
    """A disabled button, with the reason as the block's text."""
    return render_to_string("components/_disabled.html", {"reason": content, "label": label, "icon": icon, "id": id})


@register.simple_tag
def status(subject: Any) -> str:
    """The state of an object: a label with an icon, and since when (`shown_since` if the object has it)."""
    state = state_of(subject)
    label = pill(state.label, state.icon, state.tone)
    since = getattr(subject, "shown_since", None) or getattr(subject, "state_since", None)
    if not since:
        return label
    day = timezone.localdate(since) if isinstance(since, datetime) else since
    return format_html('{}\n<small class="soft nowrap">từ {}</small>', label, formatting.format_date(day))


@register.inclusion_tag("components/_steps.html", takes_context=True)
def steps(context: dict[str, Any], subject: Any, without: str = "", has_main: bool = False) -> dict[str, Any]:
    """The buttons of an object's flows for this user: the main one first and red, dangerous ones last and quiet.

    `without`: acts, separated by spaces, that the page offers elsewhere; `has_main`: its main act is elsewhere too.
    Steps that their permission or the state denies are left out; rare steps are folded, those that a guard denies too,
    into one line with their reasons, each reason once.
    """
    user = context["request"].user
    buttons: list[dict[str, Any]] = []
    refused: dict[str, list[str]] = {}
    for step in steps_of(subject):
        answer = check_act(step.act, subject, user)
        if step.hidden or not step.url or step.act in without.split() or answer.denied_by in ("permission", "state"):
            continue
        if answer.ok:
            buttons.append(_button(step, subject, answer, user))
        elif step.shows_refusal:
            refused.setdefault(answer.reason, []).append(step.label)
    return {
        "buttons": _main_first(buttons, rare=False, has_main=has_main),
        "rare": _main_first(buttons, rare=True, has_main=has_main),
        "refused": [(", ".join(labels), reason) for reason, labels in refused.items()],
        "subject": subject,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


def _button(step: Step, subject: Any, answer: Authorization, user: Any) -> dict[str, Any]:
    """The button of a step. A question that is asked for the sake of what is to be considered is left out when that is nothing."""
    url = reverse(step.url, args=[subject.pk])
    caution = step.caution(subject, user) if answer.ok and step.caution else None
    tone = step.tone_of(subject) if step.tone_of else step.tone
    asks = bool(step.confirm and (caution or not step.caution))
    return {"step": step, "tone": tone, "url": url, "caution": caution, "asks": asks}


def _main_first(buttons: list[dict[str, Any]], *, rare: bool, has_main: bool) -> list[dict[str, Any]]:
    """The rare or the other ones by tone, in the order of the flow within a tone; only the first main act is red.

    Of three or more, those after the main act are quiet.
    """
    chosen = [button for button in buttons if button["step"].rare == rare]
    ordered = sorted(chosen, key=lambda button: {"primary": 0, "danger": 2}.get(button["tone"], 1))
    others = ordered if has_main else ordered[1:]
    for button in others:
        button["tone"] = button["tone"].replace("primary", "secondary")
    if len(ordered) > 2 and ordered[0]["tone"] == "primary":
        for button in others:
            button["tone"] = button["tone"].replace("secondary", "quiet")
    return ordered


@register.simple_tag(takes_context=True)
def can(context: dict[str, Any], act: str, subject: Any) -> Authorization:
    """`{% can "app.act" object as may %}`: may.ok, may.reason."""
    return check_act(act, subject, context["request"].user)


@register.simple_tag
def help_link(slug: str) -> str:
    """The URL of a help page, or ""."""
    try:
        return reverse("help", args=[slug]) if slug else reverse("help_index")
    except NoReverseMatch:
        return ""


@register.filter
def message_look(message: Message) -> dict[str, Any]:
    """Tone and icon of a message, the prefix for screen readers, and whether the next task is offered after it."""
    tone, icon_name, said = MESSAGE_LOOKS.get(message.level_tag, ("news", "info-circle", ""))
    return {"tone": tone, "icon": icon_name, "said": said, "offers_next": NEXT_TASK in (message.extra_tags or "")}


@register.filter
def lost_files(form: Any) -> bool:
    """Whether files were uploaded with an invalid form that does not store them: the user must choose them again."""
    return bool(form.files) and not getattr(form, "keeps_files", False)


@register.filter
def error_count(form: Any) -> int:
    """How many places the summary of an invalid form names: a field once, whatever it has; each message of the form itself."""
    return len(form.non_field_errors()) + sum(bool(field.errors) for field in form)


@register.filter
def prefixed(value: Any, prefix: str) -> str:
    """The value after `prefix`, or "" for an empty value: `{{ day|date|prefixed:", hạn " }}`."""
    return format_html("{}{}", prefix, value) if value else ""


@register.filter
def lower_start(value: Any) -> str:
    """The value inside a sentence: only the first letter changes, "trình Chủ tịch"."""
    return formatting.lower_first(str(value))


@register.filter
def capped(number: int, limit: int) -> str:
    """The number, or "99+" above the limit 99."""
    return f"{limit}+" if number > limit else str(number)


@register.filter
def bracketed(value: Any) -> str:
    """The value in brackets after a space, or "" for an empty value."""
    return format_html(" ({})", value) if value else ""


@register.filter
def vnd(value: int | None, unit: str = "") -> str:
    """1.490.000; 1.490.000 đồng with the unit "đồng", other units stand elsewhere."""
    write = dong if unit == "đồng" else formatting.format_vnd
    return "" if value is None else write(value)


@register.filter
def dong(value: int | None) -> str:
    """1.490.000 đồng, never on two lines."""
    return "" if value is None else formatting.keep_numbers(formatting.format_dong(value))


def _days_since(value: date | datetime) -> int:
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return (timezone.localdate() - day).days


@register.filter
def days_ago(value: date | datetime | None) -> str:
    """hôm nay, hôm qua, 5 ngày trước, còn 3 ngày; the day itself if it is long ago."""
    if not value:
        return ""
    days = _days_since(value)
    if days == 0:
        return "hôm nay"
    if days == 1:
        return "hôm qua"
    if days == -1:
        return "ngày mai"
    if days > LONG_AGO_DAYS:
        return formatting.format_date(timezone.localtime(value).date() if isinstance(value, datetime) else value)
    return f"{days} ngày trước" if days > 0 else f"còn {-days} ngày"


@register.filter
def days_ago_note(value: date | datetime | None) -> str:
    """ " (5 ngày trước)" for the text right after a day; "" if it is long ago, where `days_ago` repeats the day."""
    return f" ({days_ago(value)})" if value and _days_since(value) <= LONG_AGO_DAYS else ""


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """mapping[key], or "" if it is missing."""
    return mapping.get(key, "") if mapping else ""
