"""The officers' queue: tabs, filters, pages."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import ItemVersion
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    text,
)
from niangjia.core import clock
from niangjia.members.models import Notice
from niangjia.members.rules.notices import worded
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(chain):
    """The chair of the county."""
    return make_post(union=chain[2], account=make_person().account)


@pytest.fixture
def desk(post):
    return officer_client(post)


def shown(client, query=""):
    return client.get(f"/desk/cases/{query}").content.decode()


def test_tabs_count_and_narrow(chain, post, desk):
    mine, nobodys = make_case(union=chain[2]), make_case(union=chain[3])
    services.assign_case(by=post, case_id=mine.pk, to=post.account, now=clock.now())
    everything = shown(desk)
    assert mine.number in everything
    assert nobodys.number in everything
    only_mine = shown(desk, "?tab=mine")
    assert mine.number in only_mine
    assert nobodys.number not in only_mine
    assert post.account.person.name in only_mine
    assert mine.number not in shown(desk, "?tab=nobody")
    assert '我的 <span class="hint">1</span>' in everything


def test_late_is_said_in_words_and_what_came_up_has_a_tab(chain, desk):
    case = make_case(union=chain[3], now=MONDAY)
    due = fresh(case).next_due_at
    with clock.stopped_at(due + dt.timedelta(hours=1)):
        # The clock finds it within a minute; what it is called is said at once.
        assert "已逾期" in shown(desk)
    services.sweep(now=due - dt.timedelta(hours=1))
    services.sweep(now=due + dt.timedelta(hours=1))
    with clock.stopped_at(due + dt.timedelta(hours=2)):
        for tab in ("raised", "late"):
            page = shown(desk, f"?tab={tab}")
            assert case.number in page
            assert "逾期 1 次" in page
    end_step(case, make_officer(chain[3]), "check", "passed", now=due + dt.timedelta(hours=3))
    with clock.stopped_at(due + dt.timedelta(hours=4)):
        assert case.number not in shown(desk, "?tab=late")


def test_late_cases_of_a_union_with_nobody_above_are_on_the_tab_and_in_true_words(chain):
    root, account = chain[0], make_person().account
    national = make_post(union=root, account=account)
    cases = [make_case(union=root, account=make_person().account, now=MONDAY) for _n in range(2)]
    desk, own = officer_client(national), signed_in(cases[0].applicant)
    due = fresh(cases[0]).next_due_at
    services.sweep(now=due - dt.timedelta(hours=1))
    services.sweep(now=due + dt.timedelta(minutes=1))
    told = Notice.objects.get(account=account, kind="desk.cases_late")
    assert "上级" not in worded(told).text
    with clock.stopped_at(due + dt.timedelta(hours=2)):
        page = desk.get(told.url).content.decode()
        assert all(case.number in page for case in cases)
        assert "没有可以督办的上级工会" in shown(desk, f"{cases[0].number}/")
        assert (
            "没有可以督办的上级工会" in own.get(f"/mine/cases/{cases[0].number}/").content.decode()
        )
        assert "已逾期，对不起" in own.get("/mine/cases/").content.decode()
    end_step(cases[0], national, "check", "passed", now=due + dt.timedelta(1))
    with clock.stopped_at(due + dt.timedelta(days=1)):
        page = desk.get(told.url).content.decode()
    assert [case.number in page for case in cases] == [False, True]


def test_filters_are_chips_that_come_off(chain, desk):
    employer = Employer.objects.create(name="某某公司", division=chain[3].division)
    aid = make_case(union=chain[3])
    complaint = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    page = shown(desk, "?tab=nobody&item=test-aid")
    assert aid.number in page
    assert complaint.number not in page
    assert 'href="?tab=nobody"' in page
    page = shown(desk, f"?union={chain[2].number}")
    assert aid.number not in page
    assert "这里没有待办" in page


def make_own(union, key):
    """A case about a service that `union` has for itself, and the key of that."""
    name = text(f"{union.name}的服务")
    version = services.create_item(
        by=make_officer(union), union=union, key=key, name=name, now=clock.now()
    )
    document = {**AID, "key": version.item.key, "name": name}
    ItemVersion.objects.filter(pk=version.pk).update(content=document, state="published")
    return make_case(union=union, document=document), version.item.key


def test_services_of_ones_own_unions_narrow_as_well(chain, desk):
    """The union's own, and that of one below it; another county's is not named."""
    own, below = make_own(chain[2], "county"), make_own(chain[3], "below")
    _case, elsewhere = make_own(make_union(parent=chain[1]), "elsewhere")
    for (case, key), (other, _key) in ((own, below), (below, own)):
        page = shown(desk, f"?item={key}")
        assert f'value="{key}" selected' in page
        for found in (page, desk.post("/desk/cases/search/", {"item": key}).content.decode()):
            assert case.number in found
            assert other.number not in found
    assert elsewhere not in shown(desk)


@pytest.mark.parametrize("query", ["?tab=x&item=y", "?item=' OR 1"])
def test_filters_that_name_nothing_are_left_out(chain, desk, query):
    case = make_case(union=chain[3])
    assert case.number in shown(desk, query)


def test_a_union_that_is_not_one_is_said(chain, desk):
    assert "没有一家叫" in shown(desk, "?union=没有的工会")
    far = make_union("远方工会")
    assert "没有一家叫" in shown(desk, f"?union={far.number}")


def test_an_empty_queue_says_what_comes(chain, desk):
    assert "新的办件会出现在这里" in shown(desk)


def test_pages_go_on_from_a_case(chain, desk):
    numbers = {make_case(union=chain[3]).number for _n in range(27)}
    first = desk.get("/desk/cases/").context["page"]
    second = desk.get(f"/desk/cases/?cursor={first.next}").context["page"]
    assert {case.number for case in [*first.items, *second.items]} == numbers
    assert desk.get("/desk/cases/?cursor=nonsense").status_code == 422


def test_the_queue_takes_as_many_queries_for_one_as_for_ten(
    chain, desk, django_assert_max_num_queries, django_assert_num_queries
):
    make_case(union=chain[3])
    shown(desk)
    with django_assert_max_num_queries(20) as first:
        shown(desk)
    for _n in range(9):
        make_case(union=chain[3])
    with django_assert_num_queries(len(first)):
        shown(desk)
