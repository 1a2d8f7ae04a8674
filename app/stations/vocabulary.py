"""The words of the catalogue: services and kinds of places, in Chinese and English, with their icons."""

from typing import NamedTuple

from app.stations.models import ServiceKind as S
from app.stations.models import StationKind as K


class Word(NamedTuple):
    """What a code is called, and the Lucide icon that stands for it."""

    zh: str
    en: str
    icon: str


SERVICES: dict[S, Word] = {
    S.WATER: Word("饮水", "Water", "droplet"),
    S.HOT_WATER: Word("热水", "Hot water", "thermometer"),
    S.PHONE_CHARGING: Word("充电", "Charge", "plug-zap"),
    S.EBIKE_CHARGING: Word("电车充电", "E-bike charge", "zap"),
    S.EV_CHARGING: Word("汽车充电", "Car charging", "ev-charger"),
    S.BATTERY_SWAP: Word("换电", "Swap", "battery-charging"),
    S.REST: Word("休息", "Rest", "armchair"),
    S.TOILET: Word("厕所", "Toilet", "toilet"),
    S.MEALS: Word("吃饭", "Meals", "utensils"),
    S.MICROWAVE: Word("热饭", "Heat food", "microwave"),
    S.FRIDGE: Word("冰箱", "Fridge", "refrigerator"),
    S.FIRST_AID: Word("急救药箱", "First aid", "cross"),
    S.RAIN_GEAR: Word("雨具", "Rain gear", "umbrella"),
    S.TOOLS: Word("修车工具", "Bike tools", "wrench"),
    S.AIR_CONDITIONING: Word("空调", "Air con", "snowflake"),
    S.WIFI: Word("Wi-Fi", "Wi-Fi", "wifi"),
    S.READING: Word("看书", "Reading", "book-open"),
    S.NURSING: Word("母婴室", "Nursing room", "baby"),
    S.COUNSEL: Word("找人聊聊", "Someone to talk to", "heart-handshake"),
}
"""Every service in its order."""

KINDS: dict[K, Word] = {
    K.PARTY_CENTRE: Word("党群服务中心", "Community centre", "flag"),
    K.UNION_POST: Word("工会驿站", "Union rest stop", "house-heart"),
    K.POSTAL: Word("邮政网点", "Post office", "mail"),
    K.BANK: Word("银行网点", "Bank branch", "landmark"),
    K.MERCHANT: Word("商户", "Shop", "store"),
    K.PUBLIC_TOILET: Word("公厕", "Public toilet", "toilet"),
    K.CHARGING_SITE: Word("充换电站", "Charging site", "ev-charger"),
    K.OTHER: Word("服务点", "Service point", "map-pin"),
}
"""Every kind of place; where a place has no name its kind is shown."""

# What lists made by hand write besides the words above.
_SERVICE_SYNONYMS = {
    S.WATER: "饮用水 喝水 直饮水 饮水机 drinking_water",
    S.HOT_WATER: "开水 热水器",
    S.PHONE_CHARGING: "手机充电 充电宝",
    S.EBIKE_CHARGING: "电瓶车充电 电动车充电 电动自行车充电 两轮车充电",
    S.EV_CHARGING: "电动汽车充电 充电桩 快充",
    S.BATTERY_SWAP: "换电柜 电池更换",
    S.REST: "歇脚 休息区 座椅 休憩",
    S.TOILET: "卫生间 洗手间 公厕 公共厕所 如厕 toilets wc",
    S.MEALS: "用餐 就餐 餐饮 爱心餐",
    S.MICROWAVE: "微波炉 加热 饭菜加热",
    S.FRIDGE: "冷藏",
    S.FIRST_AID: "急救包 医药箱 急救箱 药箱 急救",
    S.RAIN_GEAR: "雨伞 雨衣 借伞",
    S.TOOLS: "工具 修车 打气筒 维修工具 工具箱",
    S.AIR_CONDITIONING: "冷暖空调 纳凉 取暖",
    S.WIFI: "wifi 无线网 wlan 免费wifi 上网 网络",
    S.READING: "阅读 图书 书吧 读书",
    S.NURSING: "哺乳室 母婴",
    S.COUNSEL: "咨询 咨询求助 心理咨询 法律咨询 求助",
}
_KIND_SYNONYMS = {
    K.PARTY_CENTRE: "党群中心 党群驿站 社区党群服务中心",
    K.UNION_POST: "户外劳动者服务站 户外劳动者驿站 爱心驿站 司机之家 驿站 暖蜂驿站",
    K.POSTAL: "邮局 邮政所 邮政 快递网点",
    K.BANK: "银行",
    K.MERCHANT: "商家 店铺 门店 爱心商户",
    K.PUBLIC_TOILET: "公共厕所 厕所 卫生间 toilets",
    K.CHARGING_SITE: "充电站 充电桩 换电站 charging_station",
    K.OTHER: "其他 其它",
}


def _fold(word: str) -> str:
    return word.strip().casefold().replace(" ", "_")


_SERVICE_CODES = {
    _fold(said): kind
    for kind, word in SERVICES.items()
    for said in (kind.value, word.zh, word.en, *_SERVICE_SYNONYMS[kind].split())
}
_KIND_CODES = {
    _fold(said): kind
    for kind, word in KINDS.items()
    for said in (kind.value, word.zh, word.en, *_KIND_SYNONYMS[kind].split())
}


def service_of(word: str) -> S | None:
    """The service that a word names, by code, Chinese, English or synonym; None for an unknown word."""
    return _SERVICE_CODES.get(_fold(word))


def kind_of(word: str) -> K | None:
    """The kind of place that a word names; None for an unknown word."""
    return _KIND_CODES.get(_fold(word))
