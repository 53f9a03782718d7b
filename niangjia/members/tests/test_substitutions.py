"""Leave: what is lent, to whom, until when."""

import datetime as dt
import json

import pytest

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Notice, Post, Role, Substitution
from niangjia.members.rules import permissions
from niangjia.members.rules import substitutions as rules
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.substitutions import stands_in_for
from niangjia.members.services import end_post
from niangjia.members.services.lending import arrange
from niangjia.members.services.substitutions import end_substitution, name_substitute
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def beside(chain):
    return make_union("邻厂工会", parent=chain[2])


def officer(union, role=Role.CHAIR):
    return make_post(union=union, role=role, account=make_person().account)


def today():
    return clock.now().astimezone(clock.CHINA).date()


def away(absent, substitute, *, by=None, start=0, days=3, now=None):
    first = today() + dt.timedelta(days=start)
    return name_substitute(
        by=(by or absent).account,
        absent=absent.account,
        substitute=substitute.account,
        first=first,
        last=first + dt.timedelta(days=days - 1),
        now=now or clock.now(),
    )


def lent_to(post):
    return [(p.union_id, p.role) for p in current_posts(post.account) if p.lent_from_id]


def test_a_chairs_work_on_cases_is_lent_and_nothing_else(chain, beside):
    absent, substitute = officer(chain[3]), officer(beside)
    for _twice in range(2):
        away(absent, substitute)
    assert lent_to(substitute) == [(chain[3].pk, Role.STAND_IN)]
    (lent,) = [p for p in current_posts(substitute.account) if p.lent_from_id]
    assert permissions.may(lent.role, Action.DECIDE_CASES)
    assert not permissions.may(lent.role, Action.APPOINT_POSTS)
    assert Substitution.objects.count() == 1
    assert Notice.objects.filter(account=substitute.account, kind="substitute.named").count() == 1


def test_it_begins_on_its_day_and_ends_by_itself_without_any_worker(chain, beside):
    absent, substitute = officer(chain[3]), officer(beside)
    named = away(absent, substitute, start=2)
    assert lent_to(substitute) == []
    with clock.stopped_at(named.starts_at + dt.timedelta(seconds=1)):
        arrange(now=clock.now())
        assert lent_to(substitute)
    with clock.stopped_at(named.ends_at - dt.timedelta(seconds=1)):
        assert lent_to(substitute)
    with clock.stopped_at(named.ends_at):
        assert lent_to(substitute) == []
        assert arrange(now=clock.now()) == 1
        assert arrange(now=clock.now()) == 0
    assert Post.objects.get(lent_from=absent).ended_at == named.ends_at


def test_a_substitute_of_a_substitute_does_the_work_of_both(chain, beside):
    first, second, third = officer(chain[3]), officer(beside), officer(chain[2])
    third_beside = officer(make_union("第三家工会", parent=chain[2]))
    away(first, second)
    away(second, third_beside)
    assert sorted(lent_to(third_beside)) == sorted(
        [(chain[3].pk, Role.STAND_IN), (beside.pk, Role.STAND_IN)]
    )
    assert stands_in_for(third_beside.account_id, clock.now()) == {
        first.account_id,
        second.account_id,
    }
    with pytest.raises(Invalid) as refusal:
        away(third_beside, first)
    assert "substitute" in refusal.value.fields
    assert lent_to(third) == []


@pytest.mark.parametrize("whose", ["absent", "substitute"])
def test_a_post_that_ended_lends_and_is_lent_nothing_from_that_moment(chain, beside, whose):
    absent, substitute = officer(chain[3]), officer(beside)
    away(absent, substitute)
    ended = {"absent": absent, "substitute": substitute}[whose]
    end_post(by=officer(chain[2]).account, post_id=ended.pk, now=clock.now())
    assert current_posts(ended.account) == []
    assert lent_to(substitute) == []


def test_nobody_is_lent_what_they_hold(chain):
    absent, colleague = officer(chain[2], Role.CASE_OFFICER), officer(chain[2])
    away(absent, colleague)
    assert lent_to(colleague) == []
    assert stands_in_for(colleague.account_id, clock.now()) == {absent.account_id}


