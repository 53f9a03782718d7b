"""What the made-up unions of the demonstration are made of. No company here is a real one."""

from dataclasses import dataclass

from niangjia.organisations.models import WorkerKind

FIRST = "禾澜启舟沐岚砚棠筑昱霁钧珩稷泓曜栩蔚崧翊湛麓琅苒"
SECOND = "川原野屿弦帆垚渡枫笙朔寻邺衡湾桥汀陌庭岭澍柯隅溪"
FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司")
ROADS = [
    "人民路",
    "建设路",
    "工业路",
    "创业大道",
    "星光大道",
    "站前路",
    "文化路",
    "康庄路",
    "望江路",
    "科创路",
    "迎宾路",
    "清风路",
]


@dataclass(frozen=True)
class Trade:
    """A trade: how its firms call themselves, in words, and the industry's national union."""

    firm: str
    words: str
    industry: str = ""


MACHINES, TRADE, SCHOOLS = (
    "中国机械冶金建材工会",
    "中国财贸轻纺烟草工会",
    "中国教科文卫体工会",
)
TRADES = {
    "饰品": Trade("饰品", "饰品制造", TRADE),
    "袜业": Trade("针织", "针织、袜业", TRADE),
    "玩具": Trade("玩具", "玩具制造"),
    "快递": Trade("速递", "快递、同城配送"),
    "物流": Trade("物流", "道路货运、仓储"),
    "电商": Trade("电子商务", "网上零售、直播"),
    "软件": Trade("信息技术", "软件开发"),
    "电子": Trade("电子科技", "电子元件制造"),
    "机械": Trade("精密机械", "机械加工", MACHINES),
    "建材": Trade("建材", "建筑材料", MACHINES),
    "食品": Trade("食品", "食品加工"),
    "餐饮": Trade("餐饮管理", "餐饮服务", TRADE),
    "超市": Trade("商贸", "超市、批发零售", TRADE),
    "物业": Trade("物业服务", "物业管理、保安、保洁"),
    "家政": Trade("家庭服务", "家政、养老护理"),
    "出行": Trade("出行服务", "网约车、出租车"),
    "传媒": Trade("文化传媒", "广告、影视"),
    "学校": Trade("职业培训学校", "教育培训", SCHOOLS),
    "医院": Trade("康复医院", "医疗、康复", SCHOOLS),
    "农业": Trade("农业发展", "种植、农产品"),
}
EVERYWHERE = ("机械", "建材", "食品", "超市", "物业", "物流", "学校", "医院", "农业", "餐饮")

#: Joint unions that take workers in directly: name, trade in words, whom.
JOINT = (
    ("快递行业联合工会", "快递、外卖配送", WorkerKind.COURIER),
    ("网约车行业联合工会", "网约车、出租车", WorkerKind.DRIVER),
    ("货车司机联合工会", "道路货运", WorkerKind.DRIVER),
    ("直播电商行业联合工会", "直播、网店", WorkerKind.LIVE_COMMERCE),
    ("家政服务行业联合工会", "家政、护理", WorkerKind.DOMESTIC),
    ("灵活就业人员联合工会", "零工、个体经营", WorkerKind.CASUAL),
)


@dataclass(frozen=True)
class Cluster:
    """A county with many unions: how many, which trades, the area code, its townships if known."""

    code: str
    unions: int
    trades: tuple[str, ...]
    area_code: str
    townships: tuple[tuple[str, str], ...] = ()


CLUSTERS = (
    Cluster(
        "330782",
        240,
        ("饰品", "袜业", "玩具", "快递", "物流", "电商", "超市", "餐饮", "机械", "学校"),
        "0579",
        (
            ("330782001", "稠城街道"),
            ("330782002", "江东街道"),
            ("330782003", "稠江街道"),
            ("330782004", "北苑街道"),
            ("330782005", "后宅街道"),
            ("330782006", "城西街道"),
            ("330782007", "廿三里街道"),
            ("330782008", "福田街道"),
            ("330782100", "佛堂镇"),
            ("330782105", "苏溪镇"),
        ),
    ),
    Cluster(
        "330110",
        160,
        ("软件", "电商", "快递", "物流", "传媒", "家政", "医院", "餐饮"),
        "0571",
        (
            ("330110005", "五常街道"),
            ("330110010", "良渚街道"),
            ("330110011", "闲林街道"),
            ("330110012", "仓前街道"),
            ("330110110", "瓶窑镇"),
        ),
    ),
    Cluster(
        "440306", 160, ("电子", "机械", "快递", "物流", "电商", "出行", "物业", "食品"), "0755"
    ),
    Cluster(
        "110105",
        160,
        ("传媒", "餐饮", "物业", "快递", "出行", "家政", "软件", "超市"),
        "010",
        (
            ("110105004", "三里屯街道"),
            ("110105011", "酒仙桥街道"),
            ("110105018", "潘家园街道"),
            ("110105026", "望京街道"),
        ),
    ),
    Cluster("310115", 110, ("电子", "物流", "软件", "出行", "医院", "餐饮"), "021"),
    Cluster("440106", 80, ("电商", "餐饮", "快递", "超市", "学校"), "020"),
    Cluster("510107", 70, ("餐饮", "传媒", "软件", "家政", "快递"), "028"),
    Cluster("610113", 60, ("学校", "软件", "建材", "出行", "餐饮"), "029"),
    Cluster("420111", 50, ("学校", "医院", "软件", "物流"), "027"),
)
#: Elsewhere: how many counties get some, and the area code of a city that does not exist.
COUNTIES_ELSEWHERE = 420
AREA_CODE_ELSEWHERE = "0000"

HOURS = (
    "Mo-Fr 08:30-12:00,13:30-17:30",
    "Mo-Fr 09:00-17:30",
    "Mo-Sa 09:00-18:00",
    "Mo-Su 08:00-20:00",
)
INTRODUCTIONS = (
    "{name}成立于 {year} 年，为{words}职工服务：合同有人看，委屈有人听，假日有人陪。",
    "我们是{words}职工自己的组织。入会、转会、困难帮扶、法律咨询，来这里或打电话都行。",
    "{name}设有职工书屋、爱心驿站和调解室，工作日有专人值守，欢迎来坐坐。",
)
