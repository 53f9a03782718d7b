"""As much of somebody as a steward needs, to see that a code is shown by whom it belongs to."""

#: Surnames of two characters that are still common; without them 欧阳 would be greeted as 欧.
COMPOUND_SURNAMES = frozenset(
    (
        *("欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯"),
        *("诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠"),
        *("公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "百里"),
        *("呼延", "东郭", "西门"),
    )
)


def surname(name: str) -> str:
    """The surname of a Chinese name; of one with a dot in it (买买提·艾力), what stands before."""
    for dot in "·•‧・":
        if dot in name:
            return name.partition(dot)[0]
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]


def shown_to_steward(name: str, phone: str) -> str:
    """ "王＊ 1234": the surname and the last four digits of the phone, or what there is of them."""
    last = phone[-4:]
    return f"{surname(name)}＊ {last}".strip() if name else last
