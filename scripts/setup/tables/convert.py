"""Writes each table of R's mlbench that is asked for as CSV: convert.py FOLDER OUT NAME..."""

import sys

import pyreadr

folder, out, *names = sys.argv[1:]
for name in names:
    table = pyreadr.read_r(f"{folder}/{name}.rda")[name]
    table.to_csv(f"{out}/{name}.csv", index=False)
