"""What an address costs."""

from collections.abc import Iterable

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def open_once(client: Client, address: str) -> tuple[HttpResponse, int]:
    """What it answers, and how many questions that asks the database, with the reading of a
    file."""
    connection.send_waiting()  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        answer.getvalue()
    statements = [str(each["sql"]) for each in asked.captured_queries]
    # How often somebody asks within a minute is written down now and then.
    return answer, sum("core_requestcount" not in each for each in statements)


def cost(client: Client, address: str) -> int:
    """How many questions it asks the database when it is asked for a second time."""
    client.get(address)
    answer, count = open_once(client, address)
    assert answer.status_code == 200, address
    return count


def costs(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """What each of them costs, to be compared with what a test says of them."""
    return {address: cost(client, address) for address in addresses}
