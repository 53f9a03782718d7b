"""Cases that belong together: who thinks of it, who sees it, what a duplicate loses by it."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.events import CaseOpened
from niangjia.cases.handlers import look_for_likely
from niangjia.cases.models import CaseEntry, CaseLink, EntryKind, LinkState
from niangjia.cases.rules.chain import legs_of, may_be_sent_back
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.selectors.linking import list_links
from niangjia.cases.selectors.own_figures import METRICS, own_figures
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    open_by,
)
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Notice, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer
from niangjia.organisations.selectors import figures
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "两件事不是同一件，诉求不同"
LATER = MONDAY + dt.timedelta(days=2)


@pytest.fixture
def employer(chain):
    return Employer.objects.create(name="某某公司", division=chain[2].division)


@pytest.fixture
def chair(chain):
    return make_officer(chain[2])


def opened(case):
    look_for_likely(
        CaseOpened(case_id=case.pk, item="", handler_id=case.handler_id, is_complaint=False)
    )


def links_seen_by(post, case):
    with protection.viewing(account=post.account_id):
        return list_links(case)


def the_link():
    with protection.working("test"):
        return CaseLink.objects.get()


def kinds(case, kind=EntryKind.LINKED):
    with protection.working("test"):
        return list(CaseEntry.objects.filter(case=case, kind=kind).order_by("number"))


def make_pair(chain, *, document=AID, accused=(None, None)):
    """Two cases, the second two days later, and their applicants."""
    people = [make_person().account for _ in range(2)]
    return [
        make_case(union=chain[3], account=account, document=document, accused=employer, now=at)
        for account, employer, at in zip(people, accused, (MONDAY, LATER), strict=True)
    ], people


def merge(chair, later, earlier):
    link = services.link_cases(
        by=chair, case_id=later.pk, other=earlier.number, kind="duplicate", now=LATER
    )
    services.merge_duplicate(by=chair, link_id=link.pk, now=LATER)
    return link


@pytest.mark.parametrize(
    ("same_person", "days", "found"), [(True, 10, 1), (True, 200, 0), (False, 10, 0)]
)
def test_who_asks_for_the_same_again_is_noticed(chain, chair, same_person, days, found):
    first, second = make_person().account, make_person().account
    make_case(union=chain[3], account=first, now=MONDAY)
    again = make_case(
        union=chain[3],
        account=first if same_person else second,
        now=MONDAY + dt.timedelta(days=days),
    )
    for _twice in range(2):
        opened(again)
    assert [row.link.found_by for row in links_seen_by(chair, again)] == ["person"] * found


def test_complaints_about_one_employer_are_noticed_under_all_its_names(chain, chair, employer):
    heir = Employer.objects.create(name="另一名称公司", division=chain[2].division)
    employer.merged_into = heir
    employer.save()
    other = Employer.objects.create(name="无关公司", division=chain[2].division)
    for accused in (employer, other):
        make_case(union=chain[2], document=COMPLAINT, accused=accused, now=MONDAY)
    new = make_case(union=chain[2], document=COMPLAINT, accused=heir, now=LATER)
    opened(new)
    (row,) = links_seen_by(chair, new)
    assert (row.link.kind, row.link.found_by) == ("related", "employer")
    assert row.there.accused_ids == [employer.pk]


def test_a_decoy_is_like_nothing(chain, chair):
    decoy = services.plant_decoy(
        by=make_officer(chain[1]),
        union=chain[3],
        item_key="test-aid",
        answers={"reason": "家里有人生病"},
        now=MONDAY,
    )
    case = make_case(union=chain[3], now=LATER)
    assert services.propose_link(case_id=case.pk, other_id=decoy.pk, now=LATER) is None


def test_a_link_is_shown_to_whoever_sees_both_and_betrays_neither(chain, chair, employer):
    """Somebody tied to the second employer sees the first complaint, and nothing of the second."""
    second = Employer.objects.create(name="第二家公司", division=chain[2].division)
    plain, hidden = (
        make_case(union=chain[2], document=COMPLAINT, accused=accused, now=MONDAY)
        for accused in (employer, second)
    )
    services.link_cases(by=chair, case_id=hidden.pk, other=plain.number, kind="related", now=LATER)
    tied = make_officer(chain[2], Role.CASE_OFFICER)
    theirs = make_union("第二家公司工会", parent=chain[2])
    theirs.employers.add(second)
    make_officer(theirs, Role.ANALYST, account=tied.account)
    assert len(links_seen_by(chair, plain)) == 1
    assert links_seen_by(tied, plain) == []
    assert kinds(plain) == kinds(hidden) == []
    with pytest.raises(NotFound):
        services.reject_link(by=tied, link_id=the_link().pk, now=LATER)
    with pytest.raises(Invalid) as refusal:
        services.link_cases(
            by=tied, case_id=plain.pk, other=hidden.number, kind="related", now=LATER
        )
    assert refusal.value.code == "no-such-case"


def test_where_nothing_is_betrayed_the_timelines_say_it(chain, chair):
    (earlier, later), _people = make_pair(chain)
    for _twice in range(2):
        services.link_cases(
            by=chair, case_id=later.pk, other=earlier.number, kind="follows", now=LATER
        )
    assert [len(kinds(case)) for case in (earlier, later)] == [1, 1]
    assert not kinds(earlier)[0].is_public


@pytest.mark.parametrize(
    ("decide", "state"), [("confirm_link", "confirmed"), ("reject_link", "rejected")]
)
def test_a_proposal_is_answered_once(chain, chair, decide, state):
    (earlier, later), _people = make_pair(chain)
    services.propose_link(case_id=later.pk, other_id=earlier.pk, now=LATER)
    link = the_link()
    for _twice in range(2):
        getattr(services, decide)(by=chair, link_id=link.pk, now=LATER)
    assert the_link().state == state
    other = {"confirm_link": "reject_link", "reject_link": "confirm_link"}[decide]
    with pytest.raises(Conflict):
        getattr(services, other)(by=chair, link_id=link.pk, now=LATER)
    services.propose_link(case_id=earlier.pk, other_id=later.pk, now=LATER)
    assert the_link().state == state


@pytest.mark.parametrize("other", ["itself", "9999999999999999"])
def test_a_case_is_linked_with_another_one_that_is_there(chain, chair, other):
    case = make_case(union=chain[3], now=MONDAY)
    number = case.number if other == "itself" else other
    with pytest.raises(Invalid) as refusal:
        services.link_cases(by=chair, case_id=case.pk, other=number, kind="related", now=MONDAY)
    assert "other" in refusal.value.fields


def test_a_duplicate_ends_in_the_other_and_its_applicant_hears_how_it_ends(chain, chair):
    (earlier, later), people = make_pair(chain)
    merge(chair, later, earlier)
    duplicate = fresh(later)
    assert (duplicate.state, duplicate.result) == ("closed", "merged")
    told = {notice.account_id: notice for notice in Notice.objects.filter(kind__startswith="case.")}
    for account in people:
        words = str(told[account.pk].facts)
        assert all(each.person.name not in words for each in people if each != account)
    end_step(
        earlier, chair, "check", "refused", words="经核实不符合帮扶条件，已电话说明", now=LATER
    )
    assert fresh(later).result == "refused"
    with protection.viewing(receipt=owner_of_account(people[1].pk)):
        last = CaseEntry.objects.filter(case=later).order_by("number").last()
        assert services.token_in(later, [last])


@pytest.mark.parametrize("first_is_main", [True, False])
def test_the_case_that_goes_on_keeps_the_earlier_date(chain, chair, first_is_main):
    (earlier, later), _people = make_pair(chain)
    assert earlier.due_at < later.due_at
    main, duplicate = (earlier, later) if first_is_main else (later, earlier)
    merge(chair, duplicate, main)
    assert fresh(main).due_at == earlier.due_at


def test_a_duplicate_of_another_employers_matter_is_none(chain, chair, employer):
    second = Employer.objects.create(name="第二家公司", division=chain[2].division)
    (earlier, later), _people = make_pair(chain, document=COMPLAINT, accused=(employer, second))
    with pytest.raises(Conflict) as refusal:
        merge(chair, later, earlier)
    assert refusal.value.code == "hidden-differently"
    assert fresh(later).state == "open"


def test_a_case_officer_does_not_end_a_case_in_another(chain, chair):
    (earlier, later), _people = make_pair(chain)
    officer = make_officer(chain[3], Role.CASE_OFFICER)
    link = services.link_cases(
        by=officer, case_id=later.pk, other=earlier.number, kind="duplicate", now=LATER
    )
    with pytest.raises(NotFound):
        services.merge_duplicate(by=officer, link_id=link.pk, now=LATER)


@pytest.mark.parametrize("how", ["unlink", "withdraw"])
def test_what_is_taken_apart_goes_on_with_the_days_it_had_left(chain, chair, how):
    (earlier, later), people = make_pair(chain)
    link = merge(chair, later, earlier)
    week = LATER + dt.timedelta(days=7)
    if how == "unlink":
        for _twice in range(2):
            services.unlink(by=chair, link_id=link.pk, reason=REASON, now=week)
    else:
        services.withdraw_case(owner=owner_of_account(people[0].pk), case_id=earlier.pk, now=week)
    again = fresh(later)
    assert (again.state, again.result) == ("open", "")
    assert again.due_at == later.due_at + dt.timedelta(days=7)
    assert the_link().state == LinkState.ENDED
    assert len(kinds(later, EntryKind.REOPENED)) == 1


def test_a_receipts_holder_hears_of_a_merger_as_well(chain, chair, employer):
    first, second = (
        open_by(union=chain[2], document=COMPLAINT, accused=employer, anonymous=True, now=at)
        for at in (MONDAY, LATER)
    )
    merge(chair, second.case, first.case)
    end_step(first.case, chair, "look", "settled", now=LATER)
    assert fresh(second.case).result == "resolved"


def miscounted():
    return organisations.verify_figures(own_figures, metrics=METRICS)


@pytest.mark.parametrize("ends", ["with the other", "taken apart"])
def test_a_merger_is_counted_and_so_is_what_becomes_of_it(chain, chair, ends):
    (earlier, later), _people = make_pair(chain)
    link = merge(chair, later, earlier)
    assert (figures(chain[0])["cases:merged"], miscounted()) == (1, [])
    if ends == "taken apart":
        services.unlink(by=chair, link_id=link.pk, reason=REASON, now=LATER)
    else:
        how = {"step": "check", "outcome": "refused", "words": "经核实不符合条件，已电话说明。"}
        services.take_step(by=chair, case_id=earlier.pk, now=LATER, **how)
    assert figures(chain[0]).get("cases:merged", 0) == 0
    assert miscounted() == []


def test_a_duplicate_of_a_dissolved_union_waits_at_the_one_above(chain, chair):
    beside = make_union("邻厂工会", parent=chain[2])
    earlier = make_case(union=chain[3], now=MONDAY)
    later = make_case(union=beside, now=LATER)
    link = merge(chair, later, earlier)
    organisations.dissolve_union(union_id=beside.pk, by=None, now=LATER)
    for _twice in range(2):
        services.hand_over_cases(union=beside, now=LATER)
    assert (fresh(later).result, fresh(later).handler) == ("merged", chain[2])
    # Nobody transferred it: it is not sent back, and the timeline says who has it.
    with protection.working("test"):
        entries = later.entries.order_by("number")
        assert legs_of(entries)[-1].union_id == chain[2].pk
        assert may_be_sent_back(entries) is None
        assert len(kinds(later, EntryKind.TRANSFERRED)) == 1
    services.unlink(by=chair, link_id=link.pk, reason=REASON, now=LATER)
    assert (fresh(later).state, fresh(later).handler) == ("open", chain[2])
    assert miscounted() == []
