"""Weights that are at least zero and sum to one, as close to a target as such weights can bring what is weighted."""

from dataclasses import dataclass, replace

import numpy as np

from wijkpeil.effects.panel import Bools, Floats, Ints

EXACT = 1e-11
"""Weights are found when no other would do better by more than this part of the size of the problem."""

EVEN = 1e-6
"""No ridge is less than this part of the mean square of the donors: it decides between weights that fit as well."""

_DUST = 8 * float(np.finfo(np.float64).eps)
_ROUNDS = 200


def closest(donors: Floats, target: Floats, *, ridge: float = 0.0, pull: Floats | None = None) -> Floats:
    """Find the weights on the simplex with the smallest ``|w'donors - target|^2 / 2 + ridge |w|^2 / 2 + pull'w``.

    An active-set method (Wolfe's for the nearest point of a polytope) is exact and ends by itself: it solves for the
    weights of the donors in use, lets go whoever would get less than nothing, and takes in whoever would help most.
    It suits one problem with few donors in use; for many problems on the same donors there is ``closest_many``.

    ``donors`` is ``(n, m)``, ``target`` ``(m,)``, ``ridge`` at least 0 and above it where there is a ``pull`` ``(n,)``.
    Returns ``(n,)``. Source: Wolfe (1976), Math. Programming 11, 128-149; Nocedal, Wright (2006), Numerical
    Optimization, 16.5.
    """
    centre = donors.mean(axis=0)
    points, aim = donors - centre, target - centre
    size = max(float((points**2).sum(axis=1).max()), ridge, float(np.finfo(np.float64).tiny) ** 0.5)
    points, ridge = points / np.sqrt(size), ridge / size
    pulled = -points @ aim / np.sqrt(size) + (0.0 if pull is None else pull / size)
    close = EXACT * max(1.0, float(np.abs(pulled).max()))
    used = [int(np.argmin(((points**2).sum(axis=1) + ridge) / 2 + pulled))]
    weight = np.zeros(len(donors))
    weight[used] = 1.0
    for _ in range(_ROUNDS + 10 * len(donors)):
        slope = points @ (weight @ points) + ridge * weight + pulled
        gain = slope - weight @ slope
        gain[used] = 0.0
        best = int(np.argmin(gain))
        if gain[best] >= -close:
            break
        used.append(best)
        _settle(points, pulled, ridge, weight, used)
        if best not in used:
            break
    return np.asarray(weight / weight.sum())


def _settle(points: Floats, pulled: Floats, ridge: float, weight: Floats, used: list[int]) -> None:
    """Move to the best weights of the donors in use, letting go those that reach zero on the way."""
    while True:
        chosen = points[used]
        count = len(used)
        system = np.ones((count + 1, count + 1))
        system[:count, :count] = chosen @ chosen.T + ridge * np.eye(count)
        system[count, count] = 0.0
        aim = np.linalg.lstsq(system, np.append(-pulled[used], 1.0), rcond=None)[0][:count]
        now = weight[used]
        if (aim > 0).all():
            weight[used] = aim
            return
        falling = aim <= 0
        part = np.where(falling & (now > 0), now / np.where(now > aim, now - aim, 1.0), np.where(falling, 0.0, 1.0))
        moved = np.maximum(now + part.min() * (aim - now), 0.0)
        kept = ~(falling & (part <= part.min()))
        weight[used] = np.where(kept, moved, 0.0)
        used[:] = [place for place, keep in zip(used, kept, strict=True) if keep]


