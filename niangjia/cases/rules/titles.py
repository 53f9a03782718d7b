"""Posts as people call them: whoever complains often knows what somebody is, and not their name."""

import re

from niangjia.members.models import Role

#: Said of each role that handles cases or takes calls, without spaces and in small letters.
TITLES: dict[Role, tuple[str, ...]] = {
    Role.CHAIR: ("主席", "一把手", "chair"),
    Role.STAND_IN: ("代理主席", "主持工作", "standinginforthechair", "actingchair"),
    Role.CASE_OFFICER: ("服务专员", "经办人", "办事员", "caseofficer"),
    Role.MEMBERSHIP_OFFICER: ("会员专员", "会籍专员", "membershipofficer"),
    Role.HOTLINE_AGENT: ("热线坐席", "接线员", "话务员", "hotlineagent"),
    Role.ANALYST: ("数据分析员", "统计员", "analyst"),
    Role.ADMINISTRATOR: ("系统管理员", "节点管理员", "administrator"),
}
#: A deputy is somebody else, whom no role tells from their colleagues.
DEPUTY = re.compile(r"(副|vice-?|deputy)(主席|chair(man|woman|person)?)")


def roles_in(words: str) -> set[Role]:
    """The roles whose name stands in `words`, which are without spaces and in small letters."""
    said = DEPUTY.sub("", words)
    return {role for role, titles in TITLES.items() if any(title in said for title in titles)}
