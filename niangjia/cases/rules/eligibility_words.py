"""A condition in words, for whoever does not read CEL."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lark import Token, Tree

from niangjia.cases.rules.content import Item
from niangjia.cases.rules.eligibility import program
from niangjia.cases.rules.eligibility_sql import fact_of
from niangjia.cases.rules.questions import Question, questions_of
from niangjia.core.errors import Text

PEOPLE: dict[str, Text] = {
    "person.is_member": gettext_lazy("they are a member"),
    "person.age": gettext_lazy("their age"),
    "person.months_a_member": gettext_lazy("their months as a member"),
    "person.gender": gettext_lazy("their gender"),
}
COMPARED: dict[str, Text] = {
    "relation_lt": gettext_lazy("%(left)s is less than %(right)s"),
    "relation_le": gettext_lazy("%(left)s is at most %(right)s"),
    "relation_gt": gettext_lazy("%(left)s is more than %(right)s"),
    "relation_ge": gettext_lazy("%(left)s is at least %(right)s"),
    "relation_eq": gettext_lazy("%(left)s is %(right)s"),
    "relation_ne": gettext_lazy("%(left)s is not %(right)s"),
    "relation_in": gettext_lazy("%(left)s is one of %(right)s"),
}
SINCE: dict[str, Text] = {
    "days": gettext_lazy("the days since “%(question)s”"),
    "months": gettext_lazy("the months since “%(question)s”"),
}
GENDERS: dict[str, Text] = {
    "female": gettext_lazy("female"),
    "male": gettext_lazy("male"),
}


def explained(text: str, item: Item) -> str:
    """What a condition of `item` asks, in words. Raises `ValueError` for what is no condition."""
    return Speaker(item).said(program(text).ast)


class Speaker:
    """Puts the tree of a condition into words."""

    def __init__(self, item: Item) -> None:
        self.questions: Mapping[str, Question] = {
            question.name: question for question in questions_of(item.form).every
        }
        self.item = item

    def said(self, node: Tree[Token]) -> str:
        """A part of a condition. What has no words stands as it was written."""
        children = [child for child in node.children if isinstance(child, Tree)]
        if node.data in ("conditionalor", "conditionaland") and len(children) == 2:
            joined = _("%(left)s, or %(right)s") if node.data == "conditionalor" else None
            pattern = joined or _("%(left)s, and %(right)s")
            return pattern % {"left": self.said(children[0]), "right": self.said(children[1])}
        if node.data == "relation" and len(children) == 2:
            return self.compared(*children)
        if node.data == "unary" and len(children) == 2 and children[0].data == "unary_not":
            if (fact := fact_of(children[1])).startswith("answers."):
                return _("%(question)s is answered with no") % {"question": self.fact(fact)}
            return _("it is not so that %(what)s") % {"what": self.said(children[1])}
        if node.data == "paren_expr" and len(children) == 1:
            return _("(%(what)s)") % {"what": self.said(children[0])}
        if fact := fact_of(node):
            yes = _("%(question)s is answered with yes") % {"question": self.fact(fact)}
            return yes if fact.startswith("answers.") else self.fact(fact)
        if len(children) == 1 and node.data != "list_lit":
            return self.said(children[0])
        return self.value(node, "")

    def compared(self, operator: Tree[Token], right: Tree[Token]) -> str:
        """Two values beside each other."""
        (left,) = [child for child in operator.children if isinstance(child, Tree)]
        pattern = COMPARED.get(str(operator.data))
        if pattern is None:
            return self.value(operator, "") + " " + self.value(right, "")
        about = fact_of(left) or fact_of(right)
        return str(pattern) % {"left": self.side(left, about), "right": self.side(right, about)}

    def side(self, node: Tree[Token], about: str) -> str:
        """One side of a comparison; a value in the words of the question it is an answer to."""
        fact = fact_of(node)
        return self.fact(fact) if fact else self.value(node, about)

    def fact(self, fact: str) -> str:
        """A question, a number of the place, something known of the person."""
        owner, _dot, name = fact.partition(".")
        if owner == "answers" and name in self.questions:
            return _("“%(question)s”") % {"question": self.questions[name].label}
        if owner in SINCE and name in self.questions:
            return str(SINCE[owner]) % {"question": self.questions[name].label}
        if owner == "settings" and name in self.item.parameter_words:
            words = self.item.parameter_words[name]
            value = self.item.parameters.get(name)
            if value is None:
                return _("%(number)s (not set here yet)") % {"number": words}
            return _("%(number)s (here %(value)s)") % {"number": words, "value": value}
        return str(PEOPLE.get(fact, fact))

    def value(self, node: Tree[Token], about: str) -> str:
        """Values as they are called where they are answers."""
        tokens = [str(token) for token in node.scan_values(lambda t: isinstance(t, Token))]
        question = self.questions.get(about.removeprefix("answers."))
        options = {key: str(words) for key, words in question.options} if question else {}
        return _(", ").join(self.literal(token, options, about) for token in tokens)

    def literal(self, typed: str, options: Mapping[str, str], about: str) -> str:
        """One value."""
        if typed[:1] in "\"'" and len(typed) > 1:
            text = typed[1:-1]
            if about == "person.gender":
                return str(GENDERS.get(text, text))
            return options.get(text, {"yes": _("Yes"), "no": _("No")}.get(text, text))
        if typed in ("true", "false"):
            return _("Yes") if typed == "true" else _("No")
        return typed.removesuffix(".0")
