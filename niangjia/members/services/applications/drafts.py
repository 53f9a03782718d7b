"""Answers kept as they are typed."""

import datetime as dt
import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Application, ApplicationStatus
from niangjia.members.services.applications.steps import lock_account
from niangjia.organisations.models import Union

#: More than every field of the form at its longest; a draft is not a place to store things.
MAX_DRAFT_CHARACTERS = 8_000


@transactions.atomic
def save_draft(
    *,
    account: Account,
    union: Union,
    answers: Mapping[str, str],
    version: int | None = None,
    now: dt.datetime,
) -> Application:
    """Keep what `account` has typed so far for `union`, as typed, without checking it.

    One draft an account: opened at another union it moves there, answers and all. `version` is the
    draft's version that the typing began from (0: none yet); when another window (see `is_from`)
    saved since then, nothing is overwritten and `Conflict` "draft-changed" is raised. None
    overwrites knowingly. Also raises `Conflict` "open-application" while another application is
    waiting, and `Invalid` for a draft of more than `MAX_DRAFT_CHARACTERS`.
    """
    text = json.dumps(dict(answers), ensure_ascii=False)
    if len(text) > MAX_DRAFT_CHARACTERS:
        raise Invalid(_("That is too long to keep."), code="draft-too-long")
    lock_account(account)
    draft = find_open(account)
    if draft is None:
        draft = Application(account=account, created_at=now)
    elif draft.status == ApplicationStatus.SUBMITTED:
        raise Conflict(_("You have an application waiting for an answer."), code="open-application")
    refuse_if_changed(draft, version, answers.get("window", ""))
    draft.union = draft.handled_by = union
    draft.draft = text
    draft.draft_version += 1
    draft.save()
    return draft


def refuse_if_changed(draft: Application, version: int | None, window: str) -> None:
    """Raise `Conflict` when `draft` is no longer at `version` and another window saved it."""
    if version is not None and version != draft.draft_version and not is_from(draft, window):
        raise Conflict(
            _("This form was changed in another window. Nothing was overwritten."),
            code="draft-changed",
        )


def is_from(draft: Application, window: str) -> bool:
    """Whether `draft` was saved last by the showing of the form called `window`, whose newest words
    are then the truth: pressing the button may overtake, or be overtaken by, a save on its way."""
    return bool(window) and json.loads(draft.draft or "{}").get("window") == window


@transactions.atomic
def discard_draft(*, account: Account) -> None:
    """Throw the draft away, if there is one."""
    Application.objects.filter(account=account, status=ApplicationStatus.DRAFT).delete()


def find_open(account: Account) -> Application | None:
    """The account's draft or waiting application, locked."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("union", "handled_by")
        .filter(account=account, status__in=[ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED])
        .first()
    )
