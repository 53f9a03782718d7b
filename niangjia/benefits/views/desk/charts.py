"""What the charts of benefits say, and the points they draw. Sums in yuan."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.allocation.models import Share
from niangjia.allocation.rules.charts import Supply, supplies_chart
from niangjia.allocation.selectors import count_waiting
from niangjia.benefits.models import Benefit, Budget
from niangjia.benefits.rules.money import decimal_of, yuan_of
from niangjia.benefits.selectors.books import Cost
from niangjia.benefits.selectors.levels import Level
from niangjia.benefits.selectors.signals import Evidence
from niangjia.benefits.selectors.statements import Owed
from niangjia.core import clock
from niangjia.core.charts import Chart, Point


def chart_of_budgets(budgets: Sequence[Budget]) -> Chart | None:
    """What of each is set aside and what is free, where there are two to compare."""
    if len(budgets) < 2:
        return None
    most = max(budgets, key=lambda each: each.free)
    return Chart(
        id="budgets-drawn",
        kind="parts",
        title=_("%(name)s has the most that is free: %(free)s yuan")
        % {"name": most, "free": yuan_of(most.free)},
        source=_("budgets of this node"),
        date=clock.today(),
        row_label=_("Budget"),
        part_labels=[_("Set aside"), _("Free")],
        table_url="#budgets",
        points=[
            Point(
                str(each),
                parts=(decimal_of(each.committed), decimal_of(each.free)),
                url=reverse("benefits:budget", args=[each.pk]),
            )
            for each in budgets
        ],
    )


def chart_of_costs(budget: Budget, costs: Sequence[Cost]) -> Chart | None:
    """Where a budget went: what was paid for each benefit, and what is still set aside for it."""
    if not costs:
        return None
    return Chart(
        id="costs",
        kind="parts",
        title=_("%(paid)s yuan have reached people, %(free)s are free")
        % {"paid": yuan_of(sum(each.paid_fen for each in costs)), "free": yuan_of(budget.free)},
        source=_("coupons and budgets of this node"),
        date=clock.today(),
        row_label=_("Benefit"),
        part_labels=[_("Paid with coupons, in yuan"), _("Set aside, in yuan")],
        points=[
            Point(
                each.name,
                parts=(decimal_of(each.paid_fen), decimal_of(each.waiting_fen)),
                url=reverse("benefits:desk_benefit", args=[each.number]),
            )
            for each in costs
        ],
    )


def chart_of_supply(benefit: Benefit, shares: Sequence[Share]) -> Chart | None:
    """What of a benefit is given and left: of what is for everybody, and of what is kept for unions
    below. One query."""
    pool = benefit.pool
    if pool is None:
        return None
    waiting = count_waiting([pool.pk]).get(pool.pk, 0)
    by_shares = sum(share.taken for share in shares)
    supplies = [
        Supply(_("For everybody it is for"), pool.stock.taken - by_shares, pool.stock.left, waiting)
    ]
    supplies += [Supply(share.union.name, share.taken, share.left) for share in shares[:15]]
    return supplies_chart(supplies, chart_id="supply", row_label=_("Kept for"), today=clock.today())


def chart_of_settlement(owed: Sequence[Owed]) -> Chart | None:
    """What each merchant is paid for the newest month, where there are two to compare."""
    if len(owed) < 2:
        return None
    most = owed[0]
    return Chart(
        id="settlement",
        kind="parts",
        title=_("%(month)s: %(name)s is due the most, %(sum)s yuan")
        % {
            "month": f"{most.month:%Y-%m}",
            "name": most.name,
            "sum": yuan_of(most.paid_fen + most.open_fen),
        },
        source=_("statements of this node"),
        date=clock.today(),
        row_label=_("Merchant"),
        part_labels=[_("Paid out, in yuan"), _("Still to be paid, in yuan")],
        points=[
            Point(each.name, parts=(decimal_of(each.paid_fen), decimal_of(each.open_fen)))
            for each in owed
        ],
    )


def chart_of_levels(levels: Sequence[Level]) -> Chart | None:
    """What each union below pays with all below it, where there are two to compare."""
    if len(levels) < 2:
        return None
    most = max(levels, key=lambda each: each.open_fen)
    return Chart(
        id="levels",
        kind="parts",
        title=_("%(name)s has the most still to pay: %(sum)s yuan")
        % {"name": most.union, "sum": yuan_of(most.open_fen)},
        source=_("statements of this node"),
        date=clock.today(),
        row_label=_("Union"),
        part_labels=[_("Paid out, in yuan"), _("Still to be paid, in yuan")],
        table_url="#levels-table",
        points=[
            Point(each.union.name, parts=(decimal_of(each.paid_fen), decimal_of(each.open_fen)))
            for each in levels
        ],
    )


def chart_of_holders(evidence: Evidence) -> Chart:
    """How many came in the time that looks odd, and how many do at most otherwise."""
    return Chart(
        id="holders",
        title=_("%(now)s different holders then, %(usual)s at most before")
        % {"now": evidence.holders, "usual": evidence.usual_holders},
        source=_("redemptions of this node"),
        date=clock.today(),
        row_label=_("When it was"),
        value_label=_("Different holders"),
        points=[
            Point(_("At that time"), evidence.holders),
            Point(_("At most in as long, in the 28 days before"), evidence.usual_holders),
        ],
    )
