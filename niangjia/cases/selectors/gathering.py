"""Services, on pages that gather things of several rooms."""

from collections.abc import Collection

from django.urls import reverse

from niangjia.cases.selectors.items import Offered, list_offered
from niangjia.core.gathering import Gathered
from niangjia.organisations.models import Union


def gathered(offered: Offered) -> Gathered:
    document = offered.document
    return Gathered(
        key=offered.item.key,
        title=str(document.name),
        text=str(document.summary),
        url=reverse("cases:service", args=[offered.item.key]),
        icon="hand-helping",
    )


def listed(union: Union) -> list[Gathered]:
    """Every service that is offered at `union`."""
    return [gathered(each) for each in list_offered(union)]


def found(union: Union, keys: Collection[str]) -> list[Gathered]:
    """Those of `keys` that are offered there still."""
    return [gathered(each) for each in list_offered(union) if each.item.key in keys]
