"""Figures of peers on fixed rows, for the tests of Noah.Experimentation.

Debian 12: python3-scipy 1.10.1, python3-statsmodels 0.13.5, python3-numpy 1.24.2. Run with /usr/bin/python3; writes golden.json beside this file.
generate.R adds figures of R on rows.csv, which this script writes too.
"""
import json
import os
import warnings

import numpy as np
import scipy
import scipy.stats as st
import statsmodels
import statsmodels.api as sm
from scipy.optimize import brentq
from statsmodels.genmod.cov_struct import CovStruct, Exchangeable, Independence
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

warnings.simplefilter("ignore")
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20240517)
out = {"versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__}}


def critical(confidence, df):
    """Root of scipy's survival function: its own inversion, isf, stops at 1e-9."""
    tail = (1 - confidence) / 2
    return brentq(lambda v: st.t.sf(v, df) / tail - 1, 0, 200, xtol=1e-14, rtol=1e-14)


def tails():
    z = [0.1, 1.96, 5, 8.3, 20, 37]
    t = [(0.5, 3), (2.1, 7.5), (12, 30), (40, 250), (50, 900), (36, 1e6)]
    chi = [(3.84, 1), (30, 2), (250, 5), (1300, 11)]
    return {
        "normal": [[v, 2 * st.norm.sf(v)] for v in z],
        "student": [[v, df, 2 * st.t.sf(v, df)] for v, df in t],
        "studentCritical": [[c, df, critical(c, df)] for c in (0.8, 0.95, 0.999) for df in (1.5, 4, 33, 1e5)],
        "chiSquare": [[v, df, st.chi2.sf(v, df)] for v, df in chi],
    }


def samples():
    a = np.round(rng.lognormal(1.0, 1.2, 43), 2)
    b = np.round(rng.lognormal(0.7, 1.0, 38), 2)
    b[:9] = a[:9]
    welch = st.ttest_ind(a, b, equal_var=False)
    mw = st.mannwhitneyu(a, b, use_continuity=False, method="asymptotic")
    log = st.ttest_ind(np.log1p(a), np.log1p(b), equal_var=False)
    yuen = st.ttest_ind(a, b, equal_var=False, trim=0.2)
    return {
        "a": a.tolist(), "b": b.tolist(),
        "welch": [welch.statistic, welch.pvalue], "mannWhitneyP": mw.pvalue, "mannWhitneyU": mw.statistic,
        "logWelch": [log.statistic, log.pvalue], "yuen": [yuen.statistic, yuen.pvalue],
        "moments": [a.mean(), a.var(ddof=1), ((a - a.mean()) ** 3).sum(), ((a - a.mean()) ** 4).sum()],
    }


def proportions():
    rows = []
    for k1, n1, k0, n0 in [(56, 70, 48, 80), (120, 9000, 81, 8800), (9, 4000, 60, 36000)]:
        z, p = proportions_ztest([k1, k0], [n1, n0])
        low, high = confint_proportions_2indep(k1, n1, k0, n0, method="newcomb")
        wl, wh = proportion_confint(k1, n1, method="wilson")
        rows.append([k1, n1, k0, n0, z, p, low, high, wl, wh])
    fisher = [[k1, n1, k0, n0, st.fisher_exact([[k1, n1 - k1], [k0, n0 - k0]])[1]] for k1, n1, k0, n0 in [(3, 400, 12, 3600), (0, 50, 4, 60), (1, 9, 8, 11)]]
    return {"z": rows, "fisher": fisher}


def ratio():
    n1, n0 = 60, 75
    x1, x0 = rng.poisson(4, n1) + 1.0, rng.poisson(4, n0) + 1.0
    y1, y0 = rng.binomial(x1.astype(int), 0.4) * 1.0, rng.binomial(x0.astype(int), 0.33) * 1.0

    def delta(y, x):
        n, r = len(y), y.mean() / x.mean()
        g = np.array([1 / x.mean(), -y.mean() / x.mean() ** 2])
        return r, g @ np.cov(y, x) @ g / n

    def fieller(y, x):
        n, z2 = len(y), st.norm.isf(0.025) ** 2
        v = np.cov(y, x) / n
        roots = np.roots([x.mean() ** 2 - z2 * v[1, 1], -2 * (y.mean() * x.mean() - z2 * v[0, 1]), y.mean() ** 2 - z2 * v[0, 0]])
        return sorted(roots.real.tolist())

    (r1, v1), (r0, v0) = delta(y1, x1), delta(y0, x0)
    se = (v1 + v0) ** 0.5
    return {
        "y1": y1.tolist(), "x1": x1.tolist(), "y0": y0.tolist(), "x0": x0.tolist(),
        "difference": r1 - r0, "error": se, "p": 2 * st.norm.sf(abs(r1 - r0) / se), "fieller1": fieller(y1, x1), "fieller0": fieller(y0, x0),
    }


def lin():
    n, k = 80, 3
    z = (rng.random(n) < 0.4).astype(float)
    x = rng.normal(size=(n, k)) * [1, 5, 0.2] + [0, 100, 3]
    y = 2 + 0.5 * z + x @ [0.8, -0.1, 2] + z * x[:, 0] * 0.3 + rng.lognormal(0, 0.6, n)
    c = x - x.mean(0)
    design = np.column_stack([np.ones(n), z, c, c * z[:, None]])
    fits = {kind: sm.OLS(y, design).fit(cov_type=kind, use_t=True) for kind in ("HC2", "HC3")}
    y1, y0, x1, x0 = y[z == 1], y[z == 0], x[z == 1, 1], x[z == 0, 1]
    theta = sum(np.cov(a, b)[0, 1] * (len(a) - 1) for a, b in ((y1, x1), (y0, x0))) / sum(b.var() * len(b) for b in (x1, x0))
    cuped = st.ttest_ind(y1 - theta * x1, y0 - theta * x0, equal_var=False)
    return {
        "y": y.tolist(), "z": z.tolist(), "x": x.ravel().tolist(),
        "hc2": [fits["HC2"].params[1], fits["HC2"].bse[1], fits["HC2"].pvalues[1], *fits["HC2"].conf_int()[1]],
        "hc3": [fits["HC3"].params[1], fits["HC3"].bse[1], fits["HC3"].pvalues[1], *fits["HC3"].conf_int()[1]],
        "cuped": [theta, cuped.statistic, cuped.pvalue],
    }


class Moment(CovStruct):
    """Correlation by moments over all pairs (unstructured) or neighbours (AR 1), which statsmodels estimates in another way or lacks."""

    def __init__(self, ordered):
        super().__init__()
        self.ordered, self.sums = ordered, None

    def initialize(self, model):
        super().initialize(model)
        self.size = max(len(v) for v in model.endog_li)
        self.dep_params = np.eye(self.size)

    def update(self, params):
        m, p = self.model, self.model.exog.shape[1]
        r = [(y - mu) / np.sqrt(m.family.variance(mu)) for y, (mu, _) in zip(m.endog_li, m.cached_means)]
        scale = sum((v ** 2).sum() for v in r) / (len(m.endog) - p)
        corr = np.eye(self.size)
        if self.ordered:
            pairs = sum(len(v) - 1 for v in r)
            alpha = sum((v[1:] * v[:-1]).sum() for v in r) / scale / (pairs - p)
            lag = np.abs(np.subtract.outer(np.arange(self.size), np.arange(self.size)))
            corr = alpha ** lag
        else:
            for s in range(self.size):
                for t in range(s):
                    both = [v for v in r if len(v) > s]
                    corr[s, t] = corr[t, s] = sum(v[s] * v[t] for v in both) / scale / (len(both) - p)
        self.dep_params = corr

    def covariance_matrix(self, endog_expval, index):
        k = len(endog_expval)
        return self.dep_params[:k, :k].copy(), True


def gee():
    clusters, size = 40, 4
    ids = np.repeat(np.arange(clusters), size)
    keep = np.ones(len(ids), bool)
    keep[[3, 7, 10, 11, 90, 91, 159]] = False
    z = np.repeat((rng.random(clusters) < 0.5).astype(float), size)
    w = rng.normal(size=len(ids))
    u = np.repeat(rng.normal(size=clusters), size) * 0.7
    rows = {
        "Gaussian": 1 + 0.4 * z + 0.5 * w + u + rng.normal(size=len(ids)),
        "Binomial": (rng.random(len(ids)) < 1 / (1 + np.exp(-(-0.3 + 0.6 * z + 0.4 * w + u)))).astype(float),
        "Poisson": rng.poisson(np.exp(0.2 + 0.3 * z + 0.2 * w + 0.5 * u)).astype(float),
    }
    ids, z, w = ids[keep], z[keep], w[keep]
    design = sm.add_constant(np.column_stack([z, w]))
    result = {"ids": ids.tolist(), "x": np.column_stack([z, w]).ravel().tolist(), "fits": []}
    table = [ids, z, w]
    for family, y in rows.items():
        y = y[keep]
        table.append(y)
        result[family] = y.tolist()
        start = sm.GLM(y, design, family=getattr(sm.families, family)()).fit(tol=1e-14).params
        for name, make in (("Independence", Independence), ("Exchangeable", Exchangeable),
                           ("AutoRegressive", lambda: Moment(True)), ("Unstructured", lambda: Moment(False))):
            settings = {"maxiter": 500, "ctol": 1e-13, "params_niter": 1, "first_dep_update": 3, "start_params": start}
            model = lambda: sm.GEE(y, design, groups=ids, family=getattr(sm.families, family)(), cov_struct=make())
            fit = model().fit(**settings)
            small = model().fit(cov_type="bias_reduced", **settings)
            entry = {"family": family, "correlation": name, "params": fit.params.tolist(), "robust": fit.standard_errors("robust").tolist(),
                     "biasReduced": small.standard_errors("bias_reduced").tolist(),
                     "scale": fit.scale}
            if name == "Exchangeable":
                entry["alpha"] = float(fit.cov_struct.dep_params)
            result["fits"].append(entry)
    np.savetxt(os.path.join(here, "rows.csv"), np.column_stack(table), delimiter=",", header="id,z,w,Gaussian,Binomial,Poisson", comments="", fmt="%.17g")
    return result


def delong():
    """Superiority and its DeLong error by an n1 x n0 table of pairs."""
    a = np.array([0, 0, 0, 1, 2, 5, 5, 9.0])
    b = np.array([0, 0, 3, 4, 5, 5, 7.0])
    win = (b[:, None] > a) + 0.5 * (b[:, None] == a)
    return {"treatment": b.tolist(), "control": a.tolist(), "superiority": win.mean(),
            "error": (win.mean(1).var(ddof=1) / len(b) + win.mean(0).var(ddof=1) / len(a)) ** 0.5}


def holm():
    p = [0.001, 0.04, 0.03, 0.2, 0.0004]
    return {"p": p, "holm": multipletests(p, method="holm")[1].tolist()}


for part in (tails, samples, proportions, ratio, lin, gee, delong, holm):
    out[part.__name__] = part()
with open(os.path.join(here, "golden.json"), "w") as file:
    json.dump(out, file, indent=1)
