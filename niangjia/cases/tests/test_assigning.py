"""Cases find their officers by the rules of their union."""

import datetime as dt

import pytest
from django.utils.translation import override

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.rules import assigning as rules
from niangjia.cases.rules.assigning import Candidate
from niangjia.cases.selectors.assigning import list_rules, rules_of
from niangjia.cases.selectors.surroundings import find_employer
from niangjia.cases.services.assigning import assign_by_rule
from niangjia.cases.tests.factories import (
    COMPLAINT,
    fresh,
    make_case,
    make_officer,
    make_rule,
)
from niangjia.core import clock, protection
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members.models import Notice, Role
from niangjia.members.selectors import current_posts
from niangjia.members.services.substitutions import name_substitute
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(chain):
    """Two case officers of the grassroots union."""
    return [
        make_officer(chain[3], Role.CASE_OFFICER, account=make_person().account) for _ in range(2)
    ]


def shares(staff, *weights):
    return {post.account_id: weight for post, weight in zip(staff, weights, strict=False)}


def owners(union, count, **options):
    return [
        fresh(
            make_case(union=union, now=MONDAY + dt.timedelta(minutes=n), **options)
        ).assigned_to_id
        for n in range(count)
    ]


def test_without_a_rule_a_case_is_nobodys_and_one_statement_says_so(
    chain, django_assert_num_queries
):
    case = make_case(union=chain[3])
    assert fresh(case).assigned_to_id is None
    # The scope and the statement.
    with django_assert_num_queries(2), protection.working("test"):
        assign_by_rule(fresh_held(case), now=MONDAY)


def fresh_held(case):
    case.assigned_to_id = None
    return case


def test_the_fewest_open_cases_for_their_share(chain, staff):
    make_rule(chain[3], weights=shares(staff, 2, 1))
    given = owners(chain[3], 6)
    counts = [given.count(post.account_id) for post in staff]
    assert counts == [4, 2]


def test_one_after_the_other(chain, staff):
    make_rule(chain[3], way="rotation", weights=shares(staff, 1, 1))
    given = owners(chain[3], 4)
    assert given[0] != given[1]
    assert given[:2] == given[2:]


def test_whoever_asked_before_comes_to_who_knows_them(chain, staff):
    account = make_person().account
    first = make_case(union=chain[3], account=account, now=MONDAY)
    services.assign_case(by=staff[1], case_id=first.pk, to=staff[1].account, now=MONDAY)
    make_rule(chain[3], weights=shares(staff, 9, 1))
    again = make_case(union=chain[3], account=account, now=MONDAY)
    assert fresh(again).assigned_to_id == staff[1].account_id
    (entry,) = assigned(again)
    assert entry.facts["why"] == "person"
    assert entry.facts["rule"] == "均衡分派"


def assigned(case):
    with protection.working("test"):
        return list(CaseEntry.objects.filter(case=case, kind=EntryKind.ASSIGNED))


@pytest.mark.parametrize("why", ["leave", "tied", "own", "ended"])
def test_whoever_cannot_have_it_is_left_out(chain, staff, why):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    out, other = staff
    make_rule(chain[3], weights=shares(staff, 9, 1))
    options = {}
    if why == "leave":
        today = clock.now().astimezone(clock.CHINA).date()
        name_substitute(
            by=out.account,
            absent=out.account,
            substitute=other.account,
            first=today,
            last=today,
            now=clock.now(),
        )
        options = {"now": clock.now()}
    elif why == "tied":
        theirs = make_union(parent=chain[2])
        theirs.employers.add(employer)
        make_officer(theirs, Role.ANALYST, account=out.account)
        options = {"document": COMPLAINT, "accused": employer}
    elif why == "own":
        options = {"account": out.account}
    else:
        out.ended_at = MONDAY
        out.save()
    case = make_case(union=chain[3], **{"now": MONDAY, **options})
    assert fresh(case).assigned_to_id == other.account_id


