"""How often each page of this room asks the database, the second time it is opened: exactly.

What is shown once asks once; a page that asks more often than it says here asks for something
twice, or for each row. Where a list grows, the tests beside its page show that the count does not.
"""

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.cases.tests.factories import make_rule
from niangjia.core.tests.costs import costs
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db


def at(name, *args, query=""):
    return reverse(f"cases:{name}", args=args) + query


def test_the_desk(matter):
    browser = officer_client(make_post(union=matter.county, role=Role.CHAIR))
    letter, number = matter.write("reminder"), matter.case.number
    pages = {
        at("queue"): 11,
        at("search"): 5,
        at("emergency"): 9,
        at("assignment_rules"): 11,
        at("assignment_rule", make_rule(matter.county).pk): 10,
        at("case", number): 10,
        at("case", matter.complaint.number): 10,
        at("links", number): 5,
        at("desk_group", matter.complaint.number): 13,
        at("follow_up", matter.complaint.number, query="?item=labour-law-supervision"): 5,
        at("letter_new", number, query="?template=reminder"): 15,
        at("letter", letter.pk): 12,
        at("letters"): 11,
        at("letter_head"): 4,
        at("items"): 7,
        at("union_items", matter.county.number): 8,
    }
    assert costs(browser, pages) == pages


def test_whoever_asked(matter):
    browser, number = signed_in(matter.applicant), matter.complaint.number
    pages = {
        at("catalogue"): 6,
        at("service", "wage-arrears"): 7,
        at("eligibility", "wage-arrears"): 6,
        at("asking", "wage-arrears"): 12,
        at("mine"): 13,
        at("own_case", number): 9,
        at("group", number): 9,
        at("group_join"): 3,
        at("own_move", number): 9,
    }
    assert costs(browser, pages) == pages


def test_a_visitor(matter):
    pages = {
        at("catalogue"): 2,
        at("service", "wage-arrears"): 2,
        at("asking", "wage-arrears"): 2,
        at("receipt"): 0,
        at("public_notices"): 2,
        at("verify"): 0,
    }
    assert costs(Client(), pages) == pages
