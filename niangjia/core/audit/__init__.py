"""What happened: every service writes one entry per effect, in its own transaction."""

from niangjia.core.audit.recording import record

__all__ = ["record"]