def test_the_first_rule_that_fits_and_has_somebody_is_the_one(chain, staff):
    first, second = staff
    make_rule(chain[3], name="急件", position=1, urgent_only=True, weights=shares([first], 1))
    make_rule(chain[3], name="英文", position=2, language="en", weights=shares([first], 1))
    make_rule(chain[3], name="其他", position=3, weights=shares([second], 1))
    assert fresh(make_case(union=chain[3])).assigned_to_id == second.account_id
    with override("en"):
        assert fresh(make_case(union=chain[3])).assigned_to_id == first.account_id


def test_by_item_place_and_employer_under_every_name(chain, staff):
    heir = Employer.objects.create(name="新名公司", division=chain[2].division)
    old = Employer.objects.create(name="旧名公司", division=chain[2].division, merged_into=heir)
    rule = make_rule(chain[3], employer=old, division=chain[2].division)
    case = make_case(union=chain[3], document=COMPLAINT, accused=heir)
    assert rules.fits(rule, case, {old.pk, heir.pk})
    assert not rules.fits(rule, case, {heir.pk})
    elsewhere = make_case(union=make_union(), document=COMPLAINT, accused=heir)
    assert rules.fits(rule, elsewhere, {old.pk}) is rules.is_within(
        elsewhere.division_id, chain[2].division_id
    )
    assert assigned(case)
    rule.item = case.item
    assert not rules.fits(rule, make_case(union=chain[3]), {old.pk})


@pytest.mark.parametrize(
    ("code", "place", "within"),
    [("330782", "330700", True), ("330782", "330782", True), ("330700", "330782", False)],
)
def test_a_place_holds_what_lies_in_it(code, place, within):
    assert rules.is_within(code, place) is within


def test_nobody_is_chosen_among_nobody(chain):
    rule = make_rule(chain[3])
    assert rules.choose(rule, []) is None
    one, other = (Candidate(make_person().account.pk, load=n) for n in (0, 1))
    assert rules.choose(rule, [one, other]).account_id == one.account_id
    assert rules.choose(rule, [one], known=other.account_id).why == "least"


def test_a_transfer_is_assigned_where_it_goes_and_a_hand_has_the_last_word(chain, staff):
    beside = make_union("邻厂工会", parent=chain[2])
    theirs = make_officer(beside, Role.CASE_OFFICER)
    make_rule(beside)
    case = make_case(union=chain[3])
    chair = make_officer(chain[2])
    services.transfer_case(
        by=chair, case_id=case.pk, to=beside, reason="应由邻厂工会办理，请接收", now=clock.now()
    )
    given = fresh(case).assigned_to_id
    assert given in {theirs.account_id, *all_at(beside)}
    services.assign_case(by=chair, case_id=case.pk, to=theirs.account, now=clock.now())
    held = fresh(case)
    with protection.working("test"):
        assert not assign_by_rule(held, now=clock.now())
    assert fresh(case).assigned_to_id == theirs.account_id


def all_at(union):
    return union.posts.values_list("account_id", flat=True)


def test_what_nobody_has_is_assigned_once_and_only_what_one_sees(chain, staff):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    plain = make_case(union=chain[3])
    hidden = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    tied = make_officer(chain[3])
    theirs = make_union(parent=chain[2])
    theirs.employers.add(employer)
    make_officer(theirs, Role.ANALYST, account=tied.account)
    make_rule(chain[3], weights=shares(staff, 1, 1))
    counted = [
        services.assign_queue(by=tied, union=chain[3], now=clock.now()) for _twice in range(2)
    ]
    assert counted == [1, 0]
    assert fresh(plain).assigned_to_id
    assert fresh(hidden).assigned_to_id is None


