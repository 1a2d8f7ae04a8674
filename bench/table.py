"""The table of goals: what was wanted, what was measured, whether it holds."""

from dataclasses import dataclass, field


@dataclass
class Table:
    """Rows are printed as they come, so that a long run shows where it is."""

    missed: list[str] = field(default_factory=list)

    def row(self, name: str, measured: float, unit: str, *, at_most: float = 0, at_least: float = 0) -> None:
        """One goal: `measured` may be at most, or must be at least, so much."""
        ok = measured >= at_least if at_least else measured <= at_most
        goal = f">= {at_least:g}" if at_least else f"<= {at_most:g}"
        print(f"{name:58} {goal:>10} {measured:12.3f} {unit:8} {'ok' if ok else 'MISSED'}", flush=True)
        if not ok:
            self.missed.append(name)

    def note(self, name: str, measured: float, unit: str) -> None:
        """A figure without a goal."""
        print(f"{name:58} {'':>10} {measured:12.3f} {unit}", flush=True)

    def say(self, text: str) -> None:
        """A remark."""
        print(text, flush=True)
