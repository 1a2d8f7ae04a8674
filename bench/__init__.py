"""Benches: `make bench`. Figures are ratios within one run, since machines differ and share their cores."""
