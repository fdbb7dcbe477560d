"""Transforms by fht-cpu: reads one request a line, {"shape", "copied", "runs"}, and prints the milliseconds of a run."""

import json
import os
import sys
import time
from importlib.metadata import version

import numpy as np
from fht_cpu import fht

THREADS = os.cpu_count()


def main():
    print(json.dumps({"version": version("fht-cpu"), "threads": THREADS}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        x = np.zeros(request["shape"], np.float32)  # in place, sums of sums would grow to infinity
        inplace = not request["copied"]
        fht(x, inplace=inplace, num_threads=THREADS)
        start = time.perf_counter()
        for _ in range(request["runs"]):
            fht(x, inplace=inplace, num_threads=THREADS)
        print(json.dumps((time.perf_counter() - start) * 1000 / request["runs"]), flush=True)


main()
