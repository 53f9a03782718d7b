"""Whether a node is well, in one query."""

import pytest
from django.db import DatabaseError, connection

from niangjia.api_root import health


def worker_seen(ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - %s * interval '1 second')",
            [ago],
        )


@pytest.mark.django_db
class TestHealth:
    def test_a_node_with_a_living_worker_is_well(self, client):
        worker_seen(3)
        response = client.get("/healthz")
        assert (response.status_code, response.json()["status"]) == (200, "ok")

    @pytest.mark.parametrize("ago", [None, 3600])
    def test_a_node_whose_worker_is_silent_says_so(self, client, ago):
        if ago:
            worker_seen(ago)
        response = client.get("/healthz")
        assert (response.status_code, response.json()["worker"]) == (503, "silent")

    def test_a_node_without_its_database_says_so(self, client, monkeypatch):
        def gone():
            raise DatabaseError

        monkeypatch.setattr(health.connection, "cursor", gone)
        assert client.get("/healthz").json()["database"] == "unreachable"

    def test_it_costs_one_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            client.get("/healthz")
