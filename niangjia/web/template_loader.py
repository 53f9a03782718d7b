"""Templates whose fixed stretches are put together once for each language.

Most of a page is text, translated words, icons and addresses that are the same at every request.
Drawing each of them anew takes most of the time a template takes. So as soon as a template has been
parsed, each run of such nodes becomes one (`Fixed`); whoever writes a template need not know.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.template import Context, Node, NodeList, Template, base, defaulttags, loader_tags
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.templatetags import i18n
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from niangjia.web.templatetags import ui

#: Simple tags whose markup follows from their arguments alone.
FIXED_TAGS = frozenset({ui.icon})


class Fixed(Node):
    """Nodes whose markup follows from the language alone."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token = nodes[0].token
        self.origin = nodes[0].origin
        self.texts: dict[str | None, SafeString] = {}

    def render(self, context: Any) -> SafeString:
        language = get_language()
        text = self.texts.get(language)
        if text is None:
            # In a context of its own, so that nothing of this request can get in.
            bare = Context()
            with bare.bind_template(context.template):
                text = NodeList(self.nodes).render(bare)
            self.texts[language] = text
        return text


class FixingLoader(BaseLoader):
    """Parses templates and joins what is fixed in them."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        join_fixed(template.nodelist)
        return template


class Loader(cached.Loader, FixingLoader):
    """Django's loader that parses each template once; before it is kept, it is fixed."""


def join_fixed(nodes: NodeList) -> None:
    """Replace each run of fixed nodes by one, here and in the blocks within."""
    joined: list[Node] = []
    for fixed, run in groupby(nodes, is_fixed):
        together = list(run)
        if not fixed or all(isinstance(node, base.TextNode) for node in together):
            joined += together
        else:
            joined.append(Fixed(together))
    nodes[:] = joined
    for node in nodes:
        for inner in lists_within(node):
            join_fixed(inner)


def lists_within(node: Any) -> Iterator[Any]:
    """The lists of nodes that a block or a branch holds; those of unknown tags are left alone."""
    if isinstance(node, defaulttags.IfNode):
        yield from (branch for _condition, branch in node.conditions_nodelists)
    elif isinstance(node, defaulttags.ForNode):
        yield node.nodelist_loop
        yield node.nodelist_empty
    elif isinstance(node, loader_tags.BlockNode | loader_tags.ExtendsNode | defaulttags.WithNode):
        yield node.nodelist


def is_fixed(node: Node) -> bool:
    """Whether the markup of a node follows from the language alone."""
    match node:
        case base.TextNode() | defaulttags.LoadNode() | defaulttags.CommentNode():
            return True
        case i18n.TranslateNode():
            return not (node.asvar or node.message_context) and are_literal(node.filter_expression)
        case i18n.BlockTranslateNode():
            is_plain = not (node.asvar or node.message_context or node.countervar)
            return is_plain and all(
                token.token_type == base.TokenType.TEXT for token in node.singular
            )
        case defaulttags.URLNode():
            return not (node.asvar or node.args or node.kwargs) and are_literal(node.view_name)
        case StaticNode():
            return not node.varname and are_literal(node.path)
        case SimpleNode():
            is_plain = node.func in FIXED_TAGS and not (node.target_var or node.kwargs)
            return is_plain and are_literal(*node.args)
    return False


def are_literal(*expressions: Any) -> bool:
    """Whether these stand in the template as they are: no variable, no filter."""
    return not any(
        expression.filters
        or (isinstance(expression.var, base.Variable) and expression.var.lookups is not None)
        for expression in expressions
    )
