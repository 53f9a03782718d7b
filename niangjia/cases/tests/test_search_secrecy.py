"""Promise 1 in the search: whoever is tied to the accused finds nothing, counts nothing, and can
read no row; with a control that shows what would come out without the rule."""

import pytest
from django.db import connection

from niangjia.cases.models import CaseSearch
from niangjia.cases.rules.search_terms import terms
from niangjia.cases.selectors.search import Sought, parameters, search
from niangjia.cases.selectors.search_terms import digests, made_under
from niangjia.cases.tests.factories import COMPLAINT, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.members.models import EmployerTie
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer

DEFINITION = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'cases_found'"
RULE = "AND NOT c.accused_ids && tied AND NOT viewer = ANY (c.excluded_ids)"
ASKED = Sought(words="扣押身份证")


@pytest.fixture
def chain():
    made = make_chain()
    publish(COMPLAINT)
    return made


@pytest.fixture
def employer(chain):
    return Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)


@pytest.fixture
def complaint(chain, employer):
    return make_case(
        union=chain[3], document=COMPLAINT, accused=employer, matter="厂里扣押身份证不还"
    )


@pytest.fixture
def tied(chain, employer):
    """The chair of the county, married to somebody in the firm."""
    post = make_officer(chain[2])
    EmployerTie.objects.create(
        account=post.account,
        employer=employer,
        kind="family",
        declared_at=clock.now(),
        declared_by_account_id=post.account_id,
    )
    return post


def answers(post, sought=ASKED):
    with protection.viewing(account=post.account_id):
        return search([post], sought, account=post.account)


def hits(post, function):
    """What a function of the database answers `post` to the word."""
    asked = digests(terms(ASKED.words), made_under())
    with protection.viewing(account=post.account_id), connection.cursor() as cursor:
        arguments = parameters(ASKED, asked, None, None, 10)
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(arguments))})", arguments)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_whoever_is_tied_finds_nothing_and_counts_nothing(chain, tied, complaint, employer):
    assert [case.pk for case in answers(make_officer(chain[2])).items] == [complaint.pk]
    for sought in (ASKED, Sought(), Sought(employers=frozenset([employer.pk]))):
        nothing = answers(tied, sought)
        assert (nothing.items, nothing.count.value, nothing.next) == ([], 0, None)
    assert hits(tied, "cases_found") == []


def test_control_without_the_rule_the_tied_one_has_a_hit(as_owner, tied, complaint):
    with connection.cursor() as cursor:
        cursor.execute(DEFINITION)
        definition = cursor.fetchone()[0]
        assert definition.count(RULE) == 1
        unguarded = definition.replace(RULE, "").replace("cases_found", "cases_unguarded", 1)
        cursor.execute(unguarded)
    assert hits(tied, "cases_unguarded") == [complaint.pk]
    assert hits(tied, "cases_found") == []


@pytest.mark.django_db
def test_no_account_reads_a_row_of_the_search_and_without_a_viewer_nothing_answers(
    chain, complaint
):
    handler = make_officer(chain[3])
    with protection.viewing(account=handler.account_id):
        assert not CaseSearch.objects.exists()
    with protection.viewing(receipt=bytes(complaint.owner_digest)):
        assert not CaseSearch.objects.exists()
        assert search([handler], ASKED, account=handler.account).items == []
    assert search([handler], ASKED, account=handler.account).count.value == 0
    with protection.working("test"):
        assert CaseSearch.objects.exists()
        # Background work is nobody who searches.
        assert search([handler], ASKED, account=handler.account).count.value == 0


@pytest.mark.django_db
def test_an_excluded_officer_finds_nothing(chain, complaint):
    officer = make_officer(chain[2])
    with protection.working("test"):
        complaint.excluded_ids = [officer.account_id]
        complaint.save()
    assert answers(officer).count.value == 0
