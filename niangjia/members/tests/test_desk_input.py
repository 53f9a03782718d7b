"""Whatever is typed into an address of the desk, nothing breaks."""

import pytest
from django.urls import reverse

from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain

pytestmark = pytest.mark.django_db
ROUTES = (
    "desk_application",
    "desk_member",
    "desk_union",
    "union_edit",
    "union_posts",
    "post_ending",
)


@pytest.mark.parametrize("key", ["\x00", "'; DROP TABLE", "<b>", "𠮷" * 300, "‮1", "0" * 5000])
def test_nonsense_is_like_missing(key):
    client = officer_client(make_post(union=make_chain()[2]))
    client.raise_request_exception = False
    for name in ROUTES:
        assert client.get(reverse(f"members:{name}", args=[key])).status_code == 404, name
    assert client.get(reverse("members:tree"), {"words": key}).status_code in {200, 422}
    assert client.get(reverse("members:desk"), {"union": key, "kind": key}).status_code in {
        200,
        422,
    }
