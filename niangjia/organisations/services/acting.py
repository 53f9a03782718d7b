"""Who acts."""

import uuid
from typing import Any


def account_id(by: Any) -> uuid.UUID | None:
    """The account behind `by`, an account or a post of one; None stands for the system itself."""
    found: uuid.UUID | None = getattr(by, "account_id", None) or getattr(by, "pk", None)
    return found
