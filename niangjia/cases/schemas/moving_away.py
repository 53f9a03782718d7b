"""What the operations on moving to another province take and give."""

from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints


class CaseMoveIn(Schema):
    """`province`: the code of the province one moves to, as 440000."""

    province: Annotated[str, StringConstraints(max_length=12)]
    agreed: bool = False


class CaseMoveOut(Schema):
    """`province`: the name of where to; `agreed`: whether the record may be given to the union
    there."""

    province: str | None = None
    agreed: bool = False
