"""The last stop for refusals: a page instead of a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from niangjia.core.errors import DomainError
from niangjia.web.views import problems


class Refusals:
    """Turns a `DomainError` that no view has caught into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks here about whatever a view raised."""
        return problems.refused(request, exception) if isinstance(exception, DomainError) else None
