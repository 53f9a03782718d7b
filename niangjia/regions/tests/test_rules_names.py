import pytest

from niangjia.regions.rules import codes, names, readings


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("浙江省", "浙江"),
        ("义乌市", "义乌"),
        ("津市市", "津市"),
        ("芒市", "芒市"),
        ("忠县", "忠县"),
        ("城区", "城区"),
        ("浦东新区", "浦东"),
        ("神农架林区", "神农架"),
        ("六枝特区", "六枝"),
        ("香港特别行政区", "香港"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("宁夏回族自治区", "宁夏"),
        ("广西壮族自治区", "广西"),
        ("恩施土家族苗族自治州", "恩施"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("龙胜各族自治县", "龙胜"),
        ("东乡族自治县", "东乡"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("塔什库尔干塔吉克自治县", "塔什库尔干"),
        ("白沙黎族自治县", "白沙"),
        ("土默特左旗", "土默特左旗"),
        ("阿鲁科尔沁旗", "阿鲁科尔沁"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("大兴安岭地区", "大兴安岭"),
        ("市辖区", "市辖区"),
        ("省直辖县级行政区划", "省直辖县级行政区划"),
        ("稠城街道", "稠城"),
        ("佛堂镇", "佛堂"),
        ("柳城畲族镇", "柳城畲族"),
        ("沐尘畲族乡", "沐尘"),
    ],
)
def test_short_names(name, short):
    assert names.short_name(name) == short


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("义乌市", "yiwushi", "yws"),
        ("义乌市总工会", "yiwushizonggonghui", "ywszgh"),
        ("重庆", "chongqing", "cq"),
        ("厦门", "xiamen", "xm"),
        ("六安", "luan", "la"),
        ("六合区", "luhequ", "lhq"),
        ("台州", "taizhou", "tz"),
        ("丽水", "lishui", "ls"),
        ("乐清", "yueqing", "yq"),
        ("乐亭", "laoting", "lt"),
        ("乐山", "leshan", "ls"),
        ("蚌埠", "bengbu", "bb"),
        ("亳州", "bozhou", "bz"),
        ("番禺", "panyu", "py"),
        ("吐鲁番", "tulufan", "tlf"),
        ("东莞", "dongguan", "dg"),
        ("长沙", "changsha", "cs"),
        ("长葛", "changge", "cg"),
        ("长子县", "zhangzixian", "zzx"),
        ("成都", "chengdu", "cd"),
        ("都匀", "duyun", "dy"),
        ("花都", "huadu", "hd"),
        ("朝阳", "chaoyang", "cy"),
        ("漯河", "luohe", "lh"),
        ("什邡", "shifang", "sf"),
        ("单县", "shanxian", "sx"),
        ("莘县", "shenxian", "sx"),
        ("浚县", "xunxian", "xx"),
        ("大城县", "daichengxian", "dcx"),
        ("涡阳", "guoyang", "gy"),
        ("尉犁", "yuli", "yl"),
        ("歙县", "shexian", "sx"),
        ("曲阜", "qufu", "qf"),
        ("西藏", "xizang", "xz"),
        ("大栅栏街道", "dashilanjiedao", "dsljd"),
        ("乌鲁木齐", "wulumuqi", "wlmq"),
    ],
)
def test_readings_of_places(name, pinyin, initials):
    assert readings.pinyin(name) == pinyin
    assert readings.initials(name) == initials


def test_latin_letters_and_digits_stay():
    assert readings.pinyin("T3 出行（义乌）") == "t3chuxingyiwu"
    assert readings.initials("第12小组") == "d12xz"


@pytest.mark.parametrize("code", ["33078", "0330782", "33078200", "abcdef", "", "３３０７８２"])
def test_what_is_no_code(code):
    assert not codes.is_code(code)


def test_rungs_are_no_places():
    assert codes.is_pseudo("市辖区")
    assert not codes.is_pseudo("浦东新区")
