"""What services raise. Pages show it beside the field; the API turns it into problem+json."""

from collections.abc import Mapping

from django.utils.functional import Promise

Text = str | Promise


class DomainError(Exception):
    """A refusal a person can act on: says what is wrong and what to do, in their language.

    `code` is stable and for machines, `message` is translatable and for people, `fields` names the
    inputs it is about; `proposals` says of some of them, for machines, what would put them right;
    `retry_after_seconds` says when to come back, where waiting helps.
    """

    status = 409
    code = "refused"
    retry_after_seconds: int | None = None

    def __init__(
        self,
        message: Text,
        *,
        code: str = "",
        fields: Mapping[str, Text] | None = None,
        proposals: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields: dict[str, Text] = dict(fields or {})
        self.proposals: dict[str, str] = dict(proposals or {})


class Invalid(DomainError):
    """The input cannot be accepted as it is."""

    status = 422
    code = "invalid"


class SignInFirst(DomainError):
    """Whoever asks has not signed in, or not anew; `url` is where one does."""

    status = 401
    code = "sign-in-first"

    def __init__(self, message: Text, *, url: str) -> None:
        super().__init__(message)
        self.url = url


class NotFound(DomainError):
    """Missing and forbidden answer identically."""

    status = 404
    code = "not-found"


class Conflict(DomainError):
    """Somebody was faster, or the thing is no longer in the state this needs."""

    status = 409
    code = "conflict"


class TooLate(DomainError):
    """The window has closed."""

    status = 410
    code = "too-late"


class TooLarge(DomainError):
    """More was sent at once than is taken."""

    status = 413
    code = "too-large"


class Throttled(DomainError):
    """Too many tries."""

    status = 429
    code = "throttled"

    def __init__(self, message: Text, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(DomainError):
    """Something we need does not answer; nothing was lost, and trying again later helps."""

    status = 503
    code = "unavailable"
    retry_after_seconds = 30
