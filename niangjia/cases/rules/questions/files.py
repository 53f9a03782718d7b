"""Questions that are answered with files."""

from collections.abc import Mapping
from typing import Any

from niangjia.cases.rules.content import Material, Text
from niangjia.cases.rules.questions.parts import Files, Question
from niangjia.core.files import EVERY_KIND, LIMITS, PAPERS, PHOTOS, RECORDINGS, Kind

#: The question that takes whatever else somebody wants to add.
FREE = "files"
#: Before the key of a material, in the name of the question that takes it.
OF_MATERIAL = "material-"
#: How hints name kinds; nothing means every kind.
KINDS = {"photos": PHOTOS, "papers": PAPERS, "recordings": RECORDINGS}
MOST = 9
MORE = Text(zh="其他照片或文件", en="Other photos or files")
MEGABYTES = LIMITS.size // 1_000_000


def files_of(schema: Mapping[str, Any], hint: Mapping[str, Any]) -> Files:
    """What a schema (a list of ids) and its hints say about the files that are wanted."""
    return Files(
        kinds=kinds_of(hint.get("kinds", ())),
        most=min(int(schema.get("maxItems", MOST)), MOST),
        megabytes=min(int(hint.get("megabytes", MEGABYTES)), MEGABYTES),
        material=str(hint.get("material", "")),
    )


def kinds_of(names: Any) -> frozenset[Kind]:
    """The kinds that are meant; every one when none is named."""
    return frozenset().union(*(KINDS[name] for name in names if name in KINDS)) or EVERY_KIND


def question_of_material(material: Material) -> Question:
    """The question that takes what an item asks to be handed in. It is never required to go on:
    whoever lacks a paper today asks today, and hands it in when it is there (`may_follow`)."""
    return Question(
        name=f"{OF_MATERIAL}{material.key}",
        label=material.name,
        kind="files",
        help=material.how,
        files=Files(kinds=kinds_of(material.kinds), most=MOST, material=material.key),
        is_beside=True,
        may_follow=material.required,
    )


def free_files(label: Text) -> Question:
    """The question that takes files of every kind."""
    return Question(name=FREE, label=label, kind="files", files=Files(), is_beside=True)
