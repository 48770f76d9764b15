"""Hiding a second figure where a hidden one could be computed from the published ones."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wijkpeil.analysis.tree import Bools, Floats, Ints
from wijkpeil.disclosure.equations import Equations

_NOTHING = 1e-9


def protected(hidden: Bools, *, equations: Equations, weight: Floats) -> Bools:
    """Hide companions until no hidden figure follows from the published ones.

    An equation with one unknown gives it away, so the smallest figure beside it is hidden too; that may expose
    another sum, and so on until nothing changes. Sums along the tree of buurt, wijk, gemeente and country are
    then safe: each hidden figure lies on a path of unknowns that ends in a free one. Composed areas overlap,
    and several sums together can give away what each alone does not: there the unknowns are checked by linear
    algebra, and a companion is hidden for every one that is determined.

    What is promised is that no hidden figure can be *computed*; bounds (a share is at least 0) are not
    guarded against.

    Parameters
    ----------
    hidden
        Per cell, flat, whether it is hidden already.
    weight
        Per cell what it stands for; the smallest companion is the one that stands for least.

    Returns
    -------
    Bools
        Which cells are hidden now.
    """
    hidden = hidden.copy()
    cell, equation = equations.cell, equations.equation
    while True:
        unknown = np.bincount(equation, hidden[cell], len(equations.is_overlapping))
        visible = np.bincount(equation, ~hidden[cell], len(equations.is_overlapping))
        exposed = (unknown == 1) & (visible > 0)
        if not exposed.any():
            exposed = _giving_away(hidden, equations)
        found = np.flatnonzero(exposed[equation] & ~hidden[cell])
        if not len(found):
            return hidden
        stands_for = np.nan_to_num(weight[cell[found]], nan=np.inf)
        smallest_first = found[np.lexsort((cell[found], stands_for, equation[found]))]
        _, first = np.unique(equation[smallest_first], return_index=True)
        hidden[cell[smallest_first[first]]] = True


def _giving_away(hidden: Bools, equations: Equations) -> Bools:
    """Find the equations that, taken together with others, give a hidden figure away."""
    giving = np.zeros(len(equations.is_overlapping), dtype=np.bool_)
    unknown = hidden[equations.cell]
    if not unknown.any() or not equations.is_overlapping.any():
        return giving
    equation, cell, coefficient = equations.equation[unknown], equations.cell[unknown], equations.coefficient[unknown]
    for chosen in _tangles(equation, cell, equations.is_overlapping):
        lines, line = np.unique(equation[chosen], return_inverse=True)
        cells, column = np.unique(cell[chosen], return_inverse=True)
        matrix = np.zeros((len(lines), len(cells)))
        matrix[line, column] = coefficient[chosen]
        determined = _determined(matrix)
        if determined.any():
            visible = np.bincount(equations.equation, ~unknown, len(giving)) > 0
            holding = lines[(matrix[:, determined] != 0).any(axis=1)]
            giving[holding if visible[holding].any() else lines] = True
    return giving


def _tangles(equation: Ints, cell: Ints, is_overlapping: Bools) -> list[Ints]:
    """Split the unknowns into groups that share no equation, and keep those that composed areas tie together."""
    lines, line = np.unique(equation, return_inverse=True)
    cells, column = np.unique(cell, return_inverse=True)
    size = len(lines) + len(cells)
    graph = coo_array((np.ones(len(cell)), (line, len(lines) + column)), shape=(size, size))
    groups, label = connected_components(graph, directed=False)
    of_line, of_entry = np.asarray(label)[: len(lines)], np.asarray(label)[line]
    holds_overlapping = np.bincount(of_line, is_overlapping[lines], groups) > 0
    several = np.bincount(of_line, minlength=groups) > 1
    chosen = np.flatnonzero((holds_overlapping & several)[of_entry])
    by_group = chosen[np.argsort(of_entry[chosen], kind="stable")]
    return np.split(by_group, np.flatnonzero(np.diff(of_entry[by_group])) + 1) if len(by_group) else []


def _determined(matrix: Floats) -> Bools:
    """Tell which unknowns have one value only: those without a part in any solution of the equations at zero."""
    scaled = matrix / np.abs(matrix).max(axis=0)
    scaled = scaled / np.abs(scaled).max(axis=1, keepdims=True)
    _, size, directions = np.linalg.svd(scaled)
    rank = int((size > _NOTHING * size[0]).sum())
    free = directions[rank:]
    determined: Bools = (free**2).sum(axis=0) < _NOTHING
    return determined
