"""The budgets of two versions of an agreement beside each other, so that they add up in front of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from wijkpeil.web.programmes.models.agreement import OVER, Item


@dataclass(frozen=True, kw_only=True)
class Total:
    """Money in whole cents; ``unknown`` items have no amount, which is not the same as none."""

    cents: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """How the budget of one version became that of the next, in whole cents.

    ``before`` + ``finished`` + ``released`` + ``changed`` + ``added`` = ``after``, the first two never above 0:
    ``finished`` was done or had ended before the new version, ``released`` is over with it.
    """

    before: Total
    finished: int
    released: int
    changed: int
    added: int
    after: Total


def total(items: Sequence[Item]) -> Total:
    """Add up a version; what was taken out before anybody signed does not count."""
    counted = [one for one in items if not one.is_dropped]
    return Total(
        cents=sum(one.budget_cents or 0 for one in counted),
        unknown=sum(one.budget_cents is None for one in counted),
    )


def bridge(old: Sequence[Item], new: Sequence[Item]) -> Bridge:
    """Lay two versions beside each other, item by item; an amount that becomes known counts as a change."""
    followers = {one.follows_id: one for one in new if one.follows_id is not None and not one.is_dropped}
    finished = released = changed = 0
    for item in old:
        if item.is_dropped:
            continue
        was, follower = item.budget_cents or 0, followers.get(item.pk)
        if follower is None:
            finished -= was
        elif follower.reason_class in OVER:
            released += (follower.budget_cents or 0) - was
        else:
            changed += (follower.budget_cents or 0) - was
    added = sum(one.budget_cents or 0 for one in new if one.follows_id is None and not one.is_dropped)
    return Bridge(
        before=total(old), finished=finished, released=released, changed=changed, added=added, after=total(new)
    )
