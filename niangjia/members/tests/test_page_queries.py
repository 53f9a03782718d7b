"""How often each page of this room asks the database, the second time it is opened: exactly."""

import pytest
from django.urls import reverse

from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import (
    make_post,
    make_substitution,
    officer_client,
    signed_in,
)
from niangjia.members.tests.factories.joining import make_application, make_membership
from niangjia.organisations.tests.factories import make_employer
from tests.page_queries import assert_counts

pytestmark = pytest.mark.django_db


def at(name, *args, query=""):
    return reverse(f"members:{name}", args=args) + query


def test_the_desk(chain):
    browser = officer_client(make_post(union=chain[2], role=Role.CHAIR))
    union, application = chain[3].number, make_application(union=chain[3])
    make_membership(union=chain[3])
    make_employer(chain[3])
    make_substitution(chain[2])
    pages = {
        "inbox": (at("desk"), 5),
        "application": (at("desk_application", application.number), 6),
        "go": (at("go"), 3),
        "substitutes": (at("substitutes"), 7),
        "look_up": (at("look_up"), 3),
        "paper_member": (at("paper_member"), 3),
        "tree": (at("tree"), 4),
        "union": (at("desk_union", union), 8),
        "edit": (at("union_edit", union), 4),
        "founding": (at("union_founding", union), 4),
        "employers": (at("union_employers", union), 7),
        "move": (at("union_move", union), 4),
        "dissolution": (at("union_dissolution", union), 4),
        "union_posts": (at("union_posts", union), 5),
        "calendar": (at("calendar"), 6),
    }
    assert_counts(browser, pages)


def test_ones_own(chain):
    membership = make_membership(union=chain[3])
    browser = signed_in(membership.person.account)
    pages = {
        "account": (at("account"), 5),
        "identity": (at("identity"), 5),
        "phone": (at("phone"), 3),
        "privacy": (at("privacy"), 4),
        "consents": (at("consents"), 5),
        "deletion": (at("deletion"), 7),
        "tokens": (at("tokens"), 4),
        "mine": (at("mine"), 18),
        "membership": (at("membership"), 5),
        "resignation": (at("resignation"), 4),
        "card": (at("card"), 4),
        "notices": (at("notices"), 5),
    }
    assert_counts(browser, pages)
