"""The three datums of Chinese maps: WGS-84 (GPS, ours), GCJ-02 (AMap, Tencent), BD-09 (Baidu).

Positions are (lat, lon) in degrees. Conversion is done once, at the edge; the same as the PWA's datum.ts.
"""

import math
from typing import Literal

Crs = Literal["wgs84", "gcj02", "bd09"]

# Krasovsky 1940, the ellipsoid that GCJ-02 is defined on.
_SEMI_MAJOR_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
_BAIDU_RADIANS = math.pi * 3000 / 180
_ROUNDS = 10  # each round gains about four digits: far below a millimetre


def is_shifted(lat: float, lon: float) -> bool:
    """Whether GCJ-02 differs from WGS-84 there: inside the box around China that its makers chose."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _waves(x: float) -> float:
    return (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3


def _shift(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - 105, lat - 35
    root, pi, sin = math.sqrt(abs(x)), math.pi, math.sin
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + _waves(x)
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + _waves(x)
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    phi = math.radians(lat)
    curve = 1 - _ECCENTRICITY_SQUARED * sin(phi) ** 2
    meridian_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / (curve * math.sqrt(curve))
    parallel_m = _SEMI_MAJOR_M / math.sqrt(curve) * math.cos(phi)
    return math.degrees(north / meridian_m), math.degrees(east / parallel_m)


def wgs84_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """Identity outside the box of `is_shifted`."""
    if not is_shifted(lat, lon):
        return lat, lon
    north, east = _shift(lat, lon)
    return lat + north, lon + east


def gcj02_to_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """The inverse by repeated correction (there is no closed form), to well under 1 cm."""
    if not is_shifted(lat, lon):
        return lat, lon
    guess_lat, guess_lon = lat, lon
    for _ in range(_ROUNDS):
        north, east = _shift(guess_lat, guess_lon)
        guess_lat, guess_lon = lat - north, lon - east
    return guess_lat, guess_lon


def gcj02_to_bd09(lat: float, lon: float) -> tuple[float, float]:
    """Baidu's own twist on top of GCJ-02."""
    radius = math.hypot(lon, lat) + 0.000_02 * math.sin(lat * _BAIDU_RADIANS)
    angle = math.atan2(lat, lon) + 0.000_003 * math.cos(lon * _BAIDU_RADIANS)
    return radius * math.sin(angle) + 0.006, radius * math.cos(angle) + 0.0065


def bd09_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """The inverse by repeated correction, to well under 1 cm."""
    guess_lat, guess_lon = lat - 0.006, lon - 0.0065
    for _ in range(_ROUNDS):
        seen_lat, seen_lon = gcj02_to_bd09(guess_lat, guess_lon)
        guess_lat, guess_lon = guess_lat + lat - seen_lat, guess_lon + lon - seen_lon
    return guess_lat, guess_lon


def wgs84_to_bd09(lat: float, lon: float) -> tuple[float, float]:
    """Through GCJ-02; identity outside its box, where Baidu's maps use WGS-84 too."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lat, lon)) if is_shifted(lat, lon) else (lat, lon)


def to_wgs84(crs: Crs, lat: float, lon: float) -> tuple[float, float]:
    """A position of any of the three datums in WGS-84; identity outside the box of `is_shifted`."""
    if crs == "wgs84" or not is_shifted(lat, lon):
        return lat, lon
    return gcj02_to_wgs84(*((lat, lon) if crs == "gcj02" else bd09_to_gcj02(lat, lon)))
