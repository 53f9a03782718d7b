"""What most tests of this room stand on."""

import pytest

from niangjia.hotline.tests.factories import publish_items
from niangjia.members.tests.factories.joining import make_chain


@pytest.fixture(scope="module")
def made_chain(kept):
    """`chain`, and the services that the hotline's topics lead to."""
    made = make_chain()
    publish_items()
    return made
