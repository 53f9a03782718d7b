"""One of everything the site keeps, for tests that visit every address."""

import uuid
from http.cookies import SimpleCookie

from allauth.mfa.models import Authenticator
from django.test import Client

from niangjia.activities.tests.foreign import MISSING_ACTIVITIES, make_activities
from niangjia.allocation.tests.foreign import MISSING_ALLOCATED, make_allocated
from niangjia.benefits.tests.foreign import MISSING_BENEFITS, make_benefits
from niangjia.cases.tests.factories import (
    AID,
    make_case,
    make_file,
    make_grant,
    make_officer,
    make_rule,
    make_variant,
    publish,
)
from niangjia.cases.tests.letters import DECISION, make_letter
from niangjia.core import clock
from niangjia.feedback.tests.foreign import MISSING_RATED, make_rated
from niangjia.hotline.tests.factories import NUMBER
from niangjia.hotline.tests.foreign import MISSING_HOTLINE, make_hotline
from niangjia.hotline.tests.foreign_orders import MISSING_ORDERS, make_order
from niangjia.members import services
from niangjia.members.models import Account, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, make_substitution, signed_in
from niangjia.members.tests.factories.joining import make_application, make_membership
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_employer, serial
from niangjia.places.tests.foreign import MISSING_PLACES, make_places

NOBODYS = str(uuid.UUID(int=7))
MISSING = {
    **MISSING_RATED,
    **MISSING_HOTLINE,
    **MISSING_ORDERS,
    **MISSING_ALLOCATED,
    **MISSING_ACTIVITIES,
    **MISSING_BENEFITS,
    **MISSING_PLACES,
    **dict.fromkeys(("case_file", "grant", "letter", "letter_file", "substitution"), NOBODYS),
    **dict.fromkeys(("assignment_rule", "item_version", "employer", "post"), NOBODYS),
    **dict.fromkeys(("notice", "token"), NOBODYS),
    "passkey": "7999999",
}
#: Found by a number, which may have any length.
NUMBERED = ("application", "case", "membership", "union")


def missing_of(objects: dict[str, str]) -> dict[str, str]:
    """What no object has, by kind, written just as what `objects` have."""
    return MISSING | {kind: "9" * len(objects[kind]) for kind in NUMBERED}


def offer_services() -> None:
    """What cases are asked for, in the whole country."""
    publish(AID, letters=[DECISION])


def make_objects(
    union: Union, account: Account, *, applicant: Account | None = None, line: str = NUMBER
) -> dict[str, str]:
    """One of each at `union`, `account`'s own wherever it is somebody's: kind → what stands in the
    address. `line` is the number of the union's hotline. Nobody applies twice at once: beside an
    application of the account's, another `applicant`'s."""
    application = make_application(union=union, account=applicant or account)
    case = make_case(union=union, account=account)
    letter, receipt = make_letter(case, make_officer(union))
    passkey = Authenticator.objects.create(
        pk=7_000_000 + next(serial), user=account, type=Authenticator.Type.WEBAUTHN, data={}
    )
    _text, token = services.create_token(
        by=account,
        name=f"mine {next(serial)}",
        scopes=["read"],
        days=30,
        second_factor=False,
        now=clock.now(),
    )
    return {
        **make_rated(union, account),
        **make_hotline(union, line),
        **make_order(union),
        **make_allocated(union, account),
        **make_activities(union, account),
        **make_benefits(union, account),
        **make_places(union, account),
        "application": application.number,
        "case": case.number,
        "case_file": make_file(case),
        "grant": str(make_grant(case).pk),
        "letter": str(letter.pk),
        "letter_file": str(receipt.pk),
        "substitution": str(make_substitution(union).pk),
        "assignment_rule": str(make_rule(union).pk),
        "item_version": str(make_variant(union).pk),
        "membership": make_membership(union=union).number,
        "union": union.number,
        "employer": str(make_employer(union).pk),
        "post": str(make_post(union=union).pk),
        "notice": str(account.notices.earliest("id").pk),
        "passkey": str(passkey.pk),
        "token": str(token.pk),
    }


def office(union: Union, role: Role = Role.CHAIR) -> Client:
    """The browser of an officer at `union`, a person with a second factor."""
    account = make_person().account
    return signed_in(make_post(union=union, role=role, account=account).account)


def again(client: Client) -> Client:
    """Another browser with the same cookies."""
    other = Client()
    other.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    return other
