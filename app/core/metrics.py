"""Prometheus figures of one process: requests by route, what its keepers hold, memory and processor time."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.core.keepers import Keeper

_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class _Kept(Collector):
    """What the keepers say of themselves, asked when the figures are read."""

    def __init__(self, keepers: Mapping[str, Keeper]) -> None:
        self._keepers = keepers

    def collect(self) -> Iterator[Metric]:
        """One gauge for readiness, one for each figure that a keeper names."""
        ready = GaugeMetricFamily("nuanfeng_keeper_ready", "1 when ready and up to date", labels=["keeper"])
        figures: dict[str, GaugeMetricFamily] = {}
        for name, keeper in self._keepers.items():
            ready.add_metric([name], float(keeper.problem() is None))
            for figure, value in keeper.figures().items():
                gauge = figures.setdefault(
                    figure, GaugeMetricFamily(f"nuanfeng_{figure}", "Told by its keeper", labels=["keeper"])
                )
                gauge.add_metric([name], value)
        yield ready
        yield from figures.values()


class Metrics:
    """One registry an app, so that several apps in one process (tests) do not mix."""

    def __init__(self, keepers: Mapping[str, Keeper]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Kept(keepers))
        self._requests = Histogram(
            "nuanfeng_request_seconds",
            "Time to answer, by method, route and status",
            ["method", "route", "status"],
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        self._children: dict[tuple[str, str, int], Histogram] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        key = (method, route, status)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self._requests.labels(method, route, str(status))
        child.observe(seconds)

    def text(self) -> bytes:
        """The figures in Prometheus' text form."""
        return generate_latest(self.registry)
