"""What is on in the demonstration's county. Made up: none of it takes place."""

from dataclasses import dataclass, field
from typing import Any

from niangjia.activities.rules.questions import Question


@dataclass(frozen=True)
class Told:
    """One activity: it begins `day` days from now at `hour`, for `hours`; sign-up opens and closes
    so many days from now; `people` have signed up. `more` are further sessions, in days after the
    first; `asks` its own questions."""

    kind: str
    name: str
    summary: str
    text: str
    day: int
    hour: int
    hours: float
    place: str = ""
    address: str = ""
    point: tuple[float, float] | None = None
    seats: int = 30
    people: int = 0
    opens: float = -5
    closes: float = 0
    programme: str = ""
    link: str = ""
    more: tuple[int, ...] = ()
    fate: str = "published"
    fields: dict[str, Any] = field(default_factory=dict)
    asks: tuple[Question, ...] = ()


RIVER = ("江滨公园南门", "江滨中路 1 号", (120.0812, 29.3021))
PALACE = ("工人文化宫", "工人西路 18 号", (120.0742, 29.3079))
GYM = ("梅湖体育馆", "体育馆路 9 号", (120.0561, 29.2964))
MARKET = ("国际商贸城五区广场", "福田路 105 号", (120.1063, 29.3364))
VILLAGE = ("何斯路村", "城西街道何斯路村", (119.9850, 29.3570))
LIBRARY = ("城市书房（绣湖店）", "绣湖西路 66 号", (120.0707, 29.3112))
NIGHT = "每晚七点到八点半，下班就能来。课上自己动手，老师一个个带。"

SHIRT = Question(
    label="号码 T 恤的尺码",
    kind="one",
    options=("儿童款", "S", "M", "L", "XL", "XXL"),
    is_required=True,
    of_each=True,
)
BUS = Question(
    label="在哪里上车",
    kind="one",
    options=("工人文化宫", "稠州北路公交站", "义乌站南广场", "自己开车过去"),
    is_required=True,
)
LUNCH = Question(
    label="午餐有什么要照顾的",
    kind="several",
    options=("清真", "吃素", "不吃辣", "对花生或坚果过敏", "需要儿童椅"),
    of_each=True,
)


def at(where: tuple[str, str, tuple[float, float]]) -> dict[str, Any]:
    """A place, its address and its point."""
    return {"place": where[0], "address": where[1], "point": where[2]}


