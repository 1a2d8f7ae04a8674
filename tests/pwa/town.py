"""Seven places around the city's centre: certainly usable, perhaps, not now, nameless, far away."""

CENTRE = {"latitude": 33.6479, "longitude": 116.959}
NOWHERE_NEAR = {"latitude": 33.9479, "longitude": 116.959}
"""33 km north of everything."""

UNKNOWN, BROKEN, GOOD, SHUT, FAR = (
    "邮政雪枫路网点",
    "坏了水的驿站",
    "西关街道暖蜂驿站",
    "关门的店",
    "宿州东站驿站",
)
TOILET_KIND = "公厕"
"""What the nameless place is called by."""
SAMPLE = "给人看的样例驿站"

_AT = "2026-01-05T10:00:00+08:00"
TOWN = f"""\
id,name,kind,lat,lon,opening_hours,services,address,phone,how_to_find,walk_in,sample,verified_at,aliases
1,{UNKNOWN},postal,33.64835,116.959,,water;rest,,,,,,,
2,{SHUT},merchant,33.64862,116.959,off,water:free:working@{_AT},,,,,,{_AT},
3,{BROKEN},union_post,33.6488,116.959,24/7,water:free:broken@{_AT},,,,,,{_AT},
4,{GOOD},party_centre,33.649,116.959,24/7,\
water:free:working@{_AT};phone_charging:paid:working@{_AT};toilet:free:broken@{_AT};reading,\
埇桥区西关大街 118 号,0557-3022118,南门进，前台旁,yes,,{_AT},西关驿站
5,,public_toilet,33.6506,116.959,24/7,toilet:free:working@{_AT},,,,,,{_AT},
6,{SAMPLE},other,33.6524,116.959,24/7,wifi,,,,,yes,{_AT},
7,{FAR},other,33.6949,116.959,24/7,meals:paid:working@{_AT},,,,,,{_AT},
"""
"""No verdict in it depends on the hour at which the tests run."""
