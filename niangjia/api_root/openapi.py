"""What the door adds to every operation, said in the OpenAPI document too."""

from typing import Any

PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457. `code` is stable and for machines, `detail` is for people.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
REFUSED = {
    "description": "Refused; the problem says why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": (
        "8 to 200 visible characters of your choice. The same request under the same key has one "
        "effect for 24 hours, and gets the same answer."
    ),
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]+$"},
}
WRITES = {"post", "put", "patch", "delete"}


def complete(schema: dict[str, Any]) -> None:
    """Add problems to every operation, and the idempotency key to every write. What does not answer
    plain JSON says so in `x-media-type`."""
    schema["components"]["schemas"]["Problem"] = PROBLEM
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            operation["responses"].setdefault("4XX", REFUSED)
            if media_type := operation.pop("x-media-type", None):
                (content,) = operation["responses"][200]["content"].values()
                operation["responses"][200]["content"] = {media_type: content}
            if method in WRITES and IDEMPOTENCY_KEY not in operation["parameters"]:
                operation["parameters"].append(IDEMPOTENCY_KEY)
