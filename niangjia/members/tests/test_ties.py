"""Who is tied to an employer: each way in, and what does not count."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import EmployerTie, MembershipStatus
from niangjia.members.selectors import ties as selectors
from niangjia.members.services import memberships
from niangjia.members.services import ties as services
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer
from niangjia.organisations.selectors.employers import kin
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer(chain):
    made = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    chain[3].employers.add(made)
    return made


def tied(account):
    return set(selectors.tied_employers(account.pk))


def test_a_post_at_the_employers_union_ties(chain, employer):
    assert tied(make_post(union=chain[3]).account) == {employer.pk}


def test_a_post_below_the_employers_union_ties(chain, employer):
    assert tied(make_post(union=make_union(parent=chain[3])).account) == {employer.pk}


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_post_above_or_beside_does_not(chain, employer, level):
    assert tied(make_post(union=chain[level]).account) == set()
    assert tied(make_post(union=make_union(parent=chain[2])).account) == set()


@pytest.mark.parametrize(("months", "still"), [(23, True), (25, False)])
def test_a_post_ties_for_two_years_after_its_end(chain, employer, months, still):
    ended = clock.now() - dt.timedelta(days=30.4 * months)
    post = make_post(union=chain[3], appointed_at=ended - dt.timedelta(days=400), ended_at=ended)
    assert (tied(post.account) == {employer.pk}) is still


@pytest.mark.parametrize(("months", "still"), [(23, True), (25, False)])
def test_a_membership_ties_for_two_years_after_its_end(chain, employer, months, still):
    membership = make_membership(union=chain[3])
    account = membership.person.account
    assert tied(account) == {employer.pk}
    membership.status = MembershipStatus.ENDED
    membership.ended_date = clock.today() - dt.timedelta(days=int(30.4 * months))
    membership.save()
    assert (tied(account) == {employer.pk}) is still


def test_a_membership_that_moved_away_goes_on_tying(chain, employer):
    """An officer does not become a stranger to their employer by having their membership moved."""
    person = make_membership(union=chain[3]).person
    memberships.place_member(
        person=person,
        union=chain[2],
        employer_name="",
        job="",
        by_account_id=None,
        now=clock.now(),
    )
    assert tied(person.account) == {employer.pk}


def test_a_link_that_was_removed_goes_on_tying(chain, employer):
    """Whoever is tied does not untie themselves: not by the page, and not by a statement."""
    account = make_post(union=chain[3]).account
    remove = {"union_id": chain[3].pk, "employer_id": employer.pk, "by": None, "now": clock.now()}
    organisations.remove_employer(**remove)
    organisations.remove_employer(**remove)
    assert tied(account) == {employer.pk}
    chain[3].employers.add(employer)
    chain[3].employers.clear()
    assert tied(account) == {employer.pk}


def test_an_employer_is_the_same_under_each_name_it_had(chain, employer):
    """Somebody complains about it under a name it has no more, or has only now."""
    account = make_post(union=chain[3]).account
    before = employer.name
    organisations.rename_employer(
        employer_id=employer.pk, name="义乌新名玩具有限公司", by=None, now=clock.now()
    )
    typed = {
        Employer.objects.create(name=name, division=chain[2].division).pk
        for name in (before, "义乌新名玩具有限公司")
    }
    assert tied(account) == {employer.pk} | typed == kin([employer.pk])
    membership = make_membership(union=make_union(parent=chain[2]))
    membership.employer_name = before
    membership.save()
    assert tied(membership.person.account) == {employer.pk} | typed


def test_a_membership_elsewhere_that_names_the_employer_ties(chain, employer):
    membership = make_membership(union=make_union(parent=chain[2]))
    assert tied(membership.person.account) == set()
    membership.employer_name = employer.name
    membership.save()
    assert tied(membership.person.account) == {employer.pk}


def test_a_merger_ties_both_ways(chain, employer):
    heir = Employer.objects.create(name="义乌某某集团有限公司", division=chain[3].division)
    merge = {"by": None, "now": clock.now()}
    for _twice in range(2):
        organisations.merge_employers(employer_id=employer.pk, into_id=heir.pk, **merge)
    with pytest.raises(Conflict) as refusal:
        organisations.merge_employers(employer_id=heir.pk, into_id=employer.pk, **merge)
    assert refusal.value.code == "merged-into-it"
    with pytest.raises(Conflict):
        organisations.merge_employers(employer_id=heir.pk, into_id=heir.pk, **merge)
    assert tied(make_post(union=chain[3]).account) == {employer.pk, heir.pk}
    other = make_union(parent=chain[2])
    other.employers.add(heir)
    assert tied(make_post(union=other).account) == {employer.pk, heir.pk}


def test_two_records_of_one_name_are_one_employer(chain, employer):
    typed = Employer.objects.create(name=employer.name, division=chain[2].division)
    assert tied(make_post(union=chain[3]).account) == {employer.pk, typed.pk}


def test_a_declared_tie_holds_until_a_superior_lifts_it(employer):
    account, superior = make_account(), make_account()
    now = clock.now()
    tie = services.declare_tie(
        account=account, employer=employer, kind="family", by=account, now=now
    )
    again = services.declare_tie(
        account=account, employer=employer, kind="family", by=account, now=now
    )
    assert tie == again
    assert tied(account) == {employer.pk}
    with pytest.raises(NotFound):
        services.lift_tie(tie=tie, by=account, now=now)
    assert tied(account) == {employer.pk}
    services.lift_tie(tie=tie, by=superior, now=now)
    services.lift_tie(tie=tie, by=superior, now=now)
    assert tied(account) == set()
    assert EmployerTie.objects.get().lifted_by_account_id == superior.pk


def test_a_tie_says_what_it_is(employer):
    account = make_account()
    with pytest.raises(Invalid) as refusal:
        services.declare_tie(
            account=account, employer=employer, kind="", by=account, now=clock.now()
        )
    assert "kind" in refusal.value.fields


def test_untied_leaves_out_whoever_is_tied(chain, employer):
    close, far = make_post(union=chain[3]).account, make_post(union=chain[2]).account
    assert selectors.untied([close.pk, far.pk], [employer.pk]) == {far.pk}
    assert selectors.untied([close.pk, far.pk], []) == {close.pk, far.pk}
