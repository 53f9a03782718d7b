"""What somebody told when they signed up, written down."""

import datetime as dt
import json
import uuid
from typing import Any

from niangjia.activities.events import SignedUp
from niangjia.activities.models import Companion, Run, SignUp, Team
from niangjia.activities.rules.answers import Answers
from niangjia.core import audit, outbox
from niangjia.members.models import Account


def write(
    by: Account,
    run: Run,
    claim_id: uuid.UUID,
    answers: Answers,
    now: dt.datetime,
    *,
    team: Team | None = None,
) -> SignUp:
    """Keep what was told, no more than was asked; of whoever joins a `team`, too. In the caller's
    transaction."""
    activity = run.activity
    made = SignUp.objects.create(
        run=run,
        account=by,
        claim_id=claim_id,
        team=team,
        made_at=now,
        answers=sealed_answers(answers.kept(activity)),
        declared_at=now if activity.health_words else None,
        photos_at=now if activity.takes_photos and answers.agrees_photos else None,
    )
    for companion in answers.companions:
        Companion.objects.create(
            sign_up=made,
            name=companion.name.strip(),
            identity_number=companion.identity_number.strip().upper()
            if activity.asks_identity
            else None,
            answers=sealed_answers(companion.kept(activity)),
        )
    audit.record(
        action="activity.signed-up",
        by=by.pk,
        subject=f"sign-up:{made.pk}",
        union_id=activity.union_id,
    )
    outbox.publish(SignedUp(made.pk))
    return made


def sealed_answers(told: dict[str, Any]) -> str | None:
    """As rows keep them; nothing where nothing was told."""
    return json.dumps(told, ensure_ascii=False) if told else None