def test_a_decoy_is_given_away_like_any_other(chain, staff):
    make_rule(chain[3], weights=shares(staff, 1, 1))
    decoy = services.plant_decoy(
        by=make_officer(chain[1]),
        union=chain[3],
        item_key="test-aid",
        answers={"reason": "家里有人生病"},
        now=MONDAY,
    )
    given, other = sorted(staff, key=lambda post: post.account_id != fresh(decoy).assigned_to_id)
    assert fresh(decoy).assigned_to_id == given.account_id
    for post, alarms in ((given, 0), (other, 1)):
        services.read_case(
            by=post.account,
            posts=current_posts(post.account),
            number=decoy.number,
            now=clock.now(),
        )
        assert AuditEntry.objects.filter(action="decoy.opened").count() == alarms


def test_a_rule_about_an_employer_is_hidden_from_who_is_tied_to_it(chain):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    rule = make_rule(chain[3], employer=employer)
    theirs = make_union(parent=chain[2])
    theirs.employers.add(employer)
    tied = make_officer(chain[3])
    make_officer(theirs, Role.ANALYST, account=tied.account)
    assert list(list_rules(account=make_officer(chain[3]).account)) == [rule]
    assert list(list_rules(account=tied.account)) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [({"name": " "}, "name"), ({"weights": "stranger"}, "weights"), ({"weights": 10}, "weights")],
)
def test_what_a_rule_cannot_say(chain, staff, content, field):
    if content.get("weights") == "stranger":
        content = {"weights": {make_person().account.pk: 1}}
    elif content.get("weights"):
        content = {"weights": shares(staff, 10)}
    with pytest.raises(Invalid) as refusal:
        make_rule(chain[3], **content)
    assert list(refusal.value.fields) == [field]


def test_whose_rules_they_are(chain, staff):
    rule = make_rule(chain[3])
    for stranger in (staff[0], make_officer(make_union(parent=chain[2]))):
        with pytest.raises(NotFound):
            services.end_rule(by=stranger, rule=rule, now=clock.now())
    assert rules_of(chain[3].pk)
    services.end_rule(by=make_officer(chain[2]), rule=rule, now=clock.now())
    assert rules_of(chain[3].pk) == []


def told(post):
    return [
        (notice.kind, notice.facts.get("number") or notice.facts.get("count"))
        for notice in Notice.objects.filter(account=post.account).order_by("id")
    ]


def test_whoever_is_given_a_case_is_told_and_whoever_takes_one_knows(chain, staff):
    chair = make_officer(chain[3])
    nobodys = make_case(union=chain[3])
    make_rule(chain[3], item=nobodys.item, weights=shares(staff, 1, 1))
    case = make_case(union=chain[3])
    given = next(post for post in staff if post.account_id == fresh(case).assigned_to_id)
    other = next(post for post in staff if post != given)
    assert told(given) == [("desk.case_assigned", case.number)]
    assert told(other) == []
    services.assign_case(by=other, case_id=case.pk, to=other.account, now=MONDAY)
    assert told(other) == []
    for _twice in range(2):
        services.assign_case(by=chair, case_id=case.pk, to=given.account, now=MONDAY)
    assert told(given) == [("desk.case_assigned", case.number)] * 2


def test_a_whole_queue_given_away_is_one_notice_each(chain, staff):
    chair = make_officer(chain[3])
    cases = [make_case(union=chain[3]) for _ in range(4)]
    make_rule(chain[3], item=cases[0].item, weights=shares(staff, 1, 1))
    assert services.assign_queue(by=chair, union=chain[3], now=MONDAY) == 4
    assert [told(post) for post in staff] == [[("desk.cases_assigned", 2)]] * 2


def test_that_only_a_complaint_knows_an_employer_is_not_to_be_found_out(chain):
    employer = Employer.objects.create(name="只有举报里写过的厂", division=chain[2].division)
    make_case(union=chain[3], document=COMPLAINT, accused=employer)
    assert find_employer(employer.name, chain[3]) is None
    chain[2].employers.add(employer)
    assert find_employer(employer.name, chain[3]) == employer
