"""Some two thousand made-up unions all over the country, crowded in a few places."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from stdnum.cn import uscc

from niangjia.core import clock
from niangjia.core.clock import CHINA
from niangjia.operations.demo import Progress
from niangjia.operations.demo import union_words as words
from niangjia.operations.demo.chance import Dice
from niangjia.organisations import services
from niangjia.organisations.models import Employer, Kind, Origin, Union
from niangjia.organisations.services import UnionDetails, UnionDraft, silent
from niangjia.regions import services as regions
from niangjia.regions.models import Division, Level

#: About eight kilometres either way.
SCATTER_DEGREES = 0.08
DAYS_A_YEAR = 365


def load(*, progress: Progress) -> None:
    """The demonstration's unions."""
    make_unions(now=clock.now(), progress=progress)


@transaction.atomic
def make_unions(*, now: dt.datetime, progress: Progress = silent) -> list[Union]:
    """Found the demonstration's unions below the seeded federations; once only.

    Employers, addresses, telephone numbers and people's words are made up, and everything is
    marked so (`Origin.DEMO`). Needs the base table of divisions; brings a few townships along.
    """
    if Union.objects.filter(origin=Origin.DEMO).exists():
        return []
    regions.load_divisions(
        [(code, name, None) for cluster in words.CLUSTERS for code, name in cluster.townships]
    )
    services.plant_federations(now=now, townships=True)
    maker = Maker(now)
    drafts = list(maker.drafts())
    for employer, key in zip(maker.employers, services.next_ids(len(maker.employers)), strict=True):
        employer.pk = key
    Employer.objects.bulk_create(maker.employers, batch_size=1000)
    return services.create_unions(drafts=drafts, origin=Origin.DEMO, now=now, progress=progress)


