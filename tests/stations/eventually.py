"""Waits for what a background thread does."""

import time
from collections.abc import Callable


def eventually(happens: Callable[[], bool], within_s: float = 5.0) -> float:
    """Wait until it happens; returns the seconds it took. Fails after `within_s`."""
    begin = time.perf_counter()
    while not happens():
        assert time.perf_counter() - begin < within_s, "it did not happen"
        time.sleep(0.005)
    return time.perf_counter() - begin
