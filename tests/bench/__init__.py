"""Measurements: `make bench`. Ratios of one run are worth quoting; single times are the machine's mood."""
