"""Who speaks, as far as it is kept: digests that hold for one place alone."""

import ipaddress
from dataclasses import dataclass

from niangjia.core.crypto import digest

#: Whoever can change their address within such a network is still one voice.
IPV4_PREFIX, IPV6_PREFIX = 24, 48


@dataclass(frozen=True)
class Speaker:
    """Whoever reports: `account` is an id or nothing, `device` what the browser keeps or nothing,
    `address` the network address it came from."""

    account: str = ""
    device: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """What their tries are counted under: the account, else the device, else the network."""
        return self.account or self.device or self.network

    @property
    def network(self) -> str:
        """The network around the address."""
        try:
            address = ipaddress.ip_address(self.address)
        except ValueError:
            return self.address
        prefix = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
        return str(ipaddress.ip_network((address, prefix), strict=False))

    def digests(self, place_id: object) -> dict[str, bytes | None]:
        """The columns of a report: the same for one place, unlike for any two."""
        known = {"account": self.account, "device": self.device, "network": self.network}
        return {
            f"{sort}_digest": digest("place-report", f"{place_id}:{sort}:{value}")
            if value
            else None
            for sort, value in known.items()
        }

    def mark(self, place_id: object) -> bytes:
        """One digest for whoever it is, for one place: a second scan is no second person."""
        return digest("place-visit", f"{place_id}:{self.key}")
