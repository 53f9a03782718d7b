"""Stations of the demonstration's county and around. Made up: none of them stands there."""

from dataclasses import dataclass, field
from typing import Any

BASIC = ("water", "meal", "charge", "rest", "cool", "medicine", "umbrella")
FULL = (*BASIC, "toilet", "wifi", "books", "fridge")
DAY, LONG, NIGHT = "Mo-Su 08:00-20:00", "Mo-Su 07:00-22:00", "24/7"
OFFICE = "Mo-Fr 08:30-17:30; PH off"
SHOP = "Mo-Su 06:30-23:00"
EVENING = "Mo-Fr 11:00-14:00,16:30-21:00; Sa,Su,PH 09:00-21:00"


@dataclass(frozen=True)
class Told:
    """One place: its point is WGS-84, `more` are facilities beside the usual ones."""

    name: str
    street: str
    point: tuple[float, float]
    hours: str = DAY
    kind: str = "station"
    facilities: tuple[str, ...] = BASIC
    more: tuple[str, ...] = ()
    area: int = 20
    division: str = "330782"
    fields: dict[str, Any] = field(default_factory=dict)


ALL = (
    Told("绣湖广场工会驿站", "稠城街道绣湖西路 66 号", (120.0707, 29.3112), NIGHT, facilities=FULL,
         more=("aed", "air_pump"), area=46),
    Told("宾王路户外劳动者驿站", "稠城街道宾王路 215 号", (120.0786, 29.3119), LONG, area=25),
    Told("工人西路爱心驿站", "稠城街道工人西路 18 号", (120.0735, 29.3075), DAY, area=18),
    Told("县前街环卫驿站", "稠城街道县前街 34 号", (120.0693, 29.3083), "Mo-Su 04:30-19:00",
         more=("toilet",), area=30),
    Told("篁园路骑手驿站", "稠城街道篁园路 108 号", (120.0801, 29.3038), NIGHT,
         more=("air_pump", "e_bike", "toilet"), area=38),
    Told("化工路快递小哥之家", "稠城街道化工路 51 号", (120.0668, 29.3016), SHOP,
         more=("e_bike", "wifi"), area=28),
    Told("江滨公园南门驿站", "江东街道江滨中路 1 号", (120.0812, 29.3021), LONG, facilities=FULL,
         more=("nursing",), area=42),
    Told("青口骑手驿站", "江东街道青口中街 12 号", (120.0936, 29.2934), EVENING,
         more=("air_pump",), area=22),
    Told("东洲路工会驿站", "江东街道东洲路 77 号", (120.0879, 29.2982), DAY, area=20),
    Told("宗泽路爱心驿站", "江东街道宗泽路 588 号", (120.0997, 29.2996), DAY,
         more=("aed", "toilet"), area=35),
    Told("下王二区驿站", "江东街道下王二区 9 幢", (120.1062, 29.2917), LONG, area=24),
    Told("江东中路银行网点驿站", "江东街道江东中路 199 号", (120.0925, 29.2969),
         "Mo-Fr 09:00-17:00; Sa,Su 09:00-16:00; PH off", more=("wifi", "aed"), area=15),
    Told("国际商贸城一区驿站", "福田街道稠州北路 699 号", (120.1011, 29.3302),
         "Mo-Su 08:30-17:30", facilities=FULL, more=("nursing", "aed"), area=52,
         fields={"languages": ("en", "yue")}),
    Told("国际商贸城三区驿站", "福田街道银海路 218 号", (120.1086, 29.3371), "Mo-Su 08:30-17:30",
         more=("toilet", "nursing"), area=33, fields={"languages": ("en",)}),
    Told("国际商贸城五区驿站", "福田街道福田路 105 号", (120.1063, 29.3364), "Mo-Su 08:30-17:30",
         area=27),
    Told("宾王市场夜间驿站", "福田街道长春路 133 号", (120.0879, 29.3205), "Mo-Su 17:00-03:00",
         more=("toilet", "air_pump"), area=26),
    Told("稠州北路地铁站驿站", "福田街道稠州北路 820 号", (120.0955, 29.3259),
         "Mo-Su 06:00-23:00", more=("aed", "toilet"), area=19),
    Told("龙回小区驿站", "福田街道龙回三区 21 幢", (120.1135, 29.3258), DAY, area=20),
    Told("涌金大道货运驿站", "福田街道涌金大道 980 号", (120.1265, 29.3332), LONG,
         more=("toilet", "canteen"), area=60),
    Told("雪峰西路爱心驿站", "北苑街道雪峰西路 968 号", (120.0408, 29.3198), DAY,
         more=("toilet",), area=31),
    Told("四季路直播基地驿站", "北苑街道四季路 18 号", (120.0337, 29.3151), "Mo-Su 10:00-02:00",
         facilities=FULL, more=("counselling", "nursing"), area=65,
         fields={"welcome": ("live_commerce", "courier")}),
    Told("机场路快递园驿站", "北苑街道机场路 555 号", (120.0369, 29.3391), NIGHT,
         more=("e_bike", "toilet", "shower"), area=48),
    Told("凌云路骑手驿站", "北苑街道凌云三区 5 幢", (120.0466, 29.3122), EVENING, area=18),
    Told("春晗驿站", "北苑街道春晗二区 30 幢", (120.0561, 29.3158), DAY, area=20),
    Told("望道路工业区驿站", "北苑街道望道路 300 号", (120.0289, 29.3255), "Mo-Sa 07:30-19:00",
         more=("law",), area=36),
    Told("西站大道高铁驿站", "后宅街道西站大道 88 号", (120.0279, 29.3758), "Mo-Su 05:30-24:00",
         facilities=FULL, more=("nursing", "aed"), area=58, fields={"languages": ("en", "csl")}),
    Told("后宅洪深路驿站", "后宅街道洪深路 120 号", (120.0545, 29.3705), DAY, area=21),
    Told("德胜路工会驿站", "后宅街道德胜路 46 号", (120.0601, 29.3668), LONG,
         more=("toilet",), area=25),
    Told("城西镇前街驿站", "城西街道镇前街 15 号", (119.9904, 29.3322), DAY, area=20),
    Told("夏演物流驿站", "城西街道夏演路 66 号", (120.0012, 29.3402), LONG,
         more=("toilet", "air_pump"), area=40),
    Told("何斯路村口驿站", "城西街道何斯路村 1 号", (119.9702, 29.4003), DAY,
         more=("toilet", "books"), area=28),
    Told("廿三里步行街驿站", "廿三里街道步行街 88 号", (120.1678, 29.3211), DAY, area=22),
    Told("华溪工业区驿站", "廿三里街道华溪路 29 号", (120.1843, 29.3356), "Mo-Sa 07:30-20:00",
         more=("law", "toilet"), area=34),
    Told("佛堂老街驿站", "佛堂镇双林路 9 号", (120.0186, 29.2042), "Mo-Su 08:00-21:00",
         facilities=FULL, area=37),
    Told("义亭木桥路驿站", "义亭镇木桥路 3 号", (119.9497, 29.2458), DAY, area=20),
    Told("上溪四通路驿站", "上溪镇四通路 70 号", (119.9241, 29.3113), DAY, area=23),
    Told("苏溪龙华路驿站", "苏溪镇龙华路 11 号", (120.1165, 29.4107), LONG, area=26),
    Told("苏溪光伏产业园驿站", "苏溪镇好派路 333 号", (120.1289, 29.4204), "Mo-Sa 07:00-21:00",
         more=("law", "shower", "toilet"), area=55),
    Told("大陈衬衫小镇驿站", "大陈镇康庄路 8 号", (120.0902, 29.4692), "Mo-Sa 08:00-20:00"),
    Told("赤岸毛店驿站", "赤岸镇毛店街 52 号", (120.0415, 29.1327), DAY, area=20),
    Told("义乌港司机之家", "福田街道疏港快速路 1 号", (120.1398, 29.3431), NIGHT, "drivers_home",
         FULL, ("truck_parking", "shower", "laundry", "canteen", "bed", "air_pump"), 680,
         fields={"parking_bays": 120, "welcome": ("driver",)}),
    Told("沪昆高速义乌服务区司机之家", "北苑街道沪昆高速 292 公里处", (120.0166, 29.3486), NIGHT,
         "drivers_home", FULL, ("truck_parking", "shower", "laundry", "canteen", "bed", "aed"), 420,
         fields={"parking_bays": 86, "welcome": ("driver",)}),
    Told("国际物流园司机之家", "城西街道香溪路 369 号", (119.9981, 29.3497), NIGHT, "drivers_home",
         FULL, ("truck_parking", "shower", "laundry", "canteen"), 310,
         fields={"parking_bays": 45, "welcome": ("driver",)}),
    Told("工人文化宫", "稠城街道工人西路 22 号", (120.0742, 29.3079),
         "Tu-Su 08:30-21:00; PH 09:00-17:00", "palace", FULL, ("nursing", "aed"), 8600,
         fields={"seats": 420, "accessibility": ("step_free", "wide_door", "toilet", "parking")}),
    Told("职工服务中心", "稠城街道县前街 21 号", (120.0702, 29.3087), OFFICE, "office",
         FULL, ("law", "counselling", "nursing"), 900,
         fields={"accessibility": ("step_free", "wide_door", "toilet"), "languages": ("csl",)}),
    Told("商贸城妈咪小屋", "福田街道稠州北路 699 号 2 楼", (120.1015, 29.3305),
         "Mo-Su 08:30-17:30", "nursing_room", ("water", "rest", "nursing", "fridge"), (), 16),
    Told("高铁站母婴室", "后宅街道西站大道 88 号候车厅", (120.0283, 29.3761), "Mo-Su 05:30-24:00",
         "nursing_room", ("water", "rest", "nursing"), (), 12),
    Told("朱工匠创新工作室", "苏溪镇好派路 335 号", (120.1294, 29.4209), OFFICE, "studio",
         ("water", "rest", "books", "wifi"), (), 150, fields={"seats": 24}),
    Told("金华人民广场工会驿站", "城中街道八一北街 1 号", (119.6472, 29.0894), NIGHT,
         facilities=FULL, more=("aed",), area=50, division="330702"),
    Told("金华火车站驿站", "新狮街道站前路 6 号", (119.6346, 29.1106), "Mo-Su 05:00-24:00",
         more=("toilet", "nursing"), area=44, division="330702"),
    Told("东阳吴宁西路驿站", "吴宁街道吴宁西路 30 号", (120.2318, 29.2672), LONG, area=28,
         division="330783"),
    Told("永康五金城驿站", "东城街道五金大道 9 号", (120.0472, 28.9086), DAY, area=33,
         more=("toilet",), division="330784"),
)  # fmt: skip
WORDS = "进门有热水、微波炉和充电线，墙上写着开放时间和管理员电话。累了就进来坐坐，不用登记。"
#: Other hours: name, first and last day from now, hours, why.
OTHER_HOURS = (
    ("工人西路爱心驿站", 1, 2, "", "更换饮水机滤芯，暂停两天"),
    ("工人文化宫", 3, 9, "Mo-Su 08:30-17:00", "舞台检修，晚上不开"),
    ("佛堂老街驿站", 0, 30, "Mo-Su 08:00-22:30", "冬季夜市期间延长"),
)
#: What people said lately: name, minutes ago, what, by how many.
SAID = (
    ("绣湖广场工会驿站", 12, "open", "", 1),
    ("宾王路户外劳动者驿站", 35, "open", "", 1),
    ("篁园路骑手驿站", 8, "open", "", 2),
    ("篁园路骑手驿站", 50, "lacks", "air_pump", 1),
    ("化工路快递小哥之家", 25, "closed", "", 1),
    ("江滨公园南门驿站", 70, "lacks", "water", 3),
    ("东洲路工会驿站", 15, "closed", "", 3),
    ("国际商贸城一区驿站", 100, "open", "", 1),
    ("义乌港司机之家", 20, "open", "", 2),
)
