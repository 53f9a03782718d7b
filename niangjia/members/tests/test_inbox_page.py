"""The inbox as the desk shows it: one question kept ready, whose answers are never kept."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from niangjia.core import clock, errors
from niangjia.core.models import WorkingDay
from niangjia.members import selectors, services
from niangjia.members.models import ApplicationKind, Membership, Person, Post, Reach
from niangjia.members.selectors import inbox, inbox_page
from niangjia.members.selectors.inbox import InboxFilter
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_application
from niangjia.members.views.desk import inbox_table
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DESK = "/desk/"


@pytest.fixture
def post(chain):
    return make_post(union=chain[2])


@pytest.fixture
def client(post):
    return officer_client(post)


def page(post, cursor=None, now=MONDAY, **chosen):
    posts = selectors.current_posts(post.account)
    return inbox_page.show_page(posts, chosen=InboxFilter(**chosen), cursor=cursor, now=now)


def numbers(post, **chosen):
    return [row.number for row in page(post, **chosen)[0].items]


def shown(client):
    return client.get(DESK).content.decode()


def test_rows_and_counts_are_one_query(chain, post, django_assert_num_queries):
    late = make_application(union=chain[3], now=MONDAY - 30 * DAY)
    today = make_application(union=chain[3], now=MONDAY, job="裁剪工")
    now = today.due_at - dt.timedelta(hours=3)
    posts = selectors.current_posts(post.account)
    with clock.stopped_at(now), django_assert_num_queries(1):
        found, counts = inbox_page.show_page(posts, chosen=InboxFilter(), cursor=None, now=now)
    assert [row.number for row in found.items] == [late.number, today.number]
    assert found.items[1] == inbox_page.Waiting(
        id=today.pk,
        due_at=today.due_at,
        number=today.number,
        kind="join",
        worker_kind="",
        employer_name="义乌某某服饰有限公司",
        job="裁剪工",
        escalated_at=None,
        applicant=today.person.name,
        union_name="小商品城工会",
        handler_name="小商品城工会",
        handler_division=chain[3].division_id,
    )
    assert [str(count) for count in (counts.open, counts.late, counts.today)] == ["2", "1", "1"]


def test_nothing_waits(post):
    found, counts = page(post)
    assert (found.items, found.next, found.previous) == ([], None, None)
    assert [str(count) for count in (counts.open, counts.late, counts.today)] == ["0", "0", "0"]


def test_counts_stop_at_the_limit_and_say_so(chain, post, monkeypatch):
    monkeypatch.setattr(inbox_page, "COUNT_LIMIT", 2)
    for _ in range(4):
        make_application(union=chain[3], now=MONDAY - 30 * DAY)
    _found, counts = page(post)
    assert (str(counts.open), str(counts.late)) == ("2+", "2+")


def test_the_ready_question_answers_as_the_list_does(chain, post):
    province, _city, county, grassroots = chain
    make_application(union=grassroots, now=MONDAY - 30 * DAY)
    make_application(union=make_union(parent=county), now=MONDAY)
    make_application(union=make_union(parent=province), now=MONDAY)
    services.escalate_late_applications(now=MONDAY)
    for asker in (post, make_post(union=province), make_post(union=grassroots, reach=Reach.UNION)):
        posts = selectors.current_posts(asker.account)
        for chosen in (
            {},
            {"union": grassroots},
            {"kind": ApplicationKind.TRANSFER},
            {"kind": ApplicationKind.JOIN, "late": True},
            {"escalated": True},
        ):
            wanted = inbox.list_inbox(posts, chosen=InboxFilter(**chosen), now=MONDAY)
            listed = [each.number for each in wanted.order_by(*inbox.ORDER)]
            assert numbers(asker, **chosen) == listed


def test_the_question_is_of_a_moment_and_not_of_its_first_asking(chain, post):
    application = make_application(union=chain[3], now=MONDAY)
    assert numbers(post, late=True) == []
    assert numbers(post, late=True, now=MONDAY + 9 * DAY) == [application.number]


def test_pages_go_on_where_the_first_one_ends(chain, post, django_assert_num_queries):
    made = [make_application(union=chain[3], now=MONDAY).number for _ in range(28)]
    first, counts = page(post)
    posts = selectors.current_posts(post.account)
    with django_assert_num_queries(2):
        second, same = inbox_page.show_page(
            posts, chosen=InboxFilter(), cursor=first.next, now=MONDAY
        )
    seen = [row.number for row in [*first.items, *second.items]]
    assert (len(first.items), len(second.items), sorted(seen)) == (25, 3, sorted(made))
    assert (first.previous, second.next, counts) == (None, None, same)
    assert page(post, second.previous)[0].items == first.items
    with pytest.raises(errors.Invalid):
        page(post, "made-up")


def test_a_union_that_moved_is_asked_for_where_it_is_now(chain, post):
    county, grassroots = chain[2], chain[3]
    application = make_application(union=grassroots, now=MONDAY)
    assert numbers(post, union=grassroots) == [application.number]
    town = make_union("佛堂镇总工会", kind=Kind.FEDERATION, parent=county)
    before = grassroots.path
    organisations.move_union(union_id=grassroots.pk, parent_id=town.pk, by=None, now=clock.now())
    grassroots.refresh_from_db()
    assert grassroots.path != before
    assert numbers(post, union=grassroots) == [application.number]


class TestTheNextRequestShows:
    """Whatever changed, and although the question and the look of the rows are kept ready."""

    @pytest.fixture
    def application(self, chain, client):
        application = make_application(union=chain[3])
        assert application.number in shown(client)
        return application

    def test_an_answer(self, client, post, application):
        services.decide_application(
            by=post, application=application, verdict="admitted", now=clock.now()
        )
        assert Membership.objects.exists()
        assert application.number not in shown(client)

    def test_that_it_went_up(self, chain, client, application):
        above = officer_client(make_post(union=chain[1], reach=Reach.UNION))
        assert application.number not in shown(above)
        type(application).objects.filter(pk=application.pk).update(
            handled_by=chain[1], escalated_at=clock.now()
        )
        assert f"已提级到{chain[1].name}" in shown(above)
        assert application.person.name not in shown(client)

    def test_another_name(self, client, application):
        Person.objects.filter(pk=application.person_id).update(name="欧阳雪")
        text = shown(client)
        assert "欧阳雪" in text
        assert application.person.name not in text

    def test_another_name_of_the_union(self, client, application):
        Union.objects.filter(pk=application.union_id).update(name="新名字工会")
        assert "新名字工会" in shown(client)

    def test_a_day_off_in_the_province(self, chain, client, application):
        moved = application.due_at.astimezone(clock.CHINA).date()
        left = inbox.urgency_of(application, clock.now()).working_days
        assert f"剩 {left} 个工作日" in shown(client)
        WorkingDay.objects.create(
            date=moved, province=chain[3].division_id[:2], is_working=False, name="三月三"
        )
        assert f"剩 {left - 1} 个工作日" in shown(client)

    def test_that_the_post_ended(self, client, post, application):
        Post.objects.filter(pk=post.pk).update(ended_at=clock.now())
        assert client.get(DESK).status_code == 404

    def test_that_the_account_was_suspended(self, client, post, application):
        type(post.account).objects.filter(pk=post.account_id).update(is_active=False)
        assert client.get(DESK).status_code != 200

    def test_that_the_session_ended(self, client, application):
        client.session.flush()
        assert client.get(DESK).url.startswith(reverse("account_login"))

    def test_the_officers_own_new_name(self, client, post, application):
        person = make_person(account=post.account, name="赵主席")
        assert "赵主席" in shown(client)
        Person.objects.filter(pk=person.pk).update(name="钱主席")
        assert "钱主席" in shown(client)

    def test_the_other_language(self, client, application):
        assert "working day" not in shown(client)
        client.cookies["language"] = "en"
        assert "working days left" in shown(client)
        del client.cookies["language"]
        assert "个工作日" in shown(client)


def test_what_people_typed_is_text_wherever_it_stands(chain, client):
    nasty = "<b>100%(number)s @@job@@</b>"
    application = make_application(union=chain[3], job=nasty, employer_name='"><script>')
    Person.objects.filter(pk=application.person_id).update(name="<i>%s")
    text = shown(client)
    assert "&lt;b&gt;100%(number)s @@job@@&lt;/b&gt;" in text
    assert "&quot;&gt;&lt;script&gt;" in text
    assert "&lt;i&gt;%s" in text


def test_what_is_kept_ready_holds_nobodys_data(chain, client, post):
    application = make_application(union=chain[3], job="很少见的工种")
    text = shown(client)
    assert application.person.name in text
    kept = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            kept += [inbox_table.ROW.cast(language), inbox_table.TABLE.cast(language)]
    question = inbox_page.question(
        tuple(selectors.reaches(selectors.current_posts(post.account), "decide_applications")),
        inbox.Conditions(),
        inbox_page.COUNT_LIMIT,
    )
    kept += [question.sql, repr(question.params)]
    for datum in (application.person.name, "很少见的工种", application.number, chain[3].name):
        assert not [text for text in kept if datum in text]


def test_a_wrong_answer_to_many_keeps_the_ticks(chain, client):
    first, second = (make_application(union=chain[3]) for _ in range(2))
    answer = client.post(
        reverse("members:desk_decisions"), {"numbers": [second.number], "reason": "先看一看"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    boxes = {
        number: text.split(f'value="{number}"')[1].split(">")[0]
        for number in (first.number, second.number)
    }
    assert "checked" in boxes[second.number]
    assert "checked" not in boxes[first.number]
    assert "先看一看</textarea>" in text
