"""A statement that its merchant disputes: answered or corrected, in time, until both agree."""

import datetime as dt
import json

import pytest

from niangjia.benefits import services
from niangjia.benefits.models import Statement, StatementLine, StatementState
from niangjia.benefits.selectors.books import read_books
from niangjia.benefits.services.disputing import due_at
from niangjia.benefits.tests.test_settling import NOW, at, autumn, draw_up, had
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def town(db):
    """Two purchases in October, one of which was partly taken back, on a statement."""
    town = autumn()
    town.first, town.second = (town.buy(had(town), 700, now=at(day)) for day in (5, 6))
    town.take_back(town.second, 200, now=at(7))
    (town.statement,) = draw_up()
    return town


def dispute(town, now=NOW):
    services.answer_statement(
        by=town.manager, statement=town.statement, agrees=False, words="第二笔不是我们的", now=now
    )


def answer(town, *lines, words="查过小票，第二笔先移出。", by=None):
    return services.answer_dispute(
        by=by or town.post,
        statement=town.statement,
        words=words,
        line_ids=[line.pk for line in lines],
        now=NOW,
    )


def told(account):
    return set(Notice.objects.filter(account=account).values_list("kind", flat=True))


def test_answered_in_words_and_agreed(town):
    with pytest.raises(Conflict) as refused:
        answer(town)
    assert refused.value.code == "not-disputed"
    dispute(town)
    town.statement.refresh_from_db()
    assert town.statement.due_at == due_at(NOW)
    assert "benefits.statement-disputed" in told(town.post.account)
    with pytest.raises(Invalid):
        answer(town, words=" ")
    answered = answer(town, words="这笔是你们二店收的。")
    assert (answered.state, answered.total_fen) == (StatementState.ANSWERED, 1200)
    assert told(town.manager.account) >= {"benefits.statement-answered"}
    dispute(town)
    answer(town, words="附上了收银照片的编号。")
    agreed = services.answer_statement(
        by=town.manager, statement=town.statement, agrees=True, now=NOW
    )
    assert (agreed.state, agreed.due_at) == (StatementState.CONFIRMED, None)
    assert [each.by_union for each in town.statement.said.all()] == [False, True, False, True]
    with pytest.raises(Conflict):
        answer(town)


def test_what_is_taken_off_stands_on_the_next_one_and_the_books_agree(town):
    dispute(town)
    line = town.statement.lines.get(redemption=town.second)
    corrected = answer(town, line)
    assert (corrected.redeemed_fen, corrected.refunded_fen, corrected.total_fen) == (700, 0, 700)
    said = town.statement.said.get(by_union=True)
    assert (said.lines, said.off_fen) == (2, 500)
    assert draw_up() == []
    later = NOW + 30 * DAY
    (november,) = services.draw_up_statements(month=dt.date(2026, 11, 1), now=later)
    assert november.total_fen == 500
    assert StatementLine.objects.count() == 3
    assert read_books(town.post.union).agree


def test_a_line_of_another_statement_cannot_be_taken_off(town):
    dispute(town)
    other = autumn()
    other.buy(had(other), 300, now=at(9))
    foreign = Statement.objects.get(pk=draw_up()[0].pk).lines.get()
    with pytest.raises(Invalid) as refused:
        answer(town, foreign)
    assert set(refused.value.fields) == {"lines"}
    assert StatementLine.objects.filter(pk=foreign.pk).exists()


def test_whoever_does_not_answer_in_time_is_told_once(town):
    dispute(town)
    late = due_at(NOW) + DAY
    assert services.remind_of_disputes(now=NOW) == 0
    assert services.remind_of_disputes(now=late) == 1
    assert services.remind_of_disputes(now=late) == 0
    assert "benefits.dispute-late" in told(town.post.account)
    answer(town)
    assert services.remind_of_disputes(now=due_at(NOW) + DAY) == 1
    assert "benefits.answer-late" in told(town.manager.account)


def test_on_the_pages_of_both_sides_and_by_operations(town):
    desk = officer_client(make_post(union=town.post.union))
    till = signed_in(town.manager.account)
    there = f"/desk/benefits/statements/{town.statement.number}/"
    mine = f"/till/statements/{town.statement.number}/"
    with clock.stopped_at(NOW):
        till.post(mine, {"words": "第二笔不是我们的"})
        page = desk.get(there).content.decode()
        assert "第二笔不是我们的" in page
        assert "等工会答复" in page
        wrong = desk.post(f"{there}answer/", {"words": ""})
        assert wrong.status_code == 422
        line = town.statement.lines.get(redemption=town.second)
        done = desk.post(f"{there}answer/", {"words": "先移出第二笔。", "lines": [str(line.pk)]})
        assert done.url == there
        shown = till.get(mine).content.decode()
        assert "先移出第二笔。" in shown
        assert "移出 2 行，共 5 元" in shown
        api = f"/api/v1/tills/statements/{town.statement.number}"
        said = till.get(f"{api}/words").json()["items"]
        assert [each["by_union"] for each in said] == [False, True]
        again = {"words": "第一笔也不对"}
        posted = till.post(f"{api}/answer", json.dumps(again), content_type="application/json")
        assert posted.json()["state"] == "disputed"
        body = json.dumps({"words": "第一笔没有问题。"})
        own = f"/api/v1/desk/benefits/statements/{town.statement.number}"
        answered = desk.post(f"{own}/answer", body, content_type="application/json").json()
        assert (answered["state"], answered["total_fen"]) == ("answered", 700)
        assert len(desk.get(f"{own}/words").json()["items"]) == 4


def test_each_step_of_a_statement_is_told_to_whom_it_waits_for(town):
    """Drawn up: the merchant. Confirmed: the union. Paid: the merchant, with the reference."""
    assert "benefits.statement-drawn-up" in told(town.manager.account)
    assert "benefits.statement-nobody" not in told(town.post.account)
    assert "benefits.statement-confirmed" not in told(town.post.account)
    services.answer_statement(by=town.manager, statement=town.statement, agrees=True, now=NOW)
    assert "benefits.statement-confirmed" in told(town.post.account)
    services.record_payment(
        by=make_post(union=town.post.union),
        statement=town.statement,
        payment="ICBC-20261103-01",
        now=NOW,
    )
    paid = Notice.objects.get(account=town.manager.account, kind="benefits.statement-paid")
    assert paid.facts["total"] == "12"
    assert paid.facts["payment"] == "ICBC-20261103-01"


def test_a_merchant_that_never_looks_is_told_and_so_is_the_union(town):
    assert town.statement.due_at == due_at(NOW)
    assert services.remind_of_disputes(now=NOW) == 0
    assert services.remind_of_disputes(now=due_at(NOW) + DAY) == 1
    assert services.remind_of_disputes(now=due_at(NOW) + DAY) == 0
    assert "benefits.statement-late" in told(town.manager.account)
    assert "benefits.statement-silent" in told(town.post.account)


def test_where_nobody_could_confirm_it_the_union_hears_so_at_once(db):
    town = autumn()
    town.buy(had(town), 700, now=at(5))
    services.end_cashier(by=town.post, cashier=town.manager, now=NOW)
    draw_up()
    assert "benefits.statement-nobody" in told(town.post.account)
    assert services.remind_of_disputes(now=due_at(NOW) + DAY) == 1
    nobody = Notice.objects.filter(kind="benefits.statement-nobody", account=town.post.account)
    assert nobody.count() == 2
    assert "benefits.statement-silent" not in told(town.post.account), "nobody was told again"
