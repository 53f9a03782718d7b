"""Finding one person or one application among very many reads an index, never the whole table."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.models import Account, Application, Person, Reach
from niangjia.members.selectors import inbox, inbox_page
from niangjia.members.selectors.registers import MemberQuery, access_membership, find_members
from niangjia.members.tests.factories.accounts import make_answers
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import (
    make_applicant,
    make_application,
    make_chain,
    make_membership,
    make_officer,
)
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union
from tests.database import kept_for_the_module

#: With so many rows, and statistics of them, the planner itself prefers an index.
ROWS = 20_000
BIG = {"members_person", "members_account", "members_membership", "members_application"}
#: What a copied row has of its own. `n` counts the copies.
OWN = {
    "members_person": {
        "id": "md5('person' || n)::uuid",
        "name": "'甲' || n",
        "identity_digest": "sha256(('identity' || n)::bytea)",
        "phone_digest": "sha256(('phone' || n)::bytea)",
    },
    "members_account": {
        "id": "md5('account' || n)::uuid",
        "person_id": "md5('person' || n)::uuid",
        "phone_digest": "sha256(('phone' || n)::bytea)",
    },
    "members_membership": {
        "id": "md5('membership' || n)::uuid",
        "number": "'M' || n",
        "person_id": "md5('person' || n)::uuid",
    },
    "members_application": {
        "id": "md5('application' || n)::uuid",
        "number": "'A' || n",
        "account_id": "md5('account' || n)::uuid",
        "person_id": "md5('person' || n)::uuid",
        "status": "CASE WHEN mod(n, 10) = 0 THEN 'submitted' ELSE 'withdrawn' END",
        "due_at": "due_at + n * interval '1 minute'",
    },
}


class Crowd:
    """Somebody who is a member, somebody who has applied, and the officer of the whole country,
    among `ROWS` others of each."""

    def __init__(self):
        union = make_chain()[3]
        self.member = make_membership(union=union)
        self.application = make_application(union=union)
        self.applicant = self.application.account
        self.officer = make_post(union=Union.objects.get(depth=0), reach=Reach.SUBTREE)
        templates = (self.member.person, self.member.person.account, self.member, self.application)
        for row in templates:
            multiply(row)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def multiply(row):
    """Copy `row` with its own values for what is unique."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields]
    values = ", ".join(OWN[table].get(column, column) for column in columns)
    copy = (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608
        f"SELECT {values} FROM {table}, generate_series(1, {ROWS}) AS n WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(copy, [row.pk])
        cursor.execute(f"ANALYZE {table}")


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """As the tables' owner, who may count anew what is in them and drop their indexes."""
    with kept_for_the_module(django_db_blocker, as_owner=True):
        yield Crowd()


@pytest.fixture
def undone(crowd):
    """What a test writes is taken back."""
    with transaction.atomic():
        yield crowd
        transaction.set_rollback(True)


def nodes(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


@contextmanager
def plans():
    """How the database goes about each query: (what it does, to which table, by which index)."""
    seen = []

    def explain(execute, query, params, many, context):
        if query.startswith(("SELECT", "UPDATE")):
            with connection.connection.cursor() as cursor:
                cursor.execute("EXPLAIN (FORMAT JSON) " + query, params)
                plan = cursor.fetchone()[0][0]["Plan"]
            seen.extend(
                (node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", ""))
                for node in nodes(plan)
            )
        return execute(query, params, many, context)

    with connection.execute_wrapper(explain):
        yield seen


def read_whole(seen):
    """The big tables that were read from end to end."""
    return {table for kind, table, _index in seen if kind == "Seq Scan" and table in BIG}


def attempt_entry(crowd, union):
    """Enter from paper somebody who is a member elsewhere."""
    person = crowd.member.person
    services.register_paper_member(
        by=make_officer(union),
        union=union,
        answers=make_answers(name=person.name, identity_number=person.identity_number),
        admitted_date=clock.today(),
        now=clock.now(),
    )


@pytest.mark.parametrize("by", ["name", "identity_number", "phone", "number"])
def test_a_person_is_looked_up_by_an_index(undone, by):
    text = getattr(undone.member if by == "number" else undone.member.person, by)
    with plans() as seen:
        found = find_members([undone.officer], MemberQuery(by, text))
    assert found == [undone.member]
    assert read_whole(seen) == set()


@pytest.mark.parametrize(
    ("by", "index"), [("identity_number", "identity_digest"), ("phone", "phone_digest")]
)
def test_the_index_is_that_of_the_digest(undone, by, index):
    with plans() as seen:
        find_members([undone.officer], MemberQuery(by, getattr(undone.member.person, by)))
    assert any(index in name for _kind, table, name in seen if name), seen


def test_persons_are_found_by_an_index_when_entered_and_when_they_sign_in(undone):
    with plans() as seen:
        with pytest.raises(Conflict):
            attempt_entry(undone, make_union())
        assert Account.objects.by_phone(undone.applicant.phone) == undone.applicant
        services.identify_person(account=make_applicant(), answers=make_answers(), now=clock.now())
    assert read_whole(seen) == set()


def test_an_application_is_found_by_an_index(undone):
    number, account = undone.application.number, undone.applicant
    with plans() as seen:
        assert selectors.access_application(account=account, number=number)
        assert selectors.find_open_application(account)
        assert len(selectors.list_applications(account)) == 1
        assert inbox.access_application_within([undone.officer], number)
        assert access_membership([undone.officer], undone.member.number)
        assert undone.application.person.applications.count() == 1
    assert read_whole(seen) == set()


def test_the_inbox_of_the_whole_country_is_read_in_its_order(undone):
    now = clock.now()
    with plans() as seen:
        listed = inbox.list_inbox([undone.officer], now=now)
        assert page_of(listed, order=inbox.ORDER, cursor=None).items
        page, counts = inbox_page.show_page(
            [undone.officer], chosen=inbox.InboxFilter(), cursor=None, now=now
        )
        assert page.items
        assert not counts.open.is_exact
    assert read_whole(seen) == set()


def test_applying_and_answering_read_no_table_whole(undone):
    with plans() as seen:
        application = make_application(union=undone.member.union)
        services.decide_application(
            by=make_officer(undone.member.union),
            application=application,
            verdict="admitted",
            now=clock.now(),
        )
    assert read_whole(seen) == set()


@pytest.mark.parametrize(
    ("column", "by"), [("identity_digest", "identity_number"), ("phone_digest", "phone")]
)
def test_control_without_the_index_a_table_is_read_whole(undone, column, by):
    drop_indexes_of(Person, column)
    with plans() as seen:
        find_members([undone.officer], MemberQuery(by, getattr(undone.member.person, by)))
    assert read_whole(seen)


@pytest.mark.parametrize("column", ["account_id", "number"])
def test_control_an_application_without_its_index(undone, column):
    drop_indexes_of(Application, column)
    with plans() as seen:
        if column == "number":
            inbox.access_application_within([undone.officer], undone.application.number)
        else:
            list(selectors.list_applications(undone.applicant))
    assert "members_application" in read_whole(seen)


def drop_indexes_of(model, column):
    """Every index that begins with `column`, and the constraint it serves."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
        for name, constraint in found.items():
            if constraint["columns"][:1] == [column] and not constraint["foreign_key"]:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
                cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
