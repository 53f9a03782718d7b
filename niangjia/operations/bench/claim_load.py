"""A crowd that claims over HTTP: everybody once, over so many connections at the same time.

In a process of its own (`python -m niangjia.operations.bench.claim_load`), as the load generator
of pages is. Reads one order as JSON, writes one `Measured` as JSON.
"""

import json
import secrets
import select
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from niangjia.operations.bench.load import Measured

CHUNK = 1 << 16
#: A browser sends more than what is needed; so does this one.
HEADERS = (
    "Host: localhost\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36\r\n"
    "Accept: application/json\r\nAccept-Language: zh-CN,zh;q=0.9\r\nAccept-Encoding: gzip\r\n"
    "Origin: http://localhost\r\nContent-Length: 0\r\n"
)


@dataclass(frozen=True)
class ClaimOrder:
    """Claim of `pool` with the sessions in the file `sessions`, one after the other, for so many
    seconds or until everybody has; whatever is under way then is waited for."""

    port: int
    pool: str
    sessions: str
    seconds: float
    connections: int


def measure(order: ClaimOrder) -> Measured:
    """Have another process carry the order out."""
    done = subprocess.run(
        [sys.executable, "-m", "niangjia.operations.bench.claim_load"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(**json.loads(done.stdout))


def request(pool: str, session: str, key: str) -> bytes:
    """A claim as a page of ours sends it."""
    proof = "0123456789abcdefghijklmnopqrstuv"
    return (
        f"POST /api/v1/pools/{pool}/claims HTTP/1.1\r\n{HEADERS}"
        f"Cookie: session={session}; csrf={proof}; language=zh-hans\r\n"
        f"X-CSRFToken: {proof}\r\nIdempotency-Key: {key}\r\n\r\n"
    ).encode()


def is_whole(answer: bytes) -> bool:
    """Whether an answer has come to its end."""
    end = answer.find(b"\r\n\r\n")
    at = answer.lower().find(b"content-length:", 0, end)
    length = int(answer[at + 15 : answer.index(b"\r", at)]) if 0 <= at < end else 0
    return end >= 0 and len(answer) >= end + 4 + length


class Crowd:
    """Connections, each with the claim of somebody under way."""

    def __init__(self, order: ClaimOrder) -> None:
        mark = secrets.token_hex(6)
        sessions = Path(order.sessions).read_text().split()
        self.requests = iter(
            [request(order.pool, key, f"bench-{mark}-{at}") for at, key in enumerate(sessions)]
        )
        self.poll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        for _number in range(order.connections):
            line = socket.create_connection(("127.0.0.1", order.port))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sockets[line.fileno()] = line
            self.poll.register(line.fileno(), select.EPOLLIN)
        self.asked_at: dict[int, float] = {}
        self.received: dict[int, bytes] = {}

    def ask(self, number: int) -> None:
        """Send the next one's claim, if anybody is left."""
        if (next_one := next(self.requests, None)) is not None:
            self.received[number] = b""
            self.asked_at[number] = time.perf_counter()
            self.sockets[number].sendall(next_one)

    def take(self, number: int) -> str:
        """Read what has come; the status once the answer is whole, else nothing."""
        chunk = self.sockets[number].recv(CHUNK)
        if not chunk:
            raise ConnectionError("the server hung up")
        self.received[number] += chunk
        answer = self.received[number]
        return answer[9:12].decode() if is_whole(answer) else ""


def carry_out(order: ClaimOrder) -> Measured:
    """Claim until the time is over. Latencies come in milliseconds."""
    crowd = Crowd(order)
    latencies: list[float] = []
    statuses: Counter[str] = Counter()
    began = time.perf_counter()
    for number in crowd.sockets:
        crowd.ask(number)
    while crowd.asked_at:
        for number, _events in crowd.poll.poll(10):
            if status := crowd.take(number):
                now = time.perf_counter()
                latencies.append((now - crowd.asked_at.pop(number)) * 1000)
                statuses[status] += 1
                if now - began < order.seconds:
                    crowd.ask(number)
    return Measured(time.perf_counter() - began, latencies, dict(statuses))


if __name__ == "__main__":
    json.dump(asdict(carry_out(ClaimOrder(**json.load(sys.stdin)))), sys.stdout)
