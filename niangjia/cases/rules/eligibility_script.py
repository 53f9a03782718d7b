"""The same conditions for a page, where an answer that was just ticked shows what it asks for.

The script (`questions.js`) works out what it is given here: no more of the language than answers
beside values, "and", "or" and "not". What is beyond that is left to the server, and shown.
"""

from typing import Any

from lark import Token, Tree

from niangjia.cases.rules.eligibility import program
from niangjia.cases.rules.eligibility_sql import OPERATORS, fact_of

ANSWERS = "answers."
#: The signs of the script, by the names of the language.
SIGNS = {"exact": "is", "ne": "is not", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

#: `["and", …]`, `["or", …]`, `["not", …]`, or `[sign, name of a question, value]`.
Script = list[Any]


class Beyond(Exception):
    """A piece that the script does not know."""


def script_of(when: str) -> Script | None:
    """A condition for the script; None for one that only the server can work out."""
    try:
        return read(program(when).ast)
    except Beyond:
        return None


def read(node: Tree[Token]) -> Script:
    """One piece of a condition. Raises `Beyond`."""
    children = [child for child in node.children if isinstance(child, Tree)]
    if node.data in ("conditionalor", "conditionaland") and len(children) == 2:
        return ["or" if node.data == "conditionalor" else "and", *map(read, children)]
    if node.data == "relation" and len(children) == 2:
        operator, right = children
        (left,) = [child for child in operator.children if isinstance(child, Tree)]
        return compared(str(operator.data), left, right)
    if node.data == "unary" and len(children) == 2 and children[0].data == "unary_not":
        return ["not", read(children[1])]
    if name := question_in(node):
        return ["is", name, "yes"]
    if len(children) == 1:
        return read(children[0])
    raise Beyond


def compared(operator: str, left: Tree[Token], right: Tree[Token]) -> Script:
    """An answer beside a value, either way round, or a value among those ticked."""
    if operator == "relation_in":
        return ["is", named(right), value(left)]
    sign = SIGNS.get(OPERATORS.get(operator, ""))
    if sign is None:
        raise Beyond
    if question_in(left):
        return [sign, named(left), value(right)]
    return [MIRRORED.get(sign, sign), named(right), value(left)]


def named(node: Tree[Token]) -> str:
    """The question that is read. Raises `Beyond` for anything but one."""
    if name := question_in(node):
        return name
    raise Beyond


def question_in(node: Tree[Token]) -> str:
    fact = fact_of(node)
    return fact.removeprefix(ANSWERS) if fact.startswith(ANSWERS) else ""


def value(node: Tree[Token]) -> str | float:
    """What an answer is compared with, as a form sends it. Raises `Beyond` for no literal."""
    literals = list(node.find_data("literal"))
    if len(literals) != 1 or len(list(node.scan_values(lambda _token: True))) != 1:
        raise Beyond
    text = str(literals[0].children[0])
    if text in ("true", "false"):
        return "yes" if text == "true" else "no"
    return text[1:-1] if text[0] in "\"'" else float(text)
