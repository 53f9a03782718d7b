"""The XML inside documents of Word and Excel (ECMA-376)."""

import posixpath
import re
from collections.abc import Callable

from lxml import etree

from niangjia.core.cleaning.refusal import Refused

#: A document has no document type: what brings one wants entities expanded (ECMA-376 Part 2, 8.3).
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: Tables are long and hold no names of authors: they are looked at, not parsed.
LONG = re.compile(r"^xl/(?:worksheets/sheet|sharedStrings|calcChain|pivotCache/)")
#: Attributes that name who wrote, whatever element they are on; and those of a list of persons.
NAMING = {"author", "initials", "userName"}
NAMING_PERSONS = {"displayName", "userId", "providerId"}
NOWHERE = "about:blank"
#: Where a link may lead that somebody has to press.
LINK = re.compile(r"^(?:https?|mailto|tel):", re.IGNORECASE)
DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PRINTER = re.compile(rb'(<(?:\w+:)?pageSetup\b[^>]*?)\s+\w+:id="[^"]*"')


def clean_markup(name: str, part: bytes, is_dropped: Callable[[str], bool]) -> bytes:
    """One part of markup without names, foreign sources and relations to parts that are dropped.

    Raises `Refused`: macros (DDE), damaged (no XML, or one with a document type).
    """
    text = part if part[:2] not in (b"\xff\xfe", b"\xfe\xff") else part.decode("utf-16").encode()
    if DOCTYPE.search(text) or b"ddeLink" in text:
        raise Refused("macros" if b"ddeLink" in text else "damaged")
    if LONG.match(name) or name.endswith(".vml"):
        return PRINTER.sub(rb"\1", part)
    try:
        root = etree.fromstring(part, parser())
    except (etree.XMLSyntaxError, ValueError):
        raise Refused("damaged") from None
    if name.endswith(".rels"):
        clean_relations(name, root, is_dropped)
    elif name == "[Content_Types].xml":
        for override in list(root):
            if is_dropped(override.get("PartName", "").lstrip("/")):
                root.remove(override)
    else:
        clean_content(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def parser() -> etree.XMLParser:
    """Reads nothing from elsewhere, expands nothing, gives up on the monstrous."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )


def clean_relations(name: str, root: etree._Element, is_dropped: Callable[[str], bool]) -> None:
    """Relations to dropped parts go; those that lead outside lead nowhere, links excepted."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in root.findall(RELATION):
        target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External":
            if kind != "hyperlink" or not LINK.match(target):
                relation.set("Target", NOWHERE)
            continue
        full = target if target.startswith("/") else posixpath.join("/", folder, target)
        if is_dropped(posixpath.normpath(full).lstrip("/")):
            root.remove(relation)


def clean_content(root: etree._Element) -> None:
    """Blank what names people and their computers. Raises `Refused("macros")` on DDE fields."""
    instructions = []
    is_of_persons = etree.QName(root).localname == "personList"
    naming = NAMING | NAMING_PERSONS if is_of_persons else NAMING
    for element in root.iter():
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        for attribute in element.attrib:
            if etree.QName(attribute).localname in naming:
                element.set(attribute, "")
        if local == "absPath":
            element.set("url", "")
        elif local == "author" and element.text:
            element.text = ""
        elif local == "instrText":
            instructions.append(element.text or "")
        elif local == "fldSimple":
            instructions += [f" {value} " for value in element.attrib.values()]
    if DDE.search("".join(instructions)):
        raise Refused("macros")
