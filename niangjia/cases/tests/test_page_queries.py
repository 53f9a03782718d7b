"""How often each page of this room asks the database, the second time it is opened: exactly.

What is shown once asks once; a page that asks more often than it says here asks for something
twice, or for each row. Where a list grows, the tests beside its page show that the count does not.
"""

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.cases.tests.factories import make_rule
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from tests.page_queries import assert_counts

pytestmark = pytest.mark.django_db


def at(name, *args, query=""):
    return reverse(f"cases:{name}", args=args) + query


def test_the_desk(matter):
    browser = officer_client(make_post(union=matter.county, role=Role.CHAIR))
    letter, number = matter.write("reminder"), matter.case.number
    pages = {
        "queue": (at("queue"), 12),
        "search": (at("search"), 6),
        "emergency": (at("emergency"), 12),
        "rules": (at("assignment_rules"), 11),
        "rule": (at("assignment_rule", make_rule(matter.county).pk), 10),
        "case": (at("case", number), 31),
        "complaint": (at("case", matter.complaint.number), 31),
        "links": (at("links", number), 8),
        "group": (at("desk_group", matter.complaint.number), 25),
        "follow_up": (
            at("follow_up", matter.complaint.number, query="?item=labour-law-supervision"),
            7,
        ),
        "writing": (at("letter_new", number, query="?template=reminder"), 31),
        "letter": (at("letter", letter.pk), 17),
        "letters": (at("letters"), 11),
        "head": (at("letter_head"), 4),
        "items": (at("items"), 8),
        "union_items": (at("union_items", matter.county.number), 9),
    }
    assert_counts(browser, pages)


def test_whoever_asked(matter):
    browser, number = signed_in(matter.applicant), matter.complaint.number
    pages = {
        "services": (at("catalogue"), 7),
        "service": (at("service", "wage-arrears"), 8),
        "eligibility": (at("eligibility", "wage-arrears"), 7),
        "asking": (at("asking", "wage-arrears"), 13),
        "mine": (at("mine"), 13),
        "case": (at("own_case", number), 15),
        "group": (at("group", number), 10),
        "group_join": (at("group_join"), 3),
        "move": (at("own_move", number), 11),
    }
    assert_counts(browser, pages)


def test_a_visitor(matter):
    pages = {
        "services": (at("catalogue"), 2),
        "service": (at("service", "wage-arrears"), 2),
        "asking": (at("asking", "wage-arrears"), 2),
        "receipt": (at("receipt"), 0),
        "notices": (at("public_notices"), 2),
        "verify": (at("verify"), 0),
    }
    assert_counts(Client(), pages)
