"""The first view fits a 2G connection: at most 100 KB compressed, without map and charts."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

LIMIT_BYTES = 100_000
#: Fetched only when a map or a chart comes into view, or by the phone for its home screen.
LATER = re.compile(r"maplibre|echarts|manifest|apple-touch-icon")


def assets(page: str) -> list[str]:
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", page)
    addresses = [re.search(r'(?:href|src)="/static/([^"]+)"', tag) for tag in tags]
    return [
        address[1]
        for tag, address in zip(tags, addresses, strict=True)
        if address and not LATER.search(tag)
    ]


@pytest.mark.parametrize("path", ["/", "/account/login/", "/nowhere/"])
def test_the_first_view_is_light(client, db, path):
    sent = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    needed = assets(gzip.decompress(sent.content).decode())
    assert len(needed) > 5
    weights = {name: len(brotli.compress(Path(finders.find(name)).read_bytes())) for name in needed}

    total = len(sent.content) + sum(weights.values())

    assert total <= LIMIT_BYTES, (total, weights)
