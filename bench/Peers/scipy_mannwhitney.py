"""Seconds of scipy's mannwhitneyu on two files of float64: scipy_mannwhitney.py FIRST SECOND ROUNDS; prints one JSON object."""
import json
import sys
import time

import numpy
import scipy
import scipy.stats

first, second = (numpy.fromfile(name) for name in sys.argv[1:3])
seconds = []
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    result = scipy.stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic")
    seconds.append(time.perf_counter() - start)
print(json.dumps({"version": scipy.__version__, "seconds": sorted(seconds)[len(seconds) // 2], "p": result.pvalue}))
