"""Entries by the ten thousand: the indexes are built anew by whoever may, and kept by the app."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.organisations import services
from niangjia.organisations.tests.test_search import names, yiwu

__all__ = ["yiwu"]


def index_all():
    """Write every entry anew; the statements that change an index."""
    before = names("义乌")
    with CaptureQueriesContext(connection) as asked:
        assert services.index_all() == 6
    assert names("义乌") == before
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, "organisations_unionsearch")
    assert {"union_search_tokens", "union_search_point"} <= there.keys()
    return [query["sql"] for query in asked if " INDEX " in query["sql"]]


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(services.search_index, "MANY", 1)


@pytest.mark.usefixtures("as_owner", "yiwu", "many")
def test_the_owner_builds_them_anew():
    assert len(index_all()) == 4


@pytest.mark.usefixtures("as_owner", "yiwu")
def test_control_for_few_it_keeps_them():
    assert index_all() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("yiwu", "many")
def test_the_app_may_not_and_keeps_them():
    assert index_all() == []
