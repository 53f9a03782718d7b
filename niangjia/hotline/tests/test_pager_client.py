"""The fake pager and the real one pass the same contract; the real one survives bad days."""

import pytest
from django.core.cache import cache

from niangjia.core import errors
from niangjia.hotline.clients import paging
from niangjia.members.tests import gateway

pytestmark = pytest.mark.django_db
SAID = {"phone": "+8613800001111", "way": "voice", "number": "123456789012", "link": "/p/x/"}


@pytest.fixture(params=["fake", "real"])
def pager(request):
    """A client, and a function that tells whom it paged last, how, and with which link."""
    cache.delete(paging.ShownPager.key)
    if request.param == "fake":
        fake = paging.ShownPager()
        yield fake, lambda: (fake.last()[0].phone, fake.last()[0].way, fake.last()[0].link)
    else:
        with gateway.gateway(lambda _body: (200, b"{}")) as (url, received):
            yield (
                paging.WebhookPager(url, "token"),
                lambda: (
                    received[-1][1]["phone"],
                    received[-1][1]["way"],
                    received[-1][1]["parameters"]["link"],
                ),
            )


def test_whoever_is_paged_gets_the_link(pager):
    client, last = pager
    client.page(**SAID)
    assert last() == (SAID["phone"], "voice", "/p/x/")


def test_a_gateway_that_fails_or_is_none_is_unavailable(settings):
    with (
        gateway.gateway(lambda _body: (500, b"")) as (url, _received),
        pytest.raises(errors.Unavailable),
    ):
        paging.WebhookPager(url, "token").page(**SAID)
    settings.DEMO, settings.PAGER_URL = False, ""
    with pytest.raises(errors.Unavailable):
        paging.client().page(**SAID)
    settings.PAGER_URL = "http://127.0.0.1:9/"
    with pytest.raises(errors.Unavailable):
        paging.client().page(**SAID)
