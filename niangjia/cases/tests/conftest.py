"""What most tests of this room stand on."""

from copy import deepcopy

import pytest

from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.cases.tests.letters import make_supervision
from niangjia.members.tests.factories.joining import make_chain


@pytest.fixture(scope="module")
def made_chain(kept):
    """`chain`, and two services that the whole country offers."""
    made = make_chain()
    publish(AID)
    publish(COMPLAINT)
    return made


@pytest.fixture(scope="module")
def made_matter(kept):
    return make_supervision()


@pytest.fixture
def matter(made_matter):
    """A complaint about wages, and the supervision that a county's chair has begun."""
    return deepcopy(made_matter)
