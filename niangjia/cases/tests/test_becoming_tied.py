"""A union comes to be tied to an employer while it has a case about it: the case goes on above."""

import pytest

from niangjia.cases import selectors, services
from niangjia.cases.tests.factories import COMPLAINT, fresh, make_case, make_officer
from niangjia.core import outbox, protection
from niangjia.members.models import Notice, Role
from niangjia.members.selectors import current_posts
from niangjia.members.services import ties
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
ACTING = {"by": None, "now": MONDAY}


def sees(post, case):
    with protection.viewing(account=post.account_id):
        found = selectors.visible_cases(current_posts(post.account), account=post.account)
        return found.filter(pk=case.pk).exists()


@pytest.fixture
def accused(chain):
    """Noted by whoever complained; no union names it."""
    return Employer.objects.create(name="丙物流有限公司", division=chain[2].division)


@pytest.fixture
def own(chain):
    """The employer of the union that has the case."""
    made = Employer.objects.create(name="丙物流集团有限公司", division=chain[3].division)
    chain[3].employers.add(made)
    return made


@pytest.fixture
def case(chain, accused, own):
    made = make_case(union=chain[3], document=COMPLAINT, accused=accused, now=MONDAY)
    assert made.handler == chain[3]
    return made


def is_named(chain, accused, own):
    """It names the accused among its employers, as typed: the record a complaint noted stays unseen
    and is the same by its name."""
    added = organisations.add_employer(
        union_id=chain[3].pk, name=accused.name, division=chain[3].division, **ACTING
    )
    assert added != accused


def is_named_by_code(chain, accused, own):
    """By its code, under whatever name: what the complaint wrote is not shown, and is the same."""
    code = "91330782DEM000002R"
    Employer.objects.filter(pk=accused.pk).update(uscc=code)
    added = organisations.add_employer(
        union_id=chain[3].pk, name="丁物流", uscc=code, division=chain[3].division, **ACTING
    )
    accused.refresh_from_db()
    assert (added.name, added.uscc, accused.uscc) == ("丁物流", code, None)
    assert accused.merged_into == added
    assert not added.former_names.exists()


def takes_its_name(chain, accused, own):
    organisations.rename_employer(employer_id=own.pk, name=accused.name, **ACTING)


def takes_it_in(chain, accused, own):
    elsewhere = make_union(parent=chain[1])
    elsewhere.employers.add(accused)
    organisations.merge_employers(employer_id=accused.pk, into_id=own.pk, **ACTING)
    assert list(elsewhere.employers.all()) == [own]


def goes_into_it(chain, accused, own):
    organisations.merge_employers(employer_id=own.pk, into_id=accused.pk, **ACTING)


def comes_below(chain, accused, own):
    """A union that came below another one, whose employer it is."""
    other = make_union("商城联合会", parent=chain[2], kind="federation")
    other.employers.add(accused)
    organisations.move_union(union_id=chain[3].pk, parent_id=other.pk, **ACTING)


WAYS = [is_named, is_named_by_code, takes_its_name, takes_it_in, goes_into_it, comes_below]


@pytest.mark.parametrize("becomes_tied", WAYS)
def test_whoever_becomes_tied_has_the_case_no_longer(chain, accused, own, case, becomes_tied):
    below, above = make_officer(chain[3]), make_officer(chain[2])
    assert sees(below, case)
    becomes_tied(chain, accused, own)
    assert not sees(below, case)
    outbox.deliver_pending()
    after = fresh(case)
    assert (after.handler, sees(below, case), sees(above, case)) == (chain[2], False, True)
    assert chain[3].path not in after.sharing_paths
    assert Notice.objects.filter(account=above.account, kind="desk.case_moved").count() == 1
    assert services.leave_tied_to(employer_id=accused.pk, now=MONDAY) == 0
    assert Notice.objects.filter(account=above.account, kind="desk.case_moved").count() == 1


def test_a_union_that_only_takes_part_leaves(chain, accused, case):
    beside = make_union("邻厂工会", parent=chain[2])
    services.join_unit(by=make_officer(chain[3]), case_id=case.pk, union=beside, now=MONDAY)
    beside.employers.add(accused)
    services.leave_tied_to(employer_id=accused.pk, now=MONDAY)
    after = fresh(case)
    assert (after.handler, beside.path in after.sharing_paths) == (chain[3], False)


def test_an_officer_who_becomes_tied_has_it_no_longer(chain, accused, case):
    officer = make_officer(chain[3], Role.CASE_OFFICER)
    services.assign_case(by=officer, case_id=case.pk, to=officer.account, now=MONDAY)
    services.leave_tied_to(employer_id=accused.pk, now=MONDAY)
    assert fresh(case).assigned_to == officer.account
    ties.declare_tie(
        account=officer.account, employer=accused, kind="family", by=officer.account, now=MONDAY
    )
    services.leave_tied_to(employer_id=accused.pk, now=MONDAY)
    assert fresh(case).assigned_to is None


def test_where_nobody_is_free_it_stays_and_the_log_says_so(chain, accused, case, caplog):
    chain[0].employers.add(accused)
    assert services.leave_tied_to(employer_id=accused.pk, now=MONDAY) == 0
    assert fresh(case).handler == chain[3]
    assert str(case.pk) in caplog.text
    assert case.number not in caplog.text


class TestObjecting:
    """A transfer is objected to, and the union that sent the case cannot have it back."""

    @pytest.fixture
    def sent(self, chain, case):
        beside = make_union("邻厂工会", parent=chain[2])
        services.transfer_case(
            by=make_officer(chain[3]),
            case_id=case.pk,
            to=beside,
            reason="按属地管理应由你会办理",
            now=MONDAY,
        )
        return beside

    def object_to(self, case, union):
        services.object_to_transfer(
            by=make_officer(union), case_id=case.pk, reason="该单位不属于我会管辖范围", now=MONDAY
        )
        return fresh(case).handler

    def test_it_goes_back_to_whoever_sent_it(self, chain, case, sent):
        assert self.object_to(case, sent) == chain[3]

    def test_not_to_a_union_that_is_tied_by_now(self, chain, accused, case, sent):
        chain[3].employers.add(accused)
        assert self.object_to(case, sent) == chain[2]

    def test_nor_to_one_that_is_dissolved(self, chain, case, sent):
        chain[3].employers.clear()
        organisations.dissolve_union(union_id=chain[3].pk, **ACTING)
        assert self.object_to(case, sent) == chain[2]
