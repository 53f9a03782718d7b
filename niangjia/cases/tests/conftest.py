"""What most tests of this room stand on."""

import pytest

from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.members.tests.factories.joining import make_chain


@pytest.fixture(scope="module")
def made_chain(kept):
    """`chain`, and two services that the whole country offers."""
    made = make_chain()
    publish(AID)
    publish(COMPLAINT)
    return made
