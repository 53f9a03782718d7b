"""What an address costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def cost(client: Client, address: str) -> int:
    """How many questions it asks the database when it is asked for a second time."""
    client.get(address)
    connection.send_waiting()  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    # How often somebody asks within a minute is written down now and then.
    return sum("core_requestcount" not in each["sql"] for each in asked.captured_queries)