class Maker:
    """Makes drafts of unions, and collects the employers they are about."""

    def __init__(self, now: dt.datetime) -> None:
        self.today = now.astimezone(CHINA).date()
        self.employers: list[Employer] = []
        seeds = Union.objects.filter(origin=Origin.SEED).select_related("division")
        self.federations = {u.division_id: u for u in seeds if u.kind == Kind.FEDERATION}
        heads = {u.pk: u.name for u in seeds if u.kind == Kind.INDUSTRIAL}
        self.industries = {
            (u.division_id[:2], heads[u.industry_parent_id]): u
            for u in seeds
            if u.industry_parent_id
        }
        self.names: set[str] = set()

    def drafts(self) -> Iterator[UnionDraft]:
        """Every draft, cluster by cluster, then the rest of the country."""
        for cluster in words.CLUSTERS:
            county = self.federations[cluster.code]
            yield from self.joint_unions(county, cluster.area_code, len(words.JOINT))
            townships = [self.federations[code] for code, _name in cluster.townships] or [county]
            for township in townships if cluster.townships else []:
                yield self.township_joint(township, cluster.area_code)
            for n in range(cluster.unions):
                dice = Dice("cluster", cluster.code, n)
                trade = dice.pick(cluster.trades)
                above = county if dice.happens(0.2) else dice.pick(townships)
                yield from self.company_unions(above, trade, cluster.area_code, dice)
        for county in self.counties_elsewhere():
            dice = Dice("county", county.division_id)
            yield from self.joint_unions(county, words.AREA_CODE_ELSEWHERE, dice.number(1, 3))
            for _ in range(dice.number(0, 1)):
                trade = dice.pick(words.EVERYWHERE)
                yield from self.company_unions(county, trade, words.AREA_CODE_ELSEWHERE, dice)

    def counties_elsewhere(self) -> list[Union]:
        """Counties outside the clusters, the same ones every time, from every province."""
        crowded = {cluster.code for cluster in words.CLUSTERS}
        counties = [
            union
            for code, union in self.federations.items()
            if union.division.level == Level.COUNTY and code not in crowded
        ]
        counties.sort(key=lambda union: Dice("order", union.division_id).number(0, 2**40))
        return counties[: words.COUNTIES_ELSEWHERE]

    def joint_unions(self, above: Union, area_code: str, count: int) -> Iterator[UnionDraft]:
        """Joint unions of a county's couriers, drivers and others who have no employer's union."""
        place = above.name.removesuffix("总工会")
        for suffix, trade, admitted in words.JOINT[:count]:
            name = f"{place}{suffix}"
            dice = Dice("joint", name)
            details = self.details(name, trade, above.division, area_code, dice)
            details["admits_directly"] = [admitted]
            yield UnionDraft(name, Kind.JOINT, above.division_id, above, details=details)

    def township_joint(self, above: Union, area_code: str) -> UnionDraft:
        """The joint union of a township's small shops."""
        name = f"{above.division.name}商圈联合工会"
        details = self.details(
            name, "小微企业、个体商户", above.division, area_code, Dice("shops", above.name)
        )
        details["admits_directly"] = ["employee", "casual"]
        return UnionDraft(name, Kind.JOINT, above.division_id, above, details=details)

    def company_unions(
        self, above: Union, trade_key: str, area_code: str, dice: Dice
    ) -> Iterator[UnionDraft]:
        """The union of one made-up employer, and sometimes its groups."""
        trade = words.TRADES[trade_key]
        employer = self.employer(above.division, trade, dice)
        name = f"{employer.name}工会"
        province = above.division_id[:2]
        draft = UnionDraft(
            name,
            Kind.GRASSROOTS,
            above.division_id,
            above,
            industry_parent=self.industries.get((province, trade.industry)),
            employers=[employer],
            details=self.details(name, trade.words, above.division, area_code, dice),
        )
        draft.details["uscc"] = code_of("81", above.division_id, len(self.names) * 2)
        yield draft
        if dice.happens(0.06):
            for group in ("早班工会小组", "晚班工会小组"):
                yield UnionDraft(group, Kind.GROUP, above.division_id, draft)

    def employer(self, division: Division, trade: words.Trade, dice: Dice) -> Employer:
        """A firm whose name no other made-up firm has."""
        county = division.parent if division.level == Level.TOWNSHIP else division
        place = county.short_name if county else ""
        while True:
            brand = dice.pick(words.FIRST) + dice.pick(words.SECOND)
            name = f"{place}{brand}{trade.firm}{dice.pick(words.FORMS)}"
            if trade.firm.endswith(("学校", "医院")):
                name = f"{place}{brand}{trade.firm}"
            if name not in self.names:
                break
        self.names.add(name)
        employer = Employer(
            name=name,
            uscc=code_of("91", division.code, len(self.names) * 2 + 1),
            division=division,
            trade=trade.words,
            address=address_of(division, dice),
            origin=Origin.DEMO,
        )
        self.employers.append(employer)
        return employer

    def details(
        self, name: str, trade: str, division: Division, area_code: str, dice: Dice
    ) -> UnionDetails:
        """Contact, hours, place and committee term of a union."""
        years = dice.pick((3, 5))
        # From 30 days overdue to elected yesterday: some terms are about to end, a few have ended.
        elected = self.today - dt.timedelta(days=dice.number(1, years * DAYS_A_YEAR + 30))
        founded = elected - dt.timedelta(days=dice.number(0, 12 * DAYS_A_YEAR))
        introduction = dice.pick(words.INTRODUCTIONS)
        return UnionDetails(
            trade=trade,
            founded_date=founded,
            committee_term_years=years,
            committee_elected_date=elected,
            committee_ends_date=elected + dt.timedelta(days=years * DAYS_A_YEAR),
            introduction=introduction.format(name=name, year=founded.year, words=trade),
            address=address_of(division, dice),
            phone=f"{area_code}-5550{dice.number(0, 999):03d}",
            opening_hours=dice.pick(words.HOURS),
            longitude=scattered(division.longitude, dice),
            latitude=scattered(division.latitude, dice),
            answer_working_days=dice.pick((1, 2, 3, 3, 3)),
        )


def address_of(division: Division, dice: Dice) -> str:
    """A street address that may not exist."""
    above = division.parent.name if division.level == Level.TOWNSHIP and division.parent else ""
    return f"{above}{division.name}{dice.pick(words.ROADS)} {dice.number(1, 899)} 号"


def scattered(centre: float | None, dice: Dice) -> float | None:
    """A coordinate near the division's, nearer ones being likelier."""
    if centre is None:
        return None
    return round(centre + SCATTER_DEGREES * (dice.share() + dice.share() - 1), 6)


def code_of(prefix: str, division_code: str, serial: int) -> str:
    """A unified social credit code whose check holds and whose middle (DEMO without the letter the
    standard leaves out) shows that nobody was ever given it."""
    body = f"{prefix}{division_code[:6]}DEM{serial:06d}"
    return body + str(uscc.calc_check_digit(body))
