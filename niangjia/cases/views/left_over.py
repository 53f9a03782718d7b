"""What somebody typed for a step that another has taken meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import EntryKind
from niangjia.cases.rules.story import Happening
from niangjia.cases.rules.wording import Answered, in_words


@dataclass(frozen=True)
class LeftOver:
    """What was typed, and what happened meanwhile: the end of that very step, else the latest."""

    meanwhile: Happening
    words: str
    answers: Sequence[Answered]


def left_over(
    shown: Mapping[str, Any], forms: Mapping[str, Form], *, is_at_hand: bool
) -> dict[str, Any]:
    """What takes the place of the `forms` that were sent for a step which is not at hand any more,
    on the page that `shown` is of; empty where they are for the present one.

    Drawn again around the next step they would answer what nobody was asked: the same outcome means
    something else there. So the page has the forms of the present step, and beside them what was
    typed, whose words need only be sent as a note.
    """
    sent, asked = forms.get("step_form"), forms.get("questions_form")
    if sent is None or not isinstance(asked, QuestionsForm):
        return {}
    key, words = sent["step"].value() or "", sent["words"].value() or ""
    if is_at_hand and key == shown["case"].step:
        return {}
    step = shown["item"].step(key)
    shown["words_form"].initial["words"] = words
    return {
        "step_form": shown["step_form"],
        "questions_form": shown["questions_form"],
        "left_over": LeftOver(
            meanwhile_of(shown, key), words, in_words(step.form if step else None, asked.typed())
        ),
    }


def meanwhile_of(shown: Mapping[str, Any], step: str) -> Happening:
    """How the step ended, else what happened last. `shown` has the latest first."""
    happenings: Sequence[Happening] = shown["happenings"]
    entries = [entry for entry, _said in shown["reading"].timeline][::-1]
    ended = (
        happening
        for entry, happening in zip(entries, happenings, strict=True)
        if entry.kind == EntryKind.STEP and entry.step == step
    )
    return next(ended, happenings[0])
