"""Standing in for somebody on leave: what a substitute sees of cases, and what is written down."""

import datetime as dt

import pytest
from django.db import connection

from niangjia.cases import selectors, services
from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.selectors import QueueFilter
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    publish,
)
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.members.models import Post, Role
from niangjia.members.selectors import current_posts
from niangjia.members.services.substitutions import name_substitute
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Made in each test's own transaction: during it, the database's clock stands still."""
    made = make_chain()
    publish(AID)
    publish(COMPLAINT)
    return made


@pytest.fixture
def beside(chain):
    return make_union("邻厂工会", parent=chain[2])


def officer(union, role=Role.CHAIR):
    return make_officer(union, role, account=make_person().account)


def away(absent, substitute):
    day = clock.now().astimezone(clock.CHINA).date()
    return name_substitute(
        by=absent.account,
        absent=absent.account,
        substitute=substitute.account,
        first=day,
        last=day,
        now=clock.now(),
    )


def sees(post, case, **chosen):
    account = post.account
    with protection.viewing(account=account.pk):
        found = selectors.list_queue(
            current_posts(account), account=account, chosen=QueueFilter(**chosen), now=clock.now()
        )
        return found.filter(pk=case.pk).exists()


def lent(post):
    return next(each for each in current_posts(post.account) if each.lent_from_id)


def test_a_substitute_sees_and_decides_and_it_says_for_whom(chain, beside):
    absent, substitute = officer(chain[3]), officer(beside)
    case = make_case(union=chain[3])
    assert not sees(substitute, case)
    away(absent, substitute)
    assert sees(substitute, case)
    end_step(case, lent(substitute), "check", "refused", words="经核实不符合帮扶条件，已电话说明")
    with protection.working("test"):
        entry = CaseEntry.objects.get(case=case, kind=EntryKind.STEP)
    assert (entry.account_id, entry.facts["for"]) == (
        substitute.account_id,
        str(absent.account_id),
    )
    page = officer_client(absent).get(f"/desk/cases/{case.number}/").content.decode()
    names = [each.account.person.name for each in (substitute, absent)]
    assert f"{names[0]}（代 {names[1]}）" in page


def test_what_is_assigned_to_the_one_on_leave_is_the_substitutes_as_well(chain):
    absent, substitute = (officer(chain[2], Role.CASE_OFFICER) for _ in range(2))
    case = make_case(union=chain[2])
    services.assign_case(by=absent, case_id=case.pk, to=absent.account, now=clock.now())
    assert not sees(substitute, case, mine=True)
    away(absent, substitute)
    assert sees(substitute, case, mine=True)
    services.write_note(
        by=substitute, case_id=case.pk, words="已联系", to_applicant=False, now=clock.now()
    )
    with protection.working("test"):
        assert CaseEntry.objects.get(kind=EntryKind.NOTE).facts == {"for": str(absent.account_id)}


def test_a_substitute_tied_to_the_accused_sees_nothing(chain, beside):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    beside.employers.add(employer)
    absent, tied, free = officer(chain[3]), officer(beside), officer(make_union(parent=chain[2]))
    case = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    ordinary = make_case(union=chain[3])
    named = away(absent, tied)
    assert sees(tied, ordinary)
    assert not sees(tied, case)
    with pytest.raises(NotFound):
        end_step(case, lent(tied), "look", "settled")
    named.ended_at = clock.now()
    named.save()
    away(absent, free)
    assert sees(free, case)


def test_the_database_itself_counts_no_post_that_was_lent_until_a_moment_ago(chain, beside):
    substitute = officer(beside)
    away(officer(chain[3]), substitute)

    def reaches():
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_reaches(%s)", [substitute.account_id])
            return cursor.fetchone()[0]

    assert chain[3].path in reaches()
    Post.objects.filter(lent_from__isnull=False).update(until=clock.now() - dt.timedelta(minutes=5))
    assert reaches() == [beside.path]
    case = make_case(union=chain[3])
    assert fresh(case)
    assert not sees(substitute, case)
