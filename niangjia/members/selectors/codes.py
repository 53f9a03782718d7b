"""The code somebody was sent."""

import uuid

from niangjia.members.models import OneTimeCode


def find_code(code_id: uuid.UUID) -> OneTimeCode | None:
    """The code sent as `code_id`, valid or not."""
    return OneTimeCode.objects.filter(id=code_id).first()
