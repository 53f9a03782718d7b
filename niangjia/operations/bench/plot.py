"""A plot of curves as SVG: both axes logarithmic, each curve with its name beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 250, 80, 60
CLIENTS = (8, 32, 100, 200, 400, 800)
RATES = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
TEXT = 'font-family="Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"'


@dataclass(frozen=True)
class Curve:
    """Claims a second by number of clients."""

    name: str
    colour: str
    points: Sequence[tuple[int, float]]


def across(clients: float) -> float:
    """Where so many clients stand, in pixels from the left."""
    low, high = math.log(CLIENTS[0]), math.log(CLIENTS[-1])
    return LEFT + (math.log(clients) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def down(rate: float) -> float:
    """Where so many claims a second stand, in pixels from the top."""
    low, high = math.log(RATES[0]), math.log(RATES[-1])
    return HEIGHT - BOTTOM - (math.log(rate) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)


def words(x: float, y: float, text: str, *, size: int = 13, colour: str = "#4a4a4a") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" {TEXT}>'
        f"{escape(text)}</text>"
    )


def grid() -> list[str]:
    """Both axes with their numbers."""
    drawn = []
    for rate in RATES:
        y = down(rate)
        drawn.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e4e2de"/>')
        drawn.append(words(14, y + 4, f"{rate:>7,}"))
    drawn += [words(across(clients) - 10, HEIGHT - 36, str(clients)) for clients in CLIENTS]
    drawn.append(words(LEFT, HEIGHT - 12, "同时申领的人数 clients at the same time"))
    return drawn


def drawn_curve(curve: Curve) -> list[str]:
    """A curve, its points, and its name at its end."""
    points = [(across(clients), down(rate)) for clients, rate in curve.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = [f'<polyline points="{path}" fill="none" stroke="{curve.colour}" stroke-width="2.5"/>']
    drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{curve.colour}"/>' for x, y in points]
    x, y = points[-1]
    last = f"{curve.points[-1][1]:,.0f}"
    drawn.append(words(x + 10, y - 4, last, size=14, colour=curve.colour))
    drawn.append(words(x + 10, y + 13, curve.name, size=11, colour=curve.colour))
    return drawn


def svg(times: float, curves: Sequence[Curve]) -> str:
    """The whole picture. `times` is what its title says."""
    chinese = f"200 人同时申领：吞吐量是逐笔提交的 {times:.1f} 倍"
    title = f"{chinese} · {times:.1f} × the hot row at 200 clients"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf8"/>',
        words(14, 30, title, size=17, colour="#1c1c1c"),
        words(14, 54, "每秒申领数（对数刻度） claims a second, logarithmic"),
        *grid(),
        *(part for curve in curves if curve.points for part in drawn_curve(curve)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
