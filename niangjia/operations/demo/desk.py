"""The demonstration's officers: each made-up officer holds one post, somewhere in the tree."""

import datetime as dt
from dataclasses import dataclass

from niangjia.cases.services.letters import set_letter_head
from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Post, Reach, Role
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Kind, Union

#: 义乌市, where the demonstration's officers work.
COUNTY, CITY, PROVINCE, COUNTRY = "330782", "330700", "330000", "100000"


@dataclass(frozen=True)
class Place:
    """Where a demo officer's post is: the federation of a division, or a union right below it."""

    division: str
    role: Role
    at_the_grassroots: bool = False


PLACES = {
    "chair": Place(COUNTY, Role.CHAIR, at_the_grassroots=True),
    "county": Place(COUNTY, Role.MEMBERSHIP_OFFICER),
    "cases": Place(COUNTY, Role.CASE_OFFICER),
    "decides": Place(COUNTY, Role.CHAIR),
    "city": Place(CITY, Role.MEMBERSHIP_OFFICER),
    "province": Place(PROVINCE, Role.CHAIR),
    "hotline": Place(PROVINCE, Role.HOTLINE_AGENT),
    "analyst": Place(COUNTRY, Role.ANALYST),
    "administrator": Place(COUNTRY, Role.ADMINISTRATOR),
}


def load(*, progress: Progress) -> None:
    """Appoint each demo officer, as the node's keeper at the console does; once only."""
    officers = [described for described in demo.described() if described.officer]
    for done, described in enumerate(officers, start=1):
        account = demo.find_account(described.key)
        place = PLACES[described.key]
        held = account and Post.objects.filter(account=account, ended_at=None).exists()
        if account and not held:
            services.appoint_post(
                by=None,
                account=account,
                union=find_union(place),
                role=place.role,
                reach=Reach.SUBTREE,
                now=clock.now(),
            )
        progress(done, len(officers))
    name_an_employer_twice(clock.now())
    mark_letters(clock.now())


def find_union(place: Place) -> Union:
    """The union of a place; at the grassroots the one with the lowest number."""
    federation = federation_of(place.division)
    if not place.at_the_grassroots:
        return federation
    below = Union.objects.filter(kind=Kind.GRASSROOTS, path__startswith=federation.path)
    return below.order_by("number")[:1].get()


def federation_of(division: str) -> Union:
    """The federation of a division, by its code."""
    return (
        Union.objects.filter(kind=Kind.FEDERATION, division_id=division)
        .order_by("depth", "number")[:1]
        .get()
    )


def county_federation() -> Union:
    """The federation of the county where the demonstration's officers work."""
    return federation_of(COUNTY)


def mark_letters(now: dt.datetime) -> None:
    """The county's letters bear its mark, from the first one on."""
    chair = Post.objects.filter(union=county_federation(), role=Role.CHAIR, ended_at=None).first()
    if chair is not None:
        set_letter_head(by=chair, mark="义工", now=now)


def name_an_employer_twice(now: dt.datetime) -> None:
    """The chair's union has its employer in the register twice, as happens: by its code, and as
    somebody typed it years ago, under a name it has no more. Theirs to merge."""
    chair = PLACES["chair"]
    union, by = find_union(chair), demo.find_account("chair")
    known = union.employers.order_by("id").first()
    if by is None or known is None or union.employers.count() > 1:
        return
    short = known.name.removesuffix("有限责任公司").removesuffix("有限公司")
    typed = organisations.add_employer(
        union_id=union.pk, name=f"{short}筹建处", division=known.division, by=by, now=now
    )
    organisations.rename_employer(employer_id=typed.pk, name=f"{short}（旧登记）", by=by, now=now)
