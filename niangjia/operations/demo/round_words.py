"""What the rounds of the demonstration found."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wrong:
    """Something that was wrong: the item of the checklist, what was said, and what was done."""

    item: str
    words: str
    answer: str = "bad"
    mended: str = ""
    is_reviewed: bool = False


@dataclass(frozen=True)
class Walked:
    """A round that was done so long ago."""

    name: str
    ago: dt.timedelta
    places: tuple[str, ...]
    wrong: dict[str, list[Wrong]] = field(default_factory=dict)


#: Places that the demonstration's worker keeps; the first is ticked without a gap.
KEPT = ("绣湖广场工会驿站", "江滨公园南门驿站", "宗泽路爱心驿站")
DONE = (
    Walked(
        "城区站点秋季巡查",
        dt.timedelta(days=75),
        ("绣湖广场工会驿站", "宾王路户外劳动者驿站", "江滨公园南门驿站", "县前街环卫驿站",
         "篁园路骑手驿站", "国际商贸城一区驿站"),
        {
            "宾王路户外劳动者驿站": [
                Wrong("sign", "门头牌子褪色，看不清编码", mended="换了新牌子", is_reviewed=True)
            ],
            "县前街环卫驿站": [Wrong("meal", "微波炉转盘碎了，不加热")],
        },
    ),
    Walked(
        "城东站点巡查",
        dt.timedelta(days=12),
        ("江滨公园南门驿站", "东洲路工会驿站", "宗泽路爱心驿站", "下王二区驿站", "青口骑手驿站"),
        {
            "江滨公园南门驿站": [
                Wrong("layout", "两把椅子断了腿，堆在门口"),
                Wrong("medicine", "碘伏和藿香正气水都过期了", mended="过期药已清掉，补了新的"),
            ],
            "下王二区驿站": [Wrong("fire", "插线板冒过火星，外壳烧黑", answer="danger")],
            "青口骑手驿站": [
                Wrong("hours", "门口贴的还是夏天的时间", mended="换成冬季时间", is_reviewed=True)
            ],
        },
    ),
)  # fmt: skip
ON_THE_WAY = (
    "工人西路爱心驿站",
    "化工路快递小哥之家",
    "春晗驿站",
    "凌云路骑手驿站",
    "雪峰西路爱心驿站",
)
