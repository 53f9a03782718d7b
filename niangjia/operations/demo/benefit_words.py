"""The words and figures of the demonstration's benefits: all made up."""

from dataclasses import dataclass
from typing import Any

#: Nobody trades under these names, and the codes, though their check characters hold, are given to
#: nobody.
MERCHANTS = (
    (
        "示范好邻便利店",
        "91330782MA2A00011E",
        "便利店",
        (
            ("好邻便利店（稠州北路店）", "稠州北路 1 号（示范）", 120.0752, 29.3152),
            ("好邻便利店（国际商贸城店）", "福田路 2 号（示范）", 120.1052, 29.3322),
            ("好邻便利店（佛堂店）", "双林路 3 号（示范）", 120.0221, 29.2089),
        ),
    ),
    (
        "示范老街面馆",
        "91330782MA2A00021F",
        "餐饮",
        (("老街面馆（绣湖店）", "绣湖西路 4 号（示范）", 120.0718, 29.3068),),
    ),
    (
        "示范暖胃快餐",
        "91330782MA2A000386",
        "餐饮",
        (("暖胃快餐（火车站店）", "站前大道 5 号（示范）", 120.0351, 29.3775),),
    ),
)
HOLDERS = 40


@dataclass(frozen=True)
class Given:
    """One benefit: what it is, and when it can be had and used, in days from now."""

    kind: str
    name: str
    words: str
    supply: int
    face_fen: int
    had: tuple[float, float]
    used: tuple[float, float]
    options: dict[str, Any]


NOW_OPEN = (
    Given(
        "meal_aid",
        "外卖小哥助餐券",
        "凭券在合作餐厅就餐抵 15 元，外卖骑手、快递员、网约车司机都能领。",
        2_000,
        1_500,
        (-3, 20),
        (-3, 30),
        {"min_bill_fen": 1_500},
    ),
    Given(
        "coupon",
        "冬日热饮券",
        "户外干活喝口热的：在好邻便利店买热饮抵 10 元，可以分次用。",
        500,
        1_000,
        (-1, 10),
        (-1, 25),
        {"is_partial": True, "valid_days": 14},
    ),
    Given(
        "gift",
        "冬送温暖慰问品",
        "一份含大米、食用油和护手霜，工会已经备好，存放在下面的领取点。报名后公开抽签，抽中的出示领取码就能拿走。",
        100,
        20_000,
        (-2, 5),
        (6, 40),
        {"mode": "draw", "is_piece": True},
    ),
)
MUTUAL_AID = Given(
    "mutual_aid",
    "在职职工互助卡",
    "凭卡在合作门店换购生活用品，抵 100 元，可以分次用；按评分发放，领得少的人优先。",
    50,
    10_000,
    (-4, 6),
    (6, 90),
    {"mode": "by_score", "is_partial": True},
)
OVER = Given(
    "coupon",
    "秋季惠工消费券",
    "秋收时节在合作商户消费满 30 元抵 10 元。",
    300,
    1_000,
    (-55, -8),
    (-55, -2),
    {"min_bill_fen": 3_000},
)
BREAKFAST = Given(
    "meal_aid",
    "工友早餐券",
    "早班前吃口热的：在合作餐厅和便利店买早餐，一共抵 30 元，可以分次用。",
    200,
    3_000,
    (-55, -8),
    (-55, -2),
    {"is_partial": True},
)
HOT_DRINK = Given(
    "coupon",
    "户外工友热茶券",
    "户外作业的工友凭券在合作便利店领热茶，抵 10 元。",
    200,
    1_000,
    (-54, -9),
    (-54, -3),
    {},
)
PLANNED = Given(
    "summer_drinks",
    "明年夏送清凉券（草稿）",
    "高温天在合作便利店领取饮料，抵 5 元。",
    5_000,
    500,
    (20, 30),
    (20, 60),
    {"kinds": ("courier", "driver", "casual", "outdoors")},
)
