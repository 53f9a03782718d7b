"""A finished service, its rating and what follows, for tests."""

import uuid
from dataclasses import dataclass
from typing import Any

from niangjia.core import clock, protection
from niangjia.feedback import services
from niangjia.feedback.models import Invitation, Rating, RectificationOrder
from niangjia.members.models import Account, Person, Post, Reach, Role
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Union

ITEM = {"zh": "欠薪维权帮助", "en": "Help with unpaid wages"}


@dataclass
class Office:
    """A chain of unions with an officer at each, and the rated officer at the lowest."""

    province: Post
    city: Post
    county: Post
    colleague: Post
    rated: Post

    @property
    def union(self) -> Union:
        """Where the service was done."""
        return self.rated.union


def make_case_officer(union: Union, *, reach: Reach = Reach.SUBTREE, **fields: Any) -> Post:
    """Somebody who works on cases, puts right and calls back."""
    return Post.objects.create(
        account=fields.pop("account", None) or make_account(),
        union=union,
        role=Role.CASE_OFFICER,
        reach=reach,
        appointed_at=clock.now(),
        **fields,
    )


def make_office() -> Office:
    """Province, city, county and a grassroots union, one officer at each and two at the lowest."""
    province, city, county, grassroots = make_chain()
    return Office(
        province=make_case_officer(province),
        city=make_case_officer(city),
        county=make_case_officer(county),
        colleague=make_case_officer(grassroots),
        rated=make_case_officer(grassroots),
    )


def invite(
    office: Office, *, person: Person | bool | None = None, **given: Any
) -> services.Invited:
    """An invitation to somebody served at the office's union; `person=False` for nobody known."""
    served = None if person is False else person or make_person()
    account: Account | None = getattr(served, "account", None)
    return services.invite_rating(
        **{
            "subject_kind": "case",
            "subject_id": uuid.uuid4(),
            "item_key": "wage-arrears",
            "item_name": ITEM,
            "union": office.union,
            "rated": office.rated.account,
            "person": served,
            "account": account,
            "finished_at": clock.now(),
            "now": clock.now(),
            **given,
        }
    )


def rate(invitation: Invitation, level: int = 5, **given: Any) -> Rating:
    """A rating by link, unless told otherwise."""
    return services.rate(
        **{
            "invitation": invitation,
            "channel": "link",
            "level": level,
            "now": clock.now(),
            **given,
        }
    )


def make_order(office: Office, **given: Any) -> RectificationOrder:
    """The order that a bad rating opened."""
    words = {
        name: given.pop(name) for name in ("words", "is_named", "may_be_shown") if name in given
    }
    rating = rate(invite(office, **given).invitation, level=1, **words)
    with protection.working("tests"):
        return RectificationOrder.objects.select_related(
            "rating__invitation", "handled_by", "union"
        ).get(rating=rating)


def to_review(office: Office, order: RectificationOrder) -> RectificationOrder:
    """Verified, put right and told, by the colleague of the rated officer."""
    for step in ("verification", "rectification", "answer"):
        order = take(office.colleague, order, step)
    return order


def take(post: Post, order: RectificationOrder, step: str, **given: Any) -> RectificationOrder:
    """One step, with words."""
    return services.take_step(
        **{
            "by": post,
            "order": order,
            "step": step,
            "words": "已核实，并已联系本人处理。",
            "finding": "founded",
            "now": clock.now(),
            **given,
        }
    )
