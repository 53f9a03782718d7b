"""The OpenAPI document in the shape in which people read it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One input or output: its name, where it goes, what it is."""

    name: str
    place: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    is_public: bool
    inputs: list[Row]
    outputs: list[Row]
    statuses: list[str]


def groups(schema: dict[str, Any]) -> dict[str, list[Operation]]:
    """Operations by tag, in the order of their addresses."""
    found: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in sorted(schema["paths"].items()):
        for method, operation in methods.items():
            for tag in operation.get("tags") or ["other"]:
                found[tag].append(read(path, method, operation, schema))
    return dict(sorted(found.items()))


def read(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Operation:
    """One operation of the document."""
    inputs = [
        Row(
            parameter["name"],
            parameter["in"],
            type_of(parameter["schema"]),
            parameter["required"],
            parameter.get("description", ""),
        )
        for parameter in operation["parameters"]
    ]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        inputs += fields(content["schema"], "body", schema)
    outputs: list[Row] = []
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            if str(status).startswith("2"):
                outputs += fields(content["schema"], str(status), schema)
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        is_public=not operation.get("security"),
        inputs=inputs,
        outputs=outputs,
        statuses=[str(status) for status in operation["responses"]],
    )


def fields(part: dict[str, Any], place: str, schema: dict[str, Any]) -> list[Row]:
    """The properties of an object; a single nameless row for anything else."""
    whole = resolved(part, schema)
    if "properties" not in whole:
        return [Row("", place, type_of(part), True, "")]
    required = whole.get("required", [])
    return [
        Row(name, place, type_of(inner), name in required, inner.get("description", ""))
        for name, inner in whole["properties"].items()
    ]


def resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """`part`, or what it refers to."""
    if "$ref" not in part:
        return part
    found: dict[str, Any] = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]]
    return found


def type_of(part: dict[str, Any]) -> str:
    """A type in a few words: `string (uuid)`, `Union[]`, `a | b | null`."""
    if "$ref" in part:
        return str(part["$ref"].rsplit("/", 1)[-1])
    if "enum" in part:
        return " | ".join(map(str, part["enum"]))
    for word in ("anyOf", "oneOf", "allOf"):
        if word in part:
            return " | ".join(type_of(inner) for inner in part[word])
    if part.get("type") == "array":
        return f"{type_of(part.get('items', {}))}[]"
    name = str(part.get("type", "any"))
    return f"{name} ({part['format']})" if "format" in part else name
