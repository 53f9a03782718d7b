"""Questions of an activity's own: the size of a shirt, a diet, where one gets on the bus. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

QUESTIONS_MAX = 10
LABEL_MAX = 80
OPTIONS_MAX = 20
OPTION_MAX = 40
TEXT_MAX = 100
NUMBER_MAX = 1_000_000
#: How a question is answered.
KINDS: dict[str, Promise] = {
    "one": _("One of a list"),
    "several": _("As many of a list as one likes"),
    "text": _("A short text"),
    "number": _("A number"),
    "yes_no": _("Yes or no"),
}
LISTS = ("one", "several")
EMPTY: tuple[Any, ...] = (None, "", [], ())

Problems = dict[str, Promise | str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `key` is its name for good, given when it is first kept; `of_each`: companions
    are asked as well."""

    label: str
    kind: str
    options: tuple[str, ...] = ()
    is_required: bool = False
    of_each: bool = False
    key: str = ""

    @property
    def field(self) -> str:
        """What a form, and a problem, call its answer."""
        return f"answer_{self.key}"


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions as an activity keeps them."""
    return tuple(Question(**{**row, "options": tuple(row["options"])}) for row in rows)


def rows_of(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """As an activity keeps them."""
    return [asdict(each) | {"options": list(each.options)} for each in questions]


def tidied(questions: Iterable[Question], before: Iterable[Question]) -> tuple[Question, ...]:
    """Without blanks around words; options only where there is a list, each once; a key for each
    that has none of those there were `before`. A key is never given twice."""
    known = [each.key for each in before]
    last = max((int(key[1:]) for key in known), default=0)
    found: list[Question] = []
    for each in questions:
        options = dict.fromkeys(filter(None, (words.strip() for words in each.options)))
        key = each.key
        if key not in known or key in [other.key for other in found]:
            last += 1
            key = f"q{last}"
        kept = tuple(options) if each.kind in LISTS else ()
        found.append(replace(each, key=key, label=each.label.strip(), options=kept))
    return tuple(found)


def problems(questions: Sequence[Question]) -> Problems:
    """What is wrong with questions, by field, which ends in their place from 1."""
    found: Problems = {}
    if len(questions) > QUESTIONS_MAX:
        found["questions"] = _("Up to 10 questions: each one more keeps somebody from signing up.")
    for place, each in enumerate(questions, start=1):
        if not 1 <= len(each.label) <= LABEL_MAX:
            found[f"label_{place}"] = _("Write the question in up to 80 characters.")
        if each.kind not in KINDS:
            found[f"kind_{place}"] = _("Choose how it is answered.")
        if each.kind in LISTS:
            found |= option_problems(each.options, place)
    return found


def option_problems(options: Sequence[str], place: int) -> Problems:
    """A list to choose from has two things at least."""
    if not 2 <= len(options) <= OPTIONS_MAX:
        return {f"options_{place}": _("Write 2 to 20 answers to choose from, one on each line.")}
    if any(len(words) > OPTION_MAX for words in options):
        return {f"options_{place}": _("Each answer has up to 40 characters.")}
    return {}


def relied_on(before: Sequence[Question], now: Sequence[Question]) -> Problems:
    """What may not change once people may have answered: no question goes or is asked otherwise,
    and no answer is taken off a list. Words may be mended, answers and questions added. What
    is gone is named by its key."""
    found: Problems = {}
    places = {each.key: place for place, each in enumerate(now, start=1)}
    for old in before:
        place = places.get(old.key)
        if place is None:
            found[f"missing_{old.key}"] = _(
                "People may have answered “%(label)s”: it has to stay."
            ) % {"label": old.label}
            continue
        new = now[place - 1]
        if new.kind != old.kind or new.of_each != old.of_each:
            found[f"kind_{place}"] = _("People may have answered: it is asked as it was.")
        if not set(old.options) <= set(new.options):
            found[f"options_{place}"] = _("People may have chosen: leave these: %(options)s") % {
                "options": gettext(", ").join(old.options)
            }
    return found


def wrong(
    questions: Iterable[Question], said: Mapping[str, Any], *, start: str = "", end: str = ""
) -> Problems:
    """What is wrong with answers, by field: those of `questions` between `start` and `end`."""
    found: Problems = {}
    for each in questions:
        if problem := problem_of(each, said.get(each.key)):
            found[f"{start}{each.field}{end}"] = problem
    return found


def problem_of(question: Question, value: Any) -> Promise | None:
    """What is wrong with one answer."""
    if value in EMPTY or (isinstance(value, str) and not value.strip()):
        return _("Please answer this.") if question.is_required else None
    if question.kind == "text":
        fits = isinstance(value, str) and len(value.strip()) <= TEXT_MAX
        return None if fits else _("Please keep to 100 characters.")
    if question.kind == "number":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= NUMBER_MAX
        return None if fits else _("Write a whole number, as in 3.")
    if question.kind == "yes_no":
        return None if isinstance(value, bool) else _("Say yes or no.")
    chosen = value if question.kind == "several" else [value]
    fits = isinstance(chosen, list) and all(one in question.options for one in chosen)
    return None if fits else _("Choose from the list.")


def kept(questions: Iterable[Question], said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to `questions`, and nothing else that was said."""
    found: dict[str, Any] = {}
    for each in questions:
        value = said.get(each.key)
        value = value.strip() if isinstance(value, str) else value
        if value not in EMPTY:
            found[each.key] = value
    return found


def of_each(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that companions are asked as well."""
    return tuple(each for each in questions if each.of_each)


def in_words(
    questions: Iterable[Question], told: Mapping[str, Any]
) -> Iterator[tuple[Question, str]]:
    """Each question with what was answered; "" where nothing was."""
    for each in questions:
        yield each, words_of(told.get(each.key))


def words_of(value: Any) -> str:
    """An answer as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return gettext(", ").join(value)
    return "" if value is None else str(value)
