# Last bound of 14 equal looks by Simpson's rule on 3,001 equal nodes of the score: numpy 1.24, scipy 1.10 (Debian 12).
import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

LOOKS, NODES, EDGE = 14, 3001, 7


def simpson(low, high):
    nodes = np.linspace(low, high, NODES)
    weights = np.full(NODES, nodes[1] - nodes[0])
    weights[1:-1:2] *= 4 / 3
    weights[2:-1:2] *= 2 / 3
    weights[[0, -1]] /= 3
    return nodes, weights


def bounds(spent):
    step, before, stage, found = 1 / np.sqrt(LOOKS), 0, None, []
    for look in range(1, LOOKS + 1):
        share = look / LOOKS
        target, before = spent(share) - before, spent(share)
        if stage is None:
            bound = norm.isf(target) * np.sqrt(share) if target > 1e-300 else EDGE
            nodes, weights = simpson(-EDGE, min(bound, EDGE))
            density = norm.pdf(nodes / np.sqrt(share)) / np.sqrt(share)
        else:
            old, mass = stage
            bound = brentq(lambda b: (mass * norm.sf((b - old) / step)).sum() - target, 0, 9, xtol=1e-13)
            nodes, weights = simpson(-EDGE, bound)
            density = norm.pdf((nodes[:, None] - old[None, :]) / step) / step @ mass
        stage = nodes, weights * density
        found.append(bound / np.sqrt(share))
    return found


obrien_fleming = bounds(lambda t: 2 * norm.sf(norm.isf(0.0125) / np.sqrt(t)))
print(obrien_fleming[1], obrien_fleming[12], obrien_fleming[13])
print(bounds(lambda t: 0.005 * np.log(1 + (np.e - 1) * t))[13])
