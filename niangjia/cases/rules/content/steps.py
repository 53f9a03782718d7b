"""The way a case goes: steps, and what each can end with."""

from enum import StrEnum
from typing import Literal

from niangjia.cases.rules.content.parts import Form, Key, Part, Term, Text

#: Where the last outcome leads.
CLOSED = "closed"


class Result(StrEnum):
    """How a closed case ended, for everybody who counts."""

    GRANTED = "granted"
    REFUSED = "refused"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    REFERRED = "referred"


class Outcome(Part):
    """One way a step can end. `next` is a step's key or "closed"; a closing one says its `result`.

    `document` names the template of the letter that goes out with it: it is owed from then on,
    until an officer has written it. `on_silence` is taken by the
    clock itself when the step's term ends, and by nobody before: nobody objected, or the applicant
    did not answer.
    Without `needs_answers` the step's own questions need not be answered: nobody was visited yet.
    `then_within` says that what was promised has been given, and how long what follows may take (a
    year of aid, a lawsuit): from here the case as a whole has this term.
    With `after_term` the step that follows begins where this one's term ends, however soon this one
    was done: quarters stay quarters.
    """

    key: Key
    name: Text
    next: str
    result: Result | None = None
    needs_reason: bool = False
    document: str = ""
    on_silence: bool = False
    needs_answers: bool = True
    then_within: Term | None = None
    after_term: bool = False


class Step(Part):
    """Something to be done by somebody. `by` is who: the handling union's officers, those of the
    union above it, those of the one it belongs to ("first": where it began, or was given to since),
    or the applicant. `decides` asks for the right to decide cases. `public` shows what was said to
    the applicant; `note` tells them what is going on while it lasts. With `after_letter` the term
    counts from the day that letter reached whom it was written to, and until then silence says
    nothing. What `announces` is on the public notice while it lasts, its name masked. `another`:
    whoever took an earlier step leaves it to somebody who took none, as a call-back is made."""

    key: Key
    name: Text
    note: Text
    by: Literal["handler", "upper", "first", "applicant"] = "handler"
    decides: bool = False
    public: bool = True
    announces: bool = False
    another: bool = False
    term: Term | None = None
    after_letter: str = ""
    form: Form | None = None
    outcomes: tuple[Outcome, ...]

    @property
    def choices(self) -> list[Outcome]:
        """The outcomes that somebody may choose: what silence says, the clock alone does."""
        return [outcome for outcome in self.outcomes if not outcome.on_silence]

    def outcome(self, key: str) -> Outcome | None:
        """The outcome of this key, or None."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)
