"""The vocabulary of services in words and icons: one table for API and screens."""

from app.stations.models import ServiceKind
from app.stations.schemas import ServiceKindOut, ServiceKindsOut

_WORDS: dict[ServiceKind, tuple[str, str, str]] = {
    ServiceKind.WATER: ("饮水", "Drinking water", "glass-water"),
    ServiceKind.HOT_WATER: ("热水", "Hot water", "thermometer-sun"),
    ServiceKind.PHONE_CHARGING: ("手机充电", "Phone charging", "smartphone-charging"),
    ServiceKind.EBIKE_CHARGING: ("电动车充电", "E-bike charging", "plug-zap"),
    ServiceKind.EV_CHARGING: ("汽车充电", "Car charging", "ev-charger"),
    ServiceKind.BATTERY_SWAP: ("换电", "Battery swap", "battery-charging"),
    ServiceKind.REST: ("休息", "Rest", "armchair"),
    ServiceKind.TOILET: ("厕所", "Toilet", "toilet"),
    ServiceKind.MEALS: ("用餐", "Meals", "utensils"),
    ServiceKind.MICROWAVE: ("微波炉", "Microwave", "microwave"),
    ServiceKind.FRIDGE: ("冰箱", "Fridge", "refrigerator"),
    ServiceKind.FIRST_AID: ("急救箱", "First aid", "briefcase-medical"),
    ServiceKind.RAIN_GEAR: ("雨具", "Rain gear", "umbrella"),
    ServiceKind.TOOLS: ("工具", "Tools", "wrench"),
    ServiceKind.AIR_CONDITIONING: ("空调", "Air conditioning", "air-vent"),
    ServiceKind.WIFI: ("Wi-Fi", "Wi-Fi", "wifi"),
    ServiceKind.READING: ("阅读", "Reading", "book-open"),
    ServiceKind.NURSING: ("母婴室", "Nursing room", "baby"),
    ServiceKind.COUNSEL: ("咨询帮助", "Counsel", "message-circle-question-mark"),
}

VOCABULARY = ServiceKindsOut(
    items=[ServiceKindOut(kind=k, zh=_WORDS[k][0], en=_WORDS[k][1], icon=_WORDS[k][2]) for k in ServiceKind]
)
