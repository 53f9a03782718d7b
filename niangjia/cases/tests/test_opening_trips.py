"""What opening a case costs: one trip for what is read, one for what is written."""

import pytest

from niangjia.cases.tests.factories import AID, COMPLAINT, make_case, publish
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("document", [AID, COMPLAINT])
def test_a_case_is_opened_on_two_trips(document, django_assert_num_queries):
    chain = make_chain()
    publish(document)
    accused = Employer.objects.create(name="某某公司", division=chain[2].division)
    asked = {
        "union": chain[3],
        "account": make_account(),
        "document": document,
        "accused": accused if document is COMPLAINT else None,
        "matter" if document is COMPLAINT else "reason": "工资被拖欠了三个月",
    }
    # The first keeps the document it began under.
    make_case(**asked)
    # A savepoint in a test's transaction, reading, writing, the end of it.
    with django_assert_num_queries(4):
        make_case(**asked)
