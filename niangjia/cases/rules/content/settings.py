"""What a place sets for itself, where steps and letters speak of it."""

from collections.abc import Mapping
from typing import Any

SETTINGS = "settings."
TERM, DAYS = "_term", "_days"


def parameter_of(name: str) -> str:
    """The parameter a letter means by `settings.…`: of "settings.answer_term" it is `answer_days`,
    said together with its unit."""
    plain = name.removeprefix(SETTINGS)
    return plain.removesuffix(TERM) + DAYS if plain.endswith(TERM) else plain


def with_terms(content: Any) -> Any:
    """`content` with the terms of its steps filled in where they name parameters: `days_setting`
    the number, `unit_setting` the unit. A local variant that says another number so has another
    term. Raises `ValueError` for a parameter there is not."""
    if not isinstance(content, Mapping) or not isinstance(content.get("steps"), list | tuple):
        return content
    parameters = content.get("parameters") or {}
    return {**content, "steps": [with_term(step, parameters) for step in content["steps"]]}


def with_term(step: Any, parameters: Mapping[str, Any]) -> Any:
    """One step, its term as it holds here."""
    term = step.get("term") if isinstance(step, Mapping) else None
    if not isinstance(term, Mapping):
        return step
    filled = dict(term)
    for name, setting in (("days", "days_setting"), ("unit", "unit_setting")):
        if not (key := filled.get(setting)):
            continue
        if key not in parameters:
            raise ValueError(f"{step.get('key')}: no parameter {key}")
        filled[name] = parameters[key]
    return {**step, "term": filled}
