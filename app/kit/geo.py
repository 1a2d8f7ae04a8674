"""Great-circle geometry on the sphere; the same formulas as the PWA's distance.ts."""

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius R1 of the earth (IUGG 1980)."""

HALF_TURN_M = math.pi * EARTH_RADIUS_M
"""From a point to its antipode: no distance is longer."""

Floats: TypeAlias = npt.NDArray[np.float64]


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """The unit vector of a position in degrees: x to (0, 0), z to the north pole."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def unit_vectors(lat: Floats, lon: Floats) -> Floats:
    """The unit vectors of n positions in degrees, shape (n, 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=1)


def distance_m(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle metres between two positions in degrees, to the millimetre."""
    u, v = unit_vector(from_lat, from_lon), unit_vector(to_lat, to_lon)
    apart = math.hypot(*(a - b for a, b in zip(u, v, strict=True)))
    together = math.hypot(*(a + b for a, b in zip(u, v, strict=True)))
    return round(2 * EARTH_RADIUS_M * math.atan2(apart, together), 3)


def distances_mm(u: Floats, vectors: Floats) -> npt.NDArray[np.int64]:
    """Whole millimetres from one unit vector, shape (3,), to n of them, shape (n, 3).

    2R·atan2(|u−v|, |u+v|), unlike acos or haversine, is exact for neighbours and antipodes alike.
    """
    apart, together = vectors - u, vectors + u
    chords = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    sums = np.sqrt(np.einsum("ij,ij->i", together, together))
    millimetres: npt.NDArray[np.int64] = np.rint(2000 * EARTH_RADIUS_M * np.arctan2(chords, sums)).astype(
        np.int64
    )
    return millimetres
