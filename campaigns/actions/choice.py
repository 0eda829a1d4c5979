"""Acts of choosing: the shortlist of a period, a unit's word for the quarter, publishing and taking down."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns import rules
from campaigns.flow.choice import still_open
from campaigns.models import Choice, Exemplar, Period, QuarterPick
from campaigns.queries.choice import chosen, of_period, why_not_public
from campaigns.queries.picks import quarter_for
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.notices.actions import tell
from villages.queries import heads_of


# ── the shortlist ────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def choose(*, by: User, period: Period, exemplars: Iterable[Exemplar], note: str = "") -> list[Choice]:
    """Puts accepted exemplars into the list of the period; one that is in it already stays as it is.

    Raises RuleBroken when the list is on its way, when nobody is named, or when one may not be chosen for this period.
    """
    wanted = list(exemplars)
    if not wanted:
        raise RuleBroken("Hãy đánh dấu ít nhất một điển hình.", field="exemplars")
    with act("campaigns.choose", period, by=by, names=[row.nominee_name for row in wanted]) as locked:
        known = set(Choice.objects.filter(period=locked).values_list("exemplar_id", flat=True))
        allowed = set(of_period(locked).filter(pk__in=[row.pk for row in wanted]).values_list("pk", flat=True))
        place = Choice.objects.filter(period=locked).aggregate(last=Max("place"))["last"] or 0
        made = []
        for exemplar in wanted:
            if exemplar.pk in known:
                continue
            if exemplar.pk not in allowed:
                raise RuleBroken(f"{exemplar.nominee_name}: chỉ chọn được điển hình đã chấp nhận của chính kỳ này.")
            place += 1
            made.append(_enlist(by, locked, exemplar, place, note))
    return made


def _enlist(by: User, period: Period, exemplar: Exemplar, place: int, note: str) -> Choice:
    with act("campaigns.enlist", exemplar, by=by, period=str(period)) as locked:
        choice = Choice.objects.create(
            commune_id=period.commune_id,
            period=period,
            exemplar=locked,
            place=place,
            gist=rules.gist(locked.deed),
            story="\n".join(part for part in (locked.deed, locked.result) if part),
            note=note,
            chosen_by=by,
            chosen_on=timezone.localdate(),
        )
        _tell_unit(locked, f"Được chọn vào danh sách điển hình {_lower(period)}", f"enlisted:{period.pk}")
    return choice


def edit_choice(*, by: User, choice: Choice, gist: str, story: str, place: int, note: str = "") -> Choice:
    """The words of the list and of the public page, and the place in the list."""
    words = {"gist": clean(gist), "story": clean_lines(story), "note": clean(note)}
    if not words["gist"]:
        raise RuleBroken("Hãy ghi việc làm tiêu biểu.", field="gist")
    with act("campaigns.edit_choice", choice, by=by) as locked:
        if locked.gist != words["gist"] and (reason := still_open(locked.period)):
            raise RuleBroken(reason, field="gist")
        if locked.published_on and (marks := rules.private_marks(words["story"])):
            raise RuleBroken(f"Lời đăng công khai không được có {', '.join(marks)}.", field="story")
        locked.gist, locked.story, locked.note, locked.place = words["gist"], words["story"], words["note"], place
    return choice


def strike(*, by: User, choice: Choice, reason: str) -> None:
    """Takes one off the list (and off the public page) with a reason; it may be chosen again."""
    reason = _reason(reason)
    with act("campaigns.strike", choice, by=by, reason=reason) as locked:
        exemplar = locked.exemplar
        with act("campaigns.delist", exemplar, by=by, period=str(locked.period), reason=reason):
            Choice.objects.filter(pk=locked.pk).delete()
        text = f"Thôi chọn vào danh sách điển hình {_lower(locked.period)} ({reason})"
        _tell_unit(exemplar, text, f"delisted:{locked.pk}")


# ── the public page ──────────────────────────────────────────────────────────────────────────────
def publish(*, by: User, period: Period) -> tuple[list[Choice], list[tuple[Choice, str]]]:
    """Shows the chosen who agreed on the public page. Returns who was published and who was left out, with the reason.

    Raises RuleBroken when nobody can be published.
    """
    with act("campaigns.publish", period, by=by) as locked:
        waiting = [row for row in chosen(locked) if not row.published_on]
        left = [(row, reason) for row in waiting if (reason := why_not_public(row))]
        kept = {row.pk for row, _ in left}
        shown = [row for row in waiting if row.pk not in kept]
        if not shown:
            raise RuleBroken("Chưa đăng được ai: người được nêu gương phải đồng ý, lời đăng không có thông tin riêng.")
        ids = [row.pk for row in shown]
        Choice.objects.filter(pk__in=ids).update(published_on=timezone.localdate(), published_by=by)
        for row in shown:
            _tell_unit(row.exemplar, "Đã đăng trang công khai", f"published:{row.pk}")
    return shown, left


def unpublish(*, by: User, period: Period, reason: str) -> int:
    """Takes the whole period off the public page with a reason. Returns how many stood there."""
    reason = _reason(reason)
    with act("campaigns.unpublish", period, by=by, reason=reason) as locked:
        rows = Choice.objects.filter(period=locked, published_on__isnull=False)
        return rows.update(published_on=None, published_by=None)


def take_down(*, by: User, choice: Choice, reason: str) -> Choice:
    """Takes one off the public page with a reason; it stays in the list."""
    reason = _reason(reason)
    with act("campaigns.take_down", choice, by=by, reason=reason) as locked:
        locked.published_on, locked.published_by = None, None
    return choice


# ── a unit's word for the quarter ────────────────────────────────────────────────────────────────
def pick(*, by: User, exemplar: Exemplar) -> QuarterPick:
    """A unit answers the quarter with an exemplar of one of its months; twice is once.

    Raises RuleBroken when the quarter is not asked for (yet), is closed, or was answered with "none".
    """
    with act("campaigns.pick", exemplar, by=by) as locked:
        quarter = quarter_for(locked)
        if quarter is None or quarter.opens_on > timezone.localdate():
            raise RuleBroken("Quý của điển hình này chưa mở, chưa đề xuất được.")
        if quarter.closed_on:
            raise RuleBroken(f"{quarter} đã chốt, không đề xuất thêm được.")
        said = Exemplar.objects.filter(unit=locked.unit, period=quarter, nothing=True)
        if said.exclude(state=Exemplar.CANCELLED).exists():
            raise RuleBroken(f"Đơn vị đã báo {_lower(quarter)} không có điển hình. Hãy rút lại và bỏ báo cáo đó trước.")
        found, _ = QuarterPick.objects.get_or_create(
            period=quarter,
            exemplar=locked,
            defaults={"commune_id": locked.commune_id, "unit_id": locked.unit_id, "picked_by": by},
        )
    return found


def unpick(*, by: User, exemplar: Exemplar) -> None:
    """Takes the word back, as long as the office has not chosen it."""
    with act("campaigns.unpick", exemplar, by=by) as locked:
        rows = QuarterPick.objects.filter(exemplar=locked)
        for row in rows.select_related("period"):
            if row.period.closed_on:
                raise RuleBroken(f"{row.period} đã chốt, không rút đề xuất được.")
            if Choice.objects.filter(period=row.period, exemplar=locked).exists():
                raise RuleBroken(f"Văn phòng đã chọn điển hình này vào danh sách {_lower(row.period)}, không rút được.")
        rows.delete()


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def _reason(reason: str) -> str:
    if not clean(reason):
        raise RuleBroken("Hãy ghi lý do.", field="reason")
    return clean(reason)


def _lower(period: Period) -> str:
    text = str(period)
    return text[:1].lower() + text[1:]


def _tell_unit(exemplar: Exemplar, what: str, key: str) -> None:
    tell(
        commune_id=exemplar.commune_id,
        users=[*heads_of(exemplar.unit, timezone.localdate()), exemplar.created_by_id],
        text=f"{what}: {exemplar.nominee_name}.",
        link=exemplar.get_absolute_url(),
        key=f"exemplar:{exemplar.pk}:{key}",
    )
