"""One page that the tour visits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One page. `follow` holds CSS selectors: the first match's link is followed, one by one,
    to pages whose address is known only when the node runs. `who` is the key of a demo account."""

    name: str
    path: str
    chinese: str
    english: str
    who: str = ""
    follow: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    status: int = 200
