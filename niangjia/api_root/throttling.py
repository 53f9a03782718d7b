"""So many requests a minute from one account, or one address when nobody is signed in."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from niangjia.core import clock

WINDOW_SECONDS = 60


class PerMinute(BaseThrottle):
    """A counter a minute. Each process counts for itself, so a node allows some multiple of it."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this one, and say whether it may pass."""
        limit = settings.NIANGJIA_API_REQUESTS_PER_MINUTE
        if not limit:
            return True
        account = getattr(request, "auth", None)
        who = account.pk if account else request.META.get("REMOTE_ADDR", "")
        minute = int(clock.now().timestamp()) // WINDOW_SECONDS
        key = f"api:{who}:{minute}"
        cache.add(key, 0, WINDOW_SECONDS)
        return cache.incr(key) <= limit

    def wait(self) -> float:
        """Seconds until the next minute."""
        return WINDOW_SECONDS - clock.now().timestamp() % WINDOW_SECONDS
