"""The web server: granian, with the lean door for claims before the site.

Run as `python -m niangjia.operations.node.serving`, with granian's own options.

granian hands each request to a thread together with the line on which it is answered, and does not
mind when that happens after the thread went on. WSGI knows no such thing, so the door stands where
granian calls WSGI: within the worker process, `granian.wsgi`'s runner is put behind it (ADR 91).
"""

from collections.abc import Callable
from typing import Any

from granian import cli
from granian.server import mp


class Server(mp.MPServer):
    """granian's server of worker processes, each with a door of its own."""

    @staticmethod
    def _spawn_wsgi_worker(*given: Any) -> None:
        """In the worker process: serve, with the door in front."""
        mp._wsgi_call_wrap = behind_the_door(mp._wsgi_call_wrap)  # type: ignore[attr-defined]
        mp.MPServer._spawn_wsgi_worker(*given)


def behind_the_door(wrap: Callable[..., Any]) -> Callable[..., Any]:
    """granian's way to make a runner of a WSGI application, with the door before the runner."""

    def wrapped(application: Any, scope_options: dict[str, Any], access_log: Any = None) -> Any:
        # Here, because the application has set Django up by now.
        from niangjia.api_root.lean import door

        return door(wrap(application, scope_options, access_log))

    return wrapped


if __name__ == "__main__":
    cli.Server = Server  # type: ignore[attr-defined]
    cli.entrypoint()  # type: ignore[no-untyped-call]
