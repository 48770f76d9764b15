"""How much of a difference between areas lasts, and how fast the rest of it fades."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.tree import Floats, Ints

KEPT = np.linspace(-0.4, 0.9, 27)
"""The shares of a passing difference that may be left a year later; below 0 a bad year is followed by a good one."""
_ROUNDS = 3
_FAR = 1e6
_STEP = 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """What was known of all areas: ``gaps`` and their standard ``errors``, areas by columns, NaN where unknown.

    A column is one ``indicator`` (0 is the one to be foretold, the others are looked at beside it) in one of the
    ``years``. ``latest`` is indicator 0 in ``latest_year``, for those areas only that went on as before.
    """

    gaps: Floats
    errors: Floats
    indicator: Ints
    years: Ints
    latest: Floats
    latest_year: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Fading:
    """The spread of indicator 0 (variances), and what is needed to foretell it.

    ``centre`` is the mean of every column; ``kept`` the share of a passing difference left a year later.
    """

    lasting: float
    passing: float
    kept: float
    centre: Floats
    _model: "_Model"
    _found: Floats
    _cross: Floats
    _likely: Floats
    _by_kept: Floats

    def prediction(self, errors: Floats) -> tuple[Floats, Floats]:
        """Give by area how much of each deviation will be there, and the variance that is left.

        ``errors`` (areas by columns) are standard errors, NaN where there is no figure.
        """
        scale = self._model.scale
        noise = (errors / scale) ** 2
        weights, left = self._model.weights(self._found, self.kept, noise)
        return weights * scale[0] / scale, left * scale[0] ** 2

    def shared_error(self, panel: Panel, baseline: int) -> Floats:
        """Give by area the standard error of its expected change that comes of estimating the spread.

        The variances are known up to ``_cross``, the share kept up to how well each share fits: both by the delta
        method, at the mean errors of the figures; and the common mean from a finite number of areas.
        """
        model = self._model
        scaled = np.nan_to_num((panel.gaps - self.centre) / model.scale)
        there = ~np.isnan(panel.gaps)
        patterns, which = np.unique(there, axis=0, return_inverse=True)
        noise = np.where(patterns, model.noise, np.nan)
        best = model.weights(self._found, self.kept, noise)[0]
        every = np.eye(len(self._found))
        slopes = (model.weights(self._found + every * _STEP, self.kept, noise)[0] - best) / _STEP
        roots = np.linalg.cholesky(self._cross + every * 1e-15)
        of_kept = model.weights(self._by_kept, KEPT, noise)[0] - best
        differences = np.concatenate(
            [np.einsum("pnc,pr->rnc", slopes, roots), of_kept * np.sqrt(self._likely)[:, None, None]]
        )
        of_spread = sum((scaled * one[which.ravel()]).sum(axis=1) ** 2 for one in differences)
        step = best - np.eye(len(model.scale))[baseline]
        whole = model.covariance(self._found, self.kept)[:-1, :-1] + np.diag(model.noise)
        of_mean = np.einsum("nc,cd,nd->n", step, whole, step)[which.ravel()] / len(panel.gaps)
        return np.asarray(np.sqrt(of_spread + of_mean) * model.scale[0])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Model:
    """Covariances between columns, the latest figure last: lasting + passing x kept^years, by pair of indicators.

    Everything is in standard deviations of the indicators (``scale``, by column); ``noise`` is the mean variance
    of sampling by column. Several shares ``kept``, or several of what was ``found``, are worked out at once, along the
    first axes.
    """

    indicator: Ints
    years: Ints
    scale: Floats
    noise: Floats

    def design(self, kept: float | Floats) -> Floats:
        """Give what each parameter (of every pair of indicators the lasting, then the passing part) adds where."""
        number = int(self.indicator.max()) + 1
        low = np.minimum.outer(self.indicator, self.indicator)
        high = np.maximum.outer(self.indicator, self.indicator)
        pair = np.flatnonzero(np.triu(np.ones((number, number))).ravel())
        lasting = (low * number + high)[..., None] == pair
        fades = np.power.outer(kept, np.abs(np.subtract.outer(self.years, self.years)), dtype=np.float64)
        fading = lasting * fades[..., None]
        return np.concatenate([np.broadcast_to(lasting, fading.shape), fading], axis=-1)

    def covariance(self, found: Floats, kept: float | Floats) -> Floats:
        """Give the covariance of all columns without sampling; what cannot be one is brought to the nearest."""
        value, vector = np.linalg.eigh((self.design(kept) @ found[..., None, :, None])[..., 0])
        return np.asarray((vector * np.maximum(value, 0.0)[..., None, :]) @ np.swapaxes(vector, -1, -2))

    def weights(self, found: Floats, kept: float | Floats, noise: Floats) -> tuple[Floats, Floats]:
        """Give the weights of the best guess of the latest figure, and the variance about it; areas by columns."""
        whole = self.covariance(found, kept)
        own = np.eye(len(self.scale)) * np.where(np.isnan(noise), _FAR, noise)[:, None, :]
        latest = whole[..., None, :-1, -1:]
        weights = (np.linalg.pinv(whole[..., None, :-1, :-1] + own, hermitian=True) @ latest)[..., 0]
        return weights, np.maximum(whole[..., -1, -1, None] - (weights @ latest[..., 0, :, :])[..., 0], 0.0)


def fading_of(panel: Panel) -> Fading:
    """Estimate the lasting and the passing spread, and the share kept a year, from how areas keep their gaps.

    The products of the deviations of every two columns are brought into line with lasting + passing x kept^years
    by generalised least squares, with the errors that such products have under that same spread; the share kept by
    the best of a row of shares, one for all indicators. The latest figure is known of some areas only, and which
    ones may hang on the gaps before: so its covariances are those before, times the coefficients of its regression
    on them (the factored likelihood).

    Source: Anderson (1957), Journal of the American Statistical Association 52, 200-203, for the latest figure;
    Abowd, Card (1989), Econometrica 57, 411-445, for the covariances.
    """
    centre = np.nanmean(panel.gaps, axis=0)
    spread = [np.nanstd((panel.gaps - centre)[:, panel.indicator == one]) for one in range(panel.indicator.max() + 1)]
    scale = np.array([one or 1.0 for one in spread])[panel.indicator]
    model = _Model(
        indicator=np.append(panel.indicator, 0),
        years=np.append(panel.years, panel.latest_year),
        scale=scale,
        noise=np.nanmean((panel.errors / scale) ** 2, axis=0),
    )
    first, second = np.triu_indices(len(scale) + 1)
    first, second = first[:-1], second[:-1]
    products, together = _products((panel.gaps - centre) / scale, panel.latest / scale[0])
    wanted = products[first, second] - np.where(first == second, model.noise[np.minimum(first, len(scale) - 1)], 0.0)
    designs = model.design(KEPT)[:, first, second]
    best, whole = len(KEPT) // 2, np.eye(len(scale) + 1)
    for _ in range(_ROUNDS):
        errors = whole[np.ix_(first, first)] * whole[np.ix_(second, second)]
        errors = (errors + whole[np.ix_(first, second)] * whole[np.ix_(second, first)]) * together
        weight = np.linalg.pinv(errors, hermitian=True)
        weighed = np.swapaxes(designs, 1, 2) @ weight
        crosses = np.linalg.pinv(weighed @ designs, hermitian=True)
        found = (crosses @ (weighed @ wanted)[:, :, None])[:, :, 0]
        rest = wanted - (designs @ found[:, :, None])[:, :, 0]
        misfit = ((rest @ weight) * rest).sum(axis=1)
        best = int(np.argmin(misfit))
        whole = model.covariance(found[best], float(KEPT[best])) + np.diag(np.append(model.noise, model.noise[0]))
    likely = np.exp((misfit[best] - misfit) / 2)
    number = len(found[best]) // 2
    return Fading(
        lasting=max(float(found[best][0]), 0.0) * scale[0] ** 2,
        passing=max(float(found[best][number]), 0.0) * scale[0] ** 2,
        kept=float(KEPT[best]),
        centre=centre,
        _model=model,
        _found=found[best],
        _cross=np.asarray(crosses[best], dtype=np.float64),
        _likely=likely / likely.sum(),
        _by_kept=found,
    )


def _products(deviation: Floats, latest: Floats) -> tuple[Floats, Floats]:
    """Give the mean products of all columns, the latest last, and for every two of them how much they share.

    What they share is the number of areas in both, over the numbers in each of the two.
    """
    there = ~np.isnan(deviation)
    filled = np.nan_to_num(deviation)
    number = there.T.astype(np.float64) @ there
    before = np.divide(filled.T @ filled, number, out=np.zeros_like(number), where=number > 0)
    complete = there.all(axis=1) & ~np.isnan(latest)
    known = np.column_stack([np.ones(np.count_nonzero(complete)), filled[complete]])
    slopes = np.linalg.lstsq(known, latest[complete], rcond=None)[0][1:]
    after = before @ slopes
    products = np.block([[before, after[:, None]], [after[None], np.ones((1, 1))]])
    present = np.column_stack([there, complete])
    first, second = np.triu_indices(present.shape[1])
    both = (present[:, first[:-1]] & present[:, second[:-1]]).astype(np.float64)
    count = np.maximum(both.sum(axis=0), 1.0)
    return products, (both.T @ both) / np.outer(count, count)
