"""The document of a service item."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from niangjia.cases.rules.content import settings
from niangjia.cases.rules.content.letters import ANSWERS, EARLIER, LetterTemplate
from niangjia.cases.rules.content.parts import Condition, Form, Key, Part, Term, Text
from niangjia.cases.rules.content.settings import SETTINGS
from niangjia.cases.rules.content.steps import CLOSED, Step

#: What a province, a city or a union may say differently.
LOCAL = frozenset(
    {
        "summary",
        "legal_basis",
        "parameters",
        "materials",
        "promised_term",
        "extension",
        "contact",
        "letters",
    }
)


class Legal(Part):
    """A text the service rests on."""

    title: Text
    article: Text | None = None


class Material(Part):
    """Something to be handed in; `when` (CEL) says for whom, empty for everybody. `kinds` of files:
    "photos", "papers", "recordings"; none named means each of them."""

    key: Key
    name: Text
    required: bool = True
    when: str = ""
    how: Text | None = None
    kinds: tuple[Literal["photos", "papers", "recordings"], ...] = ()


class Urgent(Part):
    """When an answer says that somebody may be in danger (`when`, CEL over the answers): officers
    are told at once, whoever is on call for the hotline is fetched, and whoever asks reads `words`
    first of all."""

    kind: Literal["danger", "suicide"] = "danger"
    when: str = Field(min_length=1)
    words: Text


class Suspension(Part):
    """Whether the clock may stand still, for which reasons, and for how many days in all."""

    allowed: bool = False
    most_days: int = Field(default=0, ge=0, le=365)
    reasons: tuple[Text, ...] = ()


class Extension(Part):
    """By how much, and how often, a term may be made longer before it has run out."""

    days: int = Field(ge=1, le=365)
    unit: Literal["working", "calendar"] = "working"
    times: int = Field(default=1, ge=0, le=5)


class Item(Part):
    """All a service item says. See `docs/catalogue.md` for the meaning of each field."""

    key: Key
    name: Text
    summary: Text
    audience: Text
    group: Literal["hardship", "rights", "health", "growth", "family", "organisation", "voice"] = (
        "voice"
    )
    legal_basis: tuple[Legal, ...] = ()
    #: Who may ask: anybody, or members only, and whether without saying who they are; what is open
    #: to officers is begun by them from another case, and offered to nobody.
    open_to: Literal["anyone", "members", "unions", "organisations", "officers"] = "anyone"
    anonymous: bool = False
    group_allowed: bool = False
    #: A complaint names an employer, whose people never see it.
    kind: Literal["service", "complaint"] = "service"
    #: May be about somebody who works at a union: then they never see it, and it goes above them.
    about_officers: bool = False
    #: Where it begins: the applicant's union, or the union of the place; and no lower than `level`
    #: (the depth in the tree: 1 province … 4 grassroots and below).
    begins: Literal["membership", "place"] = "membership"
    level: int = Field(default=9, ge=0, le=9)
    parameters: dict[str, int | float | str] = Field(default_factory=dict)
    #: What each parameter is, for whoever sets it for their place. One that has words and no value
    #: is a number that holds nowhere until a place has set it.
    parameter_words: dict[str, Text] = Field(default_factory=dict)
    form: Form
    eligibility: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    legal_term: Term | None = None
    promised_term: Term
    urgent: Urgent | None = None
    suspension: Suspension = Suspension()
    extension: Extension | None = None
    contact: Text | None = None
    letters: tuple[LetterTemplate, ...] = ()
    #: Items an officer may begin from a case of this one, about the same employer.
    follow_ups: tuple[Key, ...] = ()
    #: May be asked for again so many months later: whoever has asked since then has asked.
    again_after_months: int | None = Field(default=None, ge=1, le=36)

    def step(self, key: str) -> Step | None:
        """The step of this key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def letter(self, key: str) -> LetterTemplate | None:
        """The letter template of this key, or None."""
        return next((letter for letter in self.letters if letter.key == key), None)

    @property
    def amounts(self) -> list[tuple[Text, int | float | str | None]]:
        """What holds of the parameters here, in words; None for what a place has still to set."""
        return [(words, self.parameters.get(name)) for name, words in self.parameter_words.items()]

    @property
    def unset(self) -> list[str]:
        """The parameters that a place has still to set."""
        return [name for name in self.parameter_words if name not in self.parameters]

    @model_validator(mode="before")
    @classmethod
    def terms_of_this_place(cls, content: Any) -> Any:
        """Terms that a parameter sets have its days and its unit."""
        return settings.with_terms(content)

    @model_validator(mode="after")
    def hangs_together(self) -> Self:
        """Every outcome leads to a step there is, or closes with a result; keys are used once; and
        what is promised is not longer than the law allows."""
        keys = [step.key for step in self.steps]
        if len(set(keys)) != len(keys):
            raise ValueError("two steps have the same key")
        for step in self.steps:
            for outcome in step.outcomes:
                if outcome.next == CLOSED:
                    if outcome.result is None:
                        raise ValueError(f"{step.key}/{outcome.key} closes without a result")
                elif outcome.next not in keys:
                    raise ValueError(f"{step.key}/{outcome.key} leads to no step")
        if (
            self.legal_term
            and self.legal_term.unit == self.promised_term.unit
            and self.promised_term.days > self.legal_term.days
        ):
            raise ValueError("the promised term is longer than the legal one")
        self.check_letters()
        if self.anonymous and self.kind != "complaint":
            raise ValueError("only complaints can be filed without saying who one is")
        return self

    def check_letters(self) -> None:
        """What letters speak of is there, and what waits for a letter waits for one there is. That
        outcomes name letters there are is asked at publishing alone: versions from before there
        were letters go on being read."""
        keys = [letter.key for letter in self.letters]
        if len(set(keys)) != len(keys):
            raise ValueError("two letters have the same key")
        for letter in self.letters:
            for name in sorted(letter.places):
                if name.startswith(SETTINGS) and settings.parameter_of(name) not in self.parameters:
                    raise ValueError(f"letter {letter.key}: no parameter {name}")
                if name.startswith(ANSWERS) and self.open_to != "officers":
                    raise ValueError(
                        f"letter {letter.key}: answers of an applicant go in no letter"
                    )
                if name.startswith(EARLIER) and name[len(EARLIER) :] not in keys:
                    raise ValueError(f"letter {letter.key}: no letter {name}")
        for step in self.steps:
            if step.after_letter and step.after_letter not in keys:
                raise ValueError(f"{step.key} waits for no letter there is")

    def plain(self) -> dict[str, Any]:
        """The document as JSON, as it is stored."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
