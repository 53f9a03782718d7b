"""What most tests of this room stand on."""

from copy import deepcopy

import pytest

from niangjia.hotline.tests.aftercare import make_world
from niangjia.hotline.tests.factories import make_agent, make_call, make_line, publish_items, take
from niangjia.members.tests.factories.joining import make_chain


@pytest.fixture(scope="module")
def made_chain(kept):
    """`chain`, and the services that the hotline's topics lead to."""
    made = make_chain()
    publish_items()
    return made


@pytest.fixture(scope="module")
def made_world(kept):
    return make_world()


@pytest.fixture
def world(made_world):
    """A line at a city, its people, and the county that does the work."""
    return deepcopy(made_world)


@pytest.fixture
def line(chain):
    """The hotline of the city."""
    return make_line(chain[1])


@pytest.fixture
def agent(chain, line):
    """Somebody who answers it."""
    return make_agent(chain[1])


@pytest.fixture
def call(line, agent):
    """A call in their hands."""
    return take(agent, make_call(line))
