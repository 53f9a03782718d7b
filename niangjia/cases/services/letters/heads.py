"""What stands on a union's letters: its mark and its seal."""

import datetime as dt
import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import LetterHead
from niangjia.cases.selectors.letters import find_head
from niangjia.cases.services import locking
from niangjia.core import audit, crypto, files, transactions
from niangjia.core.documents import Seal
from niangjia.core.errors import Invalid
from niangjia.core.files import Examined
from niangjia.core.files.examining import Stream
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.organisations.models import Union
from niangjia.organisations.services.numbering import next_ids

#: Chinese characters: 义工, 京工.
MARK = re.compile(r"^[\u4e00-\u9fff]{0,6}$")
KINDS = frozenset({files.Kind.PNG, files.Kind.JPEG})
LIMITS = files.Limits(size=2_000_000, pixels=16_000_000, side=4_000)
SMALLEST_SIDE = 200
#: How much longer than the other one side of a round seal's picture may be.
MOST_UNEVEN = 1.1


def set_letter_head(
    *,
    by: Post,
    mark: str,
    picture: Stream | None = None,
    name: str = "",
    without_seal: bool = False,
    now: dt.datetime,
) -> LetterHead:
    """Say what stands on the letters of the union of `by` from now on: its mark, and the picture of
    its seal (PNG or JPEG, about square, 200 pixels a side at least). Without a picture the seal
    stays, unless `without_seal`. Letters that went out stay as they are.

    Raises `NotFound` for a post that may not, `Invalid` on `mark` or `picture`.
    """
    if not MARK.match(mark.strip()):
        problem = _("At most 6 Chinese characters, as they stand before the year: 义工.")
        raise Invalid(problem, code="bad-mark", fields={"mark": problem})
    examined = None
    if picture is not None:
        examined = files.examine(picture, name=name, allowed=KINDS, limits=LIMITS, field="picture")
        check_seal(examined)
    return keep(by, mark.strip(), examined, without_seal=without_seal, now=now)


def check_seal(examined: Examined) -> None:
    """Raise `Invalid` on `picture` for what cannot be the picture of a round seal."""
    width, height = examined.pixels or (0, 0)
    if min(width, height) < SMALLEST_SIDE or max(width, height) > MOST_UNEVEN * min(width, height):
        problem = _("A seal is round: its picture is square, with 200 pixels a side at least.")
        raise Invalid(problem, code="bad-seal", fields={"picture": problem})


@transactions.atomic
def keep(
    by: Post, mark: str, examined: Examined | None, *, without_seal: bool, now: dt.datetime
) -> LetterHead:
    """A new row; the old ones say who changed what."""
    post = next((p for p in current_posts(by.account) if p.pk == by.pk), None)
    if post is None or not permissions.may(post.role, Action.KEEP_SEAL):
        raise locking.not_found()
    Union.objects.select_for_update(of=("self",)).get(pk=post.union_id)
    before = find_head(post.union)
    head_id = next_ids(1)[0]
    key, sealed_key = crypto.new_key(context_of(head_id))
    if examined is None and before is not None and before.seal is not None and not without_seal:
        examined = again(before)
    seal = None
    if examined is not None and not without_seal:
        seal = files.store(examined=examined, key=key.secret, context=context_of(head_id).encode())
    head = LetterHead(
        id=head_id,
        union=post.union,
        mark=mark,
        sealed_key=sealed_key,
        seal=seal,
        set_at=now,
        set_by_account_id=by.account_id,
    )
    head.save(force_insert=True)
    audit.record(
        action="letter-head.set",
        by=by.account_id,
        subject=f"union:{post.union_id}",
        union_id=post.union_id,
        details={"mark": mark, "seal": seal is not None},
    )
    return head


def context_of(head_id: object) -> str:
    """What the key of a letter head is bound to."""
    return f"cases.letterhead:{head_id}"


def opened(head: LetterHead) -> files.OpenedFile | None:
    """The picture of the seal, if there is one."""
    if head.seal is None:
        return None
    key = crypto.open_key(head.sealed_key, context_of(head.pk))
    return files.open_stored(head.seal, key=key.secret, context=context_of(head.pk).encode())


def again(head: LetterHead) -> Examined | None:
    """The picture as it was checked, to be stored with another row."""
    found = opened(head)
    if found is None:
        return None
    return Examined(
        kind=found.kind, name=found.name, size=found.size, sha256=found.sha256, content=found.read()
    )


def seal_of(union: Union, head: LetterHead | None) -> Seal | None:
    """The seal a letter of `union` bears now. In a demonstration every seal says so, and one is
    drawn where there is no picture; elsewhere a letter without a picture is sealed by hand."""
    found = opened(head) if head else None
    picture = found.read() if found else b""
    if settings.DEMO:
        return Seal(union.name, is_demonstration=True, picture=picture)
    return Seal(union.name, picture=picture) if picture else None
