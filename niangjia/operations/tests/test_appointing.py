"""A new node gets its first officers at the console."""

import pytest

from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members.models import Account, Post, Reach, Role
from niangjia.operations.cli.appointing import appoint_at_console
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db
PHONE = "138 0000 0001"


def test_the_first_administrator_stands_at_the_top():
    root = make_root()
    assert appoint_at_console(PHONE, None, Role.ADMINISTRATOR) == root.name
    post = Post.objects.get()
    assert (post.union, post.role, post.reach) == (root, Role.ADMINISTRATOR, Reach.SUBTREE)
    assert post.appointed_by_account_id is None
    assert AuditEntry.objects.filter(action="post.appointed", account_id=None).exists()


def test_the_account_there_is_is_taken_and_a_new_number_is_not_yet_proven():
    root = make_root()
    known = Account.objects.create_user("+8613800000001")
    appoint_at_console(PHONE, None, Role.CHAIR)
    assert Post.objects.get().account == known

    appoint_at_console("13800000002", make_union(parent=root).number, Role.CHAIR)
    assert Account.objects.by_phone("+8613800000002").phone_verified_at is None


@pytest.mark.parametrize(
    ("phone", "number", "refusal"), [("12", None, Invalid), (PHONE, "1", NotFound)]
)
def test_what_cannot_be_is_refused_and_leaves_no_account(phone, number, refusal):
    make_root()
    with pytest.raises(refusal):
        appoint_at_console(phone, number, Role.CHAIR)
    assert not Account.objects.exists()


def test_nobody_is_appointed_twice_or_on_a_node_without_a_tree():
    with pytest.raises(NotFound):
        appoint_at_console(PHONE, None, Role.CHAIR)
    make_root()
    appoint_at_console(PHONE, None, Role.CHAIR)
    with pytest.raises(Conflict):
        appoint_at_console(PHONE, None, Role.CHAIR)
