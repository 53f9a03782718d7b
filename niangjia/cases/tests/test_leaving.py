"""What becomes of cases when a union is dissolved, or whoever asked leaves."""

import pytest

from niangjia.cases import handlers, services
from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.tests.factories import (
    COMPLAINT,
    fresh,
    make_case,
    make_officer,
    open_by,
)
from niangjia.cases.tests.test_flow import kinds
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.members.models import Notice
from niangjia.members.selectors import current_posts
from niangjia.members.services import delete_account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.events import UnionDissolved
from niangjia.organisations.models import Employer
from niangjia.organisations.selectors import figures
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def dissolve(union, *, handled=True):
    organisations.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    if handled:
        handlers.hand_over_cases(UnionDissolved(union_id=union.pk))


def told(account, kind):
    return Notice.objects.filter(account=account, kind=kind).count()


def test_the_union_above_has_the_cases_of_a_dissolved_one(chain):
    case, above = make_case(union=chain[3]), make_officer(chain[2])
    finished = make_case(union=chain[3])
    services.withdraw_case(owner=bytes(finished.owner_digest), case_id=finished.pk, now=clock.now())
    dissolve(chain[3])
    assert fresh(case).handler == chain[2]
    assert chain[3].path not in fresh(case).sharing_paths
    assert fresh(finished).handler == chain[3]
    assert told(case.applicant, "case.moved") == 1
    assert told(above.account, "desk.case_moved") == 1
    assert kinds(case).count(EntryKind.TRANSFERRED) == 1
    assert figures(chain[2])["cases:open"] == 1
    # The same news twice has one effect.
    handlers.hand_over_cases(UnionDissolved(union_id=chain[3].pk))
    assert kinds(case).count(EntryKind.TRANSFERRED) == 1
    assert told(above.account, "desk.case_moved") == 1


def test_whoever_is_tied_above_is_passed_over(chain):
    employer = Employer.objects.create(name="丙物流有限公司", division=chain[2].division)
    case = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    chain[2].employers.add(employer)
    dissolve(chain[3])
    assert fresh(case).handler == chain[1]


def test_until_it_is_handled_nobody_below_opens_anything(chain):
    case, below = make_case(union=chain[3]), make_officer(chain[3])
    before = services.read_case(
        by=below.account,
        posts=current_posts(below.account),
        number=case.number,
        now=clock.now(),
    )
    assert before.case == case
    dissolve(chain[3], handled=False)
    with protection.viewing(account=below.account_id):
        assert not Case.objects.exists()
    with pytest.raises(NotFound):
        services.read_case(
            by=below.account,
            posts=current_posts(below.account),
            number=case.number,
            now=clock.now(),
        )
    # Even with a post remembered from before, as in a page opened a minute ago.
    with pytest.raises(NotFound):
        services.write_note(
            by=below, case_id=case.pk, words="看看", to_applicant=False, now=clock.now()
        )


def test_a_union_that_was_only_called_is_replaced_by_the_next_above(chain):
    case = make_case(union=chain[3])
    with protection.working("test"):
        Case.objects.filter(pk=case.pk).update(
            raised_to=chain[2], late_at=MONDAY, sharing_paths=[chain[2].path]
        )
    services.hand_over_cases(union=chain[2], now=clock.now())
    after = fresh(case)
    assert after.handler == chain[3]
    assert after.raised_to == chain[1]
    assert chain[2].path not in after.sharing_paths
    assert chain[1].path in after.sharing_paths


def test_whoever_leaves_takes_their_open_cases_along(chain):
    person = make_person()
    aid = make_case(union=chain[3], account=person.account)
    employer = Employer.objects.create(name="丙物流有限公司", division=chain[2].division)
    complaint = open_by(
        union=chain[3], account=person.account, document=COMPLAINT, accused=employer
    ).case
    other, officer = make_case(union=chain[3]), make_officer(chain[3])
    delete_account(account=person.account, now=clock.now())
    for case in (aid, complaint):
        after = fresh(case)
        assert after.state == State.WITHDRAWN
        assert bytes(after.sealed_key) == bytes(after.answers) == b""
    assert fresh(other).state == State.OPEN
    assert figures(chain[3])["cases:open"] == 1
    assert told(officer.account, "desk.case_withdrawn") == 2
    services.sweep(now=fresh(other).next_due_at)
    assert fresh(aid).breaches == fresh(complaint).breaches == 0


def test_an_officer_still_sees_that_there_was_a_case_and_nothing_of_whose(chain):
    person, officer = make_person(name="陈秀兰"), make_officer(chain[3])
    case = make_case(union=chain[3], account=person.account)
    delete_account(account=person.account, now=clock.now())
    reading = services.read_case(
        by=officer.account,
        posts=current_posts(officer.account),
        number=case.number,
        now=clock.now(),
    )
    assert reading.told.answers == {}
    assert reading.told.name == ""
    assert reading.told.account is None


@pytest.mark.parametrize("done", [False, True])
def test_whoever_has_the_case_hears_that_a_union_that_took_part_is_gone(chain, done):
    beside, handler = make_union(parent=chain[2]), make_officer(chain[3])
    case = make_case(union=chain[3])
    at = {"case_id": case.pk, "now": clock.now()}
    services.join_unit(by=handler, union=beside, task="请协助核实", **at)
    if done:
        services.finish_part(by=make_officer(beside), words="已核实，情况属实", **at)
    dissolve(beside)
    handlers.hand_over_cases(UnionDissolved(union_id=beside.pk))
    assert kinds(case).count(EntryKind.LEFT) == 1
    assert told(handler.account, "desk.case_part_left") == (0 if done else 1)
    assert beside.path not in fresh(case).sharing_paths
