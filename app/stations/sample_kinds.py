"""What the demo's sample stations are made of: names, hours and services by kind of place."""

from typing import NamedTuple

from app.stations.models import Access
from app.stations.models import ServiceKind as S
from app.stations.models import StationKind as K

UNREADABLE_HOURS = "早上开门，晚上看情况"
"""As people write hours that no machine reads: shown as written, and unknown."""


class Shape(NamedTuple):
    """How samples of one kind look. `hours` pairs staffed and unattended hours."""

    names: tuple[str, ...]
    short: str
    operators: tuple[str | None, ...]
    hours: tuple[tuple[str | None, str | None], ...]
    access: tuple[tuple[Access, str | None], ...]
    how_to_find: tuple[str | None, ...]
    always: tuple[S, ...]
    often: tuple[S, ...]
    has_phone: bool = True


_RIDERS = (Access.RIDERS, "亮工作证或接单页面")
_ANYONE = (Access.ANYONE, None)

SHAPES: dict[K, Shape] = {
    K.UNION_POST: Shape(
        names=("{place}工会驿站", "{road}户外劳动者服务站", "{road}暖蜂驿站"),
        short="驿站",
        operators=("宿州市总工会", None),
        hours=(
            ("Mo-Su 08:00-20:00", None),
            ("Mo-Su 07:00-22:00", None),
            ("Mo-Su 08:30-18:00", "24/7"),
            ("24/7", None),
            ("Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00", "Mo-Su 06:00-23:00"),
            (None, "24/7"),
            (None, None),
        ),
        access=(_ANYONE, _RIDERS, (Access.UNKNOWN, None)),
        how_to_find=("临街一楼，蓝色门头", "路口北侧，公交站旁", "南门进，前台旁", "停车场东侧小屋", None),
        always=(S.WATER, S.PHONE_CHARGING, S.REST),
        often=(
            S.HOT_WATER,
            S.MICROWAVE,
            S.TOILET,
            S.FIRST_AID,
            S.RAIN_GEAR,
            S.TOOLS,
            S.AIR_CONDITIONING,
            S.WIFI,
            S.FRIDGE,
        ),
    ),
    K.PARTY_CENTRE: Shape(
        names=("{place}党群服务中心", "{road}党群服务站"),
        short="党群站",
        operators=(None,),
        hours=(
            ("Mo-Fr 08:00-12:00,14:30-17:30; PH off", None),
            ("Mo-Su 08:30-17:30; PH 09:00-12:00", None),
            ("Mo-Su 08:00-20:00", None),
            ("Mo-Sa 08:00-18:00; PH off", "Mo-Su 06:00-22:00"),
        ),
        access=(_ANYONE, _ANYONE, _RIDERS),
        how_to_find=("一楼大厅右手边", "进门左转，骑手专区", "二楼，电梯旁", None),
        always=(S.WATER, S.REST, S.TOILET),
        often=(
            S.HOT_WATER,
            S.PHONE_CHARGING,
            S.MICROWAVE,
            S.AIR_CONDITIONING,
            S.READING,
            S.COUNSEL,
            S.NURSING,
            S.WIFI,
            S.FIRST_AID,
        ),
    ),
    K.POSTAL: Shape(
        names=("{road}邮政网点", "{place}邮政便民站"),
        short="邮政",
        operators=(None,),
        hours=(
            ("Mo-Sa 08:30-17:30", None),
            ("Mo-Su 09:00-17:00; PH off", None),
            ("Mo-Fr 09:00-17:00; PH off", None),
        ),
        access=(_ANYONE, (Access.UNKNOWN, None)),
        how_to_find=("营业厅内，等候区", None),
        always=(S.WATER, S.REST),
        often=(S.PHONE_CHARGING, S.FIRST_AID, S.RAIN_GEAR),
    ),
    K.BANK: Shape(
        names=("{road}银行暖心角", "{place}银行服务角"),
        short="银行",
        operators=(None,),
        hours=(
            ("Mo-Fr 09:00-17:00; PH off", None),
            ("Mo-Su 09:00-16:30", None),
            ("Mo-Fr 08:30-17:00; Sa-Su 09:30-16:00; PH off", None),
        ),
        access=(_ANYONE, (Access.CUSTOMERS, None)),
        how_to_find=("大堂入口右侧", None),
        always=(S.WATER, S.REST),
        often=(S.PHONE_CHARGING, S.AIR_CONDITIONING, S.TOILET, S.RAIN_GEAR),
    ),
    K.MERCHANT: Shape(
        names=("{road}老周面馆", "{road}百姓餐厅", "{place}便利店", "{road}小城饭馆"),
        short="小店",
        operators=(None,),
        hours=(
            ("Mo-Su 06:00-14:00,16:30-21:00", None),
            ("Mo-Su 06:30-23:00", None),
            ("Mo-Su 10:00-14:00,17:00-02:00", None),
            ("Mo-Su 17:00-03:00", None),
            ("24/7", None),
            (None, None),
        ),
        access=((Access.CUSTOMERS, None), _RIDERS, _ANYONE),
        how_to_find=("收银台旁", "店门口取水", None),
        always=(S.WATER,),
        often=(S.MEALS, S.PHONE_CHARGING, S.HOT_WATER, S.TOILET, S.REST),
    ),
    K.PUBLIC_TOILET: Shape(
        names=("{road}公厕", "{place}公共厕所"),
        short="公厕",
        operators=("市容环卫",),
        hours=(("24/7", None), ("24/7", None), ("Mo-Su 05:30-23:00", None), (None, None)),
        access=(_ANYONE,),
        how_to_find=("公园东门内", "菜市场后面", None),
        always=(S.TOILET,),
        often=(S.WATER, S.NURSING),
        has_phone=False,
    ),
    K.CHARGING_SITE: Shape(
        names=("{road}换电站", "{road}电动车充电棚", "{place}充电点"),
        short="充电",
        operators=("暖蜂样例充电", None),
        hours=(("24/7", None), (None, "24/7"), (None, None)),
        access=(_ANYONE, (Access.UNKNOWN, None)),
        how_to_find=("非机动车停车棚内", "门卫室旁的柜机", None),
        always=(S.EBIKE_CHARGING,),
        often=(S.BATTERY_SWAP, S.PHONE_CHARGING, S.REST, S.EV_CHARGING),
        has_phone=False,
    ),
    K.OTHER: Shape(
        names=("{road}口袋公园休息点", "{place}书屋"),
        short="休息点",
        operators=(None,),
        hours=(("Mo-Su 09:00-21:00", None), ("Tu-Su 09:00-17:30; PH 10:00-16:00", None), (None, None)),
        access=(_ANYONE,),
        how_to_find=("亭子里", "入口右侧", None),
        always=(S.REST,),
        often=(S.WATER, S.READING, S.WIFI, S.TOILET, S.AIR_CONDITIONING),
        has_phone=False,
    ),
}

KINDS: tuple[K, ...] = (
    *(K.UNION_POST,) * 4,
    *(K.PARTY_CENTRE,) * 3,
    *(K.MERCHANT,) * 2,
    *(K.PUBLIC_TOILET,) * 2,
    *(K.CHARGING_SITE,) * 2,
    K.POSTAL,
    K.BANK,
    K.OTHER,
)
"""How often each kind comes in an area: samples are drawn from these without putting back."""
