"""An employer is named while a complaint is at work: whoever is tied to it loses sight of it."""

import json

import pytest

from niangjia.cases import services
from niangjia.cases.models import EntryKind
from niangjia.cases.rules.chain import legs_of
from niangjia.cases.services.timeline import said_in
from niangjia.cases.tests.factories import COMPLAINT, fresh, make_case, make_officer
from niangjia.cases.tests.test_becoming_tied import sees
from niangjia.core import protection
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Role
from niangjia.members.services import ties
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
TRUE_NAME = "丙物流集团有限公司"


@pytest.fixture
def misspelt(chain):
    return Employer.objects.create(name="丙物硫集团有限公司", division=chain[2].division)


@pytest.fixture
def case(chain, misspelt):
    """A complaint that lies with the very union of the employer it means."""
    theirs = Employer.objects.create(name=TRUE_NAME, division=chain[3].division)
    chain[3].employers.add(theirs)
    return make_case(union=chain[3], document=COMPLAINT, accused=misspelt, now=MONDAY)


def name(case, by, employer=TRUE_NAME, **more):
    return services.name_employer(
        by=by, case_id=case.pk, employer=employer, **{"now": MONDAY, **more}
    )


def test_with_the_true_name_the_case_leaves_the_union_it_is_about(chain, case, misspelt):
    below, above = make_officer(chain[3]), make_officer(chain[2])
    assert sees(below, case)
    name(case, below)
    after = fresh(case)
    assert (after.handler, sees(below, case), sees(above, case)) == (chain[2], False, True)
    # What was named before stays: taking it away would show the case to its people.
    assert after.accused_ids == [misspelt.pk, Employer.objects.get(name=TRUE_NAME).pk]
    name(case, above)
    with protection.working("test"):
        entry = case.entries.get(kind=EntryKind.PARTY)
        assert (entry.is_public, said_in(case, entry).words) == (True, TRUE_NAME)


def test_another_employer_takes_it_from_nobody_else(chain, case):
    below = make_officer(chain[3])
    name(case, below, "别的公司")
    assert (fresh(case).handler, sees(below, case)) == (chain[3], True)


def test_it_reaches_the_duplicates_that_were_made_one_with_it(chain, case, misspelt):
    """Two workers misspelt it alike: the other's complaint is kept from its people as well."""
    below, above = make_officer(chain[3]), make_officer(chain[2])
    other = make_case(union=chain[3], document=COMPLAINT, accused=misspelt, now=MONDAY)
    third = make_case(union=chain[3], document=COMPLAINT, accused=misspelt, now=MONDAY)
    for later, earlier in ((third, other), (other, case)):
        link = services.link_cases(
            by=below, case_id=later.pk, other=earlier.number, kind="duplicate", now=MONDAY
        )
        services.merge_duplicate(by=below, link_id=link.pk, now=MONDAY)
    name(case, below)
    for each in (other, third):
        after = fresh(each)
        assert (after.accused_ids, after.handler) == (fresh(case).accused_ids, chain[2])
        assert (sees(below, each), sees(above, each)) == (False, True)
        with protection.working("test"):
            legs = legs_of(each.entries.order_by("number"))
            assert legs[-1].union_id == chain[2].pk
    # The control: once they are told apart, each is its own matter.
    services.unlink(by=above, link_id=link.pk, reason="两件事不是同一件，诉求不同", now=MONDAY)
    name(case, above, "别的公司")
    assert len(fresh(other).accused_ids) == 2


def test_an_officer_who_is_tied_to_it_has_it_no_longer(chain, case):
    officer = make_officer(chain[3], Role.CASE_OFFICER)
    services.assign_case(by=officer, case_id=case.pk, to=officer.account, now=MONDAY)
    other = Employer.objects.create(name="别的公司", division=chain[3].division)
    account = officer.account
    ties.declare_tie(account=account, employer=other, kind="family", by=account, now=MONDAY)
    name(case, make_officer(chain[3]), "别的公司")
    assert (fresh(case).assigned_to, sees(officer, case)) == (None, False)


def test_what_is_refused(chain, case):
    below = make_officer(chain[3])
    with pytest.raises(Invalid) as refusal:
        name(case, below, " ")
    assert "employer" in refusal.value.fields
    with pytest.raises(Invalid):
        name(case, below, uscc="91330782")
    with pytest.raises(NotFound):
        name(case, make_officer(chain[3], Role.ANALYST))
    plain = make_case(union=chain[3], now=MONDAY)
    with pytest.raises(Conflict) as refused:
        name(plain, below)
    assert refused.value.code == "not-a-complaint"


def test_on_the_page_and_where_it_has_gone_on_the_queue_says_so(chain, case):
    desk = signed_in(make_officer(chain[3], account=make_person().account).account)
    page = f"/desk/cases/{case.number}/"
    assert f"{page}employer/" in desk.get(page).content.decode()
    assert "营业执照上的全称" in desk.get(page).content.decode()
    short = desk.post(f"{page}employer/", {"employer": "丙", "uscc": "12"})
    assert short.status_code == 422
    assert 'value="丙"' in short.content.decode()
    stays = desk.post(f"{page}employer/", {"employer": "别的公司"}, follow=True)
    assert "别的公司" in stays.content.decode()
    gone = desk.post(f"{page}employer/", {"employer": TRUE_NAME}, follow=True)
    assert gone.redirect_chain == [("/desk/cases/", 302)]
    assert "看不到这件办件" in gone.content.decode()
    plain = make_case(union=chain[3], now=MONDAY)
    assert "/employer/" not in desk.get(f"/desk/cases/{plain.number}/").content.decode()


def test_by_the_api(chain, case):
    desk = signed_in(make_officer(chain[3], account=make_person().account).account)
    there = f"/api/v1/desk/cases/{case.number}/employers"
    for employer, status in (("", 422), ("别的公司", 200), (TRUE_NAME, 204), (TRUE_NAME, 404)):
        body = json.dumps({"employer": employer})
        assert desk.post(there, body, content_type="application/json").status_code == status
