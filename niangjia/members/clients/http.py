"""One JSON request to a service outside, with a timeout."""

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0
LARGEST_ANSWER_BYTES = 65_536


class BadAnswer(OSError):
    """The service answered something that is no success and no JSON object."""


def post(url: str, body: Mapping[str, Any], *, token: str, timeout: float) -> dict[str, Any]:
    """POST `body` as JSON to `url` (http or https) and return the JSON object it answers.

    Raises `OSError` for every failure: refused, slow (`timeout` seconds), not 2xx, not JSON.
    """
    parts = urlsplit(url)
    connection_type = (
        http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    )
    connection = connection_type(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request(
            "POST",
            parts.path or "/",
            json.dumps(body),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        response = connection.getresponse()
        content = response.read(LARGEST_ANSWER_BYTES)
        if not 200 <= response.status < 300:
            raise BadAnswer(f"{parts.hostname} answered {response.status}")
        answer = json.loads(content or b"{}")
    except (http.client.HTTPException, ValueError) as failure:
        raise BadAnswer(f"{parts.hostname}: {type(failure).__name__}") from failure
    finally:
        connection.close()
    if not isinstance(answer, dict):
        raise BadAnswer(f"{parts.hostname} answered no object")
    return answer