def closest_each(donors: Floats, targets: Floats, ridge: Floats) -> Floats:
    """Find the weights of ``closest`` for many problems at once, each with a handful of donors of its own.

    It takes the same steps in all of them together; a problem that comes to no end so is left to ``closest``.

    ``donors`` is ``(d, n, m)``, ``targets`` ``(d, m)``, ``ridge`` ``(d,)``, at least 0. Returns ``(d, n)``.
    """
    centre = donors.mean(axis=1)
    points, aims = donors - centre[:, None], targets - centre
    size = np.maximum((points**2).sum(axis=2).max(axis=1), ridge)
    size = np.maximum(size, float(np.finfo(np.float64).tiny) ** 0.5)[:, None]
    curve = points @ points.transpose(0, 2, 1) / size[:, :, None]
    inner = np.arange(donors.shape[1])
    curve[:, inner, inner] += ridge[:, None] / size
    pulled = -np.einsum("dnm,dm->dn", points, aims) / size
    close = EXACT * np.maximum(1.0, np.abs(pulled).max(axis=1))
    used = inner == np.argmin(curve[:, inner, inner] / 2 + pulled, axis=1)[:, None]
    weight = used.astype(np.float64)
    left = np.arange(len(donors))
    for _ in range(_ROUNDS):
        slope = np.einsum("dij,dj->di", curve[left], weight[left]) + pulled[left]
        gain = slope - (weight[left] * slope).sum(axis=1, keepdims=True)
        best = np.argmin(np.where(used[left], 0.0, gain), axis=1)
        more = np.take_along_axis(gain, best[:, None], axis=1)[:, 0] < -close[left]
        more &= ~used[left, best]
        left, best = left[more], best[more]
        if not left.size:
            break
        used[left, best] = True
        weight[left], used[left] = _settled(curve[left], pulled[left], weight[left], used[left])
    slope = np.einsum("dij,dj->di", curve, weight) + pulled
    regret = (weight * slope).sum(axis=1) - slope.min(axis=1)
    for one in np.flatnonzero(~(regret <= 10 * close)):
        weight[one] = closest(donors[one], targets[one], ridge=float(ridge[one]))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _settled(curve: Floats, pulled: Floats, weight: Floats, used: Bools) -> tuple[Floats, Bools]:
    """Do what ``_settle`` does in every problem; a donor that is not in use has an equation of its own, to be zero."""
    count, inner = weight.shape[1], np.arange(weight.shape[1])
    weight, used, left = weight.copy(), used.copy(), np.arange(len(weight))
    while left.size:
        there, now = used[left], weight[left]
        system = np.zeros((len(left), count + 1, count + 1))
        system[:, :count, :count] = np.where(there[:, :, None] & there[:, None], curve[left], 0.0)
        system[:, inner, inner] += ~there
        system[:, count, :count] = system[:, :count, count] = there
        aim = _solved(system, np.where(there, -pulled[left], 0.0))
        falling = there & (aim <= 0)
        ends = np.where(now > 0, now / np.where(now > aim, now - aim, 1.0), 0.0)
        ends = np.where(falling, ends, 1.0)
        part = ends.min(axis=1, keepdims=True)
        stays = there & ~(falling & (ends <= part))
        weight[left] = np.where(stays, np.maximum(now + part * (aim - now), 0.0), 0.0)
        used[left] = stays
        left = left[falling.any(axis=1)]
    return weight, used


def _solved(system: Floats, aim: Floats) -> Floats:
    """Solve the equations of every problem, of which the last says that weights sum to one."""
    right = np.concatenate([aim, np.ones((len(aim), 1))], axis=1)[:, :, None]
    try:
        found = np.linalg.solve(system, right)
    except np.linalg.LinAlgError:
        found = np.linalg.pinv(system, hermitian=True) @ right
    return np.asarray(found[:, :-1, 0])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Duals:
    """Where the search stands in ``d`` problems at once; ``at`` is ``(d, m + 1)``: the misfits, and a common level."""

    which: Ints
    target: Floats
    closed: tuple[Ints, Ints]
    ridge: Floats
    pull: Floats | None
    at: Floats
    score: Floats
    value: Floats

    def rows(self, kept: Bools) -> "_Duals":
        """Keep some of the problems."""
        place = np.cumsum(kept) - 1
        there = kept[self.closed[0]]
        return replace(
            self,
            which=self.which[kept],
            target=self.target[kept],
            closed=(place[self.closed[0][there]], self.closed[1][there]),
            ridge=self.ridge[kept],
            pull=None if self.pull is None else self.pull[kept],
            at=self.at[kept],
            score=self.score[kept],
            value=self.value[kept],
        )


def closest_many(
    donors: Floats, targets: Floats, allowed: Bools, ridge: Floats, *, pull: Floats | None = None
) -> Floats:
    """Find the weights of ``closest`` for many targets at once, each with its own choice of donors and ridge.

    Thousands of donors and a handful of periods leave many weights that fit equally well. A ridge of at least ``EVEN``
    takes the most even of them, so that the answer is one, whatever the order of the donors.

    With a ridge the weights follow from the misfits ``v`` (one for each of the few periods) and one common level:
    ``w = max(0, donors v + level - pull) / ridge``. So the search is not among thousands of weights but among ``m + 1``
    numbers, for which a convex function that is quadratic in pieces has to be smallest; Newton's method finds the
    piece in some ten steps and is then exact. All problems share the donors, so that each step of all of them
    together is three products of matrices.

    ``donors`` is ``(n, m)``, ``targets`` ``(d, m)``, ``allowed`` ``(d, n)``, each row with at least one, ``ridge``
    ``(d,)``, at least 0, and ``pull`` ``(d, n)``. Returns ``(d, n)``. Source: Qi, Sun (1993), Math. Programming 58,
    353-367 (Newton's method for functions with kinks); Hiriart-Urruty, Strodiot, Nguyen (1984), Appl. Math. Optim. 11,
    43-56.
    """
    centre = donors.mean(axis=0)
    points, aims = donors - centre, targets - centre
    size = max(float(np.sqrt((points**2).mean())), float(np.finfo(np.float64).tiny) ** 0.25)
    wide = np.hstack([points / size, np.ones((len(donors), 1))])
    weights = np.zeros(allowed.shape)
    start = np.zeros((len(targets), wide.shape[1]))
    scaled = np.maximum(ridge / size**2, EVEN)
    start[:, -1] = scaled / allowed.sum(axis=1)
    pulled = None if pull is None else pull / size**2
    if pulled is not None:
        start[:, -1] += (pulled * allowed).sum(axis=1) / allowed.sum(axis=1)
    state = _looked(
        wide,
        _Duals(
            which=np.arange(len(targets)),
            target=aims / size,
            closed=_places(~allowed),
            ridge=scaled,
            pull=pulled,
            at=start,
            score=np.empty(0),
            value=np.empty(0),
        ),
    )
    products = (wide[:, :, None] * wide[:, None, :]).reshape(len(wide), -1)
    for _ in range(_ROUNDS):
        slope = _slope(wide, state)
        found = np.abs(slope).max(axis=1) <= (EXACT + _DUST / state.ridge) * (1 + np.abs(state.target).max(axis=1))
        if found.any():
            done = state.rows(found)
            weights[done.which] = np.maximum(done.score, 0) / np.maximum(done.score, 0).sum(axis=1, keepdims=True)
            if found.all():
                return weights
            state, slope = state.rows(~found), slope[~found]
        state = _stepped(wide, products, state, slope)
    for row in range(len(state.which)):
        which = state.which[row]
        mine = allowed[which]
        pulling = None if pull is None else pull[which, mine]
        weights[which, mine] = closest(donors[mine], targets[which], ridge=float(scaled[which]) * size**2, pull=pulling)
    return weights


