"""Classes have an order and no distance: how many areas went from which to which, and never a difference of numbers."""

from collections import Counter
from collections.abc import Sequence

from wijkpeil.domain.evidence import Transition


def transitions(
    before: Sequence[str | None],
    after: Sequence[str | None],
    groups: Sequence[str],
    *,
    classes: Sequence[str],
    first: int,
    last: int,
) -> tuple[Transition, ...]:
    """Count the areas of each group by their class in two years.

    Taking the number of one class from that of another would say that every step is as long, which an ordinal scale
    does not know. An area without a class in one of the years is in no count.

    Parameters
    ----------
    before, after
        The class of each area in the first and in the last year; ``None`` where there is none.
    groups
        The group of each area, such as treated and comparison.
    classes
        All classes, from one end of the scale to the other: the order in which they are told.
    first, last
        The two years.

    Returns
    -------
    tuple[Transition, ...]
        Every pair of classes that occurs, by group in order of appearance, then by class before and after.

    Raises
    ------
    ValueError
        Where a class is not on the scale, or not every area has a group.

    """
    if unknown := {*before, *after} - {None, *classes}:
        raise ValueError(f"not on the scale: {', '.join(sorted(str(one) for one in unknown))}")
    place = {name: number for number, name in enumerate(classes)}
    counts = Counter(
        (group, one, other)
        for group, one, other in zip(groups, before, after, strict=True)
        if one is not None and other is not None
    )
    called = list(dict.fromkeys(groups))
    ordered = sorted(counts.items(), key=lambda item: (called.index(item[0][0]), place[item[0][1]], place[item[0][2]]))
    return tuple(
        Transition(group=group, first=first, last=last, before=one, after=other, areas=areas)
        for (group, one, other), areas in ordered
    )