ON = (
    Told(
        "sport",
        "三人篮球赛",
        "三到四人一队，半场打满十分钟，赢一场进一轮。",
        "每队报一个队长，队友扫码入队。八支球队分两组循环，前两名进半决赛。现场有队医和饮水，请穿运动鞋。",
        9,
        18,
        3,
        **at(GYM),
        seats=8,
        closes=6,
        fields={
            "team_min": 3,
            "team_max": 4,
            "seats_by_team": True,
            "team_wait_hours": 24,
            "health_words": "我身体健康，可以参加对抗性运动。",
        },
    ),
    Told(
        "sport",
        "沿江健步走",
        "沿义乌江走五公里，走完有热姜茶。",
        "早上八点在南门集合，领号码布后出发。路面平整，推婴儿车也能走。沿途有三个补给点和医护人员。",
        4,
        8,
        2.5,
        **at(RIVER),
        seats=200,
        people=34,
        closes=3.5,
        fields={"companions_max": 3, "health_words": "能连续步行五公里，近期没有心脏不适。"},
        asks=(SHIRT,),
    ),
    Told(
        "family",
        "稻田里的一天",
        "带孩子打年糕、挖红薯，认识一粒米。",
        "大巴早上八点从工人文化宫出发，下午四点返回，含午餐。请给孩子穿耐脏的鞋子。",
        9,
        8,
        8,
        **at(VILLAGE),
        seats=24,
        people=19,
        closes=2.2,
        fields={
            "mode": "draw",
            "companions_max": 3,
            "asks_emergency": True,
            "asks_identity": True,
            "needs_real_name": True,
            "health_words": "同行的人近两周没有发热。",
        },
        asks=(BUS, LUNCH),
    ),
    Told(
        "culture",
        "戏曲夜校：婺剧入门",
        "十二个座位，老演员手把手教身段和唱腔。",
        NIGHT + "结业时在文化宫小剧场汇报演出。",
        6,
        19,
        1.5,
        **at(PALACE),
        seats=12,
        people=17,
        closes=5,
        more=(7, 14, 21),
    ),
    Told(
        "course",
        "短视频带货入门班",
        "从拍第一条视频到开第一场直播，四个晚上学会。",
        NIGHT + "自带手机，教室有三脚架和灯。到满三次课发结业证明。",
        8,
        19,
        1.5,
        **at(PALACE),
        seats=30,
        people=21,
        closes=7,
        programme="digital-skills",
        more=(2, 7, 9),
    ),
    Told(
        "matchmaking",
        "桌游遇见你",
        "四人一桌玩三轮，聊得来再互相留意。",
        "二十位单身职工，男女各半，有主持人带着玩。要不要留联系方式，由你自己决定。",
        11,
        14,
        3,
        **at(LIBRARY),
        seats=20,
        people=9,
        closes=8,
        programme="gathering-of-hearts",
        fields={"mode": "approval", "needs_real_name": True, "age_min": 22, "age_max": 45},
    ),
    Told(
        "health",
        "腰酸背痛怎么办",
        "三甲医院康复科医生线上讲座，现场答疑。",
        "久坐、久站、久骑车的人都适合听。讲完有半小时答疑，可以匿名提问。",
        3,
        20,
        1.5,
        link="https://meeting.example.cn/yaobei",
        seats=500,
        people=26,
        closes=2.9,
        programme="health-care",
    ),
    Told(
        "recuperation",
        "职工疗休养：浙西南五日行",
        "一线职工优先，五天四晚，食宿全包。",
        "车辆、食宿、保险由工会承担。行程不赶，每天走路不超过六千步。",
        27,
        8,
        104,
        **at(PALACE),
        seats=40,
        people=31,
        closes=12,
        fields={
            "mode": "draw",
            "asks_emergency": True,
            "needs_real_name": True,
            "health_words": "没有不适合长途乘车的疾病。",
        },
    ),
    Told(
        "volunteer",
        "冬日送温暖，缺你一双手",
        "给环卫工人和骑手送热粥、围巾和护手霜。",
        "早上五点在文化宫集合，七点结束，不耽误上班。发放志愿服务时长证明。",
        5,
        5,
        2,
        **at(PALACE),
        seats=25,
        people=14,
        closes=4.5,
    ),
    Told(
        "job_fair",
        "新就业形态专场招聘会",
        "八十家单位、一千二百个岗位，现场面试。",
        "带身份证就能进场。现场有劳动合同、社保和工伤咨询台。",
        7,
        9,
        6,
        **at(MARKET),
        seats=2000,
        people=28,
        closes=6.9,
    ),
    Told(
        "talk",
        "劳模讲车间里的十年",
        "从学徒到大国工匠，他怎么走过来的。",
        "讲四十分钟，剩下的时间大家提问。",
        2,
        15,
        1.5,
        **at(PALACE),
        seats=120,
        people=33,
        closes=1.9,
    ),
    Told(
        "family",
        "寒假托管班",
        "小学生寒假托管，管午饭，作业有人辅导。",
        "周一到周五，早八点到晚六点。家长都上班的职工家庭优先。",
        55,
        8,
        10,
        **at(PALACE),
        seats=60,
        opens=6,
        closes=20,
        programme="child-care",
        fields={"mode": "draw", "companions_max": 2},
    ),
    Told(
        "reading",
        "江边读书会：写给女儿的信",
        "读一封信，聊一聊我们想说没说的话。",
        "不用提前读完，来了就好。",
        -3,
        19,
        2,
        **at(LIBRARY),
        seats=25,
        people=22,
        opens=-12,
        closes=-4,
        programme="rose-reading",
        fate="past",
        fields={"takes_photos": True},
    ),
    Told(
        "sport",
        "女职工羽毛球双打",
        "不分水平，抽签配对，重在出汗。",
        "自带球拍，场馆提供球和水。",
        -8,
        14,
        3,
        **at(GYM),
        seats=32,
        people=29,
        opens=-20,
        closes=-9,
        fate="past",
    ),
    Told(
        "course",
        "手机拍出好照片",
        "四个晚上，从构图到修图。",
        NIGHT + "到满三次课发结业证书。",
        -24,
        19,
        1.5,
        **at(PALACE),
        seats=30,
        people=24,
        opens=-40,
        closes=-25,
        programme="digital-skills",
        more=(7, 14, 21),
        fate="past",
    ),
    Told(
        "volunteer",
        "秋收助农半日",
        "帮独居老人收稻子、晒稻谷。",
        "签到后计入志愿服务时长，可以随时开证明。",
        -15,
        8,
        4,
        **at(VILLAGE),
        seats=20,
        people=16,
        opens=-25,
        closes=-16,
        fate="past",
    ),
    Told(
        "matchmaking",
        "咖啡与拼图之夜",
        "四个人拼一张图，拼着拼着就聊开了。",
        "二十位单身职工，有主持人带着。要不要再见，由你自己决定。",
        -4,
        19,
        2,
        **at(LIBRARY),
        seats=20,
        people=12,
        opens=-14,
        closes=-5,
        programme="gathering-of-hearts",
        fate="past",
        fields={"needs_real_name": True, "age_min": 22, "age_max": 50},
    ),
    Told(
        "reading",
        "围炉共读：平原上的母亲",
        "一壶热茶，一本旧书，轮流读出声。",
        "每人读一页，读不完的下周接着读。",
        6,
        19,
        2,
        **at(LIBRARY),
        seats=25,
        people=11,
        closes=5,
        programme="rose-reading",
    ),
    Told(
        "sport",
        "户外拔河比赛",
        "八人一队，输赢都有奖。",
        "以班组为单位报名更热闹。",
        4,
        14,
        3,
        **at(RIVER),
        seats=64,
        people=18,
        closes=3,
        fate="rain",
    ),
    Told(
        "talk",
        "新入职职工工会第一课",
        "工会能为你做什么，一小时讲清楚。",
        "",
        20,
        15,
        1,
        **at(PALACE),
        closes=18,
        fate="draft",
    ),
)
