"""Short names: what people say (义乌) for what the table writes (义乌市)."""

from niangjia.regions.rules.codes import is_pseudo

PEOPLES_IN_A_ROW = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 "
    "高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 "
    "普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 "
    "珞巴 基诺 各"
)
PEOPLES = PEOPLES_IN_A_ROW.split()
#: 蒙古自治州 leaves out the 族; names of one character would cut into place names (白, 水, 土).
PEOPLES_WITHOUT_SUFFIX = [people for people in PEOPLES if len(people) > 1]
ENDINGS_OF_PEOPLES = tuple(f"{people}族" for people in PEOPLES) + tuple(PEOPLES_WITHOUT_SUFFIX)

AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗", "民族乡", "族乡", "民族苏木")
SUFFIXES = (
    "特别行政区",
    "行政委员会",
    "街道办事处",
    "街道",
    "地区",
    "新区",
    "林区",
    "特区",
    "省",
    "市",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
    "苏木",
)
#: A banner called Left, Right, Front, Middle or Rear keeps its 旗: 土默特左旗.
KEEPS_ITS_BANNER = ("左旗", "右旗", "前旗", "中旗", "后旗")
#: One character is no name anybody uses: 忠县 stays 忠县.
SHORTEST = 2


def short_name(name: str) -> str:
    """`name` without its suffix and without the peoples of an autonomous area.

    义乌市 is 义乌, 恩施土家族苗族自治州 is 恩施, 浦东新区 is 浦东; rungs such as 市辖区 stay whole.
    """
    if is_pseudo(name) or name.endswith(KEEPS_ITS_BANNER):
        return name
    for suffix in AUTONOMOUS:
        if name.endswith(suffix):
            # "…族乡": the 族 belongs to the people's name.
            stem = name.removesuffix("乡") if suffix == "族乡" else name.removesuffix(suffix)
            return _without_peoples(stem)
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= SHORTEST:
            return name.removesuffix(suffix)
    return name


def _without_peoples(stem: str) -> str:
    while True:
        shorter = next(
            (
                stem.removesuffix(ending)
                for ending in ENDINGS_OF_PEOPLES
                if stem.endswith(ending) and len(stem) - len(ending) >= SHORTEST
            ),
            None,
        )
        if shorter is None:
            return stem.removesuffix("族") if len(stem) > SHORTEST else stem
        stem = shorter
