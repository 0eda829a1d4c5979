"""Acts of choosing: the shortlist of a period, a unit's word for the quarter, publishing and taking down."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.exemplars.flow.shortlist import shortlist_open
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries.shortlist import reason_not_public, shortlist_of, shortlist_pool
from campaigns.exemplars.rules.shortlist import first_sentence, private_data_in
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import lower_first
from emulation.core.text import clean, clean_lines
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import unit_head_ids


# ── the shortlist ────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def add_to_shortlist(
    *, by: User, period: Period, exemplars: Iterable[Exemplar], note: str = ""
) -> list[ShortlistEntry]:
    """Puts accepted exemplars into the list of the period; one that is in it already stays as it is.

    Raises RuleBroken when the list is on its way, when nobody is named, or when one may not be chosen for this period.
    """
    wanted = list(exemplars)
    if not wanted:
        raise RuleBroken("Hãy đánh dấu ít nhất một điển hình.", field="exemplars")
    with act("campaigns.choose", period, by=by, names=[row.nominee_name for row in wanted]) as locked:
        known = set(ShortlistEntry.objects.filter(period=locked).values_list("exemplar_id", flat=True))
        allowed = set(shortlist_pool(locked).filter(pk__in=[row.pk for row in wanted]).values_list("pk", flat=True))
        place = ShortlistEntry.objects.filter(period=locked).aggregate(last=Max("place"))["last"] or 0
        made = []
        for exemplar in wanted:
            if exemplar.pk in known:
                continue
            if exemplar.pk not in allowed:
                raise RuleBroken(f"{exemplar.nominee_name}: chỉ chọn được điển hình đã chấp nhận của chính kỳ này.")
            place += 1
            made.append(_enlist(by, locked, exemplar, place, note))
    return made


def _enlist(by: User, period: Period, exemplar: Exemplar, place: int, note: str) -> ShortlistEntry:
    with act("campaigns.enlist", exemplar, by=by, period=str(period)) as locked:
        choice = ShortlistEntry.objects.create(
            commune_id=period.commune_id,
            period=period,
            exemplar=locked,
            place=place,
            gist=first_sentence(locked.deed),
            story="\n".join(part for part in (locked.deed, locked.result) if part),
            note=note,
            chosen_by=by,
            chosen_on=timezone.localdate(),
        )
        _notify_unit(locked, f"Được chọn vào danh sách điển hình {lower_first(str(period))}", f"enlisted:{period.pk}")
    return choice


def edit_shortlist_entry(
    *, by: User, choice: ShortlistEntry, gist: str, story: str, place: int, note: str = ""
) -> ShortlistEntry:
    """The words of the list and of the public page, and the place in the list."""
    words = {"gist": clean(gist), "story": clean_lines(story), "note": clean(note)}
    if not words["gist"]:
        raise RuleBroken("Hãy ghi việc làm tiêu biểu.", field="gist")
    with act("campaigns.edit_choice", choice, by=by) as locked:
        if locked.gist != words["gist"] and (reason := shortlist_open(locked.period)):
            raise RuleBroken(reason, field="gist")
        if locked.published_on and (marks := private_data_in(words["story"])):
            raise RuleBroken(f"Lời đăng công khai không được có {', '.join(marks)}.", field="story")
        locked.gist = words["gist"]
        locked.story = words["story"]
        locked.note = words["note"]
        locked.place = place
    return choice


def remove_from_shortlist(*, by: User, choice: ShortlistEntry, reason: str) -> None:
    """Takes one off the list (and off the public page) with a reason; it may be chosen again."""
    reason = _required_reason(reason)
    with act("campaigns.strike", choice, by=by, reason=reason) as locked:
        exemplar = locked.exemplar
        with act("campaigns.delist", exemplar, by=by, period=str(locked.period), reason=reason):
            ShortlistEntry.objects.filter(pk=locked.pk).delete()
        text = f"Thôi chọn vào danh sách điển hình {lower_first(str(locked.period))} ({reason})"
        _notify_unit(exemplar, text, f"delisted:{locked.pk}")


# ── the public page ──────────────────────────────────────────────────────────────────────────────
def publish_shortlist(*, by: User, period: Period) -> tuple[list[ShortlistEntry], list[tuple[ShortlistEntry, str]]]:
    """Shows the chosen who agreed on the public page. Returns who was published and who was left out, with the reason.

    Raises RuleBroken when nobody can be published.
    """
    with act("campaigns.publish", period, by=by) as locked:
        waiting = [row for row in shortlist_of(locked) if not row.published_on]
        left = [(row, reason) for row in waiting if (reason := reason_not_public(row))]
        kept = {row.pk for row, _ in left}
        shown = [row for row in waiting if row.pk not in kept]
        if not shown:
            raise RuleBroken("Chưa đăng được ai: người được nêu gương phải đồng ý, lời đăng không có thông tin riêng.")
        ids = [row.pk for row in shown]
        ShortlistEntry.objects.filter(pk__in=ids).update(published_on=timezone.localdate(), published_by=by)
        for row in shown:
            _notify_unit(row.exemplar, "Đã đăng trang công khai", f"published:{row.pk}")
    return shown, left


def unpublish_shortlist(*, by: User, period: Period, reason: str) -> int:
    """Takes the whole period off the public page with a reason. Returns how many stood there."""
    reason = _required_reason(reason)
    with act("campaigns.unpublish", period, by=by, reason=reason) as locked:
        rows = ShortlistEntry.objects.filter(period=locked, published_on__isnull=False)
        return rows.update(published_on=None, published_by=None)


def unpublish_shortlist_entry(*, by: User, choice: ShortlistEntry, reason: str) -> ShortlistEntry:
    """Takes one off the public page with a reason; it stays in the list."""
    reason = _required_reason(reason)
    with act("campaigns.take_down", choice, by=by, reason=reason) as locked:
        locked.published_on = None
        locked.published_by = None
    return choice


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def _required_reason(reason: str) -> str:
    if not clean(reason):
        raise RuleBroken("Hãy ghi lý do.", field="reason")
    return clean(reason)


def _notify_unit(exemplar: Exemplar, what: str, key: str) -> None:
    notify_users(
        commune_id=exemplar.commune_id,
        users=[*unit_head_ids(exemplar.unit, timezone.localdate()), exemplar.created_by_id],
        text=f"{what}: {exemplar.nominee_name}.",
        link=exemplar.get_absolute_url(),
        key=f"exemplar:{exemplar.pk}:{key}",
    )
