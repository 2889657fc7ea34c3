"""Benchmarks: each module prints its figures; SCALE multiplies its row counts. `make bench` runs all."""
