"""A load generator that costs little: keep-alive connections, each asking again when answered.

In a process of its own (`python -m niangjia.operations.bench.load`), so that it and the server
share nothing but the machine. Reads one order as JSON, writes one `Measured` as JSON.
"""

import json
import secrets
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

CHUNK = 1 << 18


@dataclass(frozen=True)
class Order:
    """Ask for `paths` in turn for so many seconds, over so many connections at once; `anew`: under
    addresses nobody has asked for, so that no kept page answers."""

    port: int
    paths: Sequence[str]
    seconds: float
    connections: int = 8
    cookie: str = ""
    anew: bool = False


@dataclass
class Measured:
    """Latencies in milliseconds, one for each answer; answers counted by their status."""

    seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.latencies_ms) / self.seconds

    def percentile_ms(self, percent: float) -> float:
        """The latency that so many percent of the answers did not exceed."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]

    def add(self, other: "Measured") -> None:
        """Another round of the same."""
        self.seconds += other.seconds
        self.latencies_ms += other.latencies_ms
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count


def measure(order: Order) -> Measured:
    """Have another process carry the order out."""
    done = subprocess.run(
        [sys.executable, "-m", "niangjia.operations.bench.load"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(**json.loads(done.stdout))


class Connection:
    """One keep-alive connection with one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.asked_at = 0.0

    def ask(self, request: bytes) -> None:
        self.received.clear()
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def take(self) -> str:
        """Read what has come; the status once the answer is whole, else nothing."""
        chunk = self.socket.recv(CHUNK)
        if not chunk:
            raise ConnectionError("the server hung up")
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return ""
        head = bytes(self.received[:end]).lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r", 1)[0]) if at >= 0 else 0
        return head[9:12].decode() if len(self.received) >= end + 4 + length else ""


def carry_out(order: Order) -> Measured:
    """Ask until the time is over. Latencies come in milliseconds."""
    headers = "Host: localhost\r\nAccept-Language: zh-CN\r\n"
    headers += f"Cookie: {order.cookie}\r\n" if order.cookie else ""
    mark = f"?anew={secrets.token_hex(4)}-" if order.anew else ""
    requests = [f"GET {path}{mark} HTTP/1.1\r\n{headers}\r\n".encode() for path in order.paths]

    def request(number: int) -> bytes:
        wanted = requests[number % len(requests)]
        return wanted.replace(mark.encode(), f"{mark}{number}".encode()) if mark else wanted

    latencies: list[float] = []
    statuses: Counter[str] = Counter()
    selector = selectors.DefaultSelector()
    for number in range(order.connections):
        connection = Connection(order.port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(request(number))
    asked = order.connections
    began = time.perf_counter()
    while time.perf_counter() - began < order.seconds:
        for key, _events in selector.select(timeout=1):
            connection = key.data
            if status := connection.take():
                latencies.append((time.perf_counter() - connection.asked_at) * 1000)
                statuses[status] += 1
                connection.ask(request(asked))
                asked += 1
    return Measured(time.perf_counter() - began, latencies, dict(statuses))


if __name__ == "__main__":
    json.dump(asdict(carry_out(Order(**json.load(sys.stdin)))), sys.stdout)
