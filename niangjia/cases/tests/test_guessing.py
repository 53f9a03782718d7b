"""Promise 2 for cases: whoever guesses learns nothing, and each sees what their reach covers."""

import re
import secrets

import pytest
from django.test import Client

from niangjia.cases import services
from niangjia.cases.models import Case, CaseEntry
from niangjia.cases.rules import numbering
from niangjia.cases.selectors import owner_of_account, owner_of_receipt, visible_cases
from niangjia.cases.tests.factories import (
    COMPLAINT,
    make_case,
    make_officer,
    open_by,
)
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.members.models import Reach, Role
from niangjia.members.selectors import current_posts
from niangjia.members.services import ties
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations.models import Employer, Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

#: What changes with each answer and says nothing of the case.
CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": "|nonce=|csrf_token=|"request_id": )"?[^"&]*'
)


@pytest.fixture
def employer(chain):
    return Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)


def answer(browser, path, number, sent):
    """Status and body, with the number itself taken out."""
    address = path.format(number)
    got = browser.get(address) if sent is None else browser.post(address, sent)
    return got.status_code, CHANGING.sub("", got.content.decode()).replace(number, "")


DESK = {
    "/desk/cases/{}/": None,
    "/desk/cases/{}/notes/": {"words": "请问进展如何"},
    "/desk/cases/{}/steps/": {"step": "look", "outcome": "settled"},
}
OWN = {
    "/mine/cases/{}/": None,
    "/mine/cases/{}/messages/": {"words": "请问进展如何"},
    "/mine/cases/{}/withdrawal/": {},
}


@pytest.mark.parametrize("path", DESK)
def test_a_guessed_number_and_a_forbidden_one_have_one_answer_at_the_desk(chain, employer, path):
    case = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    elsewhere = make_officer(make_union("邻县总工会", parent=chain[1], kind=Kind.FEDERATION))
    tied = make_officer(chain[1])
    ties.declare_tie(
        account=tied.account, employer=employer, kind="family", by=tied.account, now=clock.now()
    )
    for post in (elsewhere, tied):
        browser = officer_client(post)
        missing = answer(browser, path, numbering.case_number(), DESK[path])
        assert missing[0] == 404
        assert answer(browser, path, case.number, DESK[path]) == missing
    # The control: whoever may see it has another answer.
    allowed = officer_client(make_officer(chain[2]))
    assert answer(allowed, path, case.number, DESK[path])[0] != 404


@pytest.mark.parametrize("path", OWN)
def test_a_guessed_number_and_another_s_have_one_answer_to_applicants(chain, path):
    mine, other = make_person().account, make_case(union=chain[3])
    own = make_case(union=chain[3], account=mine)
    browser = signed_in(mine)
    missing = answer(browser, path, numbering.case_number(), OWN[path])
    assert missing[0] == 404
    assert answer(browser, path, other.number, OWN[path]) == missing
    assert answer(browser, path, own.number, OWN[path])[0] != 404


def test_forged_receipts_open_nothing(chain, employer):
    opened = open_by(union=chain[3], document=COMPLAINT, accused=employer, anonymous=True)
    named = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    plain = numbering.plain_receipt(opened.receipt)
    swapped = {"A": "B"}.get(plain[0], "A") + plain[1:]
    forged = [
        swapped,
        plain[:-1],
        plain + "A",
        plain[::-1],
        opened.case.number,
        bytes(opened.case.owner_digest).hex(),
        bytes(named.owner_digest).hex(),
        *(numbering.receipt() for _ in range(5)),
    ]
    pages = set()
    for receipt in forged:
        with pytest.raises(NotFound):
            services.find_case_of_receipt(owner=owner_of_receipt(receipt))
        got = Client().post("/services/receipt/", {"receipt": receipt})
        pages.add(CHANGING.sub("", got.content.decode()).replace(receipt, ""))
    assert len(pages) == 1
    found = services.find_case_of_receipt(owner=owner_of_receipt(opened.receipt.lower()))
    assert found == opened.case


def test_a_receipt_of_chance_shows_no_row_of_any_table(chain, employer):
    opened = open_by(union=chain[3], document=COMPLAINT, accused=employer, anonymous=True)
    for owner, rows in (
        (secrets.token_bytes(32), 0),
        (bytes(32), 0),
        (owner_of_account(make_person().account.pk), 0),
        (owner_of_receipt(opened.receipt), 1),
    ):
        with protection.viewing(receipt=owner):
            assert Case.objects.count() == rows
            assert CaseEntry.objects.count() == rows


def test_a_receipt_says_nothing_of_the_internal_part_of_a_timeline(chain, employer):
    opened = open_by(union=chain[3], document=COMPLAINT, accused=employer, anonymous=True)
    services.write_note(
        by=make_officer(chain[2]),
        case_id=opened.case.pk,
        words="内部研判意见，不对外",
        to_applicant=False,
        now=clock.now(),
    )
    reading = services.read_own_case(
        owner=owner_of_receipt(opened.receipt), number=opened.case.number
    )
    assert "内部研判意见，不对外" not in [said.words for _entry, said in reading.timeline]


def test_each_of_two_officers_sees_their_own_reach_and_no_more(chain):
    """By the selector, and by the database with no filter at all."""
    neighbour = make_union("邻县总工会", parent=chain[1], kind=Kind.FEDERATION)
    here, there = make_case(union=chain[3]), make_case(union=neighbour)
    whole = {here.pk, there.pk}
    posts = {
        make_officer(chain[2]): {here.pk},
        make_officer(neighbour): {there.pk},
        make_officer(chain[1]): whole,
        make_officer(chain[1], reach=Reach.UNION): set(),
        make_officer(chain[1], Role.ANALYST): set(),
        make_officer(chain[3], Role.CASE_OFFICER, Reach.UNION): {here.pk},
    }
    for post, expected in posts.items():
        with protection.viewing(account=post.account_id):
            assert set(Case.objects.values_list("pk", flat=True)) == expected
            held = current_posts(post.account)
            seen = visible_cases(held, account=post.account)
            assert set(seen.values_list("pk", flat=True)) == expected
