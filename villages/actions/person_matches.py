"""The office decides whether two records are one person or two people, and takes that back. No other row is changed."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.registry import Registry
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act
from villages.actions.name_marks import store_name_marks
from villages.models import Person, PersonMatch
from villages.queries.look_alikes import cccd_of, compare_people, different_levels, present_posts
from villages.queries.same_people import kept_record, same_person_ids

NEEDS_REASON = "Hãy ghi căn cứ: vì sao biết chắc hai hồ sơ là của một người."
same_person_followers: Registry[Callable[[Iterable[int]], list[str]]] = Registry(
    "Same person followers", "kind: what follows when records are one person, or two again (ids of the records)"
)
ALREADY_ONE = "Hai hồ sơ này đã được ghi là của một người."


def merge_people(*, by: User, kept: Person, other: Person, reason: str) -> PersonMatch:
    """Records that `other` is the same person as `kept`, whose record is used for new entries. Of a record that
    was merged before, the kept one is meant. RuleBroken without a reason, for a record of the user's own, and if the two contradict.
    """
    with _both_locked(kept, other) as (kept_now, other_now):
        reason = require_reason(reason, NEEDS_REASON)
        _check_merge(by, kept_now, other_now)
        evidence = compare_people(kept_now, other_now).evidence
        about = f"{kept_now.full_name}, {other_now.full_name}"
        with act("villages.merge_people", other_now, by=by, about=about, kept=kept_now.pk, reason=reason):
            match = PersonMatch.objects.create(
                commune_id=kept_now.commune_id,
                kept=kept_now,
                other=other_now,
                verdict=PersonMatch.SAME,
                state=PersonMatch.IN_FORCE,
                reason=reason[:300],
                evidence=evidence,
                decided_by=by,
            )
            match.remarks = _store_kept_records(same_person_ids([kept_now, other_now]))
    return match


def keep_people_apart(*, by: User, one: Person, other: Person) -> PersonMatch:
    """Records that these are two people, so that they are not suggested again. RuleBroken if they are known to be one."""
    with _both_locked(one, other) as (first, second):
        if _apart(first, second):
            raise RuleBroken("Hai hồ sơ này đã được ghi là của hai người khác nhau.")
        evidence = compare_people(first, second).evidence
        about = f"{first.full_name}, {second.full_name}"
        with act("villages.keep_people_apart", first, by=by, about=about, other=second.pk):
            return PersonMatch.objects.create(
                commune_id=first.commune_id,
                kept=first,
                other=second,
                verdict=PersonMatch.DIFFERENT,
                state=PersonMatch.IN_FORCE,
                evidence=evidence,
                decided_by=by,
            )


def end_match(*, by: User, match: PersonMatch, reason: str, seen: int | None = None) -> PersonMatch:
    """Takes a decision back: two records of one person are two people again, or the pair is suggested again."""
    with _both_locked(match.kept, match.other, one_person=True):
        with act("villages.end_match", match, by=by, seen=seen) as locked:
            _check_not_own(by, [locked.kept_id, locked.other_id])
            locked.end_reason = require_reason(reason, "Hãy ghi lý do rút.")[:300]
            affected = same_person_ids([locked.kept, locked.other])
        match.remarks = _store_kept_records(affected)
    return match


@contextmanager
def _both_locked(one: Person, other: Person, *, one_person: bool = False) -> Iterator[tuple[Person, Person]]:
    """The kept records of both, read again. One decision at a time in a commune, so that two do not build on each other."""
    if one.commune_id != other.commune_id:
        raise RuleBroken("Hai hồ sơ không cùng một xã.")
    with transaction.atomic():
        # People before the commune, as `edit_private` does.
        fresh = Person.objects.select_for_update().order_by("pk").in_bulk([one.pk, other.pk])
        Commune.objects.select_for_update().get(pk=one.commune_id)
        kept = (kept_record(fresh[one.pk]), kept_record(fresh[other.pk]))
        if kept[0] == kept[1] and not one_person:
            raise RuleBroken(ALREADY_ONE if one != other else "Hãy chọn hai hồ sơ khác nhau.")
        yield kept


def _check_merge(by: User, kept: Person, other: Person) -> None:
    """Each fault alone would make the one person that results wrong."""
    _check_not_own(by, [kept.pk, other.pk])
    if kept.user_id and other.user_id:
        raise RuleBroken("Cả hai hồ sơ đều có tài khoản đăng nhập: hãy khóa, chuyển giao một tài khoản trước.")
    if other.user_id:
        raise RuleBroken(
            f"Hồ sơ {other.full_name}, {other.unit.name} có tài khoản đăng nhập nên phải là hồ sơ giữ lại."
        )
    if posts := present_posts(other, timezone.localdate()):
        message = (
            f"Hồ sơ {other.full_name}, {other.unit.name} đang giữ việc: {'; '.join(posts)}; phải là hồ sơ giữ lại."
        )
        raise RuleBroken(message)
    numbers = {cccd_of(kept), cccd_of(other)} - {""}
    if len(numbers) > 1:
        raise RuleBroken("Hai hồ sơ ghi hai số CCCD khác nhau. Nếu một số ghi sai thì sửa số đó trước.")
    if years := different_levels(kept, other):
        listed = ", ".join(map(str, years))
        raise RuleBroken(f"Hai hồ sơ ghi hai mức đánh giá khác nhau của năm {listed}. Hãy bỏ mức ghi sai trước.")
    if _apart(kept, other):
        raise RuleBroken("Hai hồ sơ đang được ghi là của hai người khác nhau. Hãy rút kết luận đó trước.")


def _check_not_own(by: User, people: list[int]) -> None:
    own = Person.objects.filter(user=by).first()
    if own and own.kept_id in {one.kept_id for one in Person.objects.filter(pk__in=people)}:
        raise RuleBroken("Hồ sơ của chính bạn thì người khác của Văn phòng xem và ghi kết luận.")


def _apart(one: Person, other: Person) -> bool:
    """Whether a record of one person and a record of the other are known to be two people."""
    first = same_person_ids([one])
    second = same_person_ids([other])
    rows = PersonMatch.objects.in_force().filter(verdict=PersonMatch.DIFFERENT)
    return (
        rows.filter(kept__in=first, other__in=second).exists() or rows.filter(kept__in=second, other__in=first).exists()
    )


def _store_kept_records(people: list[int]) -> list[str]:
    """Stores with each of these records which one is kept of its person; a person with one record has none.

    Returns what the followers have to add, a sentence each.
    """
    rows = PersonMatch.objects.in_force().filter(verdict=PersonMatch.SAME, other__in=people)
    merged_into = dict(rows.values_list("other_id", "kept_id"))
    kept_of = {pk: _end_of_chain(pk, merged_into) for pk in people}
    shared = set(map(kept_of.get, merged_into))
    for pk, kept in kept_of.items():
        Person.objects.filter(pk=pk).update(same_as=kept if kept in shared else None)
    records = Person.objects.filter(pk__in=people).values_list("commune_id", "name_key")
    for commune_id in {commune for commune, _ in records}:
        store_name_marks(commune_id, {key for _, key in records})
    remarks: list[str] = []
    for follow in same_person_followers.values():
        remarks += follow(people)
    return remarks


def _end_of_chain(pk: int, merged_into: dict[int, int]) -> int:
    while pk in merged_into:
        pk = merged_into[pk]
    return pk
