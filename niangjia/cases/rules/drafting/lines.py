"""In which line of a JSON text something stands."""

import re
from collections.abc import Sequence
from typing import Any

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def line_of(text: str, path: Sequence[Any]) -> int:
    """The line, from 1, in which the value at `path` begins, or the nearest thing above it that is
    there. `text` is JSON."""
    wanted = [str(name) for name in path]
    best, best_depth = 1, -1
    stack: list[list[Any]] = []  # of [is a list, present name, waits for a name]
    for match in TOKEN.finditer(text):
        sign = match.group()
        if sign in "}]":
            stack.pop()
            continue
        if sign == ",":
            advance(stack[-1])
            continue
        if sign == ":":
            stack[-1][2] = False
            continue
        if stack and stack[-1][2]:
            stack[-1][1] = sign[1:-1]
            continue
        here = [str(level[1]) for level in stack]
        if here == wanted[: len(here)] and len(here) > best_depth:
            best, best_depth = text.count("\n", 0, match.start()) + 1, len(here)
        if sign in "{[":
            stack.append([sign == "[", 0, sign == "{"])
    return best


def advance(level: list[Any]) -> None:
    """Past a comma."""
    if level[0]:
        level[1] += 1
    else:
        level[2] = True
