"""The catalogue in memory, for 找最近 (nearest): immutable, swapped as a whole, one a process."""
