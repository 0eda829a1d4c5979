"""Actions on the shortlist of a period: add, edit and remove entries, publish and unpublish them."""

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
from emulation.core.validation import require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import unit_head_ids


# ── the shortlist ────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def add_to_shortlist(
    *, by: User, period: Period, exemplars: Iterable[Exemplar], note: str = ""
) -> list[ShortlistEntry]:
    """Add accepted exemplars to the shortlist of the period; those already on it are skipped. Returns the new entries.

    Raises RuleBroken when the notice is submitted, without exemplars, and for an exemplar that is not in the pool.
    """
    selected = list(exemplars)
    if not selected:
        raise RuleBroken("Hãy đánh dấu ít nhất một điển hình.", field="exemplars")
    with act("campaigns.choose", period, by=by, names=[row.nominee_alone for row in selected]) as locked:
        present = set(ShortlistEntry.objects.filter(period=locked).values_list("exemplar_id", flat=True))
        allowed = set(shortlist_pool(locked).filter(pk__in=[row.pk for row in selected]).values_list("pk", flat=True))
        place = ShortlistEntry.objects.filter(period=locked).aggregate(last=Max("place"))["last"] or 0
        added = []
        for exemplar in selected:
            if exemplar.pk in present:
                continue
            if exemplar.pk not in allowed:
                raise RuleBroken(f"{exemplar.nominee_alone}: chỉ chọn được điển hình đã chấp nhận của chính kỳ này.")
            place += 1
            added.append(_create_entry(by, locked, exemplar, place, note))
    return added


def _create_entry(by: User, period: Period, exemplar: Exemplar, place: int, note: str) -> ShortlistEntry:
    with act("campaigns.enlist", exemplar, by=by, period=str(period)) as locked:
        entry = ShortlistEntry.objects.create(
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
    return entry


def edit_shortlist_entry(
    *, by: User, entry: ShortlistEntry, gist: str, story: str, place: int, note: str = ""
) -> ShortlistEntry:
    """Edit the texts of the list and of the public page, and the place in the list.

    Raises RuleBroken for another gist once the notice is submitted, and for private data in a published story.
    """
    gist = clean(gist)
    story = clean_lines(story)
    if not gist:
        raise RuleBroken("Hãy ghi việc làm tiêu biểu.", field="gist")
    with act("campaigns.edit_choice", entry, by=by) as locked:
        if locked.gist != gist and (reason := shortlist_open(locked.period)):
            raise RuleBroken(reason, field="gist")
        if locked.published_on and (private_data := private_data_in(story)):
            raise RuleBroken(f"Lời đăng công khai không được có {', '.join(private_data)}.", field="story")
        locked.gist = gist
        locked.story = story
        locked.note = clean(note)
        locked.place = place
    return entry


def remove_from_shortlist(*, by: User, entry: ShortlistEntry, reason: str) -> None:
    """Remove an entry from the list and the public page, with a reason; the exemplar may be added again."""
    reason = require_reason(reason)
    with act("campaigns.strike", entry, by=by, reason=reason, period_id=entry.period_id) as locked:
        exemplar = locked.exemplar
        with act("campaigns.delist", exemplar, by=by, period=str(locked.period), reason=reason):
            ShortlistEntry.objects.filter(pk=locked.pk).delete()
        text = f"Thôi chọn vào danh sách điển hình {lower_first(str(locked.period))} ({reason.rstrip(' .')})"
        _notify_unit(exemplar, text, f"delisted:{locked.pk}")


# ── the public page ──────────────────────────────────────────────────────────────────────────────
def publish_shortlist(*, by: User, period: Period) -> tuple[list[ShortlistEntry], list[tuple[ShortlistEntry, str]]]:
    """Publish the entries that may be published. Returns those, and the others with the reason why not.

    Raises RuleBroken when no entry may be published.
    """
    with act("campaigns.publish", period, by=by) as locked:
        published, left_out = _split_by_consent(locked)
        if not published:
            raise RuleBroken("Chưa đăng được ai: người được nêu gương phải đồng ý, lời đăng không có thông tin riêng.")
        ids = [entry.pk for entry in published]
        ShortlistEntry.objects.filter(pk__in=ids).update(published_on=timezone.localdate(), published_by=by)
        for entry in published:
            _notify_unit(entry.exemplar, "Đã đăng trang công khai", f"published:{entry.pk}")
    return published, left_out


def _split_by_consent(period: Period) -> tuple[list[ShortlistEntry], list[tuple[ShortlistEntry, str]]]:
    """The unpublished entries: those that may be published, and the others with the reason why not."""
    publishable = []
    left_out = []
    for entry in shortlist_of(period):
        if entry.published_on:
            continue
        if reason := reason_not_public(entry):
            left_out.append((entry, reason))
        else:
            publishable.append(entry)
    return publishable, left_out


def unpublish_shortlist(*, by: User, period: Period, reason: str) -> int:
    """Remove all entries of the period from the public page, with a reason. Returns their number."""
    reason = require_reason(reason)
    with act("campaigns.unpublish", period, by=by, reason=reason) as locked:
        rows = ShortlistEntry.objects.filter(period=locked, published_on__isnull=False)
        return rows.update(published_on=None, published_by=None)


def unpublish_shortlist_entry(*, by: User, entry: ShortlistEntry, reason: str) -> ShortlistEntry:
    """Remove an entry from the public page, with a reason; it stays on the list."""
    reason = require_reason(reason)
    with act("campaigns.take_down", entry, by=by, reason=reason) as locked:
        locked.published_on = None
        locked.published_by = None
    return entry


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def _notify_unit(exemplar: Exemplar, what: str, key: str) -> None:
    notify_users(
        commune_id=exemplar.commune_id,
        users=[*unit_head_ids(exemplar.unit, timezone.localdate()), exemplar.created_by_id],
        text=f"{what}: {exemplar.nominee_alone}.",
        link=exemplar.get_absolute_url(),
        key=f"exemplar:{exemplar.pk}:{key}",
    )
