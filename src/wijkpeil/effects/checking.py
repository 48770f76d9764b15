"""Every check that the figures of an outcome allow on the design that was chosen for it."""

from collections.abc import Iterator
from dataclasses import replace

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found
from wijkpeil.domain.refusal import Refusal, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.balance import balance_check
from wijkpeil.effects.coefficients import coefficients_from_placements
from wijkpeil.effects.composition import Groups, composition, population
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.designs import SYNTHETIC, is_pooled
from wijkpeil.effects.displacement import displacement
from wijkpeil.effects.estimating import Case, before_anyone_knew, found_by
from wijkpeil.effects.in_time import anticipation, placebo_in_time, pre_trend
from wijkpeil.effects.inversion import LEVEL
from wijkpeil.effects.leave_out import without_one_area, without_one_city
from wijkpeil.effects.near_optimal import near_optimal
from wijkpeil.effects.panel import Floats, Panel
from wijkpeil.effects.placements import infer, try_paths
from wijkpeil.effects.regression_to_the_mean import regression_to_the_mean
from wijkpeil.effects.sensitivity import checked
from wijkpeil.effects.shocks import city_shock, within_city
from wijkpeil.effects.synthetic import POOR, misfit, spread


def checks_of(
    found: Found,
    case: Case,
    *,
    ring: Found | Refusal | None = None,
    people: Groups | None = None,
    size: Panel | None = None,
) -> tuple[Check, ...]:
    """Check an estimate in every way that its figures allow; what they do not allow says so.

    ``ring`` is what the same design found for the neighbours, or why it found nothing. ``people`` are the outcomes of
    those who stayed and those who came; without them ``size`` is the panel of the number of inhabitants. Years in
    which people may have acted on it already are left out everywhere: a design that leaves them out of its base says
    nothing of them, so that a check of the years before may not hold them against it.
    """
    return tuple(_checks(found, case, ring, people, size))


def _checks(
    found: Found, told: Case, ring: Found | Refusal | None, people: Groups | None, size: Panel | None
) -> Iterator[Check]:
    case = before_anyone_knew(told)
    panel, lag, drawn = case.panel, case.lag, {"draws": case.draws, "seed": case.seed}
    design = case.comparing(found.design)
    if found.design is Design.BEFORE_AFTER:
        yield regression_to_the_mean(panel, found.effect, lag=lag, draws=case.draws, seed=case.seed)
        return
    if found.design in SYNTHETIC:
        yield _fit(case, found.design)
        yield near_optimal(panel, found.design, lag=lag, pooled=is_pooled(found.treated)).check()
    else:
        yield pre_trend(panel, design, **drawn)
    yield placebo_in_time(panel, design, lag=lag, **drawn)
    yield anticipation(panel, design, **drawn)
    yield balance_check(found.balance)
    yield _returned(found, case, design.estimate(panel, lag=lag).weights)
    yield without_one_area(panel, design, found.inference, lag=lag)
    yield without_one_city(panel, design, found.inference, case.city, lag=lag)
    if design.is_linear and found.inference.p <= LEVEL:
        yield from _sensitivity(case, design)
    yield _city_shock(found, case)
    if ring is not None:
        yield displacement(found, ring)
    if people is not None:
        yield composition(
            panel,
            people,
            lambda one: design.estimate(one, lag=lag).effect,
            lambda one: infer(one, design, lag=lag, **drawn),
        )
    elif size is not None:
        yield _population(found, size, told)


def _returned(found: Found, case: Case, weights: Floats) -> Check:
    """Set the return to the mean beside the effect; where none was found it explains nothing, and can only hide one."""
    check = regression_to_the_mean(
        case.panel,
        found.effect,
        weights=weights,
        lag=case.lag,
        from_last=found.design is Design.DIFFERENCES,
        draws=case.draws,
        seed=case.seed,
    )
    explains_nothing = found.inference.p > LEVEL and check.status is CheckStatus.FAILS
    return replace(check, status=CheckStatus.DOUBTFUL) if explains_nothing else check


def _city_shock(found: Found, case: Case) -> Check:
    """Estimate once more within the cities, and see whether the rest of them moved."""
    inside, design = within_city(case.panel, case.city), case.comparing(found.design)
    try:
        within = None if inside is None else design.estimate(inside, lag=case.lag).effect
    except RefusedError:
        within = None
    return city_shock(case.panel, case.city, effect=found.effect, within=within, lag=case.lag)


def _population(found: Found, size: Panel, case: Case) -> Check:
    """See whether the number of inhabitants moved, by the same design."""
    try:
        return population(found_by(found.design, replace(case, panel=size, ring=None))[0])
    except RefusedError:
        return Check(kind=CheckKind.COMPOSITION, status=CheckStatus.NOT_POSSIBLE, facts={})


def _fit(case: Case, design: Design) -> Check:
    """Tell how near the likeness was to the treated before the start, in the spread of the comparison areas.

    What is further away than ``POOR`` got no estimate.
    """
    panel = case.panel
    far = misfit(panel, case.comparing(design).estimate(panel, lag=case.lag).path, design) / spread(panel)
    status = CheckStatus.HOLDS if far <= POOR / 2 else CheckStatus.DOUBTFUL
    return Check(kind=CheckKind.FIT_BEFORE, status=status, facts={"misfit": far, "limit": POOR})


def _sensitivity(case: Case, design: Comparing) -> tuple[Check, ...]:
    """Let the lines drift apart, as far as the path of placements says how much of that is chance.

    Only of an effect that was found can be asked how much it takes to lose it.
    """
    tried = try_paths(case.panel, design, draws=case.draws, seed=case.seed)
    others = tried.paths * (tried.scale / tried.scales)[:, None]
    try:
        study = coefficients_from_placements(tried.path, others, case.panel.event_times, lag=case.lag)
    except RefusedError:
        kinds = (CheckKind.SENSITIVITY, CheckKind.SENSITIVITY_SMOOTH)
        return tuple(Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts={}) for kind in kinds)
    return checked(study)
