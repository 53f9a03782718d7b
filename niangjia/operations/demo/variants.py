"""What places say differently, made up: a province has set its amounts, a county is about to."""

from typing import Any

from niangjia.cases import services
from niangjia.cases.models import ItemVersion
from niangjia.cases.rules.drafting import parts
from niangjia.core import clock
from niangjia.members.models import Post
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress
from niangjia.organisations.models import Union

#: Yuan, and not those of any real place: the contact of each says so.
AMOUNTS: dict[str, dict[str, int]] = {
    "hardship-aid": {
        "minimum_living_standard": 1200,
        "relative_limit": 1800,
        "sudden_limit": 3600,
    },
    "schooling-aid": {"income_limit": 3600, "aid_amount": 3000},
    "serious-illness-aid": {"threshold": 10000, "most_aid": 20000},
    "legal-aid": {"income_limit": 3600},
    "skills-subsidy": {"subsidy_most": 2000},
}
MADE_UP = {
    "zh": "这里的金额是演示用的虚构数据，请以当地工会公布的为准。",
    "en": "The amounts here are made up for the demonstration.",
}


def load(*, progress: Progress) -> None:
    """The keeper writes, the province's chair publishes; once only. What a county has begun waits
    for its own chair."""
    keeper, province, county = post_of("administrator"), post_of("province"), post_of("decides")
    if ItemVersion.objects.filter(union__depth__gt=0).exists():
        return
    for done, (key, amounts) in enumerate(AMOUNTS.items(), start=1):
        version = write(keeper, province.union, key, {"parameters": amounts, "contact": MADE_UP})
        services.publish_version(by=province, version_id=version.pk, now=clock.now())
        progress(done, len(AMOUNTS))
    write(province, county.union, "hardship-aid", {"promised_term": {"days": 25}})
    write(province, county.union, "station-supplies", {"parameters": {"decide_above": 3000}})


def post_of(key: str) -> Post:
    """The post of a demo account."""
    return Post.objects.select_related("union", "account").get(
        account=demo.find_account(key), ended_at=None
    )


def write(by: Post, union: Union, key: str, said: dict[str, Any]) -> ItemVersion:
    """A draft that says this and nothing else."""
    now = clock.now()
    version = services.begin_draft(by=by, union=union, key=key, now=now)
    for field, value in said.items():
        part = next(name for name, (_label, fields) in parts.PARTS.items() if field in fields)
        version = services.save_part(
            by=by,
            version_id=version.pk,
            part=part,
            value={**parts.value_at(version.content, part), field: value},
            seen=parts.seen(version.content, part),
            now=now,
        )
    return version
