"""An independent reading of iCalendar by the text of RFC 5545, for tests: it refuses what the RFC
refuses, and gives back the events. It shares nothing with what writes them."""

import re
from collections import Counter

#: name *(";" param) ":" value (3.1); the value has no control character but a tab.
LINE = re.compile(
    r"^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):([^\x00-\x08\x0a-\x1f\x7f]*)$"
)
MOMENT = re.compile(r"^\d{8}T\d{6}Z?$")
STATUSES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
#: In TEXT a backslash stands before itself, ";", "," and n alone; bare ";" and "," do not occur
#: (3.3.11).
TEXT = re.compile(r"^(?:[^\\;,]|\\[\\;,nN])*$")


def unfolded(data: bytes) -> list[str]:
    """The content lines: each ends in CRLF and was folded at 75 octets (3.1)."""
    assert data.endswith(b"\r\n"), "the last line ends too"
    physical = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical), "75 octets"
    assert not any(b"\n" in line or b"\r" in line for line in physical), "CRLF alone ends a line"
    lines: list[bytes] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def read(data: bytes) -> list[dict[str, str]]:
    """The events of one calendar: the value of each property by its name, and under "DTSTART-TZID"
    the zone. Raises `AssertionError` where the RFC is broken."""
    stack: list[str] = []
    events: list[dict[str, str]] = []
    zones: set[str] = set()
    used: set[str] = set()
    counts: Counter[str] = Counter()
    for line in unfolded(data):
        found = LINE.match(line)
        assert found, f"no content line: {line!r}"
        name, params, value = found[1].upper(), found[2], found[3]
        if name == "BEGIN":
            assert (value == "VCALENDAR") == (not stack), "everything is inside one VCALENDAR"
            stack.append(value)
            if value == "VEVENT":
                events.append({})
            continue
        if name == "END":
            assert stack.pop() == value, "components are nested"
            continue
        if stack == ["VCALENDAR"]:
            counts[name] += 1
        elif stack == ["VCALENDAR", "VEVENT"]:
            keep(events[-1], name, params, value, used)
        elif stack == ["VCALENDAR", "VTIMEZONE"] and name == "TZID":
            zones.add(value)
    assert not stack, "every component ends"
    assert counts["PRODID"] == counts["VERSION"] == 1, "once each (3.6)"
    assert used <= zones, "each TZID is defined (3.2.19)"
    for event in events:
        check(event)
    return events


def keep(event: dict[str, str], name: str, params: str, value: str, used: set[str]) -> None:
    assert name not in event, f"{name} twice"
    event[name] = value
    for param in params.split(";"):
        if param.startswith("TZID="):
            used.add(param[5:])
            event[f"{name}-TZID"] = param[5:]


def check(event: dict[str, str]) -> None:
    """3.6.1: what an event has, and 3.8 what it says."""
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)
    assert not {"DTEND", "DURATION"} <= set(event)
    assert event["DTSTAMP"].endswith("Z"), "in UTC (3.8.7.2)"
    for name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"):
        assert MOMENT.match(event[name]), name
    assert event["DTSTART"] < event["DTEND"]
    assert event["STATUS"] in STATUSES
    assert event["SEQUENCE"].isdigit()
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        assert TEXT.match(event[name]), f"{name} is not escaped"


def plain(text: str) -> str:
    """A TEXT as people read it."""
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)