def test_who_names_whom(chain, beside):
    staff, chair = officer(chain[2], Role.CASE_OFFICER), officer(chain[2])
    colleague = officer(chain[2], Role.CASE_OFFICER)
    away(staff, colleague, by=chair)
    with pytest.raises(NotFound):
        away(chair, colleague, by=staff)
    with pytest.raises(NotFound):
        away(officer(chain[2], Role.ANALYST), colleague, by=chair)


@pytest.mark.parametrize(
    ("start", "days", "whom", "field"),
    [
        (-1, 3, "beside", "first"),
        (0, 0, "beside", "last"),
        (0, 181, "beside", "last"),
        (0, 3, "far", "substitute"),
        (0, 3, "analyst", "substitute"),
        (0, 3, "themselves", "substitute"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(chain, beside, start, days, whom, field):
    absent = officer(chain[3])
    substitute = {
        "beside": lambda: officer(beside),
        "far": lambda: officer(make_union("外省工会")),
        "analyst": lambda: officer(chain[3], Role.ANALYST),
        "themselves": lambda: absent,
    }[whom]()
    with pytest.raises(Invalid) as refusal:
        away(absent, substitute, start=start, days=days)
    assert list(refusal.value.fields) == [field]


def test_two_substitutes_at_once_are_refused_and_one_after_the_other_is_not(chain, beside):
    absent, one, other = officer(chain[3]), officer(beside), officer(chain[2])
    away(absent, one)
    with pytest.raises(Invalid):
        away(absent, other, start=2)
    away(absent, other, start=3)


def test_coming_back_early_ends_it_once(chain, beside):
    absent, substitute = officer(chain[3]), officer(beside)
    named = away(absent, substitute)
    with pytest.raises(NotFound):
        end_substitution(by=officer(beside).account, key=named.pk, now=clock.now())
    end_substitution(by=substitute.account, key=named.pk, now=clock.now())
    assert lent_to(substitute) == []
    assert Notice.objects.filter(account=absent.account, kind="substitute.ended").count() == 1


def test_a_lent_post_is_ended_where_it_was_lent(chain, beside):
    substitute = officer(beside)
    away(officer(chain[3]), substitute)
    lent = Post.objects.get(lent_from__isnull=False)
    with pytest.raises((Conflict, NotFound)):
        end_post(by=officer(chain[2]).account, post_id=lent.pk, now=clock.now())
    assert lent_to(substitute)


def test_a_circle_of_substitutes_ends():
    pairs = {1: 2, 2: 3, 3: 1}
    assert rules.chain(1, pairs) == [2, 3]


def test_the_page_names_and_ends(chain, beside, django_assert_max_num_queries):
    absent, substitute = officer(chain[3]), officer(beside)
    client = officer_client(absent)
    there = "/desk/substitutes/"
    with django_assert_max_num_queries(14):
        assert "没有人休假" in client.get(there).content.decode()
    typed = {
        "absent": absent.account_id,
        "substitute": substitute.account_id,
        "first": today().isoformat(),
        "last": (today() - dt.timedelta(days=1)).isoformat(),
    }
    wrong = client.post(there, typed)
    assert wrong.status_code == 422
    assert "最后一天不能早于第一天" in wrong.content.decode()
    assert client.post(there, {**typed, "last": today().isoformat()}).status_code == 302
    page = officer_client(substitute).get(there).content.decode()
    assert absent.account.person.name in page
    key = Substitution.objects.get().pk
    assert client.post(f"{there}{key}/end/").status_code == 302
    assert holding(current_posts(substitute.account), Action.HANDLE_CASES) == [substitute]


def test_the_operations_do_the_same(chain, beside):
    absent, substitute = officer(chain[3]), officer(beside)
    client, base = officer_client(absent), "/api/v1/desk/substitutions"

    def send(path, **body):
        return client.post(f"{base}{path}", json.dumps(body), content_type="application/json")

    choices = client.get(f"{base}/choices").json()["items"]
    assert str(substitute.account_id) in {each["account_id"] for each in choices}
    day = today().isoformat()
    made = send("", substitute=str(substitute.account_id), first=day, last=day)
    assert made.status_code == 201
    assert made.json()["is_live"]
    (listed,) = client.get(base).json()["items"]
    assert listed["substitute"] == substitute.account.person.name
    assert not send(f"/{listed['id']}/end").json()["is_live"]
    nobody = "019a0000-0000-7000-8000-000000000000"
    assert send("", substitute=nobody, first=day, last=day).status_code == 422
    assert send(f"/{nobody}/end").status_code == 404
