"""What the program costs, measured: `make bench` prints JSON lines; `SIZE=0.1` scales every measure down.

Each measure runs in a process of its own on a fresh home, so that time, CPU and peak memory are its own. Where a floor
is named, the same rows are parsed and bulk-written with nothing else in the same run: look at the ratio, for machines
differ and this one may be busy.
"""
