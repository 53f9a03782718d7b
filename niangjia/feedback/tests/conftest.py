"""What most tests of this room stand on."""

import pytest

from niangjia.feedback.tests.factories import Office, make_office


@pytest.fixture
def office(db) -> Office:
    """A chain of unions with an officer at each, and the rated one at the lowest."""
    return make_office()