def _places(closed: Bools) -> tuple[Ints, Ints]:
    rows, columns = np.nonzero(closed)
    return rows, columns


def _looked(wide: Floats, state: _Duals) -> _Duals:
    """Work out the scores of the donors, and the value of the dual, where the search stands."""
    score = state.at @ wide.T
    if state.pull is not None:
        score -= state.pull
    score[state.closed] = -1.0
    above = np.maximum(score, 0)
    misfit = state.at[:, :-1]
    fit = (misfit**2 / 2 - misfit * state.target).sum(axis=1) - state.at[:, -1]
    return replace(state, score=score, value=fit + np.einsum("dn,dn->d", above, above) / (2 * state.ridge))


def _slope(wide: Floats, state: _Duals) -> Floats:
    slope = np.maximum(state.score, 0) @ wide / state.ridge[:, None]
    slope[:, :-1] += state.at[:, :-1] - state.target
    slope[:, -1] -= 1
    return np.asarray(slope)


def _stepped(wide: Floats, products: Floats, state: _Duals, slope: Floats) -> _Duals:
    """Take one step of Newton in every problem; where a whole one does not go down enough, as far as goes down most."""
    length = wide.shape[1]
    curve = ((state.score > 0).astype(np.float64) @ products / state.ridge[:, None]).reshape(-1, length, length)
    inner = np.arange(length - 1)
    curve[:, inner, inner] += 1
    curve[:, -1, -1] += 1e-12 / state.ridge
    step = -np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
    promised = (slope * step).sum(axis=1)
    whole = _looked(wide, replace(state, at=state.at + step))
    fine = whole.value <= state.value + 1e-4 * promised + 1e-13 * np.abs(state.value)
    if fine.all():
        return whole
    part = np.ones(len(step))
    part[~fine] = _lowest(wide, state.rows(~fine), step[~fine], promised[~fine])
    return _looked(wide, replace(state, at=state.at + part[:, None] * step))


def _lowest(wide: Floats, state: _Duals, step: Floats, promised: Floats) -> Floats:
    """Find how far along its step each problem is lowest, exactly: ``(d,)``.

    Along a line the slope goes up in straight pieces, which end where a donor comes in use or falls out of it. Halving
    the step until it goes down enough takes ten looks where many donors stand at such an end, and leaves it too short.
    """
    turn = step @ wide.T
    turn[state.closed] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.where((state.score > 0) == (turn < 0), -state.score / turn, np.inf)
    ends = np.where(np.isfinite(ends), ends, np.inf)
    order = np.argsort(ends, axis=1)
    bend = turn**2 / state.ridge[:, None]
    least = (step[:, :-1] ** 2).sum(axis=1)
    first = least + np.where(state.score > 0, bend, 0.0).sum(axis=1)
    change = np.take_along_axis(np.where(turn > 0, bend, -bend), order, axis=1)
    curve = np.maximum(first[:, None] + np.cumsum(change, axis=1), least[:, None])
    curve = np.hstack([first[:, None], curve])
    ends = np.hstack([np.zeros((len(step), 1)), np.take_along_axis(ends, order, axis=1)])
    with np.errstate(invalid="ignore"):
        risen = np.cumsum(curve[:, :-1] * np.diff(ends, axis=1), axis=1)
    slope = promised[:, None] + np.hstack([np.zeros((len(step), 1)), risen])
    piece = np.maximum((slope < 0).sum(axis=1) - 1, 0)
    row = np.arange(len(step))
    return np.asarray(ends[row, piece] - slope[row, piece] / np.maximum(curve[row, piece], _DUST))
