"""Writing audit entries."""

import uuid
from collections.abc import Mapping
from typing import Any

from niangjia.core import clock
from niangjia.core.models import AuditEntry


def record(
    *,
    action: str,
    by: uuid.UUID | None,
    subject: str,
    union_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that account `by` (None: the system) did `action` to `subject` ("membership:<id>").

    `person_id` is whose data it was, so that they can see it; `purpose` is required by whoever
    looks at personal data (promise 6). `details` is JSON without personal data.
    """
    return AuditEntry.objects.create(
        action=action,
        account_id=by,
        subject=subject,
        union_id=union_id,
        person_id=person_id,
        purpose=purpose,
        details=dict(details or {}),
        at=clock.now(),
    )
