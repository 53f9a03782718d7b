"""The national page: exact, at once, cheap, and the same for everybody."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.edge import kept
from niangjia.core.errors import NotFound
from niangjia.members import services
from niangjia.members.selectors import nation as selectors
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_application,
    make_chain,
    make_membership,
)
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import make_union

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _fresh():
    """Within one test's transaction the snapshot does not move, so no test inherits another's."""
    caches["process"].clear()


def decide(application, verdict="admitted", now=MONDAY):
    services.decide_application(
        by=make_post(union=application.union),
        application=application,
        verdict=verdict,
        reason="请先向所在单位工会申请入会。",
        now=now,
    )


@pytest.mark.django_db
def test_figures_add_up_the_tree():
    province, city, _county, grassroots = make_chain()
    for hours in (10, 20, 90):
        decide(make_application(union=grassroots, now=MONDAY - dt.timedelta(hours=hours)))
    make_application(union=grassroots, now=MONDAY - dt.timedelta(days=30))
    make_application(union=grassroots, now=MONDAY)
    found = selectors.read_nation(None, now=MONDAY)
    assert found.is_country
    assert found.figures.members == 3
    assert (found.figures.open, found.figures.late, found.figures.decided) == (2, 1, 3)
    assert found.figures.median_hours == 20
    assert found.figures.unions[Kind.FEDERATION] == 4
    (row,) = found.children
    assert (row.number, row.figures.late) == (province.number, 1)
    below = selectors.read_nation(city.number, now=MONDAY)
    assert [name for _number, name in below.chain] == ["中华全国总工会", "浙江省总工会"]


@pytest.mark.django_db
def test_a_withdrawn_or_refused_one_is_not_a_member():
    grassroots = make_chain()[3]
    decide(make_application(union=grassroots, now=MONDAY), "refused")
    withdrawn = make_application(union=grassroots, now=MONDAY)
    services.withdraw_application(account=withdrawn.account, application=withdrawn, now=MONDAY)
    figures = selectors.read_nation(None, now=MONDAY).figures
    assert (figures.members, figures.open, figures.decided) == (0, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("level", "queries"), [(None, 3), (0, 5), (1, 5), (2, 5)])
def test_the_number_of_queries_is_the_same_at_every_level(
    level, queries, django_assert_num_queries
):
    chain = make_chain()
    for union in chain:
        for _ in range(3):
            make_union(parent=union)
    number = None if level is None else chain[level].number
    with django_assert_num_queries(queries):
        selectors.read_nation(number, now=MONDAY)


@pytest.mark.django_db
def test_small_unions_show_no_small_counts_and_have_no_page_of_figures():
    county = make_chain()[2]
    small = county.children.get()
    larger = make_union(parent=county)
    make_membership(union=small)
    for _ in range(9):
        make_membership(union=larger)
    rows = {
        row.number: row.figures for row in selectors.read_nation(county.number, now=MONDAY).children
    }
    assert rows[small.number].members is None
    assert rows[larger.number].members is None, "else subtraction finds the small one"
    with pytest.raises(NotFound):
        selectors.read_nation(small.number, now=MONDAY)


@pytest.mark.django_db
def test_a_sum_of_few_is_hidden_on_every_page_it_stands_on():
    """A county whose only union has three members would tell them; and so would, by subtraction,
    the count of the county beside it."""
    city, county = make_chain()[1:3]
    other = make_union(parent=city, kind=Kind.FEDERATION)
    for _ in range(3):
        make_membership(union=county.children.get())
    for _ in range(9):
        make_membership(union=make_union(parent=other))
    rows = selectors.read_nation(city.number, now=MONDAY).children
    assert [row.figures.members for row in rows] == [None, None]
    for union in (county, other):
        assert selectors.read_nation(union.number, now=MONDAY).figures.members is None


@pytest.mark.django_db
def test_members_of_a_federation_itself_are_not_found_by_subtraction():
    county = make_chain()[2]
    make_membership(union=county)
    for _ in range(9):
        make_membership(union=county.children.get())
    (row,) = selectors.read_nation(county.number, now=MONDAY).children
    assert row.figures.members is None


@pytest.mark.django_db
def test_unknown_numbers_have_no_page(client):
    make_chain()
    for number in ("0", "99999999999999", "x" * 300, "%00"):
        assert client.get(reverse("web:nation", args=[number])).status_code == 404


@pytest.mark.django_db
def test_an_empty_node_says_so(client):
    assert client.get(reverse("web:nation")).status_code == 404


@pytest.mark.django_db
def test_while_nothing_changes_the_page_asks_only_whether_anything_did(
    client, monkeypatch, django_assert_num_queries
):
    """The snapshot is held here: other tests that run beside this one commit to the same server."""
    make_chain()
    monkeypatch.setattr(kept, "current_snapshot", lambda: "the same")
    client.get(reverse("web:nation"))
    with django_assert_num_queries(0):
        assert client.get(reverse("web:nation")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_another_snapshot_and_asking_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        before = kept.current_snapshot()
    make_chain()
    assert kept.current_snapshot() != before


@pytest.mark.django_db(transaction=True)
def test_one_more_member_counts_at_once_and_nothing_new_is_304(client):
    make_membership(union=make_chain()[3])
    there = reverse("web:nation")
    first = client.get(there, **HTMX)
    assert b'id="members">1<' in first.content
    same = client.get(there, HTTP_IF_NONE_MATCH=first["ETag"], **HTMX)
    assert (same.status_code, same.content) == (304, b"")
    zipped = client.get(there, HTTP_ACCEPT_ENCODING="gzip", **HTMX)
    assert zipped["ETag"].startswith("W/")
    assert client.get(there, HTTP_IF_NONE_MATCH=zipped["ETag"], **HTMX).status_code == 304
    make_membership(union=Union.objects.get(kind=Kind.GRASSROOTS))
    again = client.get(there, HTTP_IF_NONE_MATCH=first["ETag"], **HTMX)
    assert again.status_code == 200
    assert b'id="members">2<' in again.content


@pytest.mark.django_db(transaction=True)
def test_what_becomes_late_shows_without_a_write(client):
    application = make_application(union=make_chain()[3], now=MONDAY)
    with clock.stopped_at(application.due_at - dt.timedelta(minutes=1)):
        before = client.get(reverse("web:nation"), **HTMX)
    with clock.stopped_at(application.due_at + dt.timedelta(minutes=1)):
        after = client.get(reverse("web:nation"), **HTMX)
    assert before["ETag"] != after["ETag"]


@pytest.mark.django_db
def test_the_page_names_nobody(client):
    application = make_application(union=make_chain()[3])
    text = client.get(reverse("web:nation")).content.decode()
    assert application.person.name not in text
    assert application.number not in text


@pytest.mark.django_db
def test_both_languages(client):
    make_membership(union=make_chain()[3])
    chinese = client.get(reverse("web:nation"), HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()
    english = client.get(reverse("web:nation"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "此刻的全国工会" in chinese
    assert "right now" in english
