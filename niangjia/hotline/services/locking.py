"""Fetching what is about to be changed."""

import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, NotFound
from niangjia.hotline.models import Call, CallState
from niangjia.hotline.selectors import visible_calls
from niangjia.members.models import Post


def lock_call(by: Post, call_id: uuid.UUID) -> Call:
    """A call that `by` may answer, locked. In the scope of their account. Raises `NotFound`."""
    found = visible_calls([by], account=by.account).select_for_update(of=("self",))
    call = found.select_related("line__union__division").filter(pk=call_id).first()
    if call is None:
        raise NotFound(_("There is no such page"))
    return call


def lock_own_call(by: Post, call_id: uuid.UUID) -> Call:
    """A call that `by` has taken and not ended. Raises `NotFound`, `Conflict`."""
    call = lock_call(by, call_id)
    if call.state == CallState.ENDED:
        raise Conflict(_("This call has ended already."), code="call-ended")
    if call.agent_id != by.account_id:
        raise Conflict(_("A colleague has this call."), code="not-your-call")
    return call
